#include "ui/person_ui.h"

#include "ui/overlay.h"

namespace kumquat::ui {

namespace {

constexpr float kWidthCss = 440;

}  // namespace

void PersonUi::open(platform::TextFields& fields, double now_ms) {
    close(fields);
    open_ = true;
    since_ms_ = now_ms;
}

void PersonUi::close(platform::TextFields& fields) {
    if (open_) people_.forget(fields);
    *this = PersonUi();
}

UserId PersonUi::draw(Frame& frame, const client::OffsetMinutes& offset) {
    if (!open_) return {};
    Dialog dialog(frame, "person", frame.str(Str::filter_person_title), kWidthCss,
                  PeopleList::height(frame), since_ms_);
    auto nobody = [](const client::FriendRow&) { return false; };
    ConversationId used = people_.draw(frame, dialog, dialog.content(), frame.now_ms == since_ms_,
                                       offset, nobody, nobody);
    if (!used.empty() || dialog.closed()) close(frame.fields);
    return used.empty() ? UserId() : used.peer();
}

}  // namespace kumquat::ui
