// Sets lines of text: clusters to glyphs, advances to positions.
//
// Widths come from a cache of advances that the browser measured; measuring draws no glyph. Each
// quad is placed on a whole pixel, while the pen runs on in fractions: quads between pixels would
// blur, and rounded advances would drift. Narrow letters exist in four versions, drawn at quarters
// of a pixel, so that they stand evenly at low pixel ratios too.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>

#include "gfx/core/graphemes.h"
#include "gfx/core/text_layout.h"
#include "gfx/core/text_style.h"

struct ImDrawList;

namespace kumquat::gfx {

class GlyphStore;

class TextEngine {
  public:
    explicit TextEngine(GlyphStore* glyphs) : glyphs_(glyphs) {}

    /// For text_layout.h: the width of one cluster, of at most one line.
    AdvanceFn advance_fn(const TextStyle& style);
    float width(const TextStyle& style, std::string_view text);
    /// `x` is the left end, `baseline` the baseline; both are rounded to pixels. `color` is packed.
    /// Returns the width.
    float draw(ImDrawList* list, float x, float baseline, const TextStyle& style,
               std::uint32_t color, std::string_view text);
    /// A frame draws only so many letters that have no glyph yet; a page of unseen Han characters
    /// would freeze it.
    void begin_frame();
    /// Letters of this frame are missing: they come with the next one.
    bool missing() const { return missing_; }
    /// Makes the glyphs of `text`, one line, at most `count_max` new ones; the number made.
    int load(const TextStyle& style, std::string_view text, int count_max);
    /// Whether letters are drawn at quarters of a pixel.
    void set_subpixel(bool on) { subpixel_ = on; }
    /// Widths are not what they were.
    void forget_widths() { advances_.clear(); }

  private:
    struct Advances {
        float ascii[128];
        float han = -1;
        std::unordered_map<std::string, float> others;
        Advances();
    };
    float advance(Advances& cache, const TextStyle& style, const Cluster& cluster);
    float ascii_advance(Advances& cache, const TextStyle& style, char letter);
    float measured(Advances& cache, const TextStyle& style, std::string_view bytes);
    Advances& advances_of(const TextStyle& style);
    void draw_glyph(ImDrawList* list, float x, float baseline, const TextStyle& style,
                    std::uint32_t color, const Cluster& cluster);

    GlyphStore* glyphs_;
    bool subpixel_ = true;
    int fresh_left_ = 0;
    bool missing_ = false;
    // By size and weight.
    std::unordered_map<std::uint32_t, Advances> advances_;
};

}  // namespace kumquat::gfx
