#include "ui/message_hits.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "ui/controls.h"
#include "ui/message_head.h"
#include "ui/pieces.h"
#include "ui/time_words.h"

namespace kumquat::ui {

namespace {

/// Baselines of the two lines, from the row's top; as in a friend's row.
constexpr float kNameBaseline = 28;
constexpr float kExcerptBaseline = 50;

std::string hit_key(const client::SearchRow& row) {
    return "hit:" + row.conversation.text() + ":" + number_text(row.seq.value());
}

float caption_height(const Frame& frame) {
    return frame.px(12) + frame.theme.caption.line_px + frame.px(6);
}

float end_height(const Frame& frame) {
    return frame.theme.measure(48, 56);
}

std::string excerpt_words(const Frame& frame, const client::SearchRow& row) {
    client::QuoteShown quote;
    quote.kind = row.kind;
    quote.text = row.text;
    return quote_line(frame, quote);
}

/// The line with what was looked for on the colour of marks.
void draw_excerpt(Frame& frame, gfx::Canvas& canvas, Point top_left, float width,
                  const client::SearchRow& row) {
    const gfx::TextStyle& style = frame.theme.small;
    std::string words = excerpt_words(frame, row);
    bool marked = row.kind == client::BodyKind::kText && row.match_end > row.match_begin;
    canvas.push_clip({top_left.x, top_left.y, width, style.line_px});
    if (marked) {
        std::string_view line = words;
        float begin = canvas.text_width(style, line.substr(0, row.match_begin));
        float end = canvas.text_width(style, line.substr(0, row.match_end));
        canvas.fill({top_left.x + std::floor(begin), top_left.y, std::ceil(end) - std::floor(begin),
                     style.line_px},
                    frame.theme.color.mark, frame.px(3));
    }
    Color ink = marked ? frame.theme.color.ink : frame.theme.color.ink2;
    canvas.text_cut(top_left, style, ink, words, width);
    canvas.pop_clip();
}

}  // namespace

void MessageHits::update(Frame& frame, const std::optional<client::SearchQuery>& query,
                         const client::OffsetMinutes& offset) {
    if (query) {
        search_.want(frame, *query);
    } else if (search_.wanted()) {
        search_.end(frame);
    }
    if (!query || !search_.answered(frame.model)) {
        rows_.clear();
        built_revision_ = 0;
        return;
    }
    std::int64_t day = frame.dates.day_number(frame.wall);
    if (built_revision_ == frame.model.revision && built_day_ == day) return;
    built_revision_ = frame.model.revision;
    built_day_ = day;
    rows_ = client::build_search_rows(frame.model, frame.wall, offset);
}

bool MessageHits::shown(const client::Model& model) const {
    if (!search_.wanted()) return false;
    bool done = search_.answered(model) &&
                model.search(client::SearchScope::kAllChats).phase == client::SearchPhase::kDone;
    return !rows_.empty() || !done;
}

float MessageHits::height(const Frame& frame) const {
    return caption_height(frame) + frame.layout.row_height * static_cast<float>(rows_.size()) +
           end_height(frame);
}

MessagePlaceWish MessageHits::draw(Frame& frame, gfx::Canvas& canvas, Rect area, Rect view) {
    MessagePlaceWish wish;
    const Theme& theme = frame.theme;
    std::string_view title = frame.str(Str::search_messages);
    canvas.text({area.x + frame.px(12), area.y + frame.px(12)}, theme.caption_bold,
                theme.color.ink2, title);
    platform::MirrorNode heading = make_node("hits.title", platform::Role::kHeading, title,
                                             {area.x, area.y, area.w, caption_height(frame)});
    heading.level = frame.layout.two_columns ? 3 : 2;
    frame.mirror.leaf(std::move(heading));
    Rect rect = {area.x, area.y + caption_height(frame), area.w, frame.layout.row_height};
    float below = rect.y + rect.h * static_cast<float>(rows_.size());
    draw_rows(frame, canvas, rect, view, wish);
    draw_end(frame, canvas, {area.x, below, area.w, end_height(frame)});
    return wish;
}

/// `rect`: of the first one.
void MessageHits::draw_rows(Frame& frame, gfx::Canvas& canvas, Rect rect, Rect view,
                            MessagePlaceWish& wish) {
    MirrorScope list(frame.mirror, make_node("hits.list", platform::Role::kList,
                                             frame.str(Str::search_messages), view));
    for (const client::SearchRow& row : rows_) {
        float top = std::max(rect.y, view.y);
        Rect reachable = {rect.x, top, rect.w,
                          std::max(0.0f, std::min(rect.bottom(), view.bottom()) - top)};
        draw_row(frame, canvas, rect, reachable, row, wish);
        rect.y += rect.h;
    }
}

void MessageHits::draw_row(Frame& frame, gfx::Canvas& canvas, Rect rect, Rect reachable,
                           const client::SearchRow& row, MessagePlaceWish& wish) {
    const Theme& theme = frame.theme;
    std::string key = hit_key(row);
    std::string time = time_words(frame, row.time, row.date);
    MirrorScope item(frame.mirror, make_node(key + ".item", platform::Role::kListItem, {}, rect));
    platform::MirrorNode node = make_node(
        key, platform::Role::kButton,
        frame.str(Str::search_hit,
                  {{"name", row.name}, {"time", time}, {"text", excerpt_words(frame, row)}}),
        rect);
    node.focusable = &row == &rows_.front();
    node.focusable_by_code = true;
    frame.mirror.leaf(std::move(node));
    Touched touched = frame.input.touch(key, reachable);
    if (touched.activated) wish = {row.conversation, row.seq};
    if (reachable.h <= 0) return;
    if (touched.hovered || touched.pressed) {
        canvas.fill(rect, touched.pressed ? theme.color.ground_press : theme.color.ground_hover,
                    frame.px(radius::kRow));
    }
    avatar(frame, canvas, {rect.x + frame.px(12), rect.y + frame.px(10)}, 48, row.initials,
           row.color, row.avatar);
    float x = rect.x + frame.px(12 + 48 + 12);
    float right = rect.right() - frame.px(12);
    float name_y = rect.y + frame.px(kNameBaseline);
    float time_w = canvas.text_on({right, name_y}, theme.caption_digits, theme.color.ink2, time,
                                  gfx::HorizontalAlign::kRight);
    canvas.text_cut({x, name_y - gfx::Canvas::baseline_of(0, theme.body_bold)}, theme.body_bold,
                    theme.color.ink, row.name, right - time_w - frame.px(8) - x);
    float excerpt_y =
        rect.y + frame.px(kExcerptBaseline) - gfx::Canvas::baseline_of(0, theme.small);
    draw_excerpt(frame, canvas, {x, excerpt_y}, right - x, row);
    if (touched.ring) focus_ring(frame, canvas, rect, frame.px(radius::kRow), true);
}

/// How the list ends: with more to load, still looking, or failed.
void MessageHits::draw_end(Frame& frame, gfx::Canvas& canvas, Rect line) {
    const client::SearchState& search = frame.model.search(client::SearchScope::kAllChats);
    bool answered = search_.answered(frame.model);
    bool failed = answered && search.phase == client::SearchPhase::kFailed;
    if (failed || (answered && search.phase == client::SearchPhase::kPaused)) {
        std::string_view label = frame.str(failed ? Str::msg_retry : Str::search_more);
        float width = button_width(frame, canvas, label, true);
        float height = frame.theme.measure(36, 44);
        if (button(frame, canvas, "hits.more",
                   {std::floor(line.center().x - width / 2),
                    std::floor(line.center().y - height / 2), width, height},
                   ButtonKind::kCard, label, {.small = true})) {
            frame.command(client::SearchMore{client::SearchScope::kAllChats});
        }
        return;
    }
    if (answered && search.phase == client::SearchPhase::kDone) return;
    std::string_view words = frame.str(Str::chat_search_busy);
    canvas.text_in(line, frame.theme.small, frame.theme.color.ink2, words);
    frame.mirror.leaf(make_node("hits.busy", platform::Role::kStatus, words, line));
}

std::string MessageHits::first_key() const {
    return rows_.empty() ? std::string() : hit_key(rows_.front());
}

bool MessageHits::on_key(std::string_view key, const platform::KeyEvent& event,
                         const std::string& before, std::string* focus) const {
    bool up = event.key == platform::Key::kUp;
    if ((!up && event.key != platform::Key::kDown) || event.modifiers.any()) return false;
    for (std::size_t i = 0; i < rows_.size(); ++i) {
        if (hit_key(rows_[i]) != key) continue;
        if (up) {
            *focus = i > 0 ? hit_key(rows_[i - 1]) : before;
        } else {
            *focus = hit_key(rows_[std::min(i + 1, rows_.size() - 1)]);
        }
        return !focus->empty();
    }
    return false;
}

}  // namespace kumquat::ui
