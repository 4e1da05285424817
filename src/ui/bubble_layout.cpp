#include "ui/bubble_layout.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace kumquat::ui {

BubbleBox bubble_box(const BubbleMeasures& measures, std::vector<gfx::TextLine> lines,
                     float meta_width) {
    BubbleBox box;
    box.lines = std::move(lines);
    float widest = 0;
    for (const gfx::TextLine& line : box.lines)
        widest = std::max(widest, line.width_px);
    for (gfx::TextLine& line : box.lines) {
        if (line.right_to_left) line.left_px = std::floor(widest - line.width_px);
    }
    float count = static_cast<float>(box.lines.size());
    box.width = std::ceil(widest) + 2 * measures.padding_x;
    box.meta_top = measures.padding_y + measures.line * (count - 1);
    if (meta_width > 0) {
        float last = 0;
        if (!box.lines.empty())
            last = std::ceil(box.lines.back().left_px + box.lines.back().width_px);
        float needed =
            measures.padding_x + last + measures.meta_gap + meta_width + measures.meta_right;
        if (needed > measures.width_max) {
            needed = measures.padding_x + meta_width + measures.meta_right;
            count += 1;
            box.meta_top += measures.line;
        }
        box.width = std::max(box.width, needed);
    }
    box.width = std::max(measures.width_min, std::min(box.width, measures.width_max));
    box.height = measures.line * count + 2 * measures.padding_y;
    box.meta_x = box.width - measures.meta_right - meta_width;
    return box;
}

}  // namespace kumquat::ui
