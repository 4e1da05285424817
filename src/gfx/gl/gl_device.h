// gfx::Device on WebGL 2: two programs, one vertex array, the shapes in an integer texture.
//
// Our own and not Dear ImGui's OpenGL backend, because shapes and text share a shader
// (src/gfx/shape_buffer.h): a page of bubbles is a few draw calls. It owns the GL state: nothing
// else draws, so nothing is saved or restored. Glyphs are the one exception, drawn into its
// textures by the browser (platform/glyph_raster.h).
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "gfx/device.h"

namespace kumquat::gfx {

class GlDevice : public Device {
  public:
    /// Requires a current WebGL 2 context.
    GlDevice();
    ~GlDevice() override;

    bool ready() const override { return ready_; }
    void update_texture(ImTextureData* texture) override;
    void draw(const ImDrawData& data, const ShapeBuffer& shapes, Color background) override;
    int texture_size_max() const override { return texture_size_max_; }
    std::uint32_t make_picture() override;
    void drop_picture(std::uint32_t texture) override;

    /// The context is gone, and everything in it.
    void on_context_lost();
    /// A new context is there. Dear ImGui's textures are created again with the next frame.
    void on_context_restored();

  private:
    struct Program {
        std::uint32_t name = 0;
        int size_location = -1;
    };

    static Program make_program(std::string_view fragment_source);
    void create_objects();
    void upload_shapes(const ShapeBuffer& shapes);
    void draw_list(const ImDrawData& data, int list_index);

    /// What the frame being drawn has set already: each call into the browser costs, also one that
    /// changes nothing.
    struct Current {
        std::uint32_t program = 0;
        std::uint32_t texture = 0;
        Color clear_color;
    };

    bool ready_ = false;
    Current current_;
    int texture_size_max_ = 2048;
    Program page_;
    Program soft_;
    std::uint32_t vertex_array_ = 0;
    std::uint32_t vertex_buffer_ = 0;
    std::uint32_t index_buffer_ = 0;
    std::uint32_t shape_texture_ = 0;
    std::vector<std::uint8_t> scratch_;
};

}  // namespace kumquat::gfx
