// What fingers, mice and keyboards do, as neutral values. No DOM event and no ImGui key goes
// further than this.
#pragma once

#include <cstdint>
#include <string_view>

#include "platform/geometry.h"

namespace kumquat::platform {

enum class PointerSource : std::uint8_t { kMouse, kTouch, kPen };
enum class PointerAction : std::uint8_t { kMove, kDown, kUp, kCancel, kLeave };
enum class PointerButton : std::uint8_t { kNone, kPrimary, kSecondary, kMiddle };

struct PointerEvent {
    PointerAction action = PointerAction::kMove;
    PointerSource source = PointerSource::kMouse;
    PointerButton button = PointerButton::kNone;
    /// Only the first finger is reported; a second one (pinch) cancels it.
    Point position;
    double time_ms = 0;
};

/// Pixels to scroll, in physical pixels: positive moves towards the end of the content.
struct WheelEvent {
    Point position;
    float dx = 0;
    float dy = 0;
    double time_ms = 0;
};

/// Keys that the app acts on. Text never comes this way: it comes from the text fields.
enum class Key : std::uint8_t {
    kNone,
    kEnter,
    kEscape,
    kTab,
    kSpace,
    kUp,
    kDown,
    kLeft,
    kRight,
    kHome,
    kEnd,
    kPageUp,
    kPageDown,
    kBackspace,
    kDelete,
    kF6,
    kF10,
    kContextMenu,
    kA,
    kC,
    kK,
    kN,
    kV,
    kX,
    kZ
};

struct Modifiers {
    bool shift = false;
    bool ctrl = false;
    bool alt = false;
    bool meta = false;
    bool any() const { return shift || ctrl || alt || meta; }
};

struct KeyEvent {
    Key key = Key::kNone;
    Modifiers modifiers;
    bool down = true;
    bool repeat = false;
    double time_ms = 0;
};

/// KeyboardEvent.code ("KeyA", "ArrowUp", "NumpadEnter") to Key; kNone for what the app does not
/// use.
Key key_from_code(std::string_view code);

/// A wheel event's delta in CSS pixels. `mode` is WheelEvent.deltaMode: 0 pixels, 1 lines, 2 pages.
float wheel_css_px(float delta, int mode, float line_css_px, float page_css_px);

/// What stands behind a press of Enter in a text field. Safari before 27 ends a composition
/// *before* it sends the key that confirmed it (WebKit bug 165004), so the flag of the event alone
/// would send half-typed text.
struct EnterPress {
    Modifiers modifiers;
    bool multi_line = false;
    bool coarse_pointer = false;
    /// Own flag, from compositionstart to compositionend.
    bool composing = false;
    /// KeyboardEvent.isComposing.
    bool event_composing = false;
    /// KeyboardEvent.keyCode; 229 means "an input method took it".
    int key_code = 13;
    /// Since the last compositionend; negative if there was none.
    double since_composition_ms = -1;
};

enum class EnterMeaning : std::uint8_t {
    kSubmit,   ///< Send or sign in.
    kNewLine,  ///< The field's own business: let the browser insert it.
    kCompose   ///< Belongs to the input method: do nothing at all.
};
EnterMeaning enter_meaning(const EnterPress& press);

class Input {
  public:
    class Listener {
      public:
        virtual ~Listener() = default;
        virtual void on_pointer(const PointerEvent& event) = 0;
        /// True if the wheel was used; the browser scrolls nothing then.
        virtual bool on_wheel(const WheelEvent& event) = 0;
        /// A key with the focus outside text fields and mirror nodes (those have listeners of their
        /// own), or Escape, F6, PageUp, PageDown and shortcuts from inside them that they did not
        /// use. True if used.
        virtual bool on_key(const KeyEvent& event) = 0;
        /// The window lost the focus or was hidden: forget pressed keys and buttons.
        virtual void on_input_lost() = 0;
    };

    virtual ~Input() = default;
    virtual void set_listener(Listener* listener) = 0;
};

}  // namespace kumquat::platform
