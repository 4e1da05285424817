#include "ui/theme.h"

#include <algorithm>
#include <cmath>

namespace kumquat::ui {

namespace {

constexpr Palette kLight = {
#define KUMQUAT_X(name, light, dark) Color::rgb(light),
    KUMQUAT_COLORS(KUMQUAT_X)
#undef KUMQUAT_X
};

constexpr Palette kDark = {
#define KUMQUAT_X(name, light, dark) Color::rgb(dark),
    KUMQUAT_COLORS(KUMQUAT_X)
#undef KUMQUAT_X
};

struct AvatarRow {
    std::uint32_t light_disc;
    std::uint32_t light_ink;
    std::uint32_t dark_disc;
    std::uint32_t dark_ink;
};

constexpr AvatarRow kAvatars[kAvatarPalettes] = {
    {0xFFDDBD, 0x8A3F00, 0x5C3511, 0xFFCB9B},  // kumquat
    {0xFFD9D6, 0x9B2C2A, 0x5A2A28, 0xFFBDB6},  // coral
    {0xF8DCEC, 0x8C2A66, 0x542542, 0xF6BFE0},  // rose
    {0xE6DEFA, 0x5B3BA6, 0x3D2F66, 0xD3C6FB},  // iris
    {0xD8E6FB, 0x1F5596, 0x1F3B60, 0xBAD6FA},  // sky
    {0xCFECEB, 0x13605F, 0x164544, 0xA9E0DE},  // lagoon
    {0xD9EDD5, 0x2C6429, 0x28452A, 0xBCE3B8},  // leaf
    {0xF3E6B5, 0x6A5200, 0x4A3D10, 0xEBD88F},  // straw
};

double luminance(Color color) {
    auto linear = [](std::uint8_t value) {
        double c = value / 255.0;
        return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(color.r) + 0.7152 * linear(color.g) + 0.0722 * linear(color.b);
}

gfx::TextStyle style(const Theme& theme, float size_css, float line_css, bool bold) {
    return {theme.px(size_css), theme.px(line_css), bold, false};
}

void set_type(Theme& theme) {
    bool touch = theme.touch;
    theme.caption = style(theme, 12, 16, false);
    theme.caption_bold = style(theme, 12, 16, true);
    theme.caption_bold.tabular = true;
    theme.caption_digits = theme.caption;
    theme.caption_digits.tabular = true;
    theme.small = style(theme, touch ? 14 : 13, touch ? 20 : 18, false);
    theme.small_bold = style(theme, touch ? 14 : 13, touch ? 20 : 18, true);
    theme.body = style(theme, touch ? 16 : 15, touch ? 24 : 22, false);
    theme.body_bold = style(theme, touch ? 16 : 15, touch ? 24 : 22, true);
    theme.title = style(theme, 22, 30, true);
}

Color shade(std::uint32_t rgb, float alpha) {
    return Color::rgb(rgb).faded(alpha);
}

}  // namespace

const Palette& light_palette() {
    return kLight;
}
const Palette& dark_palette() {
    return kDark;
}

Palette forced_palette(const SystemColors& system) {
    Palette palette;
    Color canvas = Color::rgb(system.canvas);
    Color text = Color::rgb(system.canvas_text);
    Color face = Color::rgb(system.button_face);
    Color highlight = Color::rgb(system.highlight);
    Color link = Color::rgb(system.link_text);
    // Surfaces are the canvas, signs are text; only choice and action stand out.
    palette = {canvas,
               face,
               face,
               canvas,
               canvas,
               canvas,
               canvas,
               canvas,
               canvas,
               face,
               text,
               text,
               text,
               text,
               text,
               highlight,
               highlight,
               highlight,
               Color::rgb(system.highlight_text),
               link,
               canvas,
               text,
               canvas,
               text,
               text,
               canvas,
               canvas,
               canvas,
               text,
               link,
               highlight,
               highlight,
               face,
               face};
    return palette;
}

double contrast_ratio(Color a, Color b) {
    double x = luminance(a);
    double y = luminance(b);
    return (std::max(x, y) + 0.05) / (std::min(x, y) + 0.05);
}

AvatarColors avatar_colors(int index, bool dark) {
    const AvatarRow& row = kAvatars[index % kAvatarPalettes];
    return {Color::rgb(dark ? row.dark_disc : row.light_disc),
            Color::rgb(dark ? row.dark_ink : row.light_ink)};
}

float Theme::px(float css) const {
    float rounded = std::floor(css * pixel_ratio + 0.5f);
    return css > 0 && rounded < 1 ? 1 : rounded;
}

Theme make_theme(const ThemeInput& input) {
    Theme theme;
    theme.dark = input.dark;
    theme.touch = input.touch;
    theme.forced = input.forced != nullptr;
    theme.pixel_ratio = input.pixel_ratio;
    theme.color = input.forced ? forced_palette(*input.forced) : (input.dark ? kDark : kLight);
    theme.scrim = input.dark ? shade(0x000000, 0.56f) : shade(0x28211B, 0.28f);
    if (input.reduced_motion) {
        theme.motion = {80, 80, 80, 80, 80, 0, true};
    }
    set_type(theme);
    return theme;
}

void draw_elevation(gfx::Canvas& canvas, const Theme& theme, gfx::Rect rect, float radius_px,
                    Elevation elevation) {
    if (theme.forced) {
        if (elevation != Elevation::kE0) {
            canvas.fill(rect.grown(1), theme.color.edge, radius_px + 1);
        }
        return;
    }
    auto cast = [&](float y, float blur, Color color) {
        canvas.shadow(rect, radius_px, {0, theme.px(y), theme.px(blur), color});
    };
    auto outline = [&](Color color) {
        canvas.fill(rect.grown(theme.px(1)), color, radius_px + theme.px(1));
    };
    switch (elevation) {
        case Elevation::kE0:
            return;
        case Elevation::kE1:
            if (!theme.dark) cast(1, 2, shade(0x3D2814, 0.06f));
            return;
        case Elevation::kE2:
            if (theme.dark) {
                outline(Color::rgb(0x26221E));
            } else {
                cast(1, 3, shade(0x3D2814, 0.05f));
                cast(8, 24, shade(0x3D2814, 0.05f));
            }
            return;
        case Elevation::kE3:
            cast(4, 16, theme.dark ? shade(0x000000, 0.5f) : shade(0x3D2814, 0.14f));
            return;
        case Elevation::kE4:
            cast(16, 48, theme.dark ? shade(0x000000, 0.6f) : shade(0x281808, 0.22f));
            if (theme.dark) outline(theme.color.line);
            return;
    }
}

float ease_out(float t) {
    if (t <= 0) return 0;
    if (t >= 1) return 1;
    // Solve x(s) = t for the curve with control points (.2,.8) and (.2,1) by bisection.
    float low = 0;
    float high = 1;
    float s = t;
    for (int i = 0; i < 12; ++i) {
        float r = 1 - s;
        float x = 3 * r * r * s * 0.2f + 3 * r * s * s * 0.2f + s * s * s;
        (x < t ? low : high) = s;
        s = (low + high) * 0.5f;
    }
    float r = 1 - s;
    return 3 * r * r * s * 0.8f + 3 * r * s * s + s * s * s;
}

}  // namespace kumquat::ui
