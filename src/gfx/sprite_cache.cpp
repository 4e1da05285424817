#include "gfx/sprite_cache.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "imgui.h"

#include "gfx/core/path.h"
#include "gfx/glyph_store.h"

namespace kumquat::gfx {
namespace {

using platform::GlyphBox;
using platform::RasterKind;

// Paths are measured on a 24 grid by platform::GlyphRaster.
constexpr float kGrid = 24;

// The pixels that a stroked path touches, with one to spare.
GlyphBox box_of_path(std::string_view path, float unit_px, float stroke) {
    Result<std::vector<Polyline>> lines = flatten_path(path, 0.25f);
    if (!lines) return {};
    float left = 1e9f, top = 1e9f, right = -1e9f, bottom = -1e9f;
    for (const Polyline& line : *lines) {
        for (PathPoint point : line.points) {
            left = std::min(left, point.x);
            top = std::min(top, point.y);
            right = std::max(right, point.x);
            bottom = std::max(bottom, point.y);
        }
    }
    if (right < left) return {};
    float reach = stroke * 0.5f;
    GlyphBox box;
    box.left = static_cast<int>(std::floor((left - reach) * unit_px)) - 1;
    box.top = static_cast<int>(std::floor((top - reach) * unit_px)) - 1;
    box.width = static_cast<int>(std::ceil((right + reach) * unit_px)) + 1 - box.left;
    box.height = static_cast<int>(std::ceil((bottom + reach) * unit_px)) + 1 - box.top;
    return box;
}

void append_number(std::string& key, float number) {
    key.push_back('\0');
    key.append(std::to_string(static_cast<int>(number * 64 + 0.5f)));
}

}  // namespace

const SpriteCache::Entry& SpriteCache::find(RasterKind kind, std::string_view content,
                                            float size_px, float stroke) {
    std::string key(content);
    key.push_back(static_cast<char>('0' + static_cast<int>(kind)));
    append_number(key, size_px);
    append_number(key, stroke);
    auto found = sprites_.find(key);
    if (found != sprites_.end()) return found->second;
    Entry entry;
    bool path = kind == RasterKind::kStroke || kind == RasterKind::kFill;
    entry.box = path ? box_of_path(content, size_px / kGrid, stroke)
                     : glyphs_->raster().box(kind, content, size_px);
    if (entry.box.width > 0 && entry.box.height > 0) {
        entry.sprite = glyphs_->add_sprite(kind, content, size_px, stroke, entry.box);
    }
    return sprites_.emplace(std::move(key), entry).first->second;
}

void SpriteCache::draw_stroke(ImDrawList* list, platform::Point origin, std::string_view path,
                              float unit_px, float stroke, std::uint32_t color,
                              bool mirrored_in_64) {
    const Entry& entry = find(RasterKind::kStroke, path, unit_px * kGrid, stroke);
    GlyphStore::Place place;
    if (!glyphs_->sprite_place(entry.sprite, &place)) return;
    float width = static_cast<float>(entry.box.width);
    float left = std::floor(origin.x + 0.5f) + static_cast<float>(entry.box.left);
    float top = std::floor(origin.y + 0.5f) + static_cast<float>(entry.box.top);
    if (mirrored_in_64) {
        left =
            std::floor(origin.x + 64 * unit_px + 0.5f) - static_cast<float>(entry.box.left) - width;
        std::swap(place.uv0.x, place.uv1.x);
    }
    list->PrimReserve(6, 4);
    list->PrimRectUV({left, top}, {left + width, top + static_cast<float>(entry.box.height)},
                     place.uv0, place.uv1, color);
}

void SpriteCache::draw_text(ImDrawList* list, platform::Point origin, std::string_view cluster,
                            float size_px, std::uint32_t color) {
    const Entry& entry = find(RasterKind::kRegular, cluster, size_px, 0);
    GlyphStore::Place place;
    if (!glyphs_->sprite_place(entry.sprite, &place)) return;
    if (entry.box.colored) color |= ~static_cast<std::uint32_t>(IM_COL32_A_MASK);
    float left = std::floor(origin.x + 0.5f) + static_cast<float>(entry.box.left);
    float top = std::floor(origin.y + 0.5f) + static_cast<float>(entry.box.top);
    list->PrimReserve(6, 4);
    list->PrimRectUV(
        {left, top},
        {left + static_cast<float>(entry.box.width), top + static_cast<float>(entry.box.height)},
        place.uv0, place.uv1, color);
}

float SpriteCache::text_advance(std::string_view cluster, float size_px) {
    return glyphs_->raster().advance(RasterKind::kRegular, cluster, size_px);
}

}  // namespace kumquat::gfx
