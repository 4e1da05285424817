#include "gfx/screen.h"

#include "screen_fixture.h"

namespace kumquat::gfx {
namespace {

TEST_F(ScreenTest, TimeIsNotClamped) {
    frame([](Canvas&) {});
    now_ms += 60'000;
    frame([](Canvas&) { EXPECT_NEAR(ImGui::GetIO().DeltaTime, 60.016, 0.01); });
}

TEST_F(ScreenTest, AQuietFrameAsksForNoOther) {
    frame([](Canvas&) {});
    EXPECT_FALSE(frame([](Canvas&) {}));
}

// A device whose context is lost: nothing is drawn, nothing breaks, and the next ready frame shows
// everything.
TEST(Screen, ALostDeviceDrawsNothing) {
    class Losable : public NullDevice {
      public:
        bool ready() const override { return is_ready; }
        bool is_ready = false;
    };
    RecordingGlyphs glyphs;
    platform::headless::ScriptedLoader loader;
    Losable device;
    platform::EnvironmentState environment;
    environment.width_px = 100;
    environment.height_px = 100;
    Screen screen(&glyphs, &loader, &device);
    auto frame = [&](double now_ms) {
        screen.begin(environment, now_ms);
        ImGui::GetForegroundDrawList();
        screen.canvas(ImGui::GetForegroundDrawList()).text({0, 0}, {15, 22}, Color::rgb(0), "橘");
        screen.end();
    };
    frame(16);
    EXPECT_EQ(device.frames_count(), 0);
    EXPECT_TRUE(glyphs.drawn.empty());
    device.is_ready = true;
    frame(32);
    EXPECT_EQ(device.frames_count(), 1);
    EXPECT_FALSE(glyphs.drawn.empty());
}

TEST(Screen, ThePictureThatIsShownIsNotDrawnAgain) {
    RecordingGlyphs glyphs;
    platform::headless::ScriptedLoader loader;
    NullDevice device;
    platform::EnvironmentState environment;
    environment.width_px = 100;
    environment.height_px = 100;
    Screen screen(&glyphs, &loader, &device);
    double now_ms = 0;
    // How many pictures are drawn for the frames of one picture that stays.
    auto drawn = [&](int frames, float x, Color background) {
        int before = device.frames_count();
        for (int i = 0; i < frames; ++i) {
            screen.begin(environment, now_ms += 16);
            screen.set_background(background);
            ImGui::GetForegroundDrawList();
            screen.canvas(ImGui::GetForegroundDrawList()).fill({x, 0, 20, 20}, Color::rgb(0));
            screen.end();
        }
        return device.frames_count() - before;
    };
    Color white = Color::rgb(0xFFFFFF);
    // The first frame has the atlas made.
    drawn(2, 0, white);
    EXPECT_EQ(drawn(3, 0, white), 0);
    EXPECT_EQ(drawn(3, 7, white), 1);
    EXPECT_EQ(drawn(3, 7, Color::rgb(0xFFFFFE)), 1);
    environment.width_px = 120;
    EXPECT_EQ(drawn(3, 7, white), 1);
    screen.on_canvas_changed();
    EXPECT_EQ(drawn(3, 7, white), 1);
    screen.on_device_restored();
    EXPECT_EQ(drawn(3, 7, white), 1);
}

}  // namespace
}  // namespace kumquat::gfx
