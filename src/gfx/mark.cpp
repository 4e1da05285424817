// The logo: a fruit that is a speech bubble, one leaf, one light. On a 64 grid.
#include <algorithm>
#include <vector>

#include "imgui.h"
#include "imgui_internal.h"

#include "gfx/canvas.h"
#include "gfx/core/path.h"
#include "gfx/sprite_cache.h"

namespace kumquat::gfx {
namespace {

constexpr float kMarkGrid = 64;
constexpr std::string_view kFruit =
    "M32 11.7C46.8 11.7 57.8 21.9 57.8 35.7C57.8 49.6 46.8 59.8 32 59.8C27.5 59.8 23.4 58.9 19.7 "
    "57.2C16.4 59.6 12.2 60.9 "
    "7.6 60.8C6.4 60.8 5.8 59.4 6.7 58.5C8.9 56.1 10.3 53.4 10.6 50.6C7.9 46.4 6.2 41.3 6.2 "
    "35.7C6.2 21.9 17.2 11.7 32 "
    "11.7Z";
constexpr std::string_view kLight = "M16.4 38.4C16.4 30.6 21 25.2 27.6 23.6";
constexpr float kLightStroke = 4;
constexpr std::string_view kLeaf = "M31 17.5C30 8 38.4 1.6 53.6 2.4 53.6 13.4 44 20.6 31 17.5Z";

struct Placed {
    Rect square;
    float unit;
    bool mirrored;
    ImVec2 at(PathPoint p) const {
        float x = mirrored ? kMarkGrid - p.x : p.x;
        return {square.x + x * unit, square.y + p.y * unit};
    }
};

void fill_path(ImDrawList* list, std::string_view path, const Placed& placed, Color top,
               Color bottom) {
    // A quarter of a pixel is not seen.
    Result<std::vector<Polyline>> lines = flatten_path(path, 0.25f / std::max(placed.unit, 0.01f));
    if (!lines || lines->empty()) return;
    std::vector<ImVec2> points;
    float highest = 1e9f, lowest = -1e9f;
    for (PathPoint point : lines->front().points) {
        ImVec2 to = placed.at(point);
        if (!points.empty() && points.back().x == to.x && points.back().y == to.y) continue;
        points.push_back(to);
        highest = std::min(highest, to.y);
        lowest = std::max(lowest, to.y);
    }
    // The path ends where it began; Dear ImGui closes it itself.
    if (points.size() > 1) points.pop_back();
    // Its anti-aliasing wants clockwise points; the mirrored ones run the other way.
    if (placed.mirrored) std::reverse(points.begin(), points.end());
    int first = list->VtxBuffer.Size;
    list->AddConcavePolyFilled(points.data(), static_cast<int>(points.size()), top.packed());
    if (top != bottom) {
        ImGui::ShadeVertsLinearColorGradientKeepAlpha(list, first, list->VtxBuffer.Size,
                                                      {0, highest}, {0, lowest}, top.packed(),
                                                      bottom.packed());
    }
}

}  // namespace

void Canvas::mark(Rect square) {
    mark(square, Color::rgb(0xFFB24A), Color::rgb(0xFF8A1C), Color::rgb(0x3C8F48), 0.62f);
}

void Canvas::mark(Rect square, Color top, Color bottom, Color leaf, float light, bool mirrored) {
    Placed placed{square, square.w / kMarkGrid, mirrored};
    fill_path(list_, kFruit, placed, top.faded(opacity_), bottom.faded(opacity_));
    if (light > 0) {
        Color white = Color::rgb(0xFFFFFF).faded(light * opacity_);
        sprites_->draw_stroke(list_, {square.x, square.y}, kLight, placed.unit, kLightStroke,
                              white.packed(), mirrored);
    }
    fill_path(list_, kLeaf, placed, leaf.faded(opacity_), leaf.faded(opacity_));
}

}  // namespace kumquat::gfx
