// Text fields: frame, label and error are drawn here, the letters and the caret are the browser's
// (platform/text_field.h). Under a dialog the letters are painted too, so that they dim like the
// rest.
#pragma once

#include <string>
#include <string_view>

#include "gfx/canvas.h"
#include "ui/frame.h"

namespace kumquat::ui {

struct FieldLook {
    std::string_view id;
    platform::FieldKind kind = platform::FieldKind::kLine;
    /// Accessible name; required.
    std::string_view label;
    std::string_view placeholder;
    /// Spoken after the name: a hint or the error.
    std::string_view description;
    bool invalid = false;
    bool read_only = false;
    bool required = false;
    bool reveal = false;
    int length_max = 0;
    /// Kept free at the right end, physical pixels: for a button inside.
    float right_inset = 0;
    /// What of it may be seen: the part of a dialog that scrolls. Empty: all.
    Rect clip;
};

/// A field with an edge, radius 12. Draws the frame and places the field in it. `rect.h` tells
/// whether it has one line or more.
void text_field(Frame& frame, gfx::Canvas& canvas, Rect rect, const FieldLook& look);

/// The pill without an edge that searches; with an X while it holds text. True when that was used.
bool search_field(Frame& frame, gfx::Canvas& canvas, Rect rect, const FieldLook& look);

/// Places a field without drawing any frame: the composer.
void bare_field(Frame& frame, gfx::Canvas& canvas, Rect text_rect, const FieldLook& look);

/// A field of a form with a limit in bytes: label, counter from 80 % of the limit on, and the
/// field. `rect.h` includes the label. `optional`: says so while there is nothing to count.
struct LimitedLook {
    FieldLook field;
    std::size_t bytes_max = 0;
    bool optional = false;
};
/// Returns where the field itself lies.
Rect limited_field(Frame& frame, gfx::Canvas& canvas, Rect rect, LimitedLook look);

/// "Label" or "Label · optional" above a field. Returns its height and the gap below.
float field_label(Frame& frame, gfx::Canvas& canvas, Point top_left, std::string_view label,
                  bool optional = false);
/// The line below a field that says what is wrong. Returns its height with the gap above.
float field_error(Frame& frame, gfx::Canvas& canvas, Point below_field, float width,
                  std::string_view words);

}  // namespace kumquat::ui
