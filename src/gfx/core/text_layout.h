// Breaks text into lines and cuts it to a width. Pure: widths come from a function, so it is tested
// without a browser.
//
// Dear ImGui's own wrapping breaks only at blanks, which makes one word of a Chinese sentence;
// browsers break between any two Han characters, but never before "，" or after "（" (the kinsoku
// rules of CSS Text 3 / UAX #14, the part that chat needs).
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace kumquat::gfx {

/// One line: a range of bytes of the source, without the blank or newline it ended with.
struct TextLine {
    std::size_t begin = 0;
    std::size_t end = 0;
    float width_px = 0;
    /// Its paragraph is written from right to left: it begins at the right, and so do the others.
    bool right_to_left = false;
    /// From the left end of the longest one; bubble_box() (src/ui) fills it in.
    float left_px = 0;
};

/// Advance width of one grapheme cluster (or of one run that must be shaped as a whole), physical
/// pixels.
using AdvanceFn = std::function<float(std::string_view cluster)>;

/// Lines of at most `width_px` each. "\n" (also "\r\n") ends a line; a blank at a break hangs and
/// is not counted; a word longer than a line is broken at a cluster edge. At least one line, for
/// empty text too. Text must be valid UTF-8.
std::vector<TextLine> break_lines(std::string_view text, float width_px, const AdvanceFn& advance);

/// The sum of the advances. Newlines count nothing.
float text_width(std::string_view text, const AdvanceFn& advance);

/// `text` if it fits into `width_px`, else its longest beginning at a cluster edge followed by "…"
/// (or just that). A newline counts as a blank, so a message of several lines previews on one.
std::string cut_to_width(std::string_view text, float width_px, const AdvanceFn& advance);

}  // namespace kumquat::gfx
