// The emoji under a message, as pills.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "client/view/timeline_rows.h"
#include "gfx/canvas.h"
#include "ui/frame.h"

namespace kumquat::ui {

/// Where the pills of a message lie, from the top left of the first.
struct ReactionPills {
    std::vector<Rect> rects;
    float width = 0;
    /// 0: there are none.
    float height = 0;
};

ReactionPills measure_reactions(Frame& frame, gfx::Canvas& canvas,
                                const std::vector<client::ReactionShown>& reactions,
                                float width_max);

struct ReactionUse {
    /// The index of the one that was used.
    std::optional<std::size_t> chosen;
    /// The message's menu was asked for.
    bool menu = false;
};

ReactionUse draw_reactions(Frame& frame, gfx::Canvas& canvas, const ReactionPills& pills,
                           const std::vector<client::ReactionShown>& reactions,
                           std::string_view key, Point top_left);

}  // namespace kumquat::ui
