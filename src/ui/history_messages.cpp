// The messages of the history, one by one: how they come into view, what stands beside them, and
// what is done with them.
#include <algorithm>
#include <cmath>
#include <utility>

#include "ui/history_ui.h"
#include "ui/quick_bar.h"

namespace kumquat::ui {

namespace {

constexpr double kMoreAfterMs = 120;
constexpr double kLitMs = 900;
constexpr double kLitFadeMs = 300;

}  // namespace

/// On the way to a message: loads what is missing, and then shows it in the middle, lit.
void HistoryUi::step_jump(Frame& frame, HistoryWish& wish) {
    const client::Conversation* conversation = frame.model.find(conversation_);
    if (conversation == nullptr || !jump_.wanted()) return;
    Seq seq = jump_.seq();
    switch (jump_.step(rows_, conversation->timeline)) {
        case HistoryJump::Step::kRest:
            return;
        case HistoryJump::Step::kLoadAround:
            around_asked_ = true;
            frame.command(client::LoadAround{conversation_, seq});
            // What is wanted may be there and not shown: nothing else would bring a next frame.
            frame.animating = true;
            return;
        case HistoryJump::Step::kLoadAt:
            around_asked_ = true;
            frame.command(client::LoadAt{conversation_, jump_.time()});
            frame.animating = true;
            return;
        case HistoryJump::Step::kGone:
            wish.gone = static_cast<bool>(seq);
            return;
        case HistoryJump::Step::kShow:
            break;
    }
    std::size_t at = jump_.index();
    float room = seq ? view_height_ - height(at) : view_height_ / 2;
    scroll_.anchor_at(at, std::floor(std::max(0.0f, room / 2)));
    placed_first_ = true;
    jump_ms_ = -1;
    moved_ms_ = lit_ms_ = frame.now_ms;
    lit_ = seq;
    bool from_node = frame.fields.focused().empty() && !frame.input.focused().empty();
    if (from_node && frame.input.focus_by_keyboard() &&
        rows_.rows[at].kind == client::RowKind::kMessage) {
        frame.actions.emplace_back(FocusNode{row_key(rows_.rows[at])});
    }
}

float HistoryUi::lit_of(Frame& frame, const client::TimelineRow& row) const {
    if (!row.seq) return 0;
    if (row.seq == kept_lit_) return 1;
    if (row.seq != lit_) return 0;
    double since = frame.now_ms - lit_ms_;
    double hold = frame.theme.motion.reduced ? kLitMs + kLitFadeMs : kLitMs;
    if (since < hold) {
        frame.change_at(lit_ms_ + hold);
        return 1;
    }
    if (since >= kLitMs + kLitFadeMs) return 0;
    frame.animating = true;
    return 1 - static_cast<float>((since - kLitMs) / kLitFadeMs);
}

float HistoryUi::slide_of(Frame& frame, const client::TimelineRow& row) {
    if (slide_ms_ < 0 || row.key != sliding_) return 1;
    float t = static_cast<float>(frame.now_ms - slide_ms_) / frame.theme.motion.bubble_ms;
    if (t >= 1 || frame.theme.motion.reduced) {
        slide_ms_ = -1;
        return 1;
    }
    frame.animating = true;
    return ease_out(t);
}

void HistoryUi::draw_message_row(Frame& frame, gfx::Canvas& canvas, Rect view,
                                 const client::TimelineRow& row, float y, HistoryWish& wish) {
    std::string key = row_key(row);
    const MessageShape& shape = shapes_.shape(frame, canvas, look_, row);
    bool selecting = selection_.active();
    // It lies over the whole message and takes every click.
    if (selecting && row.seq) draw_check_row(frame, canvas, row, shape, key, y);
    MessageUse use = draw_message(frame, canvas, look_, shape, row, key,
                                  {y, view, slide_of(frame, row), lit_of(frame, row)});
    if (!selecting) {
        run_use(frame, row, key, use, wish);
        draw_beside(frame, canvas, view, row, key, use, shape, wish);
    } else if (use.menu) {
        selection_.toggle(row);
        frame.animating = true;
    }
    if (canvas.shows(use.bubble)) note_painted(frame, row);
}

void HistoryUi::draw_check_row(Frame& frame, gfx::Canvas& canvas, const client::TimelineRow& row,
                               const MessageShape& shape, std::string_view key, float y) {
    float room = frame.px(kCheckRoomCss);
    Rect band = {look_.left - room, y, look_.right - look_.left + room,
                 message_height(frame, shape, row)};
    std::string name =
        frame.str(Str::msg_new_a11y,
                  {{"name", message_name(frame, look_, shape, row)}, {"text", shape.text}});
    if (draw_check(frame, canvas, band.grown(frame.px(2)), std::string(key) + ".check", name,
                   selection_.has(row.seq))) {
        selection_.toggle(row);
        frame.animating = true;
    }
}

/// What was done with a message.
void HistoryUi::run_use(Frame& frame, const client::TimelineRow& row, std::string_view key,
                        const MessageUse& use, HistoryWish& wish) {
    if (use.retry && row.client_id) frame.command(client::RetryMessage{*row.client_id});
    if (use.cancel && row.client_id) frame.command(client::DiscardMessage{*row.client_id});
    if (use.view) view_picture(frame, static_cast<std::size_t>(&row - rows_.rows.data()));
    if (use.quote) {
        show_message(row.quote->seq);
        frame.animating = true;
    }
    if (use.reaction) {
        const client::ReactionShown& reaction = row.reactions[*use.reaction];
        frame.command(client::SetReaction{conversation_, row.seq, reaction.emoji, !reaction.own});
    }
    if (use.menu) ask_for_menu(row, key, use.bubble, wish);
}

void HistoryUi::ask_for_menu(const client::TimelineRow& row, std::string_view key, Rect bubble,
                             HistoryWish& wish) const {
    if (!wish.menu) wish.menu = MessageMenuWish{conversation_, row, bubble, std::string(key)};
}

/// What stands beside a message while the pointer or the focus is on it: its time, and buttons.
void HistoryUi::draw_beside(Frame& frame, gfx::Canvas& canvas, Rect view,
                            const client::TimelineRow& row, std::string_view key,
                            const MessageUse& use, const MessageShape& shape, HistoryWish& wish) {
    Rect band = {look_.left, use.bubble.y, look_.right - look_.left, use.bubble.h};
    const std::string& focused = frame.input.focused();
    bool has_focus = frame.input.focus_by_keyboard() && focused.substr(0, key.size()) == key &&
                     (focused.size() == key.size() || focused[key.size()] == '.');
    bool over = !frame.theme.touch && frame.input.hovers(band);
    if (frame.covered || (!over && !has_focus)) {
        if (more_key_ == key) more_key_.clear();
        return;
    }
    bool time_beside = !row.shows_time && row.emoji_only == 0 &&
                       !(row.body_kind == client::BodyKind::kPicture &&
                         row.state == client::MessageState::kUploading);
    if (time_beside) draw_time_beside(frame, canvas, look_, shape, row, use.bubble);
    // The pointer's row and the focus' may be two: only the pointer's has to wait.
    if (!has_focus && more_key_ != key) {
        more_key_ = key;
        more_since_ms_ = frame.now_ms;
    }
    if (!has_focus && frame.now_ms < more_since_ms_ + kMoreAfterMs) {
        frame.change_at(more_since_ms_ + kMoreAfterMs);
        return;
    }
    QuickLook look = {use.bubble, frame.px(8), row.own, false, false, view.x, view.right()};
    if (time_beside) look.beside += shape.meta_width + frame.px(8);
    if (row.state == client::MessageState::kFailed) look.beside += frame.px(28);
    look.can_reply = row.seq && !frame.model.is_blocked(conversation_.peer());
    look.can_copy = row.body_kind == client::BodyKind::kText;
    switch (draw_quick_bar(frame, canvas, key, look)) {
        case QuickUse::kNone:
            break;
        case QuickUse::kReply:
            wish.reply = row;
            break;
        case QuickUse::kCopy:
            frame.actions.emplace_back(CopyText{row.body->content});
            break;
        case QuickUse::kMenu:
            ask_for_menu(row, key, use.bubble, wish);
            break;
    }
}

void HistoryUi::note_painted(Frame& frame, const client::TimelineRow& row) {
    std::int64_t seq = row.seq.value();
    if (seq == 0) return;
    auto at = std::lower_bound(painted_.begin(), painted_.end(), seq);
    if (at != painted_.end() && *at == seq) return;
    painted_.insert(at, seq);
    frame.actions.emplace_back(MarkPainted{conversation_, row.seq});
}

}  // namespace kumquat::ui
