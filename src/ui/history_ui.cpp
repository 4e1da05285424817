#include "ui/history_ui.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include <imgui.h>
#include <imgui_internal.h>

#include "client/view/avatar.h"
#include "ui/controls.h"
#include "ui/pieces.h"
#include "ui/recalled_ui.h"

namespace kumquat::ui {

namespace {

using client::RowKind;
using client::TimelineRow;

constexpr float kFollowWithinCss = 80;
constexpr float kNewestAwayCss = 240;
/// Of a message with its gap.
constexpr float kUsualRowCss = 56;
constexpr double kDayShownMs = 1200;
constexpr double kDayFadeMs = 200;
constexpr double kDotStepMs = 200;
/// How far beyond the view rows stand in the mirror, in heights of the view.
constexpr float kMirrorReach = 2;
/// How many rows above and below the view are kept for the text that is selected in them.
constexpr std::size_t kHeldMost = 500;
/// A movement so long ago is over: the mirror waits for nothing.
constexpr double kMirrorRestMs = 100;

bool is_message(const TimelineRow& row) {
    return row.kind == RowKind::kMessage;
}

/// What gives the message below it no gap of its own.
bool is_marker(const TimelineRow& row) {
    return row.kind == RowKind::kDay || row.kind == RowKind::kUnreadDivider ||
           row.kind == RowKind::kHistoryStart;
}

}  // namespace

void HistoryUi::show(const ConversationId& conversation) {
    if (conversation == conversation_) return;
    *this = HistoryUi();
    conversation_ = conversation;
}

std::string HistoryUi::row_key(const TimelineRow& row) const {
    return "msg:" + conversation_.text() + ":" + number_text(static_cast<int>(row.kind)) + ":" +
           number_text(row.key.a) + ":" + number_text(row.key.b);
}

// --- Rows and heights ---

float HistoryUi::gap_above(std::size_t index) const {
    const TimelineRow& row = rows_.rows[index];
    if (index == 0 || is_marker(rows_.rows[index - 1])) return 0;
    bool grouped = is_message(row) && !row.first_in_group;
    return look_.bubble.line > 0 ? canvas_->px(grouped ? 4 : 16) : 0;
}

float HistoryUi::height(std::size_t index) {
    const TimelineRow& row = rows_.rows[index];
    Frame& frame = *frame_;
    const Theme& theme = frame.theme;
    bool after_start = index > 0 && rows_.rows[index - 1].kind == RowKind::kHistoryStart;
    float above = after_start ? 0 : frame.px(20);
    switch (row.kind) {
        case RowKind::kMessage:
            return gap_above(index) +
                   message_height(frame, shapes_.shape(frame, *canvas_, look_, row), row);
        case RowKind::kDay:
            return above + frame.px(24 + 16);
        case RowKind::kUnreadDivider:
            return above + theme.caption.line_px + frame.px(16);
        case RowKind::kRecalled:
            return gap_above(index) + theme.caption.line_px;
        case RowKind::kTyping:
            return gap_above(index) + frame.px(40);
        case RowKind::kHistoryStart:
            return frame.px(32 + 72 + 12) + theme.body_bold.line_px +
                   (row.time ? frame.px(4) + theme.small.line_px : 0) + frame.px(32);
        case RowKind::kLoadingOlder:
        case RowKind::kLoading:
        case RowKind::kLoadingNewer:
            return frame.px(3 * (40 + 16));
    }
    return 0;
}

void HistoryUi::refresh_rows(Frame& frame, const client::OffsetMinutes& offset) {
    bool same_model = built_ && built_revision_ == frame.model.revision;
    built_revision_ = frame.model.revision;
    if (built_ && client::rows_stand(rows_, frame.model, frame.wall)) {
        if (!same_model) client::update_peer(frame.model, &rows_);
        return;
    }
    bool had_rows = built_ && placed_first_ && !rows_.rows.empty();
    client::RowKey anchor_key;
    if (had_rows && scroll_.anchor() < rows_.rows.size()) {
        anchor_key = rows_.rows[scroll_.anchor()].key;
    }
    client::RowKey last_key;
    bool had_last = had_rows && is_message(rows_.rows.back());
    if (had_last) last_key = rows_.rows.back().key;
    Seq old_last = newest_seen_;
    rows_ = client::build_timeline_rows(frame.model, conversation_, frame.wall, offset);
    // That it was edited stands beside the time, and must not depend on the pointer.
    for (TimelineRow& row : rows_.rows)
        row.shows_time = row.shows_time || row.edited;
    built_ = true;
    if (had_rows) keep_anchor(anchor_key);
    count_new(old_last);
    if (had_rows && !rows_.rows.empty()) {
        const TimelineRow& last = rows_.rows.back();
        bool fresh = is_message(last) && last.own && last.client_id && last.key != last_key;
        if (fresh && frame.theme.motion.bubble_ms > 0 && last.key != sliding_) {
            sliding_ = last.key;
            slide_ms_ = frame.now_ms;
        }
    }
}

void HistoryUi::keep_anchor(const client::RowKey& key) {
    if (scroll_.stuck()) return;
    if (distance_ <= frame_->px(kFollowWithinCss) && !rows_.more_below && jump_ms_ < 0) {
        scroll_.stick();
        return;
    }
    const std::vector<TimelineRow>& rows = rows_.rows;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (rows[i].key == key) {
            scroll_.set_anchor_index(i);
            return;
        }
    }
    // That row is gone (a skeleton, a pill, a replaced window): the next message takes its place.
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (is_message(rows[i]) && rows[i].key.a == 0 && rows[i].key.b >= key.b) {
            scroll_.set_anchor_index(i);
            return;
        }
    }
}

void HistoryUi::count_new(Seq old_last) {
    const TimelineRow* newest = nullptr;
    std::int64_t received = 0;
    for (auto row = rows_.rows.rbegin(); row != rows_.rows.rend(); ++row) {
        if (!is_message(*row) || !row->seq) continue;
        if (newest == nullptr) newest = &*row;
        if (row->seq <= old_last) break;
        if (!row->own) ++received;
    }
    if (newest == nullptr || newest->seq <= old_last) return;
    if (placed_first_ && !scroll_.stuck()) new_below_ += received;
    newest_seen_ = newest->seq;
}

/// True in the frame in which there is something to show.
bool HistoryUi::first_place() {
    if (placed_first_ || rows_.rows.empty()) return false;
    for (const TimelineRow& row : rows_.rows) {
        if (row.kind == RowKind::kLoading) return false;
    }
    if (unread_is_above()) return false;
    placed_first_ = true;
    if (rows_.unread_divider) {
        scroll_.anchor_at(*rows_.unread_divider, std::floor(view_height_ / 4));
    } else {
        scroll_.stick();
    }
    return true;
}

/// More is unread than was loaded: asks once for the page around the first unread message. True
/// while that is awaited.
bool HistoryUi::unread_is_above() {
    const client::Conversation* conversation = frame_->model.find(conversation_);
    if (conversation == nullptr || !conversation->unread_after) return false;
    const client::Timeline& timeline = conversation->timeline;
    Seq wanted = conversation->unread_after->next();
    if (timeline.empty() || !timeline.older() || timeline.first_seq() <= wanted) return false;
    if (around_asked_) return timeline.loading().has_value();
    if (timeline.loading()) return true;
    around_asked_ = true;
    frame_->command(client::LoadAround{conversation_, wanted});
    return true;
}

void HistoryUi::make_look(Frame& frame, Rect column) {
    const Layout& layout = frame.layout;
    float padding = layout.column_padding;
    look_.left = column.x + padding;
    look_.right = column.right() - padding;
    if (selection_.active()) look_.left += frame.px(kCheckRoomCss);
    look_.avatar_css = layout.phone ? 28 : 32;
    look_.own_avatar = !layout.phone;
    float inner = look_.right - look_.left;
    look_.bubble.width_max = std::floor(std::min(frame.px(520), inner * 0.76f));
    look_.bubble.width_min = frame.px(44);
    look_.bubble.padding_x = frame.px(14);
    look_.bubble.padding_y = frame.theme.measure(9, 8);
    look_.bubble.line = frame.theme.body.line_px;
    look_.bubble.meta_right = frame.px(12);
    look_.bubble.meta_gap = frame.px(12);
    look_.picture.width_max = std::min(frame.px(layout.phone ? 248 : 320), inner);
    look_.picture.height_max = frame.px(layout.phone ? 280 : 320);
    look_.picture.width_min = frame.px(120);
    look_.picture.height_min = frame.px(80);
    look_.picture.unit = layout.pixel_ratio;
    look_.peer_name = rows_.peer_name;
    look_.peer_initials = rows_.peer_initials;
    look_.peer_color = rows_.peer_color;
    const proto::Profile& me = frame.model.me;
    const std::string& my_name = me.nick.empty() ? me.user_id.text() : me.nick;
    look_.my_initials = client::avatar_initials(my_name, me.user_id.text());
    look_.my_color = client::avatar_color(me.user_id.text());
    look_.my_picture = me.avatar;
    look_.peer_picture = rows_.peer_avatar;
}

// --- Scrolling ---

void HistoryUi::to_end(bool smooth) {
    new_below_ = 0;
    jump_ms_ = -1;
    jump_wanted_ = smooth;
    if (!smooth) scroll_.stick();
}

void HistoryUi::scroll_by_input(Frame& frame, Rect view) {
    float delta = frame.input.take_wheel(view) + key_scroll_;
    key_scroll_ = 0;
    delta += drag_.step(frame, view);
    float dragged = 0;
    if (bar_needed()) {
        std::size_t count = rows_.rows.size();
        dragged = bar_.drag(frame, view, scroll_.part_above(count));
        scroll_.scroll_by_part(dragged, count, *this);
    }
    if (delta != 0 || dragged != 0) {
        jump_ms_ = -1;
        moved_ms_ = frame.now_ms;
        scroll_.scroll(delta);
    }
    if (jump_ms_ < 0) return;
    float t = frame.theme.motion.jump_ms > 0
                  ? static_cast<float>(frame.now_ms - jump_ms_) / frame.theme.motion.jump_ms
                  : 1;
    if (t >= 1) {
        jump_ms_ = -1;
        scroll_.stick();
        return;
    }
    float left = jump_from_ * (1 - ease_out(t));
    scroll_.scroll(jump_left_ - left);
    jump_left_ = left;
    frame.animating = true;
}

bool HistoryUi::bar_needed() const {
    return !scroll_.placed().empty() && (!scroll_.at_start() || distance_ > 0);
}

/// Which part of the rows is seen, by how high rows usually are: what is seen changes with every
/// row that comes, and the bar must not breathe.
float HistoryUi::bar_length(const Frame& frame, Rect view) const {
    float all = static_cast<float>(rows_.rows.size()) * frame.px(kUsualRowCss);
    return view.h / std::max(view.h, all);
}

void HistoryUi::ask_for_pages(Frame& frame, Rect view) {
    const client::Conversation* conversation = frame.model.find(conversation_);
    if (conversation == nullptr || scroll_.placed().empty()) return;
    const client::Timeline& timeline = conversation->timeline;
    if (!timeline.loaded() || timeline.loading()) return;
    // After a failure only the next movement asks again.
    if (timeline.load_error() && moved_ms_ != frame.now_ms) return;
    float reach = view.h * 1.5f;
    if (timeline.older()) {
        std::size_t i = scroll_.placed().front().index;
        float above = -scroll_.placed().front().y;
        while (i > 0 && above < reach)
            above += height(--i);
        if (above < reach) {
            frame.command(client::LoadOlder{conversation_});
            return;
        }
    }
    if (timeline.newer() && scroll_.distance_to_end(reach, rows_.rows.size(), *this) < reach) {
        frame.command(client::LoadNewer{conversation_});
    }
}

bool HistoryUi::on_key(std::string_view key, const platform::KeyEvent& event, std::string* focus) {
    if (event.modifiers.ctrl || event.modifiers.alt || event.modifiers.meta) return false;
    float page = std::max(40.0f, view_height_ * 0.9f);
    bool article = key.substr(0, 4) == "msg:";
    bool log = key == kLog;
    switch (event.key) {
        case platform::Key::kPageUp:
            key_scroll_ -= page;
            return true;
        case platform::Key::kPageDown:
            key_scroll_ += page;
            return true;
        case platform::Key::kHome:
            if (!log && !article) return false;
            key_scroll_ -= 1e7f;
            return true;
        case platform::Key::kEnd:
            if (!log && !article) return false;
            key_scroll_ += 1e7f;
            return true;
        case platform::Key::kUp:
        case platform::Key::kDown:
            break;
        default:
            return false;
    }
    if (!log && !article) return false;
    bool up = event.key == platform::Key::kUp;
    std::size_t at = rows_.rows.size();
    for (std::size_t i = 0; article && i < rows_.rows.size(); ++i) {
        if (row_key(rows_.rows[i]) == key) at = i;
    }
    if (!up && at == rows_.rows.size()) return true;
    for (;;) {
        if (up && at == 0) return true;
        at = up ? at - 1 : at + 1;
        if (at >= rows_.rows.size()) return true;
        if (is_message(rows_.rows[at])) break;
    }
    *focus = row_key(rows_.rows[at]);
    // What is not on the screen comes into it.
    bool seen = false;
    for (const PlacedRow& placed : scroll_.placed()) {
        if (placed.index != at) continue;
        seen = true;
        if (placed.y < 0) key_scroll_ += placed.y;
        if (placed.y + placed.height > view_height_) {
            key_scroll_ += placed.y + placed.height - view_height_;
        }
    }
    if (!seen) scroll_.anchor_at(at, std::floor(view_height_ / 2));
    return true;
}

// --- Drawing ---

const client::TimelineRows& HistoryUi::prepare(Frame& frame, const client::OffsetMinutes& offset) {
    frame_ = &frame;
    refresh_rows(frame, offset);
    frame_ = nullptr;
    return rows_;
}

const TimelineRow* HistoryUi::last_editable() const {
    for (auto row = rows_.rows.rbegin(); row != rows_.rows.rend(); ++row) {
        bool text = is_message(*row) && row->own && row->body_kind == client::BodyKind::kText;
        if (!text || row->state == client::MessageState::kFailed) continue;
        // One on its way cannot be edited yet; an older one in its place would be a surprise.
        return row->can_edit ? &*row : nullptr;
    }
    return nullptr;
}

HistoryWish HistoryUi::draw(Frame& frame, gfx::Canvas& canvas, Rect view, Rect column) {
    HistoryWish wish;
    frame_ = &frame;
    canvas_ = &canvas;
    view_height_ = view.h;
    make_look(frame, column);
    // The messages of a chat come into view: whoever waits for them sees them before the mirror has
    // them, and before what is not seen is measured.
    bool first = first_place();
    if (first) frame.animating = true;
    step_jump(frame, wish);
    if (jump_wanted_) {
        // Asked for between frames: how far the end is can only be measured here.
        jump_wanted_ = false;
        float most = view.h * 2;
        float away =
            scroll_.placed().empty() ? 0 : scroll_.distance_to_end(most, rows_.rows.size(), *this);
        if (away <= 0 || frame.theme.motion.reduced || rows_.more_below || away >= most) {
            scroll_.stick();
        } else {
            jump_ms_ = frame.now_ms;
            jump_from_ = jump_left_ = away;
        }
    }
    scroll_by_input(frame, view);
    scroll_.place(rows_.rows.size(), view.h, *this);
    distance_ =
        scroll_.distance_to_end(frame.px(kNewestAwayCss) + view.h, rows_.rows.size(), *this);
    if (distance_ <= 0 && !rows_.more_below) new_below_ = 0;
    scrolled_ = !scroll_.placed().empty() && !scroll_.at_start();

    platform::MirrorNode log = make_node(
        kLog, platform::Role::kLog, frame.str(Str::chat_log, {{"name", rows_.peer_name}}), view);
    log.focusable = true;
    {
        MirrorScope scope(frame.mirror, std::move(log));
        // Dear ImGui's own clip: what is out of sight is out of reach, too.
        ImGui::PushClipRect({view.x, view.y}, {view.right(), view.bottom()}, true);
        // Rows out of sight are there for the mirror alone.
        bool moves = frame.only_movement && frame.now_ms - moved_ms_ < kMirrorRestMs;
        // What is selected is seen to move with its text.
        frame.mirror_waits = frame.mirror_may_wait && (first || (moves && !held_first_));
        std::vector<PlacedRow> rows = frame.mirror_waits ? scroll_.placed() : rows_within_reach();
        float origin = frame.mirror_waits ? 0 : mirror_origin(rows);
        // A node of their own: when they are scrolled, it is all that moves.
        MirrorScope list(frame.mirror, make_node("chat.rows", platform::Role::kGroup, {},
                                                 {view.x, view.y + origin, view.w, view.h}));
        for (const PlacedRow& row : rows)
            draw_row(frame, canvas, view, column, row, wish);
        draw_sticky_day(frame, canvas, view, column);
        ImGui::PopClipRect();
    }
    if (frame.input.focused() == kLog && frame.input.focus_by_keyboard()) {
        focus_ring(frame, canvas, view, frame.px(radius::kTight), true);
    }
    if (bar_needed()) {
        bar_.draw(frame, canvas, view, scroll_.part_above(rows_.rows.size()),
                  bar_length(frame, view), moved_ms_);
    }
    draw_newest(frame, canvas, view, column);
    step_viewer(frame);
    note_seen(frame, view);
    if (!first) ask_for_pages(frame, view);
    frame_ = nullptr;
    canvas_ = nullptr;
    return wish;
}

/// What is seen, and what stands above and below it, at its real place: of that the canvas shows
/// nothing, but selection, focus and find-in-page reach it.
std::vector<PlacedRow> HistoryUi::rows_within_reach() {
    std::vector<PlacedRow> rows = scroll_.placed();
    if (rows.empty()) return rows;
    float reach = view_height_ * kMirrorReach;
    auto [held_first, held_last] = held_rows();
    std::size_t first = rows.front().index;
    std::vector<PlacedRow> above;
    for (float y = rows.front().y; first > 0 && (y > -reach || first > held_first);) {
        float row_height = height(--first);
        y -= row_height;
        above.push_back({first, y, row_height});
    }
    float y = rows.back().y + rows.back().height;
    for (std::size_t i = rows.back().index + 1;
         i < rows_.rows.size() && (y < view_height_ + reach || i <= held_last); ++i) {
        rows.push_back({i, y, height(i)});
        y += rows.back().height;
    }
    rows.insert(rows.begin(), above.rbegin(), above.rend());
    return rows;
}

void HistoryUi::hold_selected(std::string_view first, std::string_view last) {
    held_first_ = row_of(first);
    held_last_ = row_of(last);
}

/// Which row row_key() made that of; nothing if it is none of this conversation.
std::optional<client::RowKey> HistoryUi::row_of(std::string_view key) const {
    for (const TimelineRow& row : rows_.rows) {
        if (row_key(row) == key) return row.key;
    }
    return std::nullopt;
}

/// The first and the last of the rows in which text is selected, those that lie too far away left
/// out; where there is none, what is in the view.
std::pair<std::size_t, std::size_t> HistoryUi::held_rows() const {
    std::size_t top = scroll_.placed().front().index;
    std::size_t end = scroll_.placed().back().index;
    std::pair<std::size_t, std::size_t> held(top, end);
    if (!held_first_ || !held_last_) return held;
    std::size_t from = top - std::min(top, kHeldMost);
    std::size_t to = std::min(rows_.rows.size(), end + kHeldMost);
    for (std::size_t i = from; i < to; ++i) {
        const client::RowKey& key = rows_.rows[i].key;
        if (key == *held_first_) held.first = std::min(held.first, i);
        if (key == *held_last_) held.second = std::max(held.second, i);
    }
    return held;
}

/// Where the mirror's list of rows begins, from the view's top: it moves as its rows do, so that
/// they stay where they are in it.
float HistoryUi::mirror_origin(const std::vector<PlacedRow>& rows) {
    float origin = 0;
    for (const PlacedRow& row : rows) {
        if (rows_.rows[row.index].key == origin_key_) origin = row.y - origin_y_;
    }
    // Beyond, floats cannot hold halves of a pixel.
    if (std::abs(origin) > 1e6f) origin = 0;
    for (const PlacedRow& row : rows) {
        if (row.index != scroll_.anchor()) continue;
        origin_key_ = rows_.rows[row.index].key;
        origin_y_ = row.y - origin;
    }
    return origin;
}

void HistoryUi::draw_row(Frame& frame, gfx::Canvas& canvas, Rect view, Rect column,
                         const PlacedRow& placed, HistoryWish& wish) {
    const TimelineRow& row = rows_.rows[placed.index];
    float y = view.y + placed.y;
    float bottom = y + placed.height;
    float middle_x = std::floor(column.center().x);
    bool seen = canvas.shows({view.x, y, view.w, placed.height});
    switch (row.kind) {
        case RowKind::kMessage:
            draw_message_row(frame, canvas, view, row, y + gap_above(placed.index), wish);
            return;
        case RowKind::kDay: {
            std::string words = day_words(frame, row.time.value_or(frame.wall), row.date);
            float middle = bottom - frame.px(16 + 12);
            day_pill(frame, canvas, {middle_x, middle}, words);
            frame.mirror.leaf(make_node(row_key(row), platform::Role::kSeparator, words,
                                        {column.x, middle - frame.px(12), column.w, frame.px(24)}));
            return;
        }
        case RowKind::kUnreadDivider: {
            std::string_view words = frame.str(Str::chat_unread);
            float line = frame.theme.caption.line_px;
            float top = bottom - frame.px(16) - line;
            unread_divider(frame, canvas, look_.left, look_.right, top + std::floor(line / 2),
                           words);
            frame.mirror.leaf(make_node(row_key(row), platform::Role::kSeparator, words,
                                        {column.x, top, column.w, line}));
            return;
        }
        case RowKind::kRecalled: {
            float line = frame.theme.caption.line_px;
            if (draw_recalled(frame, canvas,
                              {look_.left, bottom - line, look_.right - look_.left, line}, row,
                              rows_.peer_name, row_key(row))) {
                wish.rewrite = row.seq;
            }
            return;
        }
        case RowKind::kTyping:
            if (seen) draw_typing(frame, canvas, y + gap_above(placed.index));
            return;
        case RowKind::kHistoryStart:
            draw_start(frame, canvas, column, row, y);
            return;
        case RowKind::kLoadingOlder:
        case RowKind::kLoading:
        case RowKind::kLoadingNewer:
            if (seen) draw_skeletons(frame, canvas, y);
            return;
    }
}

void HistoryUi::note_seen(Frame& frame, Rect view) {
    const client::Conversation* conversation = frame.model.find(conversation_);
    if (conversation == nullptr || !frame.environment.visible || !placed_first_) return;
    Seq seen;
    for (const PlacedRow& placed : scroll_.placed()) {
        const TimelineRow& row = rows_.rows[placed.index];
        if (row.seq && placed.y + placed.height <= view.h + 1) {
            seen = std::max(seen, row.seq);
        }
    }
    if (seen > conversation->read_seq) frame.command(client::MarkVisible{conversation_, seen});
}

void HistoryUi::draw_start(Frame& frame, gfx::Canvas& canvas, Rect column, const TimelineRow& row,
                           float y) {
    const Theme& theme = frame.theme;
    float middle = std::floor(column.center().x);
    y += frame.px(32);
    avatar(frame, canvas, {middle - frame.px(36), y}, 72, look_.peer_initials, look_.peer_color,
           look_.peer_picture);
    y += frame.px(72 + 12);
    std::string name = canvas.cut(theme.body_bold, look_.peer_name, look_.right - look_.left);
    canvas.text({middle, y}, theme.body_bold, theme.color.ink, name, gfx::HorizontalAlign::kCenter);
    y += theme.body_bold.line_px + frame.px(4);
    std::string words = look_.peer_name;
    if (row.time) {
        std::string date =
            frame.dates.format(*row.time, platform::DateForm::kMonthDay, language_tag(frame.lang));
        if (frame.dates.year(*row.time) != frame.dates.year(frame.wall)) {
            date = frame.dates.format(*row.time, platform::DateForm::kFullDate,
                                      language_tag(frame.lang));
        }
        words = frame.str(Str::chat_first, {{"date", date}});
        canvas.text({middle, y}, theme.small, theme.color.ink2, words,
                    gfx::HorizontalAlign::kCenter);
    }
    frame.mirror.leaf(make_node(row_key(row), platform::Role::kStatus, words,
                                {column.x, y, column.w, theme.small.line_px}));
}

void HistoryUi::draw_typing(Frame& frame, gfx::Canvas& canvas, float y) {
    float face = frame.px(look_.avatar_css);
    Rect bubble = {look_.left + face + frame.px(8), y, frame.px(58), frame.px(40)};
    canvas.fill(bubble, frame.theme.color.in,
                gfx::Corners(frame.px(18), frame.px(18), frame.px(18), frame.px(6)));
    avatar(frame, canvas, {look_.left, bubble.bottom() - face}, look_.avatar_css,
           look_.peer_initials, look_.peer_color, look_.peer_picture);
    static constexpr float kShades[] = {1, 0.65f, 0.35f};
    int step = 0;
    if (!frame.theme.motion.reduced) {
        step = static_cast<int>(std::fmod(frame.now_ms / kDotStepMs, 3.0));
        frame.change_at((std::floor(frame.now_ms / kDotStepMs) + 1) * kDotStepMs);
    }
    for (int i = 0; i < 3; ++i) {
        float x = bubble.center().x + static_cast<float>(i - 1) * frame.px(12);
        canvas.disc({x, bubble.center().y}, frame.theme.pixel_ratio * 3.5f,
                    frame.theme.color.ink2.faded(kShades[(i - step + 3) % 3]));
    }
    frame.mirror.leaf(
        make_node("chat.typing", platform::Role::kStatus, frame.str(Str::chat_typing), bubble));
}

void HistoryUi::draw_skeletons(Frame& frame, gfx::Canvas& canvas, float y) {
    static constexpr float kWidths[] = {180, 260, 140};
    canvas.set_opacity(skeleton_opacity(frame));
    for (int i = 0; i < 3; ++i) {
        float width = frame.px(kWidths[i]);
        float x = i == 1 ? look_.right - width - (look_.own_avatar ? frame.px(40) : 0)
                         : look_.left + frame.px(look_.avatar_css) + frame.px(8);
        canvas.fill({x, y + frame.px(16), width, frame.px(40)}, frame.theme.color.in,
                    frame.px(radius::kBubble));
        y += frame.px(56);
    }
    canvas.set_opacity(1);
}

void HistoryUi::draw_newest(Frame& frame, gfx::Canvas& canvas, Rect view, Rect column) {
    (void)column;
    bool away = distance_ > frame.px(kNewestAwayCss) || rows_.more_below;
    if (!away || !placed_first_) return;
    const Theme& theme = frame.theme;
    float size = frame.px(44);
    Rect rect = {view.right() - frame.px(frame.layout.phone ? 12 : 24) - size, view.bottom() - size,
                 size, size};
    std::string count = number_text(new_below_);
    std::string name = new_below_ > 0 ? frame.str(Str::chat_newest_n, {{"n", count}})
                                      : std::string(frame.str(Str::chat_newest));
    draw_elevation(canvas, theme, rect, size / 2, Elevation::kE3);
    canvas.disc(rect.center(), size / 2, theme.color.raised);
    if (icon_button(frame, canvas, "chat.newest", rect, gfx::Icon::kDown, name, {.icon_css = 20})) {
        if (rows_.more_below) frame.command(client::LoadNewest{conversation_});
        to_end(true);
    }
    if (new_below_ > 0) {
        float width = canvas.text_width(theme.caption_bold, badge_text(new_below_)) + frame.px(12);
        width = std::max(width, frame.px(20));
        badge(frame, canvas, std::floor(rect.center().x + width / 2), rect.y - frame.px(2),
              new_below_);
    }
}

void HistoryUi::draw_sticky_day(Frame& frame, gfx::Canvas& canvas, Rect view, Rect column) {
    double since = frame.now_ms - moved_ms_;
    if (since > kDayShownMs + kDayFadeMs) return;
    const TimelineRow* shown = nullptr;
    for (const PlacedRow& placed : scroll_.placed()) {
        const TimelineRow& row = rows_.rows[placed.index];
        if (row.kind == RowKind::kDay && placed.y < frame.px(48)) return;
        if (is_message(row) && row.time && shown == nullptr) shown = &row;
    }
    if (shown == nullptr || scroll_.at_start()) return;
    if (since < kDayShownMs) {
        frame.change_at(moved_ms_ + kDayShownMs);
    } else {
        frame.animating = true;
        canvas.set_opacity(1 - static_cast<float>((since - kDayShownMs) / kDayFadeMs));
    }
    // The day's own pill stands somewhere above: it tells how its date is said.
    for (std::size_t i = scroll_.placed().front().index + 1; i-- > 0;) {
        const TimelineRow& row = rows_.rows[i];
        if (row.kind != RowKind::kDay) continue;
        day_pill(frame, canvas, {std::floor(column.center().x), view.y + frame.px(8 + 12)},
                 day_words(frame, row.time.value_or(frame.wall), row.date));
        break;
    }
    canvas.set_opacity(1);
}

std::string HistoryUi::day_words(const Frame& frame, TimeMs time, client::DateKind date) const {
    std::string_view tag = language_tag(frame.lang);
    switch (date) {
        case client::DateKind::kToday:
            return std::string(frame.str(Str::day_today));
        case client::DateKind::kYesterday:
            return std::string(frame.str(Str::day_yesterday));
        case client::DateKind::kWeekday:
            return frame.dates.format(time, platform::DateForm::kWeekday, tag);
        case client::DateKind::kThisYear:
            return frame.dates.format(time, platform::DateForm::kMonthDay, tag);
        case client::DateKind::kOtherYear:
            break;
    }
    return frame.dates.format(time, platform::DateForm::kFullDate, tag);
}

}  // namespace kumquat::ui
