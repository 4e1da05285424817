// One row of the friends pane: how it is drawn and what it is called.
#pragma once

#include <string>
#include <string_view>

#include "client/view/friend_rows.h"
#include "gfx/canvas.h"
#include "ui/frame.h"

namespace kumquat::ui {

/// The accessible name: "Ann, 2 unread, online".
std::string friend_row_name(const Frame& frame, const client::FriendRow& row);
/// The second line in words.
std::string friend_row_preview(const Frame& frame, const client::FriendRow& row);
void draw_friend_row(Frame& frame, gfx::Canvas& canvas, Rect rect, const client::FriendRow& row,
                     std::string_view time, const Touched& touched);

/// The row that stands for the friend requests.
void draw_requests_row(Frame& frame, gfx::Canvas& canvas, Rect rect, const client::RequestsRow& row,
                       std::string_view preview, std::string_view time, const Touched& touched);

/// The glyph of an own message's state; false if there is none to draw.
bool state_icon(client::MessageState state, gfx::Icon* icon);

}  // namespace kumquat::ui
