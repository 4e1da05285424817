// The glyphs of Dear ImGui's font atlas: an ImFontLoader that asks the browser for sizes, and draws
// the letters into the atlas texture when it is on the GPU.
//
// Dear ImGui asks for one code point at a time, while a frame is being built. Then only its size is
// measured and a place in the atlas reserved; the pixels never exist in our memory (browsers that
// guard against fingerprinting hand out noise). Before the frame is shown, flush() has the browser
// draw every reserved glyph into the GL texture. If the atlas grew or the GL context was lost, all
// living glyphs are drawn again.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "imgui.h"

#include "gfx/core/cluster_table.h"
#include "gfx/core/text_style.h"
#include "platform/glyph_raster.h"

struct ImFontLoader;

namespace kumquat::gfx {

class Device;

class GlyphStore {
  public:
    static constexpr int kShifts = 3;
    /// White, which is tinted when it is shown.
    static constexpr std::uint32_t kTinted = 0xFFFFFF;

    explicit GlyphStore(platform::GlyphRaster* raster) : raster_(raster) {}

    /// Adds both fonts (regular, 600). Once, before the first frame.
    void attach(ImFontAtlas* atlas);

    ImFont* font(bool bold) const { return fonts_[bold ? 1 : 0]; }
    platform::GlyphRaster& raster() { return *raster_; }

    /// The code point that stands for a cluster in Dear ImGui.
    ImWchar code_point_of(std::string_view cluster);

    /// The same for a letter drawn `quarters` (1 to 3) quarters of a pixel further right. At low
    /// pixel ratios letters on whole pixels alone would stand unevenly.
    ImWchar shifted_code_point_of(std::string_view letter, int quarters);

    /// The same for a whole line with emoji in it, whose letters are drawn in `color` (packed; its
    /// alpha is left out): the texture cannot be tinted any more.
    ImWchar inked_code_point_of(std::string_view line, std::uint32_t color);

    /// Reserves a place for something that is not a letter (icon, large emoji) and has it drawn
    /// there, now and whenever the atlas changes. -1 if there is no room.
    int add_sprite(platform::RasterKind kind, std::string_view content, float size_px, float stroke,
                   const platform::GlyphBox& box);
    struct Place {
        ImVec2 uv0;
        ImVec2 uv1;
    };
    /// Where the sprite is now; false after clear().
    bool sprite_place(int sprite, Place* place) const;

    /// Has everything that waits drawn into the textures that are there. After the device updated
    /// its textures. True if there was something.
    bool flush();
    /// The textures lost their contents: draw all living glyphs again with the next flush().
    void redraw_all() { shown_texture_ = -1; }
    /// Drops all glyphs and sprites; they come back as they are asked for. Between frames only.
    void clear();
    /// True if it is time for clear(): the atlas or the cluster table is nearly full.
    bool crowded() const;

    /// The loader, for Dear ImGui.
    static const ImFontLoader* loader();

  private:
    friend struct LoaderFunctions;

    struct Job {
        int texture_unique_id;
        platform::RasterKind kind;
        std::string content;
        float size_px;
        /// kStroke: width of the stroke; text: quarters of a pixel to the right.
        float detail;
        /// Text: colour of its letters, 0xRRGGBB.
        std::uint32_t rgb;
        int x;
        int y;
        platform::GlyphBox box;
    };
    struct Sprite {
        platform::RasterKind kind;
        std::string content;
        float size_px;
        float stroke;
        platform::GlyphBox box;
        int rect_id;
    };

    bool load_glyph(ImFontConfig* source, ImFontBaked* baked, ImWchar code_point,
                    ImFontGlyph* glyph, float* advance_x);
    /// What to draw for a code point.
    struct Content {
        std::string text;
        /// Of a pixel, further right.
        int quarters = 0;
        bool inked = false;
        std::uint32_t rgb = kTinted;
    };
    Content content_of(ImWchar code_point) const;
    ImWchar make_shifted(std::string_view letter, int quarters);
    void forget_code_point(ImWchar code_point);
    void queue_all_living();
    const ImTextureData* find_texture(int unique_id) const;

    platform::GlyphRaster* raster_;
    ImFontAtlas* atlas_ = nullptr;
    ImFont* fonts_[2] = {nullptr, nullptr};
    ClusterTable clusters_;
    /// The shifted code points of ASCII letters; 0: not asked for yet.
    static constexpr unsigned char kAscii = 128;
    ImWchar shifted_[kShifts][kAscii] = {};
    std::vector<Job> jobs_;
    std::vector<Sprite> sprites_;
    int shown_texture_ = -1;
};

}  // namespace kumquat::gfx
