// The bar below the chat's header that shows what is pinned, one message at a time.
#pragma once

#include "client/view/timeline_rows.h"
#include "gfx/canvas.h"
#include "ui/frame.h"

namespace kumquat::ui {

struct PinsUse {
    /// Of the bar; 0: nothing is pinned.
    float height = 0;
    /// The message that should be shown; 0: none.
    Seq show;
};

class PinsBar {
  public:
    /// Draws it at the top of `area`, as wide as that; its content lies in `column`.
    PinsUse draw(Frame& frame, gfx::Canvas& canvas, Rect area, Rect column,
                 const client::TimelineRows& rows);

  private:
    /// Which one is shown: each click goes to it and on to the one that was pinned before.
    std::size_t at_ = 0;
};

}  // namespace kumquat::ui
