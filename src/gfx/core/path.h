// SVG path data ("M12 5v13.5M6 12.7l6 6 6-6") to polylines. The icons are checked with it; the logo
// is filled from it. Source: SVG 1.1, chapter 8 (grammar 8.3.9) and appendix F.6 (arcs).
#pragma once

#include <string_view>
#include <vector>

#include "base/result.h"

namespace kumquat::gfx {

struct PathPoint {
    float x = 0;
    float y = 0;
};

struct Polyline {
    std::vector<PathPoint> points;
    bool closed = false;
};

/// Curves become chords that stray at most `tolerance` from them, in the path's own units. All
/// commands but Q and T. Errors: kInvalidArgument, with the offset of what was not understood.
Result<std::vector<Polyline>> flatten_path(std::string_view path, float tolerance);

}  // namespace kumquat::gfx
