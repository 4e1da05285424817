// What stands above the text of a message: that it was forwarded, and the quote of what it answers.
#pragma once

#include <string>
#include <string_view>

#include "client/view/timeline_rows.h"
#include "gfx/canvas.h"
#include "ui/frame.h"

namespace kumquat::ui {

struct MessageHead {
    /// Without paddings; 0: there is nothing.
    float width = 0;
    float height = 0;
    bool has_quote = false;
    /// Who has written the quoted message; empty if it is gone.
    std::string name;
    std::string line;

    bool empty() const { return height == 0; }
};

/// The beginning of a text on one line.
std::string quote_text(std::string_view text);
/// The words of a quoted message on one line.
std::string quote_line(const Frame& frame, const client::QuoteShown& quote);
/// The same of a message of the history, for a line that points to it.
std::string quote_line(const Frame& frame, const client::TimelineRow& row);
/// Who has written it.
std::string quote_name(const Frame& frame, const client::QuoteShown& quote,
                       const std::string& peer_name);

MessageHead measure_head(Frame& frame, gfx::Canvas& canvas, const client::TimelineRow& row,
                         const std::string& peer_name, float width_max);

/// Hit-tests the quote and leaves its node; before the bubble that it lies on. `top_left` is the
/// head's.
Touched touch_head(Frame& frame, const MessageHead& head, const client::TimelineRow& row,
                   std::string_view key, Point top_left);
void draw_head(Frame& frame, gfx::Canvas& canvas, const MessageHead& head,
               const client::TimelineRow& row, std::string_view key, Point top_left,
               const Touched& touched);

/// The bar at the left of a quote, its name and its line; also above the composer.
void draw_quote(Frame& frame, gfx::Canvas& canvas, Rect rect, std::string_view name,
                std::string_view line, Color line_color);

}  // namespace kumquat::ui
