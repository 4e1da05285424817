#include "ui/scroll.h"

#include <numeric>
#include <vector>

#include <gtest/gtest.h>

#include "ui/bubble_layout.h"
#include "ui/history_scroll.h"

namespace kumquat::ui {
namespace {

class Fixed : public RowHeights {
  public:
    explicit Fixed(std::vector<float> heights) : heights_(std::move(heights)) {}
    float height(std::size_t index) override {
        ++asked_;
        return heights_.at(index);
    }
    std::vector<float> heights_;
    int asked_ = 0;
};

float y_of(const HistoryScroll& scroll, std::size_t index) {
    for (const PlacedRow& row : scroll.placed()) {
        if (row.index == index) return row.y;
    }
    ADD_FAILURE() << "row " << index << " is not visible";
    return -1e9f;
}

TEST(HistoryScroll, StartsAtTheEnd) {
    Fixed rows(std::vector<float>(100, 40));
    HistoryScroll scroll;
    scroll.place(100, 300, rows);
    EXPECT_EQ(y_of(scroll, 99), 260);
    EXPECT_TRUE(scroll.stuck());
    EXPECT_FALSE(scroll.at_start());
    EXPECT_LT(rows.asked_, 30);
}

TEST(HistoryScroll, ShortHistorySitsAtTheBottom) {
    Fixed rows({40, 40});
    HistoryScroll scroll;
    scroll.place(2, 300, rows);
    EXPECT_EQ(y_of(scroll, 0), 220);
    EXPECT_TRUE(scroll.at_start());
    scroll.scroll(-100);
    scroll.place(2, 300, rows);
    EXPECT_EQ(y_of(scroll, 0), 220);
}

TEST(HistoryScroll, PrependingAPageMovesNothing) {
    Fixed rows(std::vector<float>(50, 40));
    HistoryScroll scroll;
    scroll.place(50, 300, rows);
    scroll.scroll(-500);
    scroll.place(50, 300, rows);
    std::size_t anchor = scroll.anchor();
    float y = scroll.anchor_y();
    rows.heights_.insert(rows.heights_.begin(), 50, 77);
    scroll.set_anchor_index(anchor + 50);
    scroll.place(100, 300, rows);
    EXPECT_EQ(y_of(scroll, anchor + 50), y);
}

TEST(HistoryScroll, NewMessageFollowsOnlyAtTheEnd) {
    Fixed rows(std::vector<float>(50, 40));
    HistoryScroll scroll;
    scroll.place(50, 300, rows);
    rows.heights_.push_back(60);
    scroll.place(51, 300, rows);
    EXPECT_EQ(y_of(scroll, 50), 240);
    scroll.scroll(-200);
    scroll.place(51, 300, rows);
    float before = y_of(scroll, scroll.anchor());
    std::size_t anchor = scroll.anchor();
    rows.heights_.push_back(60);
    scroll.place(52, 300, rows);
    EXPECT_EQ(y_of(scroll, anchor), before);
}

TEST(HistoryScroll, NeverLeavesTheContent) {
    Fixed rows(std::vector<float>(20, 40));
    HistoryScroll scroll;
    scroll.place(20, 300, rows);
    scroll.scroll(-1e6f);
    scroll.place(20, 300, rows);
    EXPECT_EQ(y_of(scroll, 0), 0);
    EXPECT_TRUE(scroll.at_start());
    scroll.scroll(1e6f);
    scroll.place(20, 300, rows);
    EXPECT_EQ(y_of(scroll, 19), 260);
    EXPECT_TRUE(scroll.stuck());
}

TEST(HistoryScroll, OpensAtAGivenRow) {
    Fixed rows(std::vector<float>(100, 40));
    HistoryScroll scroll;
    scroll.anchor_at(70, 75);
    scroll.place(100, 300, rows);
    EXPECT_EQ(y_of(scroll, 70), 75);
    EXPECT_EQ(scroll.distance_to_end(1e9f, 100, rows), 75 + 30 * 40 - 300);
}

TEST(HistoryScroll, LateHeightAboveDoesNotMoveTheAnchor) {
    Fixed rows(std::vector<float>(100, 40));
    HistoryScroll scroll;
    scroll.anchor_at(50, 100);
    scroll.place(100, 300, rows);
    std::size_t anchor = scroll.anchor();
    float y = scroll.anchor_y();
    rows.heights_[10] = 400;
    scroll.place(100, 300, rows);
    EXPECT_EQ(y_of(scroll, anchor), y);
}

TEST(HistoryScroll, GoesByPartsOfItsWay) {
    Fixed rows(std::vector<float>(110, 30));
    HistoryScroll scroll;
    scroll.place(110, 300, rows);
    EXPECT_EQ(scroll.part_above(110), 1);
    scroll.scroll_by_part(-0.25f, 110, rows);
    scroll.place(110, 300, rows);
    EXPECT_EQ(scroll.part_above(110), 0.75f);
    EXPECT_EQ(y_of(scroll, 75), 0);
    scroll.scroll_by_part(-2, 110, rows);
    scroll.place(110, 300, rows);
    EXPECT_TRUE(scroll.at_start());
    EXPECT_EQ(scroll.part_above(110), 0);
    scroll.scroll_by_part(1, 110, rows);
    scroll.place(110, 300, rows);
    EXPECT_TRUE(scroll.stuck());
    EXPECT_EQ(scroll.part_above(110), 1);
}

TEST(HistoryScroll, AfterAPrependedPageMoreLiesAbove) {
    Fixed rows(std::vector<float>(60, 30));
    HistoryScroll scroll;
    scroll.place(60, 300, rows);
    scroll.scroll_by_part(-1, 60, rows);
    scroll.place(60, 300, rows);
    rows.heights_.insert(rows.heights_.begin(), 150, 30);
    scroll.set_anchor_index(scroll.anchor() + 150);
    EXPECT_EQ(scroll.part_above(210), 0.75f);
}

TEST(HistoryScroll, GoesByPartsWhenRowsHaveGone) {
    Fixed rows(std::vector<float>(100, 30));
    HistoryScroll scroll;
    scroll.place(100, 300, rows);
    scroll.scroll(-60);
    scroll.place(100, 300, rows);
    rows.heights_.resize(20);
    scroll.scroll_by_part(-0.1f, 20, rows);
    scroll.place(20, 300, rows);
    EXPECT_EQ(y_of(scroll, 19), 270);
    rows.heights_.clear();
    scroll.scroll_by_part(-0.1f, 0, rows);
    EXPECT_TRUE(scroll.place(0, 300, rows).empty());
}

TEST(HistoryScroll, RowsThatVanishLeaveAValidView) {
    Fixed rows(std::vector<float>(100, 40));
    HistoryScroll scroll;
    scroll.anchor_at(90, 0);
    scroll.place(100, 300, rows);
    rows.heights_.resize(5);
    scroll.place(5, 300, rows);
    EXPECT_EQ(y_of(scroll, 4), 260);
    EXPECT_TRUE(scroll.place(0, 300, rows).empty());
}

TEST(Drag, ASmallMovementIsATap) {
    Drag drag;
    EXPECT_EQ(drag.step(true, true, 100, 0, 8, true), 0);
    EXPECT_EQ(drag.step(true, true, 105, 16, 8, true), 0);
    EXPECT_FALSE(drag.dragging());
    EXPECT_EQ(drag.step(false, true, 105, 32, 8, true), 0);
    EXPECT_FALSE(drag.gliding());
}

TEST(Drag, FollowsTheFingerThenGlidesToRest) {
    Drag drag;
    drag.step(true, true, 300, 0, 8, true);
    float moved = 0;
    for (int i = 1; i <= 6; ++i) {
        moved += drag.step(true, true, 300 - 20.0f * static_cast<float>(i), 16.0 * i, 8, true);
    }
    EXPECT_EQ(moved, 120);
    EXPECT_TRUE(drag.dragging());
    drag.step(false, true, 180, 112, 8, true);
    ASSERT_TRUE(drag.gliding());
    float glide = 0;
    for (int i = 0; i < 400 && drag.gliding(); ++i) {
        glide += drag.step(false, true, 180, 128 + 16.0 * i, 8, true);
    }
    EXPECT_FALSE(drag.gliding());
    // 1.25 px/ms decaying over 325 ms go about 400 px.
    EXPECT_NEAR(glide, 1.25f * 325, 60);
}

TEST(Drag, StopsWithTheFingerUnderReducedMotion) {
    Drag drag;
    drag.step(true, true, 300, 0, 8, false);
    drag.step(true, true, 200, 16, 8, false);
    drag.step(false, true, 200, 32, 8, false);
    EXPECT_FALSE(drag.gliding());
}

TEST(Drag, APressOutsideIsNotItsBusiness) {
    Drag drag;
    drag.step(true, false, 300, 0, 8, true);
    EXPECT_EQ(drag.step(true, true, 100, 16, 8, true), 0);
}

gfx::TextLine line_of(float width) {
    return {0, 1, width};
}

TEST(Bubble, OneLineIsFortyHigh) {
    BubbleBox box = bubble_box({}, {line_of(100)}, 0);
    EXPECT_EQ(box.height, 40);
    EXPECT_EQ(box.width, 128);
    EXPECT_EQ(bubble_box({}, {line_of(5)}, 0).width, 44);
}

TEST(Bubble, TimeStandsBehindTheLastLine) {
    BubbleBox box = bubble_box({}, {line_of(100)}, 30);
    EXPECT_EQ(box.width, 14 + 100 + 12 + 30 + 12);
    EXPECT_EQ(box.meta_x, 14 + 100 + 12);
    EXPECT_EQ(box.height, 40);
    box = bubble_box({}, {line_of(400), line_of(50)}, 30);
    EXPECT_EQ(box.width, 428);
    EXPECT_EQ(box.height, 62);
    EXPECT_EQ(box.meta_top, 9 + 22);
}

TEST(Bubble, LinesFromRightToLeftBeginAtTheRight) {
    std::vector<gfx::TextLine> lines = {line_of(400), line_of(50)};
    for (gfx::TextLine& line : lines)
        line.right_to_left = true;
    BubbleBox box = bubble_box({}, lines, 30);
    EXPECT_EQ(box.lines[0].left_px, 0);
    EXPECT_EQ(box.lines[1].left_px, 350);
    // The time stands beside them, not on the last one.
    EXPECT_GE(box.meta_x, 14 + 400 + 12);
}

TEST(Bubble, TimeThatDoesNotFitGetsALineOfItsOwn) {
    BubbleBox box = bubble_box({}, {line_of(480)}, 30);
    EXPECT_EQ(box.height, 62);
    EXPECT_EQ(box.width, 508);
    EXPECT_EQ(box.meta_top, 9 + 22);
    EXPECT_EQ(box.meta_x, 508 - 12 - 30);
}

}  // namespace
}  // namespace kumquat::ui
