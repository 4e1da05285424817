// The contrast table of the design, computed from the theme's own numbers.
#include "ui/theme.h"

#include <gtest/gtest.h>

namespace kumquat::ui {
namespace {

struct Pair {
    const char* name;
    Color Palette::*front;
    Color Palette::*back;
    double light;
    double dark;
    double needs;
};

#define KUMQUAT_PAIR(front, back, light, dark, needs)                            \
    Pair {                                                                       \
#front " on " #back, &Palette::front, &Palette::back, light, dark, needs \
    }

constexpr Pair kPairs[] = {
    KUMQUAT_PAIR(ink, ground, 13.99, 16.22, 4.5),
    KUMQUAT_PAIR(ink, pane, 15.87, 15.04, 4.5),
    KUMQUAT_PAIR(ink, in, 13.75, 12.86, 4.5),
    KUMQUAT_PAIR(ink, out, 12.87, 8.51, 4.5),
    KUMQUAT_PAIR(ink, field, 14.34, 13.53, 4.5),
    KUMQUAT_PAIR(ink, ground_press, 11.58, 12.49, 4.5),
    KUMQUAT_PAIR(ink, row, 15.87, 13.16, 4.5),
    KUMQUAT_PAIR(ink, select, 11.31, 6.47, 4.5),
    KUMQUAT_PAIR(ink, mark, 12.30, 6.44, 4.5),
    KUMQUAT_PAIR(ink, accent_soft, 14.29, 12.37, 4.5),
    KUMQUAT_PAIR(ink2, ground, 5.82, 8.49, 4.5),
    KUMQUAT_PAIR(ink2, ground_hover, 5.33, 7.60, 4.5),
    KUMQUAT_PAIR(ink2, ground_press, 4.82, 6.53, 4.5),
    KUMQUAT_PAIR(ink2, row, 6.60, 6.89, 4.5),
    KUMQUAT_PAIR(ink2, pane, 6.60, 7.87, 4.5),
    KUMQUAT_PAIR(ink2, raised, 6.60, 6.10, 4.5),
    KUMQUAT_PAIR(ink2, in, 5.72, 6.73, 4.5),
    KUMQUAT_PAIR(ink2, field, 5.97, 7.08, 4.5),
    KUMQUAT_PAIR(ink2, field_press, 5.28, 6.18, 4.5),
    KUMQUAT_PAIR(ink2, accent_soft, 5.95, 6.47, 4.5),
    KUMQUAT_PAIR(out_meta, out, 5.97, 5.87, 4.5),
    KUMQUAT_PAIR(on_accent, accent, 7.34, 8.36, 4.5),
    KUMQUAT_PAIR(on_accent, accent_hover, 8.17, 9.52, 4.5),
    KUMQUAT_PAIR(on_accent, accent_press, 6.14, 6.58, 4.5),
    KUMQUAT_PAIR(accent_text, ground, 5.30, 10.67, 4.5),
    KUMQUAT_PAIR(accent_text, ground_hover, 4.86, 9.55, 4.5),
    KUMQUAT_PAIR(accent_text, row, 6.01, 8.66, 4.5),
    KUMQUAT_PAIR(accent_text, pane, 6.01, 9.89, 4.5),
    KUMQUAT_PAIR(accent_text, in, 5.21, 8.46, 4.5),
    KUMQUAT_PAIR(accent_text, out, 4.88, 5.60, 4.5),
    KUMQUAT_PAIR(accent_text, field, 5.44, 8.90, 4.5),
    KUMQUAT_PAIR(accent_text, accent_soft, 5.42, 8.14, 4.5),
    KUMQUAT_PAIR(leaf, pane, 5.67, 9.92, 4.5),
    KUMQUAT_PAIR(leaf, out, 4.60, 5.61, 4.5),
    KUMQUAT_PAIR(leaf, leaf_soft, 4.96, 7.71, 4.5),
    KUMQUAT_PAIR(danger, pane, 5.65, 7.85, 4.5),
    KUMQUAT_PAIR(danger, ground, 4.98, 8.47, 4.5),
    KUMQUAT_PAIR(danger, danger_soft, 4.89, 6.64, 4.5),
    KUMQUAT_PAIR(on_danger, danger, 5.65, 8.28, 4.5),
    KUMQUAT_PAIR(edge, pane, 3.46, 3.90, 3),
    KUMQUAT_PAIR(dot, ground, 3.13, 5.26, 3),
    KUMQUAT_PAIR(dot, row, 3.55, 4.27, 3),
    KUMQUAT_PAIR(dot, pane, 3.55, 4.88, 3),
    KUMQUAT_PAIR(accent_text, ground_press, 4.39, 8.21, 3),
};

class Contrast : public testing::TestWithParam<Pair> {};

TEST_P(Contrast, ReachesWhatTheDesignAsksFor) {
    const Pair& pair = GetParam();
    double light = contrast_ratio(light_palette().*pair.front, light_palette().*pair.back);
    double dark = contrast_ratio(dark_palette().*pair.front, dark_palette().*pair.back);
    EXPECT_GE(light, pair.needs) << pair.name;
    EXPECT_GE(dark, pair.needs) << pair.name;
    // The table's own figures, so that a changed colour is noticed even while it is still legible.
    EXPECT_NEAR(light, pair.light, 0.011) << pair.name;
    EXPECT_NEAR(dark, pair.dark, 0.011) << pair.name;
}
INSTANTIATE_TEST_SUITE_P(Tokens, Contrast, testing::ValuesIn(kPairs));

TEST(Theme, LettersOnAvatarsAreLegible) {
    for (int i = 0; i < kAvatarPalettes; ++i) {
        for (bool dark : {false, true}) {
            AvatarColors colors = avatar_colors(i, dark);
            EXPECT_GE(contrast_ratio(colors.ink, colors.disc), 4.5) << i << (dark ? " dark" : "");
        }
    }
}

TEST(Theme, TextOnToastIsLegible) {
    for (const Palette* palette : {&light_palette(), &dark_palette()}) {
        EXPECT_GE(contrast_ratio(palette->on_toast, palette->toast), 4.5);
        EXPECT_GE(contrast_ratio(palette->toast_action, palette->toast), 4.5);
    }
}

TEST(Theme, BlackOnWhiteIsTwentyOne) {
    EXPECT_NEAR(contrast_ratio(Color::rgb(0), Color::rgb(0xFFFFFF)), 21, 1e-9);
    EXPECT_NEAR(contrast_ratio(Color::rgb(0xFFFFFF), Color::rgb(0)), 21, 1e-9);
}

TEST(Theme, SizesAreWholePhysicalPixels) {
    Theme theme = make_theme({.pixel_ratio = 1.25f});
    EXPECT_EQ(theme.body.size_px, 19);
    EXPECT_EQ(theme.body.line_px, 28);
    EXPECT_EQ(theme.px(0.3f), 1);
    EXPECT_EQ(theme.px(0), 0);
}

TEST(Theme, TouchHasLargerTextButNotLargerTitles) {
    Theme mouse = make_theme({});
    Theme touch = make_theme({.touch = true});
    EXPECT_EQ(mouse.body.size_px, 15);
    EXPECT_EQ(touch.body.size_px, 16);
    EXPECT_EQ(mouse.title.size_px, touch.title.size_px);
}

TEST(Theme, ForcedColoursUseTheSystemsAlone) {
    SystemColors system{0x000000, 0xFFFFFF, 0x111111, 0x00FFFF, 0x000000, 0xFFFF00};
    Theme theme = make_theme({.forced = &system});
    EXPECT_TRUE(theme.forced);
    EXPECT_EQ(theme.color.ink.to_rgb(), 0xFFFFFFu);
    EXPECT_EQ(theme.color.pane.to_rgb(), 0x000000u);
    EXPECT_EQ(theme.color.accent.to_rgb(), 0x00FFFFu);
    EXPECT_EQ(theme.color.on_accent.to_rgb(), 0x000000u);
    EXPECT_EQ(theme.color.accent_text.to_rgb(), 0xFFFF00u);
}

TEST(Theme, EasingStartsAndEndsAtRest) {
    EXPECT_EQ(ease_out(0), 0);
    EXPECT_EQ(ease_out(1), 1);
    float before = 0;
    for (float t = 0.05f; t < 1; t += 0.05f) {
        EXPECT_GT(ease_out(t), before);
        before = ease_out(t);
    }
    EXPECT_GT(ease_out(0.3f), 0.6f);
}

}  // namespace
}  // namespace kumquat::ui
