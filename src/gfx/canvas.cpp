#include "gfx/canvas.h"

#include <algorithm>
#include <cmath>

#include "imgui.h"

#include "gfx/core/graphemes.h"
#include "gfx/plate.h"
#include "gfx/shader.h"
#include "gfx/shape_buffer.h"
#include "gfx/sprite_cache.h"
#include "gfx/text_engine.h"

namespace kumquat::gfx {
namespace {

ShapeRecord record_of(ShapeKind kind, const Rect& rect) {
    ShapeRecord record{};
    record.kind = kind;
    record.rect[0] = rect.x;
    record.rect[1] = rect.y;
    record.rect[2] = rect.w;
    record.rect[3] = rect.h;
    return record;
}

void set_corners(ShapeRecord& record, const Rect& rect, const Corners& corners) {
    float most = std::min(rect.w, rect.h) * 0.5f;
    record.radii[0] = std::min(corners.top_left, most);
    record.radii[1] = std::min(corners.top_right, most);
    record.radii[2] = std::min(corners.bottom_right, most);
    record.radii[3] = std::min(corners.bottom_left, most);
}

// Areas of which the inside is worth another way than a shader, square pixels.
constexpr float kLargeArea = 128 * 128;

// What of a rounded rectangle is full all over: all but its corners and the soft edge.
struct Solid {
    // In whole pixels; empty if that is not much.
    Rect rect;
    // The size of the areas at its corners that are not full.
    float corner_w = 0;
    float corner_h = 0;
};

Solid solid_part(const Rect& rect, float radius) {
    float left = std::ceil(rect.x), top = std::ceil(rect.y);
    Rect whole{left, top, std::floor(rect.right()) - left, std::floor(rect.bottom()) - top};
    float corner = std::ceil(radius) + 1;
    float width = whole.w - 2 * corner;
    if (width <= 0 || width * whole.h < kLargeArea) return {};
    return {whole, corner, std::min(corner, std::floor(whole.h / 2))};
}

void add_plates(ImDrawList* list, const Solid& solid, Color color) {
    const auto& [rect, corner_w, corner_h] = solid;
    add_plate(list, {{rect.x + corner_w, rect.y, rect.w - 2 * corner_w, rect.h}, color});
    float top = rect.y + corner_h, height = rect.h - 2 * corner_h;
    if (height <= 0) return;
    add_plate(list, {{rect.x, top, corner_w, height}, color});
    add_plate(list, {{rect.right() - corner_w, top, corner_w, height}, color});
}

// The area of `reach` around the full part of `hole`, as quads.
template <typename Quad>
void emit_around(const Solid& hole, const Rect& reach, const Quad& quad) {
    const Rect& inside = hole.rect;
    float left = inside.x + hole.corner_w, right = inside.right() - hole.corner_w;
    float top = inside.y + hole.corner_h, bottom = inside.bottom() - hole.corner_h;
    quad(reach.x, reach.y, left, top);
    quad(left, reach.y, right, inside.y);
    quad(right, reach.y, reach.right(), top);
    quad(reach.x, top, inside.x, bottom);
    quad(inside.right(), top, reach.right(), bottom);
    quad(reach.x, bottom, left, reach.bottom());
    quad(left, inside.bottom(), right, reach.bottom());
    quad(right, bottom, reach.right(), reach.bottom());
}

bool is_soft(ShapeKind kind) {
    return kind == ShapeKind::kShadow || kind == ShapeKind::kGlow || kind == ShapeKind::kArc;
}

bool is_clipped(const ImDrawList* list, const Rect& reach) {
    ImVec2 clip_min = list->GetClipRectMin();
    ImVec2 clip_max = list->GetClipRectMax();
    return reach.right() <= clip_min.x || reach.x >= clip_max.x || reach.bottom() <= clip_min.y ||
           reach.y >= clip_max.y;
}

// Quads that name the shape's record; see shape_buffer.h. They leave out `hole`, if it is not
// empty.
void emit(ImDrawList* list, ShapeBuffer* shapes, const ShapeRecord& record, const Rect& reach,
          Color color, const Solid& hole = {}) {
    if (is_clipped(list, reach)) return;
    int index = shapes->add(record);
    if (index < 0) return;
    if (is_soft(record.kind)) use_shader(list, Shader::kSoft);
    ImVec2 uv(-static_cast<float>(index + 1), 0);
    auto quad = [&](float left, float top, float right, float bottom) {
        if (right <= left || bottom <= top) return;
        list->PrimReserve(6, 4);
        list->PrimRectUV({left, top}, {right, bottom}, uv, uv, color.packed());
    };
    if (hole.rect.empty()) {
        quad(reach.x, reach.y, reach.right(), reach.bottom());
    } else {
        emit_around(hole, reach, quad);
    }
    if (is_soft(record.kind)) use_shader(list, Shader::kPage);
}

}  // namespace

void Canvas::push_clip(Rect rect) {
    list_->PushClipRect({rect.x, rect.y}, {rect.right(), rect.bottom()}, true);
}
void Canvas::pop_clip() {
    list_->PopClipRect();
}
bool Canvas::shows(const Rect& rect) const {
    return !is_clipped(list_, rect);
}

void Canvas::fill(Rect rect, Color color, Corners corners) {
    fill_gradient(rect, color, color, corners);
}

void Canvas::fill_gradient(Rect rect, Color top, Color bottom, Corners corners) {
    if (rect.empty() || (top.a == 0 && bottom.a == 0) || !shows(rect.grown(1))) return;
    ShapeRecord record = record_of(ShapeKind::kBox, rect);
    set_corners(record, rect, corners);
    record.second_color = bottom.faded(opacity_).packed();
    Solid solid;
    if (opacity_ >= 1 && top.a == 255 && top.packed() == bottom.packed()) {
        solid = solid_part(rect, *std::max_element(record.radii, record.radii + 4));
        if (!solid.rect.empty()) add_plates(list_, solid, top);
    }
    emit(list_, shapes_, record, rect.grown(1), top.faded(opacity_), solid);
}

void Canvas::outline(Rect rect, Color color, float width, Corners corners) {
    // Nothing inside: the fill has the line's colour without its alpha, so that no dark seam shows.
    fill_outlined(rect, color.faded(0), color, width, corners);
}

void Canvas::fill_outlined(Rect rect, Color color, Color line, float width, Corners corners) {
    if (rect.empty()) return;
    ShapeRecord record = record_of(ShapeKind::kBox, rect);
    set_corners(record, rect, corners);
    record.second_color = color.faded(opacity_).packed();
    record.line_color = line.faded(opacity_).packed();
    record.width = width;
    emit(list_, shapes_, record, rect.grown(1), color.faded(opacity_));
}

void Canvas::shadow(Rect rect, float radius, const Shadow& shadow) {
    if (rect.empty() || shadow.color.a == 0) return;
    const Solid covered = solid_part(rect, radius);
    rect.x += shadow.x;
    rect.y += shadow.y;
    ShapeRecord record = record_of(ShapeKind::kShadow, rect);
    set_corners(record, rect, radius);
    record.width = std::max(shadow.blur * 0.5f, 0.5f);
    // Beyond three sigmas a Gaussian is less than one step of 8 bits.
    emit(list_, shapes_, record, rect.grown(std::ceil(record.width * 3) + 1),
         shadow.color.faded(opacity_), covered);
}

void Canvas::glow(Point middle, float radius_x, float radius_y, Color center, Color edge) {
    Rect rect{middle.x - radius_x, middle.y - radius_y, radius_x * 2, radius_y * 2};
    if (rect.empty()) return;
    ShapeRecord record = record_of(ShapeKind::kGlow, rect);
    record.second_color = edge.faded(opacity_).packed();
    emit(list_, shapes_, record, rect, center.faded(opacity_));
}

void Canvas::disc(Point middle, float radius, Color color) {
    fill({middle.x - radius, middle.y - radius, radius * 2, radius * 2}, color, radius);
}

void Canvas::arc(Point middle, float radius, float width, float start, float sweep, Color color) {
    if (radius <= 0 || width <= 0 || sweep <= 0) return;
    float reach = radius + width * 0.5f;
    Rect rect{middle.x - reach, middle.y - reach, reach * 2, reach * 2};
    ShapeRecord record = record_of(ShapeKind::kArc, rect);
    record.width = width * 0.5f;
    record.extra[0] = start;
    record.extra[1] = std::min(sweep, 1.0f);
    emit(list_, shapes_, record, rect.grown(1), color.faded(opacity_));
}

void Canvas::picture(Rect rect, const Picture& picture, Corners corners) {
    if (rect.empty() || picture.texture == 0) return;
    ShapeRecord record = record_of(ShapeKind::kPicture, rect);
    set_corners(record, rect, corners);
    record.extra[0] = picture.u0;
    record.extra[1] = picture.v0;
    record.extra[2] = picture.u1;
    record.extra[3] = picture.v1;
    list_->PushTexture(ImTextureRef(static_cast<ImTextureID>(picture.texture)));
    emit(list_, shapes_, record, rect.grown(1), Color::rgb(0xFFFFFF).faded(opacity_));
    list_->PopTexture();
}

void Canvas::line(Point from, Point to, float width, Color color) {
    float half = width * 0.5f;
    Rect rect{std::min(from.x, to.x) - half, std::min(from.y, to.y) - half,
              std::fabs(to.x - from.x) + width, std::fabs(to.y - from.y) + width};
    if (rect.empty()) return;
    ShapeRecord record = record_of(ShapeKind::kLine, rect);
    record.width = half;
    record.extra[0] = from.x;
    record.extra[1] = from.y;
    record.extra[2] = to.x;
    record.extra[3] = to.y;
    emit(list_, shapes_, record, rect.grown(1), color.faded(opacity_));
}

void Canvas::icon(Icon icon, Point middle, float size, Color color) {
    IconShape shape = icon_shape(icon);
    IconSize grid = icon_grid(icon);
    if (!shows({middle.x - size, middle.y - size, 2 * size, 2 * size})) return;
    float unit = size / 24;
    Point origin{middle.x - grid.w * unit * 0.5f, middle.y - grid.h * unit * 0.5f};
    sprites_->draw_stroke(list_, origin, shape.path, unit, shape.stroke,
                          color.faded(opacity_).packed());
}

float Canvas::text(Point top_left, const TextStyle& style, Color color, std::string_view text,
                   HorizontalAlign align) {
    return text_on({top_left.x, baseline_of(top_left.y, style)}, style, color, text, align);
}

float Canvas::text_on(Point baseline, const TextStyle& style, Color color, std::string_view text,
                      HorizontalAlign align) {
    float size = style.size_px;
    if (!shows({-1e9f, baseline.y - 2 * size, 2e9f, 4 * size})) return text_->width(style, text);
    float x = baseline.x;
    if (align != HorizontalAlign::kLeft) {
        float width = text_->width(style, text);
        x -= align == HorizontalAlign::kRight ? width : width * 0.5f;
    }
    return text_->draw(list_, x, baseline.y, style, color.faded(opacity_).packed(), text);
}

void Canvas::text_in(Rect rect, const TextStyle& style, Color color, std::string_view text) {
    TextStyle centered = style;
    centered.line_px = rect.h;
    text_on({rect.center().x, baseline_of(rect.y, centered)}, style, color, text,
            HorizontalAlign::kCenter);
}

float Canvas::text_cut(Point top_left, const TextStyle& style, Color color, std::string_view text,
                       float width) {
    return this->text(top_left, style, color, cut(style, text, width));
}

void Canvas::emoji(Point top_left, float size, std::string_view text) {
    if (!shows({-1e9f, top_left.y - size, 2e9f, 3 * size})) return;
    float baseline = std::floor(top_left.y + size * 0.87f + 0.5f);
    float x = top_left.x;
    for (std::size_t offset = 0; offset < text.size();) {
        Cluster cluster = next_cluster(text, &offset);
        sprites_->draw_text(list_, {x, baseline}, cluster.bytes, size,
                            Color::rgb(0xFFFFFF).faded(opacity_).packed());
        x += sprites_->text_advance(cluster.bytes, size);
    }
}

float Canvas::text_width(const TextStyle& style, std::string_view text) const {
    return text_->width(style, text);
}

std::string Canvas::cut(const TextStyle& style, std::string_view text, float width) const {
    return cut_to_width(text, width, text_->advance_fn(style));
}

std::vector<TextLine> Canvas::break_lines(const TextStyle& style, std::string_view text,
                                          float width) const {
    return gfx::break_lines(text, width, text_->advance_fn(style));
}

float Canvas::emoji_width(float size, std::string_view text) const {
    float width = 0;
    for (std::size_t offset = 0; offset < text.size();) {
        width += sprites_->text_advance(next_cluster(text, &offset).bytes, size);
    }
    return width;
}

}  // namespace kumquat::gfx
