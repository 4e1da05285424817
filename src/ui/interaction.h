// What a person does, on its way to the controls: activations by keyboard and assistive technology,
// the focus ring, wheel and finger scrolling. Pointers come through Dear ImGui.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "platform/dom_mirror.h"
#include "platform/input.h"
#include "ui/layout.h"

namespace kumquat::ui {

/// How a control stands in this frame.
struct Touched {
    bool hovered = false;
    bool pressed = false;
    /// Draw the focus ring: it has the focus, and that came by keyboard.
    bool ring = false;
    bool focused = false;
    /// Clicked, tapped, or activated without a pointer.
    bool activated = false;
    /// It was clicked or tapped.
    bool by_pointer = false;
    /// Asked for its menu: right button, menu key.
    bool menu = false;
};

class Interaction {
  public:
    // --- From the app, between frames ---
    void on_activate(std::string_view key) { activated_ = key; }
    void on_context_menu(std::string_view key) { menu_ = key; }
    void on_focus(std::string_view key, bool by_keyboard);
    void on_wheel(const platform::WheelEvent& event) { wheel_.push_back(event); }

    // --- For the controls, within a frame ---
    /// Hit-tests `rect` as a control named `key` in the current Dear ImGui window. A disabled
    /// control reacts to nothing.
    Touched touch(std::string_view key, Rect rect, bool enabled = true);
    /// The same for a row of a list, where a long press of a finger asks for its menu.
    Touched touch_row(std::string_view key, Rect rect, double now_ms);
    /// The same for something that is not a button: no hand.
    Touched touch_text(std::string_view key, Rect rect, double now_ms);
    /// Whether the mouse was pressed in `rect` (of the current window) and is still down. For what is
    /// no control: keyboard and screen reader never reach it. `owner` tells it from others.
    bool holds(const void* owner, Rect rect);
    /// Only whether the pointer is over `rect` (of the current window, nothing else in between).
    bool hovers(Rect rect) const;
    /// Wheel movement over `rect` since the last frame, physical pixels; taken away from others.
    float take_wheel(Rect rect);
    /// A control under the pointer has more to say; shown once the pointer has rested on it.
    void want_tooltip(std::string_view key, std::string_view words, Rect rect, double now_ms);
    struct Tooltip {
        std::string key;
        std::string words;
        Rect rect;
        double since_ms = 0;
        bool wanted = false;
    };
    const Tooltip& tooltip() const { return tooltip_; }
    const std::string& focused() const { return focused_; }
    bool focus_by_keyboard() const { return by_keyboard_; }
    /// Where the focused control was touched since the last call; empty if it was not.
    Rect take_focused_rect();
    /// A finger rests on something with a menu: look again at this time; 0: nothing rests.
    double long_press_ms() const { return long_press_ms_; }
    /// At the end of a frame: what nobody took is forgotten.
    void end_frame();

  private:
    Touched hit(std::string_view key, Rect rect, bool enabled);
    void take_long_press(Touched& touched, double now_ms);

    std::string activated_;
    std::string menu_;
    std::string focused_;
    bool by_keyboard_ = false;
    Rect focused_rect_;
    std::vector<platform::WheelEvent> wheel_;
    Tooltip tooltip_;
    double long_press_ms_ = 0;
};

}  // namespace kumquat::ui
