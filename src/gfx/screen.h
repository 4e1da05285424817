// Owns the Dear ImGui context, the fonts and what a frame is made of; hands draw lists to a Device.
//
//     screen.begin(environment.state(), now_ms);
//     ... panes draw ...
//     if (screen.end()) scheduler.invalidate(FrameReason::kAnimation);  // not settled yet
//
// It knows no browser: letters come from platform::GlyphRaster, pixels go to a Device.
#pragma once

#include <memory>
#include <string_view>

#include "gfx/canvas.h"
#include "gfx/core/text_style.h"
#include "platform/environment.h"
#include "platform/glyph_raster.h"
#include "platform/input.h"
#include "platform/picture_loader.h"

namespace kumquat::gfx {

class Device;
class PictureCache;

class Screen {
  public:
    /// All must outlive it. One Screen at a time.
    Screen(platform::GlyphRaster* glyphs, platform::PictureLoader* loader, Device* device);
    ~Screen();
    Screen(const Screen&) = delete;
    Screen& operator=(const Screen&) = delete;

    void begin(const platform::EnvironmentState& environment, double now_ms);
    /// True if another frame should follow although nothing happened: queued input, a held button.
    bool end();
    /// In end()'s place: what was drawn is not shown.
    void drop();

    Canvas canvas(ImDrawList* list);
    PictureCache& pictures();
    /// Measures and breaks text outside a frame too (rows are laid out when a message arrives).
    Canvas measuring();

    /// Colour behind everything; what is seen before the first window covers it.
    void set_background(Color color);

    // Input, on its way into Dear ImGui.
    void on_pointer(const platform::PointerEvent& event);
    /// io.MouseWheel comes out in physical pixels: windows have ImGuiWindowFlags_NoScrollWithMouse
    /// and scroll themselves.
    void on_wheel(const platform::WheelEvent& event);
    void on_key(const platform::KeyEvent& event);
    void on_input_lost();

    /// CSS keyword for the pointer's shape that Dear ImGui asked for in the last frame.
    const char* cursor() const;

    /// Remembers a line whose letters will be needed, so that warm_up() draws them between frames.
    void want(const TextStyle& style, std::string_view line);
    /// Draws some of the wanted letters; true if more are waiting. Call it outside a frame.
    bool warm_up();

    /// The browser has other fonts now, or the GL context came back: draw all letters anew.
    void on_fonts_changed();
    void on_device_restored();
    /// What it shows may be gone (another size): the next frame is drawn whatever it looks like.
    void on_canvas_changed();

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace kumquat::gfx
