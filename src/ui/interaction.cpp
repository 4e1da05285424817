#include "ui/interaction.h"

#include <utility>

#include <imgui.h>
#include <imgui_internal.h>

namespace kumquat::ui {

namespace {

constexpr double kLongPressMs = 500;

/// Whether the current window is what is seen at `point`. The mouse need not be there: what the
/// browser brings into view is told as a wheel, too.
bool is_on_top(Point point) {
    ImGuiWindow* top = nullptr;
    ImGui::FindHoveredWindowEx({point.x, point.y}, false, &top, nullptr);
    return top == ImGui::GetCurrentWindowRead();
}

}  // namespace

void Interaction::on_focus(std::string_view key, bool by_keyboard) {
    focused_ = key;
    by_keyboard_ = by_keyboard;
}

Touched Interaction::hit(std::string_view key, Rect rect, bool enabled) {
    Touched result;
    result.focused = focused_ == key;
    result.ring = result.focused && by_keyboard_;
    if (result.focused) focused_rect_ = rect;
    if (!enabled) return result;
    if (activated_ == key) {
        result.activated = true;
        activated_.clear();
    }
    if (menu_ == key) {
        result.menu = true;
        menu_.clear();
    }
    ImGuiID id = ImGui::GetID(key.data(), key.data() + key.size());
    ImRect box(rect.x, rect.y, rect.right(), rect.bottom());
    if (!ImGui::ItemAdd(box, id)) return result;
    bool held = false;
    result.by_pointer = ImGui::ButtonBehavior(box, id, &result.hovered, &held);
    if (result.by_pointer) result.activated = true;
    result.pressed = held && result.hovered;
    if (result.hovered && ImGui::IsMouseClicked(ImGuiMouseButton_Right)) result.menu = true;
    return result;
}

Touched Interaction::touch(std::string_view key, Rect rect, bool enabled) {
    Touched result = hit(key, rect, enabled);
    if (result.hovered) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
    return result;
}

void Interaction::take_long_press(Touched& touched, double now_ms) {
    const ImGuiIO& io = ImGui::GetIO();
    if (io.MouseSource != ImGuiMouseSource_TouchScreen || !touched.pressed) return;
    double held_ms = static_cast<double>(io.MouseDownDuration[0]) * 1000;
    if (held_ms >= kLongPressMs) {
        touched.menu = true;
        ImGui::ClearActiveID();
    } else {
        long_press_ms_ = now_ms + kLongPressMs - held_ms;
    }
}

Touched Interaction::touch_row(std::string_view key, Rect rect, double now_ms) {
    Touched result = touch(key, rect);
    take_long_press(result, now_ms);
    return result;
}

Touched Interaction::touch_text(std::string_view key, Rect rect, double now_ms) {
    Touched result = hit(key, rect, true);
    take_long_press(result, now_ms);
    return result;
}

bool Interaction::holds(const void* owner, Rect rect) {
    ImGuiID id = ImGui::GetID(owner);
    ImRect box(rect.x, rect.y, rect.right(), rect.bottom());
    if (!ImGui::ItemAdd(box, id)) return false;
    bool hovered = false;
    bool held = false;
    ImGui::ButtonBehavior(box, id, &hovered, &held);
    return held;
}

Rect Interaction::take_focused_rect() {
    return std::exchange(focused_rect_, {});
}

bool Interaction::hovers(Rect rect) const {
    return ImGui::IsWindowHovered(ImGuiHoveredFlags_AllowWhenBlockedByActiveItem) &&
           ImGui::IsMouseHoveringRect(ImVec2(rect.x, rect.y), ImVec2(rect.right(), rect.bottom()));
}

float Interaction::take_wheel(Rect rect) {
    float sum = 0;
    for (platform::WheelEvent& event : wheel_) {
        if (!rect.contains(event.position) || !is_on_top(event.position)) continue;
        sum += event.dy;
        event.dy = 0;
    }
    return sum;
}

void Interaction::want_tooltip(std::string_view key, std::string_view words, Rect rect,
                               double now_ms) {
    if (tooltip_.key != key) tooltip_ = {std::string(key), {}, {}, now_ms, true};
    tooltip_.words = words;
    tooltip_.rect = rect;
    tooltip_.wanted = true;
}

void Interaction::end_frame() {
    if (!tooltip_.wanted) tooltip_.key.clear();
    tooltip_.wanted = false;
    activated_.clear();
    menu_.clear();
    wheel_.clear();
    long_press_ms_ = 0;
}

}  // namespace kumquat::ui
