// Pictures in the font atlas that are not letters of a line: icons, parts of the logo, large emoji.
// Drawn by the browser once per size (its strokes are anti-aliased with round caps, which Dear
// ImGui's are not), then one quad each.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>

#include "platform/geometry.h"
#include "platform/glyph_raster.h"

struct ImDrawList;

namespace kumquat::gfx {

class GlyphStore;

class SpriteCache {
  public:
    explicit SpriteCache(GlyphStore* glyphs) : glyphs_(glyphs) {}

    /// A path stroked with `stroke` units; `unit_px` pixels per unit; `origin` is the path's (0,
    /// 0). `color` is packed.
    void draw_stroke(ImDrawList* list, platform::Point origin, std::string_view path, float unit_px,
                     float stroke, std::uint32_t color, bool mirrored_in_64 = false);
    /// A cluster with its origin on the baseline.
    void draw_text(ImDrawList* list, platform::Point origin, std::string_view cluster,
                   float size_px, std::uint32_t color);
    float text_advance(std::string_view cluster, float size_px);

    /// After GlyphStore::clear().
    void clear() { sprites_.clear(); }

  private:
    struct Entry {
        int sprite = -1;
        platform::GlyphBox box;
    };
    const Entry& find(platform::RasterKind kind, std::string_view content, float size_px,
                      float stroke);

    GlyphStore* glyphs_;
    std::unordered_map<std::string, Entry> sprites_;
};

}  // namespace kumquat::gfx
