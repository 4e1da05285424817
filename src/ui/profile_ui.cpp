#include "ui/profile_ui.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/limits.h"
#include "client/view/avatar.h"
#include "ui/controls.h"
#include "ui/field_control.h"
#include "ui/pieces.h"
#include "ui/share_link.h"
#include "ui/user_id.h"

namespace kumquat::ui {

namespace {

constexpr float kWidthCss = 440;
constexpr float kFaceCss = 72;

float field_height(const Frame& frame) {
    return frame.theme.small_bold.line_px + frame.px(6 + 48);
}

/// Of the links below the name.
float link_height(const Frame& frame) {
    return frame.theme.measure(24, 44);
}

bool is_busy(const client::TaskState* task) {
    return task != nullptr && !task->error;
}

}  // namespace

Question ask_to_block(const Frame& frame, const UserId& user) {
    std::string name = frame.model.name_of(user);
    return {std::string(frame.str(Str::prof_block)),
            frame.str(Str::prof_block_ask, {{"name", name}}),
            std::string(frame.str(Str::prof_block)), client::BlockUser{user}};
}

Question ask_to_delete_friend(const Frame& frame, const UserId& user) {
    std::string name = frame.model.name_of(user);
    return {std::string(frame.str(Str::prof_delete)),
            frame.str(Str::prof_delete_ask, {{"name", name}}),
            std::string(frame.str(Str::prof_delete)), client::DeleteFriend{user}};
}

void ProfileUi::open(const client::Model& model, const UserId& user, platform::TextFields& fields,
                     double now_ms) {
    *this = ProfileUi();
    open_ = focus_wanted_ = true;
    since_ms_ = now_ms;
    user_ = user;
    for (Known* known : {&nick_, &remark_, &group_name_})
        fields.set_text(known->field, {});
    follow_model(model, fields);
}

void ProfileUi::close(platform::TextFields& fields) {
    if (!open_) return;
    for (std::string_view id : {kNickField, kRemarkField, kGroupField})
        fields.forget(id);
    *this = ProfileUi();
}

bool ProfileUi::close_menu() {
    if (!group_.menu_open()) return false;
    group_.close_menu();
    return true;
}

/// Another device may change it meanwhile; what was typed here stays.
void ProfileUi::follow(platform::TextFields& fields, Known& known, const std::string& text) const {
    if (text == known.text) return;
    bool untouched = fields.text(known.field) == known.text;
    known.text = text;
    if (untouched && !fields.composing()) fields.set_text(known.field, text);
}

void ProfileUi::follow_model(const client::Model& model, platform::TextFields& fields) {
    if (own(model)) follow(fields, nick_, model.me.nick);
    if (const client::Contact* contact = model.find_friend(user_)) {
        follow(fields, remark_, contact->data.remark);
        follow(fields, group_name_, contact->data.group);
    }
}

bool ProfileUi::changed(const client::Model& model, const platform::TextFields& fields) const {
    auto differs = [&fields](const Known& known) {
        return trim(fields.text(known.field)) != known.text;
    };
    if (own(model)) return differs(nick_);
    return model.find_friend(user_) != nullptr && (differs(remark_) || differs(group_name_));
}

bool ProfileUi::fits(const client::Model& model, const platform::TextFields& fields) const {
    if (own(model)) return trim(fields.text(kNickField)).size() <= limits::kNickBytes;
    return trim(fields.text(kRemarkField)).size() <= limits::kRemarkBytes &&
           trim(fields.text(kGroupField)).size() <= limits::kGroupNameBytes;
}

const client::TaskState* ProfileUi::saving(const client::Model& model) const {
    if (own(model)) return model.find_task(client::Task::kProfile);
    return model.find_task(client::Task::kUpdateFriend, user_.text());
}

void ProfileUi::submit(const client::Model& model, platform::TextFields& fields,
                       std::vector<Action>& actions) {
    if (is_busy(saving(model)) || !changed(model, fields) || !fits(model, fields)) return;
    if (own(model)) {
        client::UpdateProfile update;
        update.nick = std::string(trim(fields.text(kNickField)));
        actions.emplace_back(client::Command(std::move(update)));
        return;
    }
    client::UpdateFriend update;
    update.user_id = user_;
    std::string remark(trim(fields.text(kRemarkField)));
    std::string group(trim(fields.text(kGroupField)));
    if (remark != remark_.text) update.remark = std::move(remark);
    if (group != group_name_.text) update.group = std::move(group);
    actions.emplace_back(client::Command(std::move(update)));
}

float ProfileUi::content_height(Frame& frame) const {
    float height = frame.px(kFaceCss);
    bool friends = frame.model.find_friend(user_) != nullptr;
    if (own(frame.model)) {
        return height + frame.px(16) + frame.theme.measure(36, 44) + frame.px(20) +
               field_height(frame) + frame.px(24 + 44);
    }
    if (friends) height += frame.px(20) + field_height(frame) + frame.px(16 + 44);
    return height + frame.px(24 + 48) + frame.px(12 + 44);
}

ProfileWish ProfileUi::draw(Frame& frame) {
    ProfileWish wish;
    if (!open_) return wish;
    follow_model(frame.model, frame.fields);
    Dialog dialog(frame, "profile", frame.str(Str::prof_title), kWidthCss, content_height(frame),
                  since_ms_, {.scroll = &scroll_});
    Rect place = dialog.content();
    frame.covered = group_.menu_open();
    bool mine = own(frame.model);
    draw_person(frame, dialog.canvas(), place);
    if (mine) {
        draw_own(frame, dialog, place, wish);
        draw_save(frame, dialog.canvas(), place);
    } else {
        if (frame.model.find_friend(user_) != nullptr) {
            draw_friend(frame, dialog, place);
            draw_save(frame, dialog.canvas(), place);
        }
        draw_actions(frame, dialog.canvas(), place, wish);
    }
    frame.covered = false;
    group_.draw_menu(frame, kGroupField);
    if (std::exchange(focus_wanted_, false)) {
        frame.actions.emplace_back(FocusNode{"profile.close"});
    }
    if (dialog.closed() || !wish.open_chat.empty() || !wish.add_id.empty()) close(frame.fields);
    return wish;
}

// The face at the left; name, the name that they gave themselves, and the ID that others can have.
void ProfileUi::draw_person(Frame& frame, gfx::Canvas& canvas, Rect& place) {
    const Theme& theme = frame.theme;
    const proto::Profile* profile =
        own(frame.model) ? &frame.model.me : frame.model.profile_of(user_);
    const std::string& id = user_.text();
    std::string name = frame.model.name_of(user_);
    if (own(frame.model) && !frame.model.me.nick.empty()) name = frame.model.me.nick;
    avatar(frame, canvas, {place.x, place.y}, kFaceCss, client::avatar_initials(name, id),
           client::avatar_color(id), profile != nullptr ? profile->avatar : BlobId());
    std::string nick;
    if (profile != nullptr && !profile->nick.empty() && profile->nick != name) {
        nick = frame.str(Str::prof_nick_is, {{"name", profile->nick}});
    }
    float x = place.x + frame.px(kFaceCss + 16);
    float width = place.right() - x;
    float height = theme.body_bold.line_px + theme.small.line_px + link_height(frame);
    if (!nick.empty()) height += theme.small.line_px;
    float y = place.y + std::floor((frame.px(kFaceCss) - height) / 2);
    platform::MirrorNode heading = make_node("profile.name", platform::Role::kHeading, name,
                                             {x, y, width, theme.body_bold.line_px});
    heading.level = 3;
    frame.mirror.leaf(std::move(heading));
    canvas.text_cut({x, y}, theme.body_bold, theme.color.ink, name, width);
    y += theme.body_bold.line_px;
    if (!nick.empty()) {
        canvas.text_cut({x, y}, theme.small, theme.color.ink2, nick, width);
        frame.mirror.leaf(make_node("profile.alias", platform::Role::kStatus, nick,
                                    {x, y, width, theme.small.line_px}));
        y += theme.small.line_px;
    }
    canvas.text_cut({x, y}, theme.small, theme.color.ink2, id, width);
    frame.mirror.leaf(
        make_node("profile.id", platform::Role::kStatus, id, {x, y, width, theme.small.line_px}));
    y += theme.small.line_px;
    draw_copies(frame, canvas, {x, y, width, link_height(frame)});
    place.y += frame.px(kFaceCss);
}

void ProfileUi::draw_copies(Frame& frame, gfx::Canvas& canvas, Rect place) {
    const Theme& theme = frame.theme;
    float y = std::floor(place.center().y - theme.small_bold.line_px / 2);
    auto link = [&](std::string_view key, Str label) {
        std::string_view words = frame.str(label);
        float width = std::ceil(canvas.text_width(theme.small_bold, words));
        Rect rect = {place.x, y, width, theme.small_bold.line_px};
        place.x += width + frame.px(20);
        return link_button(frame, canvas, key, rect, theme.small_bold, theme.color.accent_text,
                           words, words, false);
    };
    if (link("profile.copy", Str::set_copy_id)) {
        frame.actions.emplace_back(CopyText{user_.text()});
    }
    if (link("profile.link", Str::prof_copy_link)) {
        frame.actions.emplace_back(CopyText{share_link(frame.environment.address, user_)});
    }
}

void ProfileUi::draw_own(Frame& frame, Dialog& dialog, Rect& place, ProfileWish& wish) {
    gfx::Canvas& canvas = dialog.canvas();
    place.y += frame.px(16);
    float height = frame.theme.measure(36, 44);
    bool busy = is_busy(frame.model.find_task(client::Task::kAvatar));
    std::string_view pick = frame.str(Str::prof_avatar);
    float width = button_width(frame, canvas, pick, true) + (busy ? frame.px(26) : 0);
    ButtonOptions options;
    options.small = true;
    options.busy = busy;
    wish.pick_avatar = button(frame, canvas, "profile.avatar", {place.x, place.y, width, height},
                              ButtonKind::kCard, pick, options);
    if (!frame.model.me.avatar.empty()) {
        std::string_view remove = frame.str(Str::prof_avatar_remove);
        Rect rect = {place.x + width + frame.px(8), place.y,
                     button_width(frame, canvas, remove, true), height};
        if (button(frame, canvas, "profile.avatar.remove", rect, ButtonKind::kQuiet, remove,
                   {.enabled = !busy, .small = true})) {
            frame.command(client::SetAvatar{});
        }
    }
    place.y += height + frame.px(20);
    LimitedLook look;
    look.field.id = kNickField;
    look.field.label = frame.str(Str::prof_nick);
    look.field.placeholder = frame.str(Str::prof_nick_hint);
    look.field.read_only = is_busy(saving(frame.model));
    look.field.clip = dialog.clip();
    look.bytes_max = limits::kNickBytes;
    Rect field =
        limited_field(frame, canvas, {place.x, place.y, place.w, field_height(frame)}, look);
    dialog.field_at(kNickField, field);
    place.y += field_height(frame);
}

void ProfileUi::draw_friend(Frame& frame, Dialog& dialog, Rect& place) {
    place.y += frame.px(20);
    float width = std::floor((place.w - frame.px(12)) / 2);
    LimitedLook look;
    look.field.id = kRemarkField;
    look.field.label = frame.str(Str::add_remark);
    look.field.placeholder = frame.str(Str::add_remark_hint);
    look.field.read_only = is_busy(saving(frame.model));
    look.field.clip = dialog.clip();
    look.bytes_max = limits::kRemarkBytes;
    float height = field_height(frame);
    Rect field = limited_field(frame, dialog.canvas(), {place.x, place.y, width, height}, look);
    dialog.field_at(kRemarkField, field);
    look.field.id = kGroupField;
    look.field.label = frame.str(Str::add_group);
    look.field.placeholder = frame.str(Str::add_group_hint);
    look.bytes_max = limits::kGroupNameBytes;
    field =
        group_.draw(frame, dialog.canvas(), {place.right() - width, place.y, width, height}, look);
    dialog.field_at(kGroupField, field);
    place.y += height;
}

// Always there, so that nothing moves while somebody types.
void ProfileUi::draw_save(Frame& frame, gfx::Canvas& canvas, Rect& place) {
    bool mine = own(frame.model);
    place.y += frame.px(mine ? 24 : 16);
    const client::TaskState* task = saving(frame.model);
    std::string_view save = frame.str(Str::save);
    ButtonOptions options;
    options.busy = is_busy(task);
    options.enabled = changed(frame.model, frame.fields) && fits(frame.model, frame.fields);
    float width = std::max(button_width(frame, canvas, save), frame.px(96)) +
                  (options.busy ? frame.px(26) : 0);
    Rect rect = {place.right() - width, place.y, width, frame.px(44)};
    if (task != nullptr && task->error) {
        std::string words = error_sentence(frame.lang, Attempt::kTask, *task->error);
        // field_error() leaves 6 above itself.
        float top = std::floor(rect.center().y - frame.theme.small.line_px / 2) - frame.px(6);
        field_error(frame, canvas, {place.x, top}, rect.x - frame.px(12) - place.x, words);
        frame.mirror.leaf(make_node("profile.error", platform::Role::kStatus, words,
                                    {place.x, place.y, rect.x - place.x, rect.h}));
    }
    if (button(frame, canvas, "profile.save", rect, ButtonKind::kPrimary, save, options)) {
        submit(frame.model, frame.fields, frame.actions);
    }
    place.y += rect.h;
}

void ProfileUi::draw_actions(Frame& frame, gfx::Canvas& canvas, Rect& place, ProfileWish& wish) {
    bool friends = frame.model.find_friend(user_) != nullptr;
    bool blocked = frame.model.is_blocked(user_);
    place.y += frame.px(24);
    if (button(frame, canvas, "profile.chat", {place.x, place.y, place.w, frame.px(48)},
               ButtonKind::kPrimary, frame.str(Str::prof_chat))) {
        wish.open_chat = ConversationId::with(user_);
    }
    place.y += frame.px(48 + 12);
    struct Choice {
        std::string_view key;
        Str label;
        ButtonKind kind;
    };
    std::vector<Choice> choices;
    if (!friends && !blocked) {
        choices.push_back({"profile.add", Str::prof_add, ButtonKind::kCard});
    }
    choices.push_back(
        {"profile.block", blocked ? Str::prof_unblock : Str::prof_block, ButtonKind::kCard});
    if (friends) {
        choices.push_back({"profile.delete", Str::prof_delete, ButtonKind::kDestructive});
    }
    float gap = frame.px(12);
    float count = static_cast<float>(choices.size());
    float width = std::floor((place.w - gap * (count - 1)) / count);
    float x = place.x;
    for (const Choice& choice : choices) {
        bool used = button(frame, canvas, choice.key, {x, place.y, width, frame.px(44)},
                           choice.kind, frame.str(choice.label));
        x += width + gap;
        if (!used) continue;
        if (choice.label == Str::prof_add) wish.add_id = user_.text();
        if (choice.label == Str::prof_block) wish.question = ask_to_block(frame, user_);
        if (choice.label == Str::prof_unblock) frame.command(client::UnblockUser{user_});
        if (choice.label == Str::prof_delete) wish.question = ask_to_delete_friend(frame, user_);
    }
    place.y += frame.px(44);
}

}  // namespace kumquat::ui
