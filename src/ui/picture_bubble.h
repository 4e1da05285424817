// A picture in a message: its box, what is known of it, and on its way to the service the ring that
// shows how far it has come.
#pragma once

#include <string>
#include <string_view>

#include "client/view/timeline_rows.h"
#include "gfx/canvas.h"
#include "ui/frame.h"
#include "ui/message_ui.h"
#include "ui/picture_shape.h"

namespace kumquat::ui {

/// What of a picture was used.
struct PictureUse {
    bool open = false;
    bool cancel = false;
    bool retry = false;
};

/// The part that lies over the bubble takes clicks before it: call it before the bubble is
/// hit-tested.
struct PictureTouch {
    Touched ring;
    /// The picture itself, by keyboard and assistive technology.
    Touched node;
};
PictureTouch touch_picture(Frame& frame, std::string_view key, const client::TimelineRow& row,
                           Rect bubble);

/// Draws it and leaves its nodes in the mirror, named `name` ("Picture from Ann, 1280 by 720").
PictureUse draw_picture(Frame& frame, gfx::Canvas& canvas, const MessageShape& shape,
                        const client::TimelineRow& row, std::string_view key,
                        const std::string& name, Rect bubble, gfx::Corners corners,
                        const PictureTouch& touch, const Touched& bubble_touch);

/// The picture of a message: this device's while it has it, else the service's.
ShownPicture picture_of(const client::TimelineRow& row, const UserId& me);

}  // namespace kumquat::ui
