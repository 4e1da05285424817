// The shape of one message: its lines, its bubble, and where time and state stand in it. Pure:
// measured widths come in, a box comes out.
#pragma once

#include <vector>

#include "gfx/core/text_layout.h"

namespace kumquat::ui {

/// Measures of the design, physical pixels.
struct BubbleMeasures {
    float width_max = 520;
    float width_min = 44;
    float padding_x = 14;
    float padding_y = 9;
    float line = 22;
    /// Time and state: right edge of the bubble, and gap to the text before it.
    float meta_right = 12;
    float meta_gap = 12;
};

struct BubbleBox {
    std::vector<gfx::TextLine> lines;
    float width = 0;
    float height = 0;
    /// Left edge of time and state from the bubble's left, and the top of the line box that they
    /// share a baseline with.
    float meta_x = 0;
    float meta_top = 0;
};

/// `lines` were broken to width_max less the paddings. `meta_width` 0: none. Time and state stand
/// on the last line; where they do not fit, the bubble gets wider, then one line taller.
BubbleBox bubble_box(const BubbleMeasures& measures, std::vector<gfx::TextLine> lines,
                     float meta_width);

}  // namespace kumquat::ui
