// The left half of the login pane: two fruits that are speech bubbles, on a warm glow.
#include <algorithm>
#include <cmath>

#include "ui/login_ui.h"

namespace kumquat::ui {

namespace {

/// The group was drawn in an area this wide, with its middle here.
constexpr float kGroupX = 374;
constexpr float kGroupY = 345;

/// Translates the coordinates of the design's picture (1280 x 800) to this window.
struct ArtPlace {
    float x = 0;
    float y = 0;
    float unit = 1;
    Point at(float css_x, float css_y) const { return {x + css_x * unit, y + css_y * unit}; }
    float size(float css) const { return css * unit; }
};

ArtPlace place_art(const Layout& layout, const Rect& area) {
    ArtPlace place;
    place.unit = layout.pixel_ratio;
    float narrower = area.w / (748 * place.unit);
    if (narrower < 1) place.unit *= std::max(0.6f, narrower);
    float middle_y = area.y + area.h * (kGroupY / 800);
    place.x = std::floor(area.center().x - kGroupX * place.unit);
    place.y = std::floor(middle_y - kGroupY * place.unit);
    return place;
}

Color rgba(std::uint32_t rgb, float alpha) {
    return Color::rgb(rgb).faded(alpha);
}

void draw_fruits(Frame& frame, gfx::Canvas& canvas, const ArtPlace& place) {
    bool dark = frame.theme.dark;
    Color glow = dark ? rgba(0xFF9F40, 0.10f) : rgba(0xFFD9A8, 0.75f);
    canvas.glow(place.at(374, 340), place.size(330), place.size(330), glow, glow.faded(0));
    if (!dark) {
        Color shade = rgba(0x8A4A10, 0.22f);
        canvas.glow(place.at(288, 490), place.size(146), place.size(18), shade, shade.faded(0));
        canvas.glow(place.at(502, 526), place.size(92), place.size(13), shade, shade.faded(0));
    }
    Point small = place.at(402, 322);
    float small_size = place.size(3.1f * 64);
    canvas.mark({small.x, small.y, small_size, small_size},
                dark ? Color::rgb(0x8A5A24) : Color::rgb(0xFFE1B0),
                dark ? Color::rgb(0x6B4216) : Color::rgb(0xFFC985), Color::rgb(0x6FB071),
                dark ? 0.3f : 0.7f, true);
    Point big = place.at(126, 174);
    float big_unit = place.size(4.9f);
    canvas.mark({big.x, big.y, big_unit * 64, big_unit * 64});
    for (float x : {25.0f, 33.0f, 41.0f}) {
        canvas.disc({big.x + x * big_unit, big.y + 38 * big_unit}, 2.5f * big_unit,
                    Color::rgb(0x3B1D00));
    }
}

}  // namespace

void draw_login_art(Frame& frame, gfx::Canvas& canvas, const LoginLayout& login) {
    const Theme& theme = frame.theme;
    const Rect& area = login.art_area;
    canvas.mark({area.x + frame.px(40), area.y + frame.px(36), frame.px(32), frame.px(32)});
    canvas.text({area.x + frame.px(40 + 32 + 10), area.y + frame.px(37)}, theme.title,
                theme.color.ink, frame.str(Str::app_name));
    if (!login.art || theme.forced) return;
    ArtPlace place = place_art(frame.layout, area);
    draw_fruits(frame, canvas, place);
    float middle = std::floor(area.center().x);
    float y = std::floor(place.at(0, 594).y);
    canvas.text({middle, y}, theme.title, theme.color.ink, frame.str(Str::login_tagline),
                gfx::HorizontalAlign::kCenter);
    canvas.text({middle, y + theme.title.line_px + frame.px(6)}, theme.body, theme.color.ink2,
                frame.str(Str::login_tagline2), gfx::HorizontalAlign::kCenter);
}

}  // namespace kumquat::ui
