#include "platform/input.h"

#include <gtest/gtest.h>

namespace kumquat::platform {
namespace {

TEST(Input, KeysByCode) {
    EXPECT_EQ(key_from_code("NumpadEnter"), Key::kEnter);
    EXPECT_EQ(key_from_code("ArrowUp"), Key::kUp);
    EXPECT_EQ(key_from_code("KeyQ"), Key::kNone);
    EXPECT_EQ(key_from_code(""), Key::kNone);
}

TEST(Input, WheelModes) {
    EXPECT_FLOAT_EQ(wheel_css_px(3, 0, 22, 700), 3);
    EXPECT_FLOAT_EQ(wheel_css_px(3, 1, 22, 700), 66);
    EXPECT_FLOAT_EQ(wheel_css_px(-1, 2, 22, 700), -700);
}

TEST(EnterRule, SubmitsAFinishedText) {
    EXPECT_EQ(enter_meaning({}), EnterMeaning::kSubmit);
    EnterPress composer;
    composer.multi_line = true;
    EXPECT_EQ(enter_meaning(composer), EnterMeaning::kSubmit);
}

TEST(EnterRule, EverySignOfACompositionCounts) {
    EnterPress press;
    press.composing = true;
    EXPECT_EQ(enter_meaning(press), EnterMeaning::kCompose);
    press = {};
    press.event_composing = true;
    EXPECT_EQ(enter_meaning(press), EnterMeaning::kCompose);
    press = {};
    press.key_code = 229;
    EXPECT_EQ(enter_meaning(press), EnterMeaning::kCompose);
}

// Safari before 27 ends the composition first and sends the key that did it afterwards.
TEST(EnterRule, TheKeyThatConfirmedAComposition) {
    EnterPress press;
    press.since_composition_ms = 5;
    EXPECT_EQ(enter_meaning(press), EnterMeaning::kCompose);
    press.since_composition_ms = 200;
    EXPECT_EQ(enter_meaning(press), EnterMeaning::kSubmit);
}

TEST(EnterRule, ShiftMakesANewLineWhereThereAreLines) {
    EnterPress press;
    press.modifiers.shift = true;
    EXPECT_EQ(enter_meaning(press), EnterMeaning::kSubmit);
    press.multi_line = true;
    EXPECT_EQ(enter_meaning(press), EnterMeaning::kNewLine);
}

TEST(EnterRule, OnTouchEnterIsANewLine) {
    EnterPress press;
    press.coarse_pointer = true;
    EXPECT_EQ(enter_meaning(press), EnterMeaning::kSubmit);
    press.multi_line = true;
    EXPECT_EQ(enter_meaning(press), EnterMeaning::kNewLine);
    press.modifiers.ctrl = true;
    EXPECT_EQ(enter_meaning(press), EnterMeaning::kSubmit);
}

}  // namespace
}  // namespace kumquat::platform
