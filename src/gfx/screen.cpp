#include "gfx/screen.h"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <deque>
#include <optional>
#include <string>

#include "imgui.h"
#include "imgui_internal.h"

#include "gfx/device.h"
#include "gfx/glyph_store.h"
#include "gfx/imgui_input.h"
#include "gfx/picture_cache.h"
#include "gfx/shape_buffer.h"
#include "gfx/sprite_cache.h"
#include "gfx/text_engine.h"

namespace kumquat::gfx {
namespace {

// Between two frames: 40 glyphs are about 5 ms on a slow machine.
constexpr int kGlyphsPerStep = 40;
constexpr std::size_t kWantedMax = 256;
// Room for 10,000 letters at pixel ratio 1. When it grows, all of them are drawn anew in one frame.
constexpr int kAtlasMin = 2048;
constexpr int kAtlasMax = 4096;
constexpr float kDefaultFontCssPx = 15;
// From here on a pixel is too small to see that a letter stands on a whole one.
constexpr float kFinePixelRatio = 2;

/// Of all that a device draws from: two frames with the same look the same.
class Fingerprint {
  public:
    void add(const void* data, std::size_t bytes) {
        const unsigned char* at = static_cast<const unsigned char*>(data);
        for (; bytes >= sizeof(std::uint64_t); bytes -= sizeof(std::uint64_t)) {
            std::uint64_t word;
            std::memcpy(&word, at, sizeof word);
            mix(word);
            at += sizeof word;
        }
        std::uint64_t rest = bytes;
        for (; bytes > 0; --bytes)
            rest = rest << 8 | *at++;
        mix(rest);
    }
    template <typename T>
    void add_all(const ImVector<T>& values) {
        add(values.Data, static_cast<std::size_t>(values.size_in_bytes()));
    }
    std::uint64_t value() const { return value_; }

  private:
    void mix(std::uint64_t word) {
        value_ = (value_ ^ word) * 0x9E3779B97F4A7C15u;
        value_ ^= value_ >> 32;
    }
    std::uint64_t value_ = 1;
};

std::uint64_t fingerprint_of(const ImDrawData& data, const ShapeBuffer& shapes, Color background) {
    Fingerprint print;
    print.add(&data.DisplaySize, sizeof data.DisplaySize);
    std::uint32_t color = background.packed();
    print.add(&color, sizeof color);
    print.add(shapes.records().data(), shapes.records().size() * sizeof(ShapeRecord));
    for (const ImDrawList* list : data.CmdLists) {
        print.add_all(list->VtxBuffer);
        print.add_all(list->IdxBuffer);
        // Plates and changes of the shader.
        print.add_all(list->_CallbacksDataBuf);
        for (const ImDrawCmd& command : list->CmdBuffer) {
            ImTextureID texture =
                command.UserCallback == nullptr ? command.GetTexID() : ImTextureID_Invalid;
            print.add(&command.ClipRect, sizeof command.ClipRect);
            print.add(&texture, sizeof texture);
            print.add(&command.ElemCount, sizeof command.ElemCount);
            print.add(&command.IdxOffset, sizeof command.IdxOffset);
            print.add(&command.UserCallback, sizeof command.UserCallback);
        }
    }
    return print.value();
}

struct Wanted {
    TextStyle style;
    std::string text;
};

}  // namespace

struct Screen::State {
    State(platform::GlyphRaster* raster, platform::PictureLoader* loader, Device* target)
        : device(target),
          pictures(loader, target),
          glyphs(raster),
          text(&glyphs),
          sprites(&glyphs),
          context(ImGui::CreateContext()) {}
    ~State() { ImGui::DestroyContext(context); }

    void clear_glyphs() {
        glyphs.clear();
        sprites.clear();
    }

    Device* device;
    PictureCache pictures;
    ShapeBuffer shapes;
    GlyphStore glyphs;
    TextEngine text;
    SpriteCache sprites;
    ImGuiContext* context;
    Color background = Color::rgb(0xFFFFFF);
    float pixel_ratio = 1;
    double last_frame_ms = -1;
    bool fonts_changed = false;
    std::deque<Wanted> wanted;
    /// Of the picture that is shown; none if it may be gone.
    std::optional<std::uint64_t> shown;
};

Screen::Screen(platform::GlyphRaster* glyphs, platform::PictureLoader* loader, Device* device)
    : state_(std::make_unique<State>(glyphs, loader, device)) {
    ImGuiIO& io = ImGui::GetIO();
    io.IniFilename = nullptr;
    io.LogFilename = nullptr;
    io.BackendFlags |= ImGuiBackendFlags_RendererHasTextures | ImGuiBackendFlags_HasMouseCursors;
    // Selecting text over a pane must not drag its window.
    io.ConfigWindowsMoveFromTitleBarOnly = true;
    io.Fonts->TexMinWidth = io.Fonts->TexMinHeight = kAtlasMin;
    io.Fonts->TexMaxWidth = io.Fonts->TexMaxHeight =
        std::min(kAtlasMax, device->texture_size_max());
    state_->glyphs.attach(io.Fonts);
    ImGuiStyle& style = ImGui::GetStyle();
    style.AntiAliasedLinesUseTex = false;
    style.FontSizeBase = kDefaultFontCssPx;
}

Screen::~Screen() {
    // Textures first: Dear ImGui insists that nobody uses them any more.
    for (ImTextureData* texture : ImGui::GetPlatformIO().Textures) {
        texture->SetStatus(ImTextureStatus_WantDestroy);
        state_->device->update_texture(texture);
    }
}

void Screen::begin(const platform::EnvironmentState& environment, double now_ms) {
    State& s = *state_;
    ImGuiIO& io = ImGui::GetIO();
    if (environment.pixel_ratio != s.pixel_ratio) s.fonts_changed = true;
    s.pixel_ratio = environment.pixel_ratio;
    s.text.set_subpixel(s.pixel_ratio < kFinePixelRatio);
    if (s.fonts_changed || s.glyphs.crowded()) {
        s.fonts_changed = false;
        s.text.forget_widths();
        s.clear_glyphs();
    }
    io.DisplaySize =
        ImVec2(static_cast<float>(environment.width_px), static_cast<float>(environment.height_px));
    io.DisplayFramebufferScale = ImVec2(1, 1);
    io.ConfigMacOSXBehaviors = environment.apple;
    // Never clamped: Dear ImGui's clock is the sum, and double clicks are told by it.
    double passed_ms = s.last_frame_ms < 0 ? 16 : now_ms - s.last_frame_ms;
    io.DeltaTime = static_cast<float>(std::max(passed_ms, 0.1) / 1000);
    s.last_frame_ms = now_ms;
    ImGui::GetStyle().FontScaleDpi = environment.pixel_ratio;
    s.shapes.clear();
    s.pictures.begin_frame(now_ms);
    s.text.begin_frame();
    ImGui::NewFrame();
}

bool Screen::end() {
    State& s = *state_;
    ImGui::Render();
    ImDrawData* data = ImGui::GetDrawData();
    bool pictures_wait = s.pictures.flush();
    // What lies in a texture has changed.
    if (pictures_wait) s.shown.reset();
    if (s.device->ready()) {
        for (ImTextureData* texture : *data->Textures) {
            if (texture->Status == ImTextureStatus_OK) continue;
            s.device->update_texture(texture);
            s.shown.reset();
        }
        if (s.glyphs.flush()) s.shown.reset();
        // Many frames look like the one before (a pointer that moved over nothing): drawing them
        // would cost the GPU, or who stands in for it, as much as any other.
        std::uint64_t picture = fingerprint_of(*data, s.shapes, s.background);
        if (s.shown != picture) s.device->draw(*data, s.shapes, s.background);
        s.shown = picture;
    }
    const ImGuiContext& context = *s.context;
    return pictures_wait || s.text.missing() || context.InputEventsQueue.Size > 0 ||
           context.ActiveId != 0;
}

void Screen::drop() {
    ImGui::EndFrame();
}

Canvas Screen::canvas(ImDrawList* list) {
    return Canvas(list, &state_->shapes, &state_->text, &state_->sprites, state_->pixel_ratio);
}

PictureCache& Screen::pictures() {
    return state_->pictures;
}

Canvas Screen::measuring() {
    return canvas(nullptr);
}

void Screen::set_background(Color color) {
    state_->background = color;
}

void Screen::on_pointer(const platform::PointerEvent& event) {
    feed_pointer(ImGui::GetIO(), event);
}
void Screen::on_wheel(const platform::WheelEvent& event) {
    feed_wheel(ImGui::GetIO(), event);
}
void Screen::on_key(const platform::KeyEvent& event) {
    feed_key(ImGui::GetIO(), event);
}

void Screen::on_input_lost() {
    ImGuiIO& io = ImGui::GetIO();
    io.ClearInputKeys();
    io.ClearInputMouse();
    io.AddFocusEvent(false);
    io.AddFocusEvent(true);
}

const char* Screen::cursor() const {
    return css_cursor(ImGui::GetMouseCursor());
}

void Screen::want(const TextStyle& style, std::string_view line) {
    if (state_->wanted.size() >= kWantedMax) state_->wanted.pop_front();
    state_->wanted.push_back({style, std::string(line)});
}

bool Screen::warm_up() {
    State& s = *state_;
    if (ImGui::GetIO().Fonts->Builder == nullptr) return !s.wanted.empty();
    int left = kGlyphsPerStep;
    while (!s.wanted.empty() && left > 0) {
        int made = s.text.load(s.wanted.front().style, s.wanted.front().text, left);
        left -= made;
        if (left > 0) s.wanted.pop_front();
    }
    // Draws at once what has a texture already, so that the next frame finds it there.
    if (s.device->ready()) s.glyphs.flush();
    return !s.wanted.empty();
}

void Screen::on_fonts_changed() {
    state_->fonts_changed = true;
}

void Screen::on_canvas_changed() {
    state_->shown.reset();
}

void Screen::on_device_restored() {
    on_canvas_changed();
    state_->glyphs.redraw_all();
    state_->pictures.on_device_restored();
}

}  // namespace kumquat::gfx
