#include "platform/css_geometry.h"

#include <gtest/gtest.h>

namespace kumquat::platform {
namespace {

TEST(CssGeometry, DividesByTheRatio) {
    CssRect css = to_css({15, 30, 150, 45}, 1.5f);
    EXPECT_FLOAT_EQ(css.left, 10);
    EXPECT_FLOAT_EQ(css.top, 20);
    EXPECT_FLOAT_EQ(css.width, 100);
    EXPECT_FLOAT_EQ(css.height, 30);
}

TEST(CssGeometry, ClipsAtEachSide) {
    Insets cut = clip_insets_css({0, 0, 100, 100}, {20, 0, 60, 200}, 2);
    EXPECT_FLOAT_EQ(cut.left, 10);
    EXPECT_FLOAT_EQ(cut.top, 0);
    EXPECT_FLOAT_EQ(cut.right, 10);
    EXPECT_FLOAT_EQ(cut.bottom, 0);
    EXPECT_EQ(clip_insets_css({0, 0, 100, 100}, {}, 2), Insets{});
}

TEST(CssGeometry, TheBrowsersCountOfPixelsWins) {
    EXPECT_EQ(device_px(100.3f, 1.5f, 151), 151);
    EXPECT_EQ(device_px(100.3f, 1.5f, 0), 150);
    EXPECT_EQ(device_px(0, 1, 0), 1);
}

TEST(CssGeometry, ACountThatTheRatioCannotExplainIsNotBelieved) {
    EXPECT_EQ(device_px(1280, 2, 1280), 2560);
}

}  // namespace
}  // namespace kumquat::platform
