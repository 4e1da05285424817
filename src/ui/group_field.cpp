#include "ui/group_field.h"

#include <cmath>
#include <set>

#include "ui/controls.h"
#include "ui/user_id.h"

namespace kumquat::ui {

std::vector<std::string> friend_groups(const client::Model& model) {
    std::set<std::string> names;
    for (const auto& [id, contact] : model.friends) {
        if (!contact.data.group.empty()) names.insert(contact.data.group);
    }
    return {names.begin(), names.end()};
}

Rect GroupField::draw(Frame& frame, gfx::Canvas& canvas, Rect rect, const LimitedLook& look) {
    LimitedLook with_button = look;
    with_button.field.right_inset = frame.px(32);
    Rect field = limited_field(frame, canvas, rect, with_button);
    float size = frame.px(40);
    Rect button = {field.right() - frame.px(4) - size, std::floor(field.center().y - size / 2),
                   size, size};
    IconButtonOptions options;
    options.enabled = !look.field.read_only;
    options.icon_css = 20;
    options.has_popup = true;
    options.expanded = menu_open() ? platform::Tri::kTrue : platform::Tri::kFalse;
    std::string key = std::string(look.field.id) + ".menu";
    if (icon_button(frame, canvas, key, button, gfx::Icon::kChevronDown, frame.str(Str::add_groups),
                    options)) {
        menu_.open(key, field, frame.now_ms, field.w / frame.theme.pixel_ratio);
    }
    return field;
}

bool GroupField::draw_menu(Frame& frame, std::string_view field) {
    if (!menu_open()) return false;
    std::vector<std::string> groups = friend_groups(frame.model);
    groups.insert(groups.begin(), std::string());
    std::string_view now = trim(frame.fields.text(field));
    std::vector<MenuItem> items;
    for (const std::string& group : groups) {
        MenuItem item;
        item.label = group.empty() ? frame.str(Str::add_group_hint) : std::string_view(group);
        item.checked = group == now ? platform::Tri::kTrue : platform::Tri::kFalse;
        item.exclusive = true;
        items.push_back(item);
    }
    int used =
        menu_.draw(frame, frame.str(Str::add_groups), items.data(), static_cast<int>(items.size()));
    if (!menu_open()) frame.fields.focus(field);
    if (used < 0) return false;
    frame.fields.set_text(field, groups[static_cast<std::size_t>(used)]);
    return true;
}

}  // namespace kumquat::ui
