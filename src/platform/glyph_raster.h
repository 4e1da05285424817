// Letters and icons drawn by the browser's own text engine, straight into a GL texture.
//
// Nothing is ever read back: some browsers answer getImageData with noise. So measuring and drawing
// are two steps: a frame measures and reserves a place in a texture (src/gfx), and before it is
// shown the letters are drawn into that place.
#pragma once

#include <cstdint>
#include <string_view>

namespace kumquat::platform {

enum class RasterKind : std::uint8_t {
    kRegular,  ///< Text, weight 400.
    kBold,     ///< Text, weight 600.
    kStroke,   ///< An SVG path on a 24 grid, stroked with round caps; `size_px` is the size of the
               ///< grid.
    kFill      ///< The same, filled.
};

/// The ink of a cluster relative to its origin on the baseline, physical pixels, y down, padded by
/// one pixel.
struct GlyphBox {
    int left = 0;
    int top = 0;
    int width = 0;
    int height = 0;
    /// An emoji, drawn in its own colours: do not tint.
    bool colored = false;
};

/// Where and what to draw.
struct RasterJob {
    RasterKind kind = RasterKind::kRegular;
    /// A grapheme cluster, a run of text, or a path.
    std::string_view content;
    float size_px = 0;
    /// kStroke: width on the 24 grid.
    float stroke = 0;
    /// Text: how far to the right of its origin it is drawn, less than a pixel. The box has room
    /// for it.
    float shift_px = 0;
    /// Text: the colour of its letters, 0xRRGGBB. Emoji have their own.
    std::uint32_t rgb = 0xFFFFFF;
    /// Texture id as our renderer numbers them, and the place in it.
    std::uint32_t texture = 0;
    int x = 0;
    int y = 0;
    GlyphBox box;
};

class GlyphRaster {
  public:
    class Listener {
      public:
        virtual ~Listener() = default;
        /// The browser found better fonts than it had: measure and draw everything anew.
        virtual void on_fonts_changed() = 0;
    };

    virtual ~GlyphRaster() = default;
    virtual void set_listener(Listener* listener) = 0;
    /// Advance width of `text` drawn alone at `size_px` (em), physical pixels.
    virtual float advance(RasterKind kind, std::string_view text, float size_px) = 0;
    /// Ink box; width 0 if there is nothing to see.
    virtual GlyphBox box(RasterKind kind, std::string_view text, float size_px) = 0;
    /// Draws `job` into its texture, replacing what was there. Ignored if the texture does not
    /// exist.
    virtual void draw(const RasterJob& job) = 0;
};

}  // namespace kumquat::platform
