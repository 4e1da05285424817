#include "gfx/imgui_input.h"

#include <cfloat>

namespace kumquat::gfx {

using platform::Key;
using platform::PointerAction;
using platform::PointerButton;
using platform::PointerSource;

namespace {

int imgui_button(PointerButton button) {
    switch (button) {
        case PointerButton::kSecondary:
            return ImGuiMouseButton_Right;
        case PointerButton::kMiddle:
            return ImGuiMouseButton_Middle;
        default:
            return ImGuiMouseButton_Left;
    }
}

ImGuiMouseSource imgui_source(PointerSource source) {
    switch (source) {
        case PointerSource::kTouch:
            return ImGuiMouseSource_TouchScreen;
        case PointerSource::kPen:
            return ImGuiMouseSource_Pen;
        case PointerSource::kMouse:
            break;
    }
    return ImGuiMouseSource_Mouse;
}

}  // namespace

void feed_pointer(ImGuiIO& io, const platform::PointerEvent& event) {
    bool finger = event.source == PointerSource::kTouch;
    io.AddMouseSourceEvent(imgui_source(event.source));
    if (event.action == PointerAction::kLeave) {
        io.AddMousePosEvent(-FLT_MAX, -FLT_MAX);
        return;
    }
    // Away first: what is let go of over nothing presses nothing.
    if (event.action == PointerAction::kCancel) {
        io.AddMousePosEvent(-FLT_MAX, -FLT_MAX);
    } else {
        io.AddMousePosEvent(event.position.x, event.position.y);
    }
    switch (event.action) {
        case PointerAction::kDown:
            io.AddMouseButtonEvent(imgui_button(event.button), true);
            break;
        case PointerAction::kUp:
        case PointerAction::kCancel:
            io.AddMouseButtonEvent(imgui_button(event.button), false);
            break;
        case PointerAction::kMove:
        case PointerAction::kLeave:
            break;
    }
    // A finger that is gone hovers over nothing.
    if (finger && event.action == PointerAction::kUp) io.AddMousePosEvent(-FLT_MAX, -FLT_MAX);
}

void feed_wheel(ImGuiIO& io, const platform::WheelEvent& event) {
    io.AddMousePosEvent(event.position.x, event.position.y);
    io.AddMouseWheelEvent(-event.dx, -event.dy);
}

void feed_key(ImGuiIO& io, const platform::KeyEvent& event) {
    io.AddKeyEvent(ImGuiMod_Shift, event.modifiers.shift);
    io.AddKeyEvent(ImGuiMod_Ctrl, event.modifiers.ctrl);
    io.AddKeyEvent(ImGuiMod_Alt, event.modifiers.alt);
    io.AddKeyEvent(ImGuiMod_Super, event.modifiers.meta);
    ImGuiKey key = imgui_key(event.key);
    if (key != ImGuiKey_None) io.AddKeyEvent(key, event.down);
}

ImGuiKey imgui_key(Key key) {
    switch (key) {
        case Key::kNone:
            return ImGuiKey_None;
        case Key::kEnter:
            return ImGuiKey_Enter;
        case Key::kEscape:
            return ImGuiKey_Escape;
        case Key::kTab:
            return ImGuiKey_Tab;
        case Key::kSpace:
            return ImGuiKey_Space;
        case Key::kUp:
            return ImGuiKey_UpArrow;
        case Key::kDown:
            return ImGuiKey_DownArrow;
        case Key::kLeft:
            return ImGuiKey_LeftArrow;
        case Key::kRight:
            return ImGuiKey_RightArrow;
        case Key::kHome:
            return ImGuiKey_Home;
        case Key::kEnd:
            return ImGuiKey_End;
        case Key::kPageUp:
            return ImGuiKey_PageUp;
        case Key::kPageDown:
            return ImGuiKey_PageDown;
        case Key::kBackspace:
            return ImGuiKey_Backspace;
        case Key::kDelete:
            return ImGuiKey_Delete;
        case Key::kF6:
            return ImGuiKey_F6;
        case Key::kF10:
            return ImGuiKey_F10;
        case Key::kContextMenu:
            return ImGuiKey_Menu;
        case Key::kA:
            return ImGuiKey_A;
        case Key::kC:
            return ImGuiKey_C;
        case Key::kK:
            return ImGuiKey_K;
        case Key::kN:
            return ImGuiKey_N;
        case Key::kV:
            return ImGuiKey_V;
        case Key::kX:
            return ImGuiKey_X;
        case Key::kZ:
            return ImGuiKey_Z;
    }
    return ImGuiKey_None;
}

const char* css_cursor(ImGuiMouseCursor cursor) {
    switch (cursor) {
        case ImGuiMouseCursor_Hand:
            return "pointer";
        case ImGuiMouseCursor_TextInput:
            return "text";
        case ImGuiMouseCursor_NotAllowed:
            return "not-allowed";
        case ImGuiMouseCursor_Wait:
            return "progress";
        default:
            return "default";
    }
}

}  // namespace kumquat::gfx
