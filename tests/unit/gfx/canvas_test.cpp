#include "gfx/canvas.h"

#include <algorithm>

#include "screen_fixture.h"

namespace kumquat::gfx {
namespace {

constexpr Color kInk = Color::rgb(0x28211B);

TEST(Color, Packs) {
    EXPECT_EQ(Color::rgb(0x112233).packed(), 0xFF332211u);
    EXPECT_EQ(Color::rgb(0x112233).to_rgb(), 0x112233u);
    EXPECT_EQ(Color::rgb(0x112233).faded(0.5f).a, 128);
    EXPECT_EQ(mix(Color::rgb(0), Color::rgb(0xFFFFFF), 0.5f).g, 128);
}

TEST_F(ScreenTest, ShapesAndTextShareOneDrawCall) {
    frame([&](Canvas& canvas) {
        canvas.fill({100, 100, 200, 50}, kInk, 14);
        canvas.text({110, 110}, body, kInk, "你好 hello");
        canvas.outline({100, 100, 200, 50}, kInk, 2, {18, 18, 6, 18});
        canvas.icon(Icon::kSend, {300, 300}, 22, kInk);
        canvas.disc({50, 50}, 10, kInk);
    });
    EXPECT_EQ(device.commands_count, 1);
    ASSERT_EQ(device.records.size(), 3u);
    EXPECT_FLOAT_EQ(device.records[1].radii[2], 6);
}

TEST_F(ScreenTest, ShadowsGlowsAndArcsHaveAShaderOfTheirOwn) {
    frame([&](Canvas& canvas) {
        canvas.fill({100, 100, 200, 50}, kInk, 14);
        canvas.shadow({100, 100, 200, 50}, 14, {0, 4, 16, kInk.faded(0.1f)});
        canvas.glow({100, 100}, 50, 50, kInk, kInk.faded(0));
        canvas.arc({50, 50}, 10, 2, 0, 0.5f, kInk);
        canvas.disc({50, 50}, 10, kInk);
    });
    ASSERT_EQ(device.records.size(), 5u);
    EXPECT_EQ(device.records[1].kind, ShapeKind::kShadow);
    EXPECT_FLOAT_EQ(device.records[1].width, 8);
    EXPECT_EQ(device.indices[Shader::kSoft], 3 * 6);
    EXPECT_EQ(device.indices[Shader::kPage], 2 * 6);
}

TEST_F(ScreenTest, AVertexNamesItsShape) {
    frame([&](Canvas& canvas) {
        canvas.fill({10, 10, 20, 20}, kInk);
        canvas.fill({40, 10, 20, 20}, kInk);
    });
    ASSERT_EQ(device.vertices.size(), 8u);
    EXPECT_FLOAT_EQ(device.vertices[0].uv.x, -1);
    EXPECT_FLOAT_EQ(device.vertices[4].uv.x, -2);
    // One pixel more on every side for the soft edge.
    EXPECT_FLOAT_EQ(device.vertices[0].pos.x, 9);
}

// Every pixel of a large opaque box is painted once: by a plate in the inside, or by the shader
// around it.
TEST_F(ScreenTest, TheInsideOfALargeBoxIsCleared) {
    struct Box {
        Rect rect;
        float radius;
    };
    const Box boxes[] = {{{100, 50, 400, 300}, 20},
                         {{100, 50, 600, 48}, 24},
                         {{100, 50, 600, 49}, 24.5f},
                         {{100.5f, 50.25f, 400, 300.5f}, 0}};
    for (const Box& box : boxes) {
        frame([&](Canvas& canvas) { canvas.fill(box.rect, kInk, box.radius); });
        ASSERT_EQ(device.records.size(), 1u);
        ASSERT_FALSE(device.plates.empty());
        std::vector<Rect> painted;
        for (const Plate& plate : device.plates) {
            EXPECT_EQ(plate.color.packed(), kInk.packed());
            painted.push_back(plate.rect);
        }
        for (std::size_t i = 0; i + 3 < device.vertices.size(); i += 4) {
            const ImVec2 a = device.vertices[i].pos, b = device.vertices[i + 2].pos;
            painted.push_back({a.x, a.y, b.x - a.x, b.y - a.y});
        }
        float area = 0;
        for (std::size_t i = 0; i < painted.size(); ++i) {
            area += painted[i].w * painted[i].h;
            for (std::size_t k = 0; k < i; ++k) {
                EXPECT_FALSE(
                    painted[i].x < painted[k].right() && painted[k].x < painted[i].right() &&
                    painted[i].y < painted[k].bottom() && painted[k].y < painted[i].bottom())
                    << "painted twice";
            }
        }
        EXPECT_FLOAT_EQ(area, (box.rect.w + 2) * (box.rect.h + 2));
    }
}

TEST_F(ScreenTest, WhatShinesThroughIsNotCleared) {
    frame([&](Canvas& canvas) {
        canvas.fill({100, 50, 400, 300}, kInk.faded(0.9f), 20);
        canvas.fill_gradient({100, 50, 400, 300}, kInk, Color::rgb(0xFFFFFF), 20);
        canvas.set_opacity(0.5f);
        canvas.fill({100, 50, 400, 300}, kInk, 20);
    });
    EXPECT_TRUE(device.plates.empty());
    EXPECT_EQ(device.vertices.size(), 12u);
}

TEST_F(ScreenTest, PillRadiiAreCutToHalfTheSide) {
    frame([&](Canvas& canvas) { canvas.fill({0, 0, 100, 20}, kInk, 500); });
    ASSERT_EQ(device.records.size(), 1u);
    EXPECT_FLOAT_EQ(device.records[0].radii[0], 10);
}

TEST_F(ScreenTest, WhatIsClippedAwayCostsNothing) {
    frame([&](Canvas& canvas) {
        canvas.push_clip({0, 0, 100, 100});
        canvas.fill({200, 200, 50, 50}, kInk);
        canvas.text({200, 200}, body, kInk, "清");
        canvas.pop_clip();
        canvas.fill({0, 0, 0, 50}, kInk);
        canvas.fill({0, 0, 50, 50}, kInk.faded(0));
    });
    EXPECT_TRUE(device.records.empty());
    EXPECT_TRUE(device.vertices.empty());
    EXPECT_EQ(std::count(glyphs.drawn.begin(), glyphs.drawn.end(), "清"), 0);
}

TEST_F(ScreenTest, OpacityFadesEveryColour) {
    frame([&](Canvas& canvas) {
        canvas.set_opacity(0.5f);
        canvas.fill_outlined({10, 10, 20, 20}, kInk, kInk, 1);
    });
    EXPECT_EQ(device.vertices[0].col >> 24, 128u);
    EXPECT_EQ(device.records[0].line_color >> 24, 128u);
}

TEST_F(ScreenTest, ASecondFrameBeginsWithNoShapes) {
    frame([&](Canvas& canvas) { canvas.fill({10, 10, 20, 20}, kInk); });
    frame([&](Canvas& canvas) { canvas.fill({10, 10, 20, 20}, kInk); });
    EXPECT_EQ(device.records.size(), 1u);
}

TEST_F(ScreenTest, BaselineFollowsTheRule) {
    EXPECT_FLOAT_EQ(Canvas::baseline_of(100, {15, 22}), 117);
    EXPECT_FLOAT_EQ(Canvas::baseline_of(0, {12, 16}), 12);
    // Regular glyphs of the plain raster are `size` high over their baseline.
    frame([&](Canvas& canvas) { canvas.text({10, 100}, body, kInk, "你"); });
    ASSERT_EQ(device.vertices.size(), 4u);
    EXPECT_FLOAT_EQ(device.vertices[0].pos.y, 117 - 15);
}

TEST_F(ScreenTest, ImGuiTextStandsOnTheSameBaseline) {
    frame([&](Canvas&) {
        ImGui::SetCursorScreenPos({10, 100});
        ImGui::PushFont(nullptr, 15);
        ImGui::TextUnformatted("你");
        ImGui::PopFont();
    });
    ASSERT_EQ(device.vertices.size(), 4u);
    // A line as high as its letters: round(15/2 + 0.37 * 15) = 13.
    EXPECT_FLOAT_EQ(device.vertices[0].pos.y, 100 + 13 - 15);
}

TEST_F(ScreenTest, TextIsAlignedByItsWidth) {
    float width = 0;
    frame([&](Canvas& canvas) {
        width = canvas.text({200, 100}, body, kInk, "你好", HorizontalAlign::kRight);
        EXPECT_FLOAT_EQ(canvas.text_width(body, "你好"), width);
    });
    EXPECT_FLOAT_EQ(width, 30);
    EXPECT_FLOAT_EQ(device.vertices[0].pos.x, 170);
}

TEST_F(ScreenTest, QuadsStandOnWholePixels) {
    frame([&](Canvas& canvas) { canvas.text({10.3f, 100.4f}, body, kInk, "a1b你👍🏽c"); });
    for (const ImDrawVert& vertex : device.vertices) {
        EXPECT_FLOAT_EQ(vertex.pos.x, std::floor(vertex.pos.x));
        EXPECT_FLOAT_EQ(vertex.pos.y, std::floor(vertex.pos.y));
    }
}

TEST_F(ScreenTest, NarrowLettersAreDrawnAtQuarters) {
    // 7.5 pixels each: the second "a" begins in the middle of a pixel.
    frame([&](Canvas& canvas) { canvas.text({10, 100}, body, kInk, "aa"); });
    std::vector<float> shifts;
    for (const platform::RasterJob& job : glyphs.jobs) {
        if (job.size_px == 15 && job.box.height > 1) shifts.push_back(job.shift_px);
    }
    EXPECT_EQ(std::count(shifts.begin(), shifts.end(), 0.5f), 1);
    environment.pixel_ratio = 2;
    glyphs.jobs.clear();
    frame([&](Canvas& canvas) { canvas.text({10, 100}, body, kInk, "aa"); });
    for (const platform::RasterJob& job : glyphs.jobs)
        EXPECT_FLOAT_EQ(job.shift_px, 0);
}

TEST_F(ScreenTest, ClustersAreOneGlyphEach) {
    frame([&](Canvas& canvas) {
        canvas.text({10, 100}, body, kInk, "👨‍👩‍👧‍👦é");
    });
    EXPECT_EQ(device.vertices.size(), 8u);
    EXPECT_EQ(std::count(glyphs.drawn.begin(), glyphs.drawn.end(), "👨‍👩‍👧‍👦"), 1);
}

TEST_F(ScreenTest, ALineWithShapedTextIsOnePiece) {
    for (std::string line : {"hi नमस्ते!", "สวัสดีชาวโลก", "ខ្មែរ", "மொழி ok"}) {
        frame([&](Canvas& canvas) { canvas.text({10, 100}, body, kInk, line); });
        EXPECT_EQ(device.vertices.size(), 4u) << line;
        EXPECT_EQ(std::count(glyphs.drawn.begin(), glyphs.drawn.end(), line), 1) << line;
    }
}

TEST_F(ScreenTest, ALineWithRightToLeftTextIsOnePiece) {
    frame([&](Canvas& canvas) { canvas.text({10, 100}, body, kInk, "hi שלום"); });
    EXPECT_EQ(device.vertices.size(), 4u);
    EXPECT_EQ(std::count(glyphs.drawn.begin(), glyphs.drawn.end(), "hi שלום"), 1);
}

TEST_F(ScreenTest, PrivateCharactersAreTheirOwn) {
    frame([&](Canvas& canvas) {
        canvas.text({10, 100}, body, kInk, "🎉");
        canvas.text({10, 140}, body, kInk, "\uE000");
    });
    EXPECT_EQ(std::count(glyphs.drawn.begin(), glyphs.drawn.end(), "🎉"), 1);
    EXPECT_EQ(std::count(glyphs.drawn.begin(), glyphs.drawn.end(), "\uE000"), 1);
}

TEST_F(ScreenTest, MeasuringDrawsNothing) {
    screen.begin(environment, 16);
    Canvas canvas = screen.measuring();
    EXPECT_FLOAT_EQ(canvas.text_width(body, "你a"), 22.5f);
    EXPECT_EQ(canvas.break_lines(body, "一二三", 30).size(), 2u);
    EXPECT_EQ(canvas.cut(body, "一二三四", 46), "一二…");
    screen.end();
    for (const std::string& drawn : glyphs.drawn)
        EXPECT_TRUE(drawn != "一" && drawn != "你") << drawn;
}

TEST_F(ScreenTest, TabularDigitsAreEquallyWide) {
    TextStyle tabular = body;
    tabular.tabular = true;
    frame([&](Canvas& canvas) {
        EXPECT_FLOAT_EQ(canvas.text_width(tabular, "11:11"), canvas.text_width(tabular, "00:00"));
    });
}

TEST_F(ScreenTest, PixelsAreWholeAndNeverVanish) {
    environment.pixel_ratio = 1.5f;
    frame([&](Canvas& canvas) {
        EXPECT_FLOAT_EQ(canvas.px(15), 23);
        EXPECT_FLOAT_EQ(canvas.px(0.2f), 1);
        EXPECT_FLOAT_EQ(canvas.px(0), 0);
    });
}

}  // namespace
}  // namespace kumquat::gfx
