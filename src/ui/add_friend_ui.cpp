#include "ui/add_friend_ui.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/limits.h"
#include "client/view/avatar.h"
#include "ui/controls.h"
#include "ui/field_control.h"
#include "ui/pieces.h"
#include "ui/user_id.h"

namespace kumquat::ui {

namespace {

constexpr double kLookUpAfterMs = 400;
constexpr float kWidthCss = 440;
constexpr float kWordingCss = 72;
constexpr float kOneWayGapCss = 8;
constexpr float kOneWayCss = 44;
constexpr float kAnswerCss = 60;

bool busy(const client::Model& model) {
    return model.add_friend.phase == client::AddFriendPhase::kAdding;
}

bool side_by_side(const Frame& frame) {
    return !frame.layout.phone;
}

LimitedLook limited(const Frame& frame, const Dialog& dialog, std::string_view id, Str label,
                    std::size_t bytes_max) {
    LimitedLook look;
    look.field.id = id;
    look.field.label = frame.str(label);
    look.field.read_only = busy(frame.model);
    look.field.clip = dialog.clip();
    look.bytes_max = bytes_max;
    look.optional = true;
    return look;
}

}  // namespace

void AddFriendUi::open(const client::Model& model, Lang lang, std::string_view id,
                       platform::TextFields& fields, std::vector<Action>& actions, double now_ms) {
    *this = AddFriendUi();
    open_ = focus_wanted_ = true;
    since_ms_ = now_ms;
    find_at_ms_ = id.empty() ? 0 : now_ms;
    const proto::Profile& me = model.me;
    const std::string& nick = me.nick.empty() ? me.user_id.text() : me.nick;
    fields.set_text(kIdField, id);
    fields.set_text(kWordingField, fill(lang, Str::add_wording_default, {{"nick", nick}}));
    fields.set_text(kRemarkField, {});
    fields.set_text(kGroupField, text(lang, Str::add_group_default));
    actions.emplace_back(client::Command(client::ResetAddFriend{}));
}

void AddFriendUi::close(platform::TextFields& fields, std::vector<Action>& actions) {
    if (!open_) return;
    for (std::string_view id : {kIdField, kWordingField, kRemarkField, kGroupField})
        fields.forget(id);
    actions.emplace_back(client::Command(client::ResetAddFriend{}));
    *this = AddFriendUi();
}

void AddFriendUi::on_text(std::string_view field, double now_ms) {
    if (field != kIdField) return;
    empty_error_ = false;
    typed_since_ = true;
    find_at_ms_ = now_ms + kLookUpAfterMs;
}

bool AddFriendUi::too_long(const platform::TextFields& fields) const {
    return fields.text(kWordingField).size() > limits::kWordingBytes ||
           fields.text(kRemarkField).size() > limits::kRemarkBytes ||
           fields.text(kGroupField).size() > limits::kGroupNameBytes;
}

void AddFriendUi::submit(const client::Model& model, platform::TextFields& fields,
                         std::vector<Action>& actions) {
    if (busy(model) || too_long(fields)) return;
    client::AddFriend add;
    add.user_id = trim(fields.text(kIdField));
    if (add.user_id.empty()) {
        empty_error_ = true;
        fields.focus(kIdField);
        return;
    }
    add.remark = trim(fields.text(kRemarkField));
    add.group = trim(fields.text(kGroupField));
    add.wording = trim(fields.text(kWordingField));
    add.one_way = one_way_;
    typed_since_ = false;
    find_at_ms_ = 0;
    actions.emplace_back(client::Command(std::move(add)));
}

void AddFriendUi::look_up(Frame& frame) {
    if (find_at_ms_ == 0 || busy(frame.model)) return;
    if (frame.now_ms < find_at_ms_) {
        frame.change_at(find_at_ms_);
        return;
    }
    find_at_ms_ = 0;
    std::string id(trim(frame.fields.text(kIdField)));
    if (id.empty() || !UserId::parse(id)) return;
    typed_since_ = false;
    frame.command(client::FindUser{id});
}

bool AddFriendUi::close_menu() {
    if (!group_.menu_open()) return false;
    group_.close_menu();
    return true;
}

bool AddFriendUi::shows_found(const Frame& frame) const {
    const client::AddFriendState& state = frame.model.add_friend;
    return state.found.has_value() && state.user_id == trim(frame.fields.text(kIdField));
}

Str AddFriendUi::outcome(const Frame& frame) const {
    const client::AddFriendState& state = frame.model.add_friend;
    if (state.is_friend) return Str::add_already;
    if (frame.model.is_blocked(state.found->user_id)) return Str::blocked;
    // Whoever waits for one's own answer gets it with this.
    if (frame.model.received.count(state.found->user_id) > 0) return Str::add_open;
    switch (state.allow) {
        case proto::AllowType::kAny:
            return Str::add_open;
        case proto::AllowType::kConfirm:
            return Str::add_confirm;
        case proto::AllowType::kDeny:
            return Str::add_deny;
    }
    return Str::add_open;
}

bool AddFriendUi::asks_first(const Frame& frame) const {
    return shows_found(frame) && outcome(frame) == Str::add_confirm;
}

std::string AddFriendUi::error_text(const Frame& frame) const {
    if (empty_error_) return std::string(frame.str(Str::add_err_empty));
    const client::AddFriendState& state = frame.model.add_friend;
    bool current = !typed_since_ && state.user_id == trim(frame.fields.text(kIdField));
    if (state.phase != client::AddFriendPhase::kFailed || !state.error || !current) return {};
    if (*state.error == ErrorCode::kFriendRefused &&
        state.user_id == frame.model.me.user_id.text()) {
        return std::string(frame.str(Str::add_err_self));
    }
    return error_sentence(frame.lang, Attempt::kAddFriend, *state.error);
}

// The same whatever has been found or gone wrong: a dialog that grows moves its buttons away from
// under the pointer.
float AddFriendUi::content_height(const Frame& frame) {
    float label = frame.theme.small_bold.line_px + frame.px(6);
    float height = label + frame.px(48) + frame.px(12) + frame.px(kAnswerCss);
    height += frame.px(16) + label + frame.px(kWordingCss);
    height += (frame.px(16) + label + frame.px(48)) * (side_by_side(frame) ? 1.0f : 2.0f);
    height += frame.px(kOneWayGapCss + kOneWayCss);
    return height + frame.px(12) + frame.px(44);
}

void AddFriendUi::draw(Frame& frame) {
    if (!open_) return;
    client::AddFriendPhase phase = frame.model.add_friend.phase;
    if (phase == client::AddFriendPhase::kAdded || phase == client::AddFriendPhase::kAsked) {
        close(frame.fields, frame.actions);
        return;
    }
    look_up(frame);
    Dialog dialog(frame, "add", frame.str(Str::add_title), kWidthCss, content_height(frame),
                  since_ms_, {.scroll = &scroll_});
    Rect place = dialog.content();
    // The menu of groups lies over the fields, so their letters are painted meanwhile.
    frame.covered = group_.menu_open();
    {
        MirrorScope form(frame.mirror, make_node("add.form", platform::Role::kForm,
                                                 frame.str(Str::add_title), place));
        draw_id(frame, dialog, place);
        draw_answer(frame, dialog.canvas(), place);
        draw_wording(frame, dialog, place);
        draw_names(frame, dialog, place);
        draw_one_way(frame, dialog.canvas(), place);
        draw_buttons(frame, dialog.canvas(), place);
    }
    frame.covered = false;
    group_.draw_menu(frame, kGroupField);
    if (focus_wanted_) {
        focus_wanted_ = false;
        frame.fields.focus(kIdField);
    }
    if (dialog.closed()) close(frame.fields, frame.actions);
}

void AddFriendUi::draw_id(Frame& frame, Dialog& dialog, Rect& place) {
    gfx::Canvas& canvas = dialog.canvas();
    place.y += field_label(frame, canvas, {place.x, place.y}, frame.str(Str::add_id));
    std::string error = error_text(frame);
    FieldLook look;
    look.id = kIdField;
    look.label = frame.str(Str::add_id);
    look.description = error;
    look.invalid = !error.empty();
    look.read_only = busy(frame.model);
    look.required = true;
    look.clip = dialog.clip();
    Rect rect = {place.x, place.y, place.w, frame.px(48)};
    text_field(frame, canvas, rect, look);
    dialog.field_at(kIdField, rect);
    place.y += frame.px(48);
}

// Under the ID: what went wrong, else who was found, else how it works.
void AddFriendUi::draw_answer(Frame& frame, gfx::Canvas& canvas, Rect& place) {
    const Theme& theme = frame.theme;
    place.y += frame.px(12);
    Rect box = {place.x, place.y, place.w, frame.px(kAnswerCss)};
    place.y = box.bottom();
    std::string error = error_text(frame);
    canvas.fill(box, error.empty() ? theme.color.field : theme.color.danger_soft,
                frame.px(radius::kField));
    float line = std::floor(box.center().y - theme.small.line_px / 2);
    if (!error.empty()) {
        // field_error() leaves 6 above itself.
        field_error(frame, canvas, {box.x + frame.px(12), line - frame.px(6)}, box.w - frame.px(24),
                    error);
    } else if (shows_found(frame)) {
        draw_found(frame, canvas, box);
    } else {
        canvas.text_cut({box.x + frame.px(12), line}, theme.small, theme.color.ink2,
                        frame.str(Str::list_empty_sub), box.w - frame.px(24));
    }
}

void AddFriendUi::draw_found(Frame& frame, gfx::Canvas& canvas, Rect box) {
    const Theme& theme = frame.theme;
    const client::AddFriendState& state = frame.model.add_friend;
    const proto::Profile& found = *state.found;
    const std::string& id = found.user_id.text();
    const std::string& name = found.nick.empty() ? id : found.nick;
    avatar(frame, canvas, {box.x + frame.px(12), box.y + frame.px(10)}, 40,
           client::avatar_initials(name, id), client::avatar_color(id), found.avatar);
    float x = box.x + frame.px(12 + 40 + 12);
    float right = box.right() - frame.px(12);
    float top = box.y + std::floor((box.h - theme.body_bold.line_px - theme.caption.line_px) / 2);
    canvas.text_cut({x, top}, theme.body_bold, theme.color.ink, name, right - x);
    top += theme.body_bold.line_px;
    std::string_view will = frame.str(outcome(frame));
    float width = canvas.text({x, top}, theme.caption, theme.color.ink2, id);
    float dot = x + width + frame.px(8);
    canvas.disc({dot, std::floor(top + theme.caption.line_px / 2)}, frame.theme.pixel_ratio * 1.2f,
                theme.color.ink2);
    canvas.text_cut({dot + frame.px(8), top}, theme.caption, theme.color.ink2, will,
                    right - dot - frame.px(8));
    frame.mirror.leaf(make_node("add.found", platform::Role::kStatus,
                                name + ", " + id + ", " + std::string(will), box));
}

void AddFriendUi::draw_wording(Frame& frame, Dialog& dialog, Rect& place) {
    place.y += frame.px(16);
    float height = frame.theme.small_bold.line_px + frame.px(6) + frame.px(kWordingCss);
    LimitedLook look =
        limited(frame, dialog, kWordingField, Str::add_wording, limits::kWordingBytes);
    look.field.kind = platform::FieldKind::kText;
    Rect field = limited_field(frame, dialog.canvas(), {place.x, place.y, place.w, height}, look);
    dialog.field_at(kWordingField, field);
    place.y += height;
}

void AddFriendUi::draw_names(Frame& frame, Dialog& dialog, Rect& place) {
    place.y += frame.px(16);
    float height = frame.theme.small_bold.line_px + frame.px(6) + frame.px(48);
    bool side = side_by_side(frame);
    float width = side ? std::floor((place.w - frame.px(12)) / 2) : place.w;
    LimitedLook remark =
        limited(frame, dialog, kRemarkField, Str::add_remark, limits::kRemarkBytes);
    remark.field.placeholder = frame.str(Str::add_remark_hint);
    Rect field = limited_field(frame, dialog.canvas(), {place.x, place.y, width, height}, remark);
    dialog.field_at(kRemarkField, field);
    float x = side ? place.right() - width : place.x;
    if (!side) place.y += height + frame.px(16);
    LimitedLook group =
        limited(frame, dialog, kGroupField, Str::add_group, limits::kGroupNameBytes);
    group.field.placeholder = frame.str(Str::add_group_hint);
    field = group_.draw(frame, dialog.canvas(), {x, place.y, width, height}, group);
    dialog.field_at(kGroupField, field);
    place.y += height;
}

void AddFriendUi::draw_one_way(Frame& frame, gfx::Canvas& canvas, Rect& place) {
    Rect line = {place.x, place.y + frame.px(kOneWayGapCss), place.w, frame.px(kOneWayCss)};
    if (switch_line(frame, canvas, "add.one_way", line, frame.str(Str::add_one_way), one_way_)) {
        one_way_ = !one_way_;
    }
    place.y = line.bottom();
}

void AddFriendUi::draw_buttons(Frame& frame, gfx::Canvas& canvas, Rect place) {
    float height = frame.px(44);
    float y = place.y + frame.px(12);
    bool adding = busy(frame.model);
    std::string_view go = frame.str(asks_first(frame) ? Str::add_go_ask : Str::add_go);
    // As wide as the longer of the two, so that it does not move when somebody has been found.
    float width =
        button_width(frame, canvas, frame.str(Str::add_go_ask)) + (adding ? frame.px(26) : 0);
    Rect rect = {place.right() - width, y, width, height};
    std::string_view cancel = frame.str(Str::cancel);
    float cancel_w = button_width(frame, canvas, cancel);
    Rect cancel_rect = {rect.x - frame.px(12) - cancel_w, y, cancel_w, height};
    if (button(frame, canvas, "add.cancel", cancel_rect, ButtonKind::kQuiet, cancel)) {
        close(frame.fields, frame.actions);
        return;
    }
    ButtonOptions options;
    options.busy = adding;
    bool denied = shows_found(frame) && outcome(frame) == Str::add_deny;
    options.enabled = !too_long(frame.fields) && !denied;
    if (adding) options.name = frame.str(Str::add_busy);
    if (button(frame, canvas, "add.go", rect, ButtonKind::kPrimary, go, options)) {
        submit(frame.model, frame.fields, frame.actions);
    }
}

}  // namespace kumquat::ui
