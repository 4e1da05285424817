// What a pane may call to draw. Everything lands in a Dear ImGui draw list, in order, clipped and
// layered like the rest of it.
//
// Units are physical pixels (platform/geometry.h); px() turns CSS pixels of the design into them.
// Shapes are signed distances in one shader, so any number of them, mixed with text, stays one draw
// call:
//
//     gfx::Canvas canvas = screen.canvas(ImGui::GetWindowDrawList());
//     canvas.shadow(card, canvas.px(14), {0, canvas.px(1), canvas.px(2), shadow_color});
//     canvas.fill(card, theme.row, canvas.px(14));
//     canvas.icon(gfx::Icon::kSend, card.center(), canvas.px(22), theme.ink2);
//     canvas.text(top_left_of_line, theme.body, theme.ink, "你好");
//
// Text fits Dear ImGui's: plain ImGui::Text works too, but only draws characters one by one. Use
// these functions for whatever people have written.
#pragma once

#include <cmath>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "gfx/core/color.h"
#include "gfx/core/icons.h"
#include "gfx/core/text_layout.h"
#include "gfx/core/text_style.h"
#include "platform/geometry.h"

struct ImDrawList;

namespace kumquat::gfx {

using platform::Point;
using platform::Rect;

class ShapeBuffer;
class SpriteCache;
class TextEngine;

/// Radii of the four corners.
struct Corners {
    float top_left = 0;
    float top_right = 0;
    float bottom_right = 0;
    float bottom_left = 0;
    constexpr Corners() = default;
    /// The same everywhere. Larger than half a side makes a pill.
    constexpr Corners(float all)
        : top_left(all), top_right(all), bottom_right(all), bottom_left(all) {}
    constexpr Corners(float tl, float tr, float br, float bl)
        : top_left(tl), top_right(tr), bottom_right(br), bottom_left(bl) {}
};

/// As CSS box-shadow: offset, blur (sigma = blur / 2), colour.
struct Shadow {
    float x = 0;
    float y = 0;
    float blur = 0;
    Color color;
};

/// A picture in GPU memory (a texture id of gfx::Device) and the part of it to show, 0 to 1.
struct Picture {
    std::uint32_t texture = 0;
    float u0 = 0, v0 = 0, u1 = 1, v1 = 1;
};

enum class HorizontalAlign : std::uint8_t { kLeft, kCenter, kRight };

class Canvas {
  public:
    /// Made by gfx::Screen::canvas(); cheap, lives for one pane in one frame.
    Canvas(ImDrawList* list, ShapeBuffer* shapes, TextEngine* text, SpriteCache* sprites,
           float pixel_ratio)
        : list_(list), shapes_(shapes), text_(text), sprites_(sprites), pixel_ratio_(pixel_ratio) {}

    /// CSS pixels to whole physical pixels (at least one for anything positive).
    float px(float css) const {
        float rounded = std::floor(css * pixel_ratio_ + 0.5f);
        return css > 0 && rounded < 1 ? 1 : rounded;
    }
    float pixel_ratio() const { return pixel_ratio_; }
    ImDrawList* list() const { return list_; }

    /// Multiplies the alpha of everything that follows (fades); 1 at the start.
    void set_opacity(float opacity) { opacity_ = opacity; }
    float opacity() const { return opacity_; }

    /// Clips what follows to `rect`, within the clip that is on.
    void push_clip(Rect rect);
    void pop_clip();
    /// Some of it is within the clip that is on: what is not costs nothing to draw.
    bool shows(const Rect& rect) const;

    // --- Shapes ---
    void fill(Rect rect, Color color, Corners corners = {});
    /// From `top` to `bottom` in a straight line.
    void fill_gradient(Rect rect, Color top, Color bottom, Corners corners = {});
    /// A line of `width` along the inside of the edge; nothing inside it.
    void outline(Rect rect, Color color, float width, Corners corners = {});
    /// fill() and outline() in one shape: no seam between the two.
    void fill_outlined(Rect rect, Color color, Color line, float width, Corners corners = {});
    /// The shadow of a rounded rectangle, which is to be drawn over it: as with CSS there is none
    /// in its inside.
    void shadow(Rect rect, float radius, const Shadow& shadow);
    /// An ellipse that fades from `center` in the middle to `edge` at its rim.
    void glow(Point middle, float radius_x, float radius_y, Color center, Color edge);
    void disc(Point middle, float radius, Color color);
    /// Along a circle, from `start` (0 is 12 o'clock, 1 a full turn, clockwise) for `sweep` turns;
    /// round ends. `width` is centred on `radius`.
    void arc(Point middle, float radius, float width, float start, float sweep, Color color);
    /// Cut to the corners, stretched to `rect`.
    void picture(Rect rect, const Picture& picture, Corners corners = {});
    /// A straight line with round ends.
    void line(Point from, Point to, float width, Color color);

    // --- Icons and mark ---
    /// `size` is that of the 24 grid. State glyphs: use canvas.px(24) for their natural size;
    /// `middle` is that of their own box.
    void icon(Icon icon, Point middle, float size, Color color);
    /// The logo in its colours, in a square.
    void mark(Rect square);
    /// The logo with other colours: fruit from `top` to `bottom`, `leaf`, and the light in white at
    /// `light` (0 to 1).
    void mark(Rect square, Color top, Color bottom, Color leaf, float light, bool mirrored = false);

    // --- Text ---
    // One line each; the point is the top left (right, middle) of a line box of style.line_px.
    /// Returns the width.
    float text(Point top_left, const TextStyle& style, Color color, std::string_view text,
               HorizontalAlign align = HorizontalAlign::kLeft);
    /// As text(), but with the baseline given: for different sizes on one line.
    float text_on(Point baseline, const TextStyle& style, Color color, std::string_view text,
                  HorizontalAlign align = HorizontalAlign::kLeft);
    /// Centred in `rect` both ways, by the design's optical rule.
    void text_in(Rect rect, const TextStyle& style, Color color, std::string_view text);
    /// Cut with "…" to `width`. Returns the width used.
    float text_cut(Point top_left, const TextStyle& style, Color color, std::string_view text,
                   float width);
    /// One emoji (or a few) at any size, without an atlas of letters of its own: large emoji,
    /// pickers.
    void emoji(Point top_left, float size, std::string_view cluster);

    /// baseline = round(top + line/2 + 0.37 size): Han squares and Latin capitals both look
    /// centred. Never by the font's own ascent, which differs by 2 px between PingFang, YaHei and
    /// Noto.
    static float baseline_of(float top, const TextStyle& style) {
        return std::floor(top + style.line_px * 0.5f + style.size_px * 0.37f + 0.5f);
    }

    // --- Measuring ---
    // No glyph is drawn for it. Cache what you can: it costs about as much as drawing.
    float text_width(const TextStyle& style, std::string_view text) const;
    std::string cut(const TextStyle& style, std::string_view text, float width) const;
    std::vector<TextLine> break_lines(const TextStyle& style, std::string_view text,
                                      float width) const;
    float emoji_width(float size, std::string_view cluster) const;

  private:
    ImDrawList* list_;
    ShapeBuffer* shapes_;
    TextEngine* text_;
    SpriteCache* sprites_;
    float pixel_ratio_;
    float opacity_ = 1;
};

}  // namespace kumquat::gfx
