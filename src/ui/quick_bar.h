// The round buttons beside a message that the pointer or the focus is on: what is done most often,
// without its menu.
#pragma once

#include <cstdint>
#include <string_view>

#include "gfx/canvas.h"
#include "ui/frame.h"

namespace kumquat::ui {

enum class QuickUse : std::uint8_t { kNone, kReply, kCopy, kMenu };

struct QuickLook {
    Rect bubble;
    /// From the bubble to the first button: something may stand between.
    float beside = 0;
    /// The buttons are at the bubble's left.
    bool own = false;
    bool can_reply = false;
    bool can_copy = false;
    /// Left and right edge of what is free.
    float left = 0;
    float right = 0;
};

/// Draws as many as there is room for; the menu comes first.
QuickUse draw_quick_bar(Frame& frame, gfx::Canvas& canvas, std::string_view key,
                        const QuickLook& look);

}  // namespace kumquat::ui
