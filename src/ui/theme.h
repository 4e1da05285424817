// The look as numbers: colours by meaning, sizes of text, radii, elevations, motion.
//
// One table of colours with a light and a dark column; tests/unit/ui computes every contrast of the
// design from it. It knows nothing of panes.
#pragma once

#include <cstdint>

#include "gfx/canvas.h"
#include "gfx/core/color.h"
#include "gfx/core/text_style.h"

namespace kumquat::ui {

using gfx::Color;

// X(name, light, dark). What each is for: the design's table of tokens; the names say most of it.
#define KUMQUAT_COLORS(X)                                             \
    X(ground, 0xF5F0E9, 0x141210) /* behind everything */             \
    X(ground_hover, 0xEDE6DD, 0x211D1A)                               \
    X(ground_press, 0xE4DBCF, 0x2E2925)                               \
    X(row, 0xFFFFFF, 0x2A2521)  /* chosen row, card on ground */      \
    X(pane, 0xFFFFFF, 0x1D1A17) /* the island, dialogs, menus */      \
    X(raised, 0xFFFFFF, 0x332E29)                                     \
    X(in, 0xF3EEE8, 0x2B2723)  /* bubble, received */                 \
    X(out, 0xFFE3C4, 0x633A10) /* bubble, own */                      \
    X(field, 0xF6F3EF, 0x272320)                                      \
    X(field_press, 0xEBE5DD, 0x322D29)                                \
    X(ink, 0x28211B, 0xF4EEE7)                                        \
    X(ink2, 0x665B51, 0xB8ADA2)                                       \
    X(out_meta, 0x7A4B20, 0xE3C3A0)                                   \
    X(line, 0xEAE4DC, 0x2C2824) /* never the only sign */             \
    X(edge, 0x94887C, 0x80766C)                                       \
    X(accent, 0xFF9B33, 0xFF9F40)                                     \
    X(accent_hover, 0xFFAA52, 0xFFB162)                               \
    X(accent_press, 0xF08A1C, 0xE88A2C)                               \
    X(on_accent, 0x3B1D00, 0x2E1600) /* dark, never white */          \
    X(accent_text, 0xA84400, 0xFFB46B)                                \
    X(accent_soft, 0xFFF1E0, 0x38271A)                                \
    X(leaf, 0x2B7537, 0x8FD497)                                       \
    X(leaf_soft, 0xE7F3E6, 0x22331F)                                  \
    X(dot, 0x3C9A4B, 0x3C9A4B)                                        \
    X(danger, 0xC22E2B, 0xFF8F85)                                     \
    X(on_danger, 0xFFFFFF, 0x2B0A07)                                  \
    X(danger_soft, 0xFCEBE9, 0x3D211E)                                \
    X(toast, 0x2E2721, 0x3A3530)                                      \
    X(on_toast, 0xFFFFFF, 0xF4EEE7)                                   \
    X(toast_action, 0xFFB46B, 0xFFB46B)                               \
    X(select, 0xFFD29E, 0x7A4A16)                                     \
    X(mark, 0xFFE08A, 0x6B5200)                                       \
    X(empty_fruit, 0xF3EEE8, 0x2B2723) /* the mark of empty states */ \
    X(empty_leaf, 0xE4E9DD, 0x33302B)

struct Palette {
#define KUMQUAT_X(name, light, dark) Color name;
    KUMQUAT_COLORS(KUMQUAT_X)
#undef KUMQUAT_X
};

const Palette& light_palette();
const Palette& dark_palette();

/// The colours of a system in forced-colors mode, 0xRRGGBB each.
struct SystemColors {
    std::uint32_t canvas = 0;
    std::uint32_t canvas_text = 0;
    std::uint32_t button_face = 0;
    std::uint32_t highlight = 0;
    std::uint32_t highlight_text = 0;
    std::uint32_t link_text = 0;
};
Palette forced_palette(const SystemColors& system);

/// WCAG 2.x contrast ratio of two opaque colours, 1 to 21.
double contrast_ratio(Color a, Color b);

/// One of the eight discs of generated avatars.
struct AvatarColors {
    Color disc;
    Color ink;
};
inline constexpr int kAvatarPalettes = 8;
AvatarColors avatar_colors(int index, bool dark);

/// How far a surface seems to lie above what is behind it.
enum class Elevation : std::uint8_t { kE0, kE1, kE2, kE3, kE4 };

/// Times of the design's table, ms. Zero where it asks for no movement.
struct Motion {
    float colour_ms = 90;
    float bubble_ms = 160;
    float toast_in_ms = 140;
    float toast_out_ms = 100;
    float dialog_in_ms = 180;
    float jump_ms = 220;
    bool reduced = false;
};

/// Radii in CSS pixels.
namespace radius {
inline constexpr float kTight = 6;
inline constexpr float kField = 12;
inline constexpr float kRow = 14;
inline constexpr float kBubble = 18;
inline constexpr float kIsland = 18;
inline constexpr float kDialog = 20;
}  // namespace radius

/// Everything a pane needs to know about the look, in physical pixels where it is a text style.
struct Theme {
    Palette color;
    bool dark = false;
    bool touch = false;
    bool forced = false;
    float pixel_ratio = 1;
    Motion motion;
    Color scrim;

    gfx::TextStyle caption;
    gfx::TextStyle caption_bold;
    /// Times and counters: digits of one width.
    gfx::TextStyle caption_digits;
    gfx::TextStyle small;
    gfx::TextStyle small_bold;
    gfx::TextStyle body;
    gfx::TextStyle body_bold;
    gfx::TextStyle title;

    /// CSS pixels to whole physical pixels; at least one for anything positive.
    float px(float css) const;
    /// `mouse` or `touch` CSS pixels, whichever measure applies.
    float measure(float mouse_css, float touch_css) const {
        return px(touch ? touch_css : mouse_css);
    }
};

struct ThemeInput {
    bool dark = false;
    bool touch = false;
    bool reduced_motion = false;
    float pixel_ratio = 1;
    /// Not null: forced-colors mode.
    const SystemColors* forced = nullptr;
};
Theme make_theme(const ThemeInput& input);

/// Shadows (and in the dark an outline) of a surface, drawn before its fill.
void draw_elevation(gfx::Canvas& canvas, const Theme& theme, gfx::Rect rect, float radius_px,
                    Elevation elevation);

/// cubic-bezier(.2,.8,.2,1) of the design's motion table, for t in 0 to 1.
float ease_out(float t);

}  // namespace kumquat::ui
