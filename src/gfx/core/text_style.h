// How a piece of text is set. The theme (src/ui) has the list of styles; there are few, because
// each (size, weight) is an atlas of letters of its own.
#pragma once

namespace kumquat::gfx {

struct TextStyle {
    /// Em size and height of one line, whole physical pixels.
    float size_px = 15;
    float line_px = 22;
    /// Weight 600 instead of 400.
    bool bold = false;
    /// Every digit as wide as "0": for times, badges and counters that change in place.
    bool tabular = false;
};

}  // namespace kumquat::gfx
