#include "gfx/glyph_store.h"

#include <algorithm>
#include <set>

#include "imgui_internal.h"

#include "base/utf8.h"
#include "screen_fixture.h"

namespace kumquat::gfx {
namespace {

constexpr Color kInk = Color::rgb(0x28211B);

std::string utf8_of(char32_t c) {
    char bytes[5];
    ImTextCharToUtf8(bytes, c);
    return bytes;
}

std::string han(int first, int count) {
    std::string text;
    for (int i = 0; i < count; ++i)
        text += utf8_of(static_cast<char32_t>(0x4E00 + first + i));
    return text;
}

void draw_lines(Canvas& canvas, const TextStyle& style, const std::string& text) {
    float y = 0;
    for (const TextLine& line : canvas.break_lines(style, text, 780)) {
        canvas.text({0, y}, style, kInk,
                    std::string_view(text).substr(line.begin, line.end - line.begin));
        y = y > 500 ? 0 : y + style.line_px;
    }
}

TEST_F(ScreenTest, AGlyphIsDrawnOnce) {
    for (int i = 0; i < 3; ++i)
        frame([&](Canvas& canvas) { canvas.text({10, 100}, body, kInk, "橘橘"); });
    EXPECT_EQ(std::count(glyphs.drawn.begin(), glyphs.drawn.end(), "橘"), 1);
}

TEST_F(ScreenTest, EveryWeightHasItsOwn) {
    TextStyle bold = body;
    bold.bold = true;
    frame([&](Canvas& canvas) {
        canvas.text({10, 100}, body, kInk, "橘");
        canvas.text({10, 100}, bold, kInk, "橘");
    });
    std::set<platform::RasterKind> kinds;
    for (const platform::RasterJob& job : glyphs.jobs) {
        if (job.size_px == 15) kinds.insert(job.kind);
    }
    EXPECT_EQ(kinds.size(), 2u);
}

// The atlas grows in the middle of a frame: what was drawn before points to the old texture, what
// comes after to the new one. Both have to have their glyphs.
TEST_F(ScreenTest, GrowthWithinAFrameLosesNothing) {
    TextStyle large{60, 64};
    std::string text = han(0, 1200);
    while (frame([&](Canvas& canvas) { draw_lines(canvas, large, text); }))
        continue;
    std::set<std::uint32_t> textures(glyphs.textures.begin(), glyphs.textures.end());
    EXPECT_GE(textures.size(), 2u);
    // Every glyph is in the newest texture.
    std::uint32_t newest = *textures.rbegin();
    std::set<std::string> in_newest;
    for (std::size_t i = 0; i < glyphs.drawn.size(); ++i) {
        if (glyphs.textures[i] == newest) in_newest.insert(glyphs.drawn[i]);
    }
    for (int i = 0; i < 1200; ++i)
        EXPECT_EQ(in_newest.count(utf8_of(static_cast<char32_t>(0x4E00 + i))), 1u) << i;
    // And the first one had its own before it was left.
    EXPECT_EQ(glyphs.textures.front(), *textures.begin());
}

TEST_F(ScreenTest, ALostContextDrawsAllAgain) {
    auto draw = [&](Canvas& canvas) {
        canvas.text({10, 100}, body, kInk, "橘👍🏽");
        canvas.icon(Icon::kSend, {50, 50}, 22, kInk);
    };
    frame(draw);
    std::multiset<std::string> before(glyphs.drawn.begin(), glyphs.drawn.end());
    glyphs.drawn.clear();
    screen.on_device_restored();
    frame(draw);
    EXPECT_EQ(std::multiset<std::string>(glyphs.drawn.begin(), glyphs.drawn.end()), before);
}

TEST_F(ScreenTest, OtherFontsMeasureAndDrawAnew) {
    auto draw = [&](Canvas& canvas) { canvas.text({10, 100}, body, kInk, "橘"); };
    frame(draw);
    int measured = glyphs.measured_count;
    screen.on_fonts_changed();
    frame(draw);
    EXPECT_GT(glyphs.measured_count, measured);
    EXPECT_EQ(std::count(glyphs.drawn.begin(), glyphs.drawn.end(), "橘"), 2);
}

// More glyphs than any atlas holds: nothing breaks, and what comes later is drawn.
TEST_F(ScreenTest, AFullAtlasRecovers) {
    TextStyle large{60, 64};
    for (int i = 0; i < 8; ++i)
        frame([&](Canvas& canvas) { draw_lines(canvas, large, han(i * 1500, 1500)); });
    glyphs.drawn.clear();
    frame([&](Canvas& canvas) { canvas.text({10, 100}, body, kInk, "龥"); });
    frame([&](Canvas& canvas) { canvas.text({10, 100}, body, kInk, "龥"); });
    EXPECT_GE(std::count(glyphs.drawn.begin(), glyphs.drawn.end(), "龥"), 1);
}

TEST_F(ScreenTest, MoreClustersThanSlotsRecover) {
    // Pairs of regional letters and base letters with marks: 7,200 different clusters.
    for (int i = 0; i < 72; ++i) {
        std::string text;
        for (int j = 0; j < 100; ++j)
            text += utf8_of(static_cast<char32_t>(0x4E00 + i)) +
                    utf8_of(static_cast<char32_t>(0x300 + j));
        frame([&](Canvas& canvas) { canvas.text({0, 100}, body, kInk, text); });
    }
    glyphs.drawn.clear();
    frame([&](Canvas& canvas) { canvas.text({10, 100}, body, kInk, "👩‍🚀"); });
    EXPECT_EQ(std::count(glyphs.drawn.begin(), glyphs.drawn.end(), "👩‍🚀"), 1);
}

TEST_F(ScreenTest, WarmUpDrawsBetweenFrames) {
    frame([](Canvas&) {});
    std::string text = han(0, 100);
    screen.want(body, text);
    int steps = 1;
    while (screen.warm_up())
        ++steps;
    EXPECT_GE(steps, 3);
    EXPECT_EQ(std::count(glyphs.drawn.begin(), glyphs.drawn.end(), "一"), 1);
    std::size_t drawn = glyphs.drawn.size();
    frame([&](Canvas& canvas) { draw_lines(canvas, body, text); });
    EXPECT_EQ(glyphs.drawn.size(), drawn);
}

TEST_F(ScreenTest, WarmUpDrawsAShapedLineWhole) {
    frame([](Canvas&) {});
    std::string line = "สวัสดี ok";
    screen.want(body, line);
    while (screen.warm_up())
        continue;
    EXPECT_EQ(std::count(glyphs.drawn.begin(), glyphs.drawn.end(), line), 1);
    frame([&](Canvas& canvas) { canvas.text({10, 100}, body, kInk, line); });
    EXPECT_EQ(std::count(glyphs.drawn.begin(), glyphs.drawn.end(), line), 1);
}

// Tinted as a whole, it would have white letters or grey emoji.
TEST_F(ScreenTest, AShapedLineWithAnEmojiIsDrawnInTheColourOfItsLetters) {
    constexpr Color kOther = Color::rgb(0xA84400);
    std::string mixed = "नमस्ते 👍";
    std::string plain = "नमस्ते";
    for (int i = 0; i < 2; ++i) {
        frame([&](Canvas& canvas) {
            canvas.text({10, 100}, body, kInk, mixed);
            canvas.text({10, 200}, body, kOther, mixed);
            canvas.text({10, 300}, body, kInk, plain);
        });
    }
    std::multiset<std::uint32_t> mixed_rgb;
    std::multiset<std::uint32_t> plain_rgb;
    for (std::size_t i = 0; i < glyphs.drawn.size(); ++i) {
        if (glyphs.drawn[i] == mixed) mixed_rgb.insert(glyphs.jobs[i].rgb);
        if (glyphs.drawn[i] == plain) plain_rgb.insert(glyphs.jobs[i].rgb);
    }
    EXPECT_EQ(mixed_rgb, (std::multiset<std::uint32_t>{0x28211B, 0xA84400}));
    EXPECT_EQ(plain_rgb, (std::multiset<std::uint32_t>{0xFFFFFF}));
    auto white = [](const ImDrawVert& vertex) { return vertex.col == IM_COL32_WHITE; };
    EXPECT_EQ(std::count_if(device.vertices.begin(), device.vertices.end(), white), 8);
}

TEST_F(ScreenTest, AThousandNewLettersComeOverSeveralFrames) {
    frame([](Canvas&) {});
    glyphs.drawn.clear();
    std::string text = han(0, 1000);
    bool again = frame([&](Canvas& canvas) { draw_lines(canvas, body, text); });
    EXPECT_TRUE(again);
    EXPECT_EQ(glyphs.drawn.size(), 200u);
    int frames = 1;
    while (frame([&](Canvas& canvas) { draw_lines(canvas, body, text); }) && frames < 100)
        ++frames;
    EXPECT_LT(frames, 100);
    EXPECT_EQ(glyphs.drawn.size(), 1000u);
    EXPECT_EQ(device.vertices.size(), 4000u);
}

TEST_F(ScreenTest, IconsAreDrawnOncePerSize) {
    frame([&](Canvas& canvas) {
        canvas.icon(Icon::kSend, {50, 50}, 22, kInk);
        canvas.icon(Icon::kSend, {90, 50}, 22, Color::rgb(0xFF0000));
        canvas.icon(Icon::kSend, {90, 50}, 18, kInk);
    });
    std::string path(icon_shape(Icon::kSend).path);
    EXPECT_EQ(std::count(glyphs.drawn.begin(), glyphs.drawn.end(), path), 2);
    EXPECT_EQ(device.vertices.size(), 12u);
}

}  // namespace
}  // namespace kumquat::gfx
