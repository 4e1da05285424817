#include "ui/layout.h"

#include <gtest/gtest.h>

namespace kumquat::ui {
namespace {

Layout layout_of(int width_css, int height_css, float ratio = 1, bool coarse = false) {
    platform::EnvironmentState state;
    state.width_px = static_cast<int>(static_cast<float>(width_css) * ratio);
    state.height_px = static_cast<int>(static_cast<float>(height_css) * ratio);
    state.pixel_ratio = ratio;
    state.coarse_pointer = coarse;
    return make_layout(state);
}

TEST(Layout, WideWindowHasTheDesignsColumns) {
    Layout layout = layout_of(1280, 800);
    EXPECT_TRUE(layout.two_columns);
    EXPECT_FALSE(layout.touch);
    EXPECT_EQ(layout.friends, (Rect{0, 0, 332, 800}));
    EXPECT_EQ(layout.chat, (Rect{344, 12, 924, 776}));
    EXPECT_EQ(message_column(layout), (Rect{426, 12, 760, 776}));
}

TEST(Layout, BreakpointsAreWhereTheDesignPutsThem) {
    EXPECT_TRUE(layout_of(599, 800).phone);
    EXPECT_FALSE(layout_of(600, 800).phone);
    EXPECT_FALSE(layout_of(899, 800).two_columns);
    EXPECT_TRUE(layout_of(900, 800).two_columns);
    EXPECT_EQ(layout_of(1199, 800).friends.w, 300);
    EXPECT_EQ(layout_of(1200, 800).friends.w, 332);
}

TEST(Layout, ZoomedWindowHasOnePane) {
    Layout layout = layout_of(640, 400, 2);
    EXPECT_FALSE(layout.two_columns);
    EXPECT_FALSE(layout.phone);
    EXPECT_EQ(layout.chat, (Rect{0, 0, 1280, 800}));
}

TEST(Layout, CoarsePointerMeansTouchMeasuresAtAnyWidth) {
    EXPECT_TRUE(layout_of(1280, 800, 1, true).touch);
    EXPECT_TRUE(layout_of(390, 844).touch);
}

TEST(Layout, SafeAreasAddToTheOutermostPaddings) {
    platform::EnvironmentState state;
    state.width_px = 390;
    state.height_px = 844;
    state.safe_area_px = {0, 47, 0, 34};
    Layout layout = make_layout(state);
    EXPECT_EQ(layout.chat, (Rect{0, 47, 390, 763}));
}

TEST(Layout, LoginIslandIsAtTheRight) {
    LoginLayout login = make_login_layout(layout_of(1280, 800));
    EXPECT_TRUE(login.wide);
    EXPECT_TRUE(login.art);
    EXPECT_EQ(login.island, (Rect{760, 12, 508, 776}));
    EXPECT_EQ(login.form_x, 834);
    EXPECT_EQ(login.form_width, 360);
    EXPECT_FALSE(make_login_layout(layout_of(1280, 559)).art);
    EXPECT_FALSE(make_login_layout(layout_of(899, 800)).wide);
    EXPECT_EQ(make_login_layout(layout_of(320, 600)).form_width, 272);
}

TEST(Layout, DialogIsCentredOnTheIslandAndNeverLeavesTheWindow) {
    EXPECT_EQ(dialog_rect(layout_of(1280, 800), 440, 512), (Rect{586, 144, 440, 512}));
    Rect small = dialog_rect(layout_of(700, 300), 440, 512);
    EXPECT_EQ(small.h, 276);
    EXPECT_EQ(small.y, 12);
    EXPECT_EQ(dialog_rect(layout_of(390, 844), 440, 512), (Rect{0, 0, 390, 844}));
    EXPECT_EQ(card_rect(layout_of(390, 844), 360, 200), (Rect{15, 322, 360, 200}));
    EXPECT_EQ(card_rect(layout_of(320, 600), 360, 200), (Rect{12, 200, 296, 200}));
}

}  // namespace
}  // namespace kumquat::ui
