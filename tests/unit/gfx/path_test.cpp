#include "gfx/core/path.h"

#include <cmath>

#include <gtest/gtest.h>

#include "gfx/core/icons.h"

namespace kumquat::gfx {
namespace {

std::vector<Polyline> lines_of(std::string_view path) {
    Result<std::vector<Polyline>> lines = flatten_path(path, 0.1f);
    EXPECT_TRUE(lines) << path;
    return lines ? *lines : std::vector<Polyline>{};
}

TEST(Path, LinesAbsoluteAndRelative) {
    auto lines = lines_of("M1 2l3 4H10v-1L0,0");
    ASSERT_EQ(lines.size(), 1u);
    const auto& p = lines[0].points;
    ASSERT_EQ(p.size(), 5u);
    EXPECT_FLOAT_EQ(p[1].x, 4);
    EXPECT_FLOAT_EQ(p[1].y, 6);
    EXPECT_FLOAT_EQ(p[2].x, 10);
    EXPECT_FLOAT_EQ(p[3].y, 5);
    EXPECT_FALSE(lines[0].closed);
}

TEST(Path, PairsAfterAMoveAreLines) {
    EXPECT_EQ(lines_of("M6 11.3l6-6 6 6")[0].points.size(), 3u);
}

TEST(Path, ClosingBeginsAnew) {
    auto lines = lines_of("M0 0h4v4zM8 8h1");
    ASSERT_EQ(lines.size(), 2u);
    EXPECT_TRUE(lines[0].closed);
    EXPECT_FLOAT_EQ(lines[1].points[0].x, 8);
}

TEST(Path, ArcsStayOnTheirCircle) {
    auto lines = lines_of("M16 12a4 4 0 1 1-8 0 4 4 0 0 1 8 0Z");
    for (PathPoint point : lines[0].points)
        EXPECT_NEAR(std::hypot(point.x - 12, point.y - 12), 4, 0.01);
    EXPECT_GT(lines[0].points.size(), 12u);
}

TEST(Path, CubicsEndWhereTheySay) {
    auto points = lines_of("M0 0C0 4 4 8 8 8s8-4 8-8")[0].points;
    EXPECT_FLOAT_EQ(points.back().x, 16);
    EXPECT_FLOAT_EQ(points.back().y, 0);
    // The middle of the first curve, and the smooth join: no corner at (8, 8).
    float highest = 0;
    for (PathPoint point : points)
        highest = std::fmax(highest, point.y);
    EXPECT_NEAR(highest, 8, 0.05);
}

TEST(Path, RefusesWhatItDoesNotKnow) {
    for (std::string_view path :
         {"L1 1", "M1", "M1 1Q2 2 3 3", "M1 1 x", "M0 0a4 4 0 2 1 1 1", "5 5", "M0 0Z3"}) {
        EXPECT_FALSE(flatten_path(path, 0.1f)) << path;
    }
    EXPECT_TRUE(flatten_path("", 0.1f));
}

TEST(Icons, AllLieOnTheirGrid) {
    for (int i = 0; i <= static_cast<int>(Icon::kFailed); ++i) {
        IconShape shape = icon_shape(static_cast<Icon>(i));
        IconSize grid = icon_grid(static_cast<Icon>(i));
        ASSERT_FALSE(shape.path.empty()) << i;
        for (const Polyline& line : lines_of(shape.path)) {
            for (PathPoint point : line.points) {
                EXPECT_GE(point.x, 0) << i;
                EXPECT_GE(point.y, 0) << i;
                EXPECT_LE(point.x, grid.w) << i;
                EXPECT_LE(point.y, grid.h) << i;
            }
        }
    }
}

}  // namespace
}  // namespace kumquat::gfx
