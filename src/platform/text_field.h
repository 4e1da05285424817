// Text entry: the browser's own fields, laid over rectangles that the panes reserve.
//
// The panes draw frame and background; caret, selection, composition, undo, dictation and password
// managers are the browser's. Text flows from the field to C++; the other way only to clear or to
// restore. While somebody composes (Chinese, Japanese, Korean, dead keys) nothing touches the
// field: changes wait until the composition has ended.
//
// Use, in every frame: begin(); place(spec) for each field on the screen; end(). A field that was
// not placed is hidden and cannot be focused, but keeps its text until forget().
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "platform/geometry.h"
#include "platform/input.h"

namespace kumquat::platform {

enum class FieldKind : std::uint8_t {
    kLine,      ///< One line.
    kUserName,  ///< One line, known to password managers as the user name.
    kPassword,  ///< Hidden letters, current password.
    kSearch,    ///< One line, a search.
    kText,      ///< Several lines; Enter makes a new one.
    kComposer   ///< Several lines; Enter submits with a mouse, makes a new line with a finger.
};

/// What one field looks like this frame. Compared with the last frame's: only differences reach the
/// browser.
struct FieldSpec {
    /// Stable, unique: "login.id", "composer". It is the key of the field's node in the DOM mirror
    /// too.
    std::string id;
    FieldKind kind = FieldKind::kLine;
    /// The box of the text itself (without frame and padding), physical pixels.
    Rect rect;
    /// What the panes clip it to (a scrolled form); empty means no clipping.
    Rect clip;
    float font_px = 15;
    float line_px = 22;
    bool bold = false;
    /// 0xRRGGBB.
    unsigned text_rgb = 0;
    unsigned placeholder_rgb = 0;
    unsigned caret_rgb = 0;
    unsigned selection_rgb = 0;
    std::string placeholder;
    /// Accessible name; required.
    std::string label;
    /// Accessible description: a hint, or the error while `invalid`.
    std::string description;
    bool invalid = false;
    bool read_only = false;
    bool required = false;
    /// FieldKind::kPassword only: show the letters.
    bool reveal = false;
    /// A dialog or menu covers it: seen but not reachable.
    bool covered = false;
    /// No more characters (UTF-16 units) than this can be typed; 0 for no limit. Byte limits are
    /// checked by the panes.
    int length_max = 0;
};

class TextFields {
  public:
    class Listener {
      public:
        virtual ~Listener() = default;
        /// The text changed by the person's hand. Composed letters are included as they are typed.
        virtual void on_field_text(std::string_view id, std::string_view text) = 0;
        /// Enter, by the rule of enter_meaning().
        virtual void on_field_submit(std::string_view id) = 0;
        virtual void on_field_focus(std::string_view id, bool focused) = 0;
        /// Keys that mean something beyond the text: Escape, Tab is never sent; Up, Down, PageUp,
        /// PageDown, F6 and shortcuts are. True if used: the browser does nothing then.
        virtual bool on_field_key(std::string_view id, const KeyEvent& event) = 0;
        /// kText and kComposer: the height of all its lines changed, physical pixels.
        virtual void on_field_height(std::string_view id, float height_px) = 0;
    };

    virtual ~TextFields() = default;
    virtual void set_listener(Listener* listener) = 0;

    virtual void begin() = 0;
    virtual void place(const FieldSpec& spec) = 0;
    virtual void end() = 0;
    /// Drops the field and its text.
    virtual void forget(std::string_view id) = 0;

    /// Replaces the text (not reported back). While composing it waits; a later call replaces an
    /// earlier one.
    virtual void set_text(std::string_view id, std::string_view text) = 0;
    /// Inserts at the caret, undoable by the person; reported like typing. The focus stays where it
    /// is, and no keyboard comes. While composing, or while the field is hidden, it waits.
    virtual void insert(std::string_view id, std::string_view text) = 0;
    /// Focuses without scrolling the page. On touch devices call it only from within an event, or
    /// no keyboard comes.
    virtual void focus(std::string_view id) = 0;
    virtual void select_all(std::string_view id) = 0;
    /// The current text; empty for an unknown field. The view lives until the next call or event.
    virtual std::string_view text(std::string_view id) const = 0;
    /// Height of all its lines as last reported, physical pixels; 0 if unknown.
    virtual float height_px(std::string_view id) const = 0;
    /// Id of the field that has the focus; empty if none has.
    virtual std::string_view focused() const = 0;
    virtual bool composing() const = 0;
};

}  // namespace kumquat::platform
