#include "gfx/imgui_input.h"

#include <algorithm>
#include <vector>

#include "imgui_internal.h"

#include "screen_fixture.h"

namespace kumquat::gfx {
namespace {

using platform::PointerAction;
using platform::PointerButton;
using platform::PointerSource;

platform::PointerEvent pointer(PointerAction action, float x, float y,
                               PointerSource source = PointerSource::kMouse) {
    return {action, source, PointerButton::kPrimary, {x, y}, 0};
}

TEST_F(ScreenTest, AClickReachesAButton) {
    bool clicked = false;
    auto draw = [&](Canvas&) {
        ImGui::SetCursorScreenPos({100, 100});
        clicked = ImGui::InvisibleButton("b", {50, 50}) || clicked;
    };
    frame(draw);
    screen.on_pointer(pointer(PointerAction::kMove, 120, 120));
    screen.on_pointer(pointer(PointerAction::kDown, 120, 120));
    screen.on_pointer(pointer(PointerAction::kUp, 120, 120));
    // Dear ImGui spreads quick events over frames; end() says that there is more.
    for (int i = 0; i < 8 && frame(draw); ++i) {
    }
    EXPECT_TRUE(clicked);
}

TEST_F(ScreenTest, AFingerThatIsGoneHoversNothing) {
    auto draw = [](Canvas&) {};
    frame(draw);
    screen.on_pointer(pointer(PointerAction::kDown, 120, 120, PointerSource::kTouch));
    screen.on_pointer(pointer(PointerAction::kUp, 120, 120, PointerSource::kTouch));
    for (int i = 0; i < 8; ++i)
        frame(draw);
    EXPECT_FALSE(ImGui::IsMousePosValid());
}

// The browser cancels a finger when it takes it for something of its own; a second finger does too.
TEST_F(ScreenTest, AFingerThatIsCancelledPressesNothingAndGoesNowhere) {
    bool clicked = false;
    std::vector<float> seen_x;
    auto draw = [&](Canvas&) {
        ImGui::SetCursorScreenPos({100, 100});
        clicked = ImGui::InvisibleButton("b", {50, 50}) || clicked;
        if (ImGui::IsMousePosValid()) seen_x.push_back(ImGui::GetIO().MousePos.x);
    };
    frame(draw);
    screen.on_pointer(pointer(PointerAction::kDown, 120, 120, PointerSource::kTouch));
    for (int i = 0; i < 4; ++i)
        frame(draw);
    EXPECT_TRUE(ImGui::IsMouseDown(0));
    screen.on_pointer(pointer(PointerAction::kCancel, 130, 130, PointerSource::kTouch));
    for (int i = 0; i < 4; ++i)
        frame(draw);
    EXPECT_FALSE(ImGui::IsMouseDown(0));
    EXPECT_FALSE(clicked);
    EXPECT_EQ(std::count(seen_x.begin(), seen_x.end(), 130), 0);
}

TEST_F(ScreenTest, WheelIsInPixels) {
    float wheel = 0;
    frame([](Canvas&) {});
    screen.on_wheel({{10, 10}, 0, 120, 0});
    for (int i = 0; i < 3; ++i)
        frame([&](Canvas&) { wheel += ImGui::GetIO().MouseWheel; });
    EXPECT_FLOAT_EQ(wheel, -120);
}

TEST_F(ScreenTest, LostInputReleasesButtons) {
    frame([](Canvas&) {});
    screen.on_pointer(pointer(PointerAction::kDown, 120, 120));
    for (int i = 0; i < 3; ++i)
        frame([](Canvas&) {});
    EXPECT_TRUE(ImGui::IsMouseDown(0));
    screen.on_input_lost();
    for (int i = 0; i < 3; ++i)
        frame([](Canvas&) {});
    EXPECT_FALSE(ImGui::IsMouseDown(0));
}

TEST(ImGuiInput, EveryKeyHasItsPartner) {
    for (int i = 1; i <= static_cast<int>(platform::Key::kZ); ++i) {
        EXPECT_NE(imgui_key(static_cast<platform::Key>(i)), ImGuiKey_None) << i;
    }
    EXPECT_EQ(imgui_key(platform::Key::kNone), ImGuiKey_None);
}

TEST(ImGuiInput, CursorsAreCssKeywords) {
    EXPECT_STREQ(css_cursor(ImGuiMouseCursor_Hand), "pointer");
    EXPECT_STREQ(css_cursor(ImGuiMouseCursor_TextInput), "text");
    EXPECT_STREQ(css_cursor(ImGuiMouseCursor_Arrow), "default");
}

}  // namespace
}  // namespace kumquat::gfx
