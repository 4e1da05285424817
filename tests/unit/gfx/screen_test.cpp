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

}  // namespace
}  // namespace kumquat::gfx
