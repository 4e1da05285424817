// The line that stands in the place of a recalled message.
#pragma once

#include <string>
#include <string_view>

#include "client/view/timeline_rows.h"
#include "gfx/canvas.h"
#include "ui/frame.h"

namespace kumquat::ui {

/// "You recalled a message", "Ann recalled a message".
std::string recalled_words(const Frame& frame, bool own, std::string_view peer_name);

/// Draws it in `line`, its line box from edge to edge of the column. True when its text is to be
/// written anew.
bool draw_recalled(Frame& frame, gfx::Canvas& canvas, Rect line, const client::TimelineRow& row,
                   std::string_view peer_name, std::string_view key);

}  // namespace kumquat::ui
