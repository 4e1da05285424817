#include "ui/forward_ui.h"

#include <utility>

#include "ui/controls.h"
#include "ui/overlay.h"

namespace kumquat::ui {

namespace {

constexpr float kWidthCss = 440;

}  // namespace

void ForwardUi::open(const ConversationId& from, std::vector<Seq> seqs,
                     platform::TextFields& fields, double now_ms) {
    close(fields);
    open_ = true;
    since_ms_ = now_ms;
    from_ = from;
    seqs_ = std::move(seqs);
}

void ForwardUi::close(platform::TextFields& fields) {
    if (open_) people_.forget(fields);
    *this = ForwardUi();
}

bool ForwardUi::draw(Frame& frame, const client::OffsetMinutes& offset) {
    if (!open_) return false;
    float below = frame.px(16 + 44);
    Dialog dialog(frame, "forward", frame.str(Str::forward_title), kWidthCss,
                  PeopleList::height(frame) + below, since_ms_);
    Rect place = dialog.content();
    ConversationId used = people_.draw(
        frame, dialog, {place.x, place.y, place.w, place.h - below}, frame.now_ms == since_ms_,
        offset, [](const client::FriendRow& row) { return row.blocked; },
        [this](const client::FriendRow& row) { return chosen_.count(row.id) > 0; });
    if (!used.empty() && chosen_.erase(used) == 0) chosen_.insert(used);
    bool sent = draw_buttons(frame, dialog,
                             {place.x, place.bottom() - frame.px(44), place.w, frame.px(44)});
    if (sent || dialog.closed()) close(frame.fields);
    return sent;
}

/// True when it goes.
bool ForwardUi::draw_buttons(Frame& frame, Dialog& dialog, Rect line) {
    gfx::Canvas& canvas = dialog.canvas();
    std::string count = number_text(static_cast<std::int64_t>(chosen_.size()));
    std::string label = chosen_.empty() ? std::string(frame.str(Str::forward_go))
                                        : frame.str(Str::forward_go_n, {{"n", count}});
    float width = button_width(frame, canvas, label);
    Rect go = {line.right() - width, line.y, width, line.h};
    std::string_view cancel = frame.str(Str::cancel);
    float cancel_w = button_width(frame, canvas, cancel);
    if (button(frame, canvas, "forward.cancel",
               {go.x - frame.px(12) - cancel_w, line.y, cancel_w, line.h}, ButtonKind::kQuiet,
               cancel)) {
        close(frame.fields);
        return false;
    }
    if (!button(frame, canvas, "forward.go", go, ButtonKind::kPrimary, label,
                {.enabled = !chosen_.empty()})) {
        return false;
    }
    client::ForwardMessages forward;
    forward.conversation = from_;
    forward.seqs = seqs_;
    forward.to.assign(chosen_.begin(), chosen_.end());
    frame.command(std::move(forward));
    return true;
}

}  // namespace kumquat::ui
