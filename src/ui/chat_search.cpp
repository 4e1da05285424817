#include "ui/chat_search.h"

#include <algorithm>
#include <cmath>

#include "ui/controls.h"
#include "ui/field_control.h"
#include "ui/user_id.h"

namespace kumquat::ui {

namespace {

const client::SearchState& state(const client::Model& model) {
    return model.search(client::SearchScope::kOneChat);
}

}  // namespace

void ChatSearch::open(const ConversationId& conversation, platform::TextFields& fields) {
    if (!open_) {
        DelayedSearch search = search_;
        *this = ChatSearch();
        search_ = search;
    }
    open_ = true;
    conversation_ = conversation;
    fields.focus(kField);
}

void ChatSearch::close(platform::TextFields& fields) {
    if (!open_) return;
    open_ = false;
    filters_.close_menu();
    fields.forget(kField);
}

void ChatSearch::rest(Frame& frame) {
    if (search_.wanted()) search_.end(frame);
}

bool ChatSearch::has_hits(const client::Model& model) const {
    return search_.answered(model) && !state(model).hits.empty();
}

/// Text and filters as they are now; another query begins at its newest hit.
void ChatSearch::follow_query(Frame& frame, const client::OffsetMinutes& offset) {
    std::optional<client::SearchQuery> query =
        filters_.query(frame, trim(frame.fields.text(kField)), offset);
    if (query) query->conversation = conversation_;
    if (query != query_) {
        query_ = query;
        at_ = 0;
        shown_ = Seq();
    }
    if (query) {
        search_.want(frame, *query);
    } else {
        rest(frame);
    }
}

void ChatSearch::take_step(Frame& frame) {
    int step = step_;
    step_ = 0;
    if (step == 0 || !has_hits(frame.model)) return;
    std::size_t count = state(frame.model).hits.size();
    if (step < 0) {
        at_ = at_ > 0 ? at_ - 1 : 0;
        return;
    }
    if (at_ + 1 < count) ++at_;
    // The next ones are there before they are asked for.
    if (at_ + 1 >= count) frame.command(client::SearchMore{client::SearchScope::kOneChat});
}

ChatSearchUse ChatSearch::draw(Frame& frame, gfx::Canvas& canvas, Rect header, Rect column,
                               const client::OffsetMinutes& offset) {
    ChatSearchUse use;
    follow_query(frame, offset);
    take_step(frame);
    float size = frame.theme.measure(40, 44);
    float middle = header.y + std::floor(header.h / 2);
    float edge = frame.px(frame.layout.two_columns ? 12 : 4);
    Rect close = {header.right() - edge - size, middle - std::floor(size / 2), size, size};
    Rect steps = {close.x - 2 * size, close.y, 2 * size, size};
    Rect field = {header.x + frame.px(frame.layout.two_columns ? 20 : 8), close.y, 0, size};
    field.w = steps.x - frame.px(4) - field.x;
    FieldLook look;
    look.id = kField;
    look.kind = platform::FieldKind::kSearch;
    look.label = frame.str(Str::chat_search);
    look.placeholder = look.label;
    if (search_field(frame, canvas, field, look)) {
        frame.fields.set_text(kField, {});
        frame.fields.focus(kField);
    }
    draw_steps(frame, canvas, steps);
    use.closed = icon_button(frame, canvas, "chat.search.close", close, gfx::Icon::kClose,
                             frame.str(Str::chat_search_close));
    use.height = frame.theme.measure(44, 52);
    draw_filters(frame, canvas,
                 {column.x + frame.px(12), header.bottom(), column.w - frame.px(24), use.height},
                 offset);
    if (!has_hits(frame.model)) return use;
    at_ = std::min(at_, state(frame.model).hits.size() - 1);
    Seq seq = state(frame.model).hits[at_].message.seq;
    if (seq != shown_) use.show = shown_ = seq;
    return use;
}

void ChatSearch::draw_steps(Frame& frame, gfx::Canvas& canvas, Rect line) {
    bool hits = has_hits(frame.model);
    bool older = hits && (at_ + 1 < state(frame.model).hits.size() ||
                          state(frame.model).phase == client::SearchPhase::kPaused);
    Rect rect = {line.x, line.y, line.h, line.h};
    if (icon_button(frame, canvas, "chat.search.older", rect, gfx::Icon::kUp,
                    frame.str(Str::chat_search_older), {.enabled = older})) {
        step_ = 1;
        frame.animating = true;
    }
    rect.x += line.h;
    if (icon_button(frame, canvas, "chat.search.newer", rect, gfx::Icon::kDown,
                    frame.str(Str::chat_search_newer), {.enabled = hits && at_ > 0})) {
        step_ = -1;
        frame.animating = true;
    }
}

std::string ChatSearch::count_words(const Frame& frame) const {
    const client::SearchState& search = state(frame.model);
    if (!search_.answered(frame.model)) {
        return search_.wanted() ? std::string(frame.str(Str::chat_search_busy)) : std::string();
    }
    if (search.phase == client::SearchPhase::kFailed) {
        return std::string(frame.str(Str::chat_search_failed));
    }
    if (search.hits.empty()) {
        bool done = search.phase == client::SearchPhase::kDone;
        return std::string(frame.str(done ? Str::chat_search_none : Str::chat_search_busy));
    }
    std::string i = number_text(static_cast<std::int64_t>(at_) + 1);
    std::string n = number_text(static_cast<std::int64_t>(search.hits.size()));
    if (search.phase != client::SearchPhase::kDone) n += "+";
    return frame.str(Str::chat_search_count, {{"i", i}, {"n", n}});
}

void ChatSearch::draw_filters(Frame& frame, gfx::Canvas& canvas, Rect line,
                              const client::OffsetMinutes& offset) {
    std::string words = count_words(frame);
    const gfx::TextStyle& style = frame.theme.caption_digits;
    float words_w = words.empty() ? 0 : std::ceil(canvas.text_width(style, words));
    Rect filters = line;
    if (!words.empty()) filters.w -= words_w + frame.px(8);
    filters_.draw(frame, canvas, filters, conversation_.peer(), offset);
    if (words.empty()) return;
    float top = std::floor(line.center().y - style.line_px / 2);
    canvas.text({line.right(), top}, style, frame.theme.color.ink2, words,
                gfx::HorizontalAlign::kRight);
    frame.mirror.leaf(make_node("chat.search.count", platform::Role::kStatus, words,
                                {line.right() - words_w, top, words_w, style.line_px}));
}

}  // namespace kumquat::ui
