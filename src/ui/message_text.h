// The words of a message: its lines, and the links in them.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "gfx/canvas.h"
#include "ui/frame.h"

namespace kumquat::ui {

/// What of a link stands on one line.
struct LinkPiece {
    std::size_t line = 0;
    /// Bytes of the text.
    std::size_t begin = 0;
    std::size_t end = 0;
    /// Physical pixels, from the line's beginning.
    float x = 0;
    float width = 0;
    /// The whole address, of which this may be a part.
    std::string href;
};

/// The links of `text`, which is broken into `lines`, from first to last.
std::vector<LinkPiece> measure_links(const gfx::Canvas& canvas, const gfx::TextStyle& style,
                                     std::string_view text,
                                     const std::vector<gfx::TextLine>& lines);

/// A message's text at its place in this frame.
struct MessageText {
    std::string_view text;
    const std::vector<gfx::TextLine>& lines;
    const std::vector<LinkPiece>& links;
    const gfx::TextStyle& style;
    /// Of the message's node.
    std::string_view key;
    Point top_left;
    Color ink;
};

/// Takes the pointer over links, before the bubble does: the browser follows them.
void touch_links(Frame& frame, const MessageText& text);
/// Draws what of it lies in `view`, and leaves all of it in the mirror.
void draw_message_text(Frame& frame, gfx::Canvas& canvas, const MessageText& text, Rect view);

}  // namespace kumquat::ui
