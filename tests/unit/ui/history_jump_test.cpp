#include "ui/history_jump.h"

#include <gtest/gtest.h>

namespace kumquat::ui {
namespace {

using Step = HistoryJump::Step;

client::TimelineRows rows_of(std::int64_t first, std::int64_t last) {
    client::TimelineRows rows;
    client::TimelineRow day;
    day.kind = client::RowKind::kDay;
    rows.rows.push_back(day);
    for (std::int64_t seq = first; seq <= last; ++seq) {
        client::TimelineRow row;
        row.kind = client::RowKind::kMessage;
        row.seq = Seq(seq);
        row.time = TimeMs(seq * 1000);
        rows.rows.push_back(row);
    }
    return rows;
}

TEST(HistoryJump, RestsWhileNothingIsWanted) {
    HistoryJump jump;
    EXPECT_EQ(jump.step(rows_of(1, 3), client::Timeline()), Step::kRest);
    EXPECT_FALSE(jump.wanted());
}

TEST(HistoryJump, ShowsAtOnceWhatIsThere) {
    HistoryJump jump;
    jump.to_message(Seq(2));
    EXPECT_EQ(jump.step(rows_of(1, 3), client::Timeline()), Step::kShow);
    EXPECT_EQ(jump.index(), 2u);
    EXPECT_FALSE(jump.wanted());
}

TEST(HistoryJump, LoadsOnceAndWaitsForThePage) {
    HistoryJump jump;
    client::Timeline timeline;
    jump.to_message(Seq(40));
    EXPECT_EQ(jump.step(rows_of(90, 99), timeline), Step::kLoadAround);
    timeline.begin_load(client::HistoryLoad::kAround);
    EXPECT_EQ(jump.step(rows_of(90, 99), timeline), Step::kRest);
    timeline.end_load({});
    EXPECT_EQ(jump.step(rows_of(30, 50), timeline), Step::kShow);
    EXPECT_EQ(jump.index(), 11u);
}

TEST(HistoryJump, SaysWhatThePageHasNot) {
    HistoryJump jump;
    client::Timeline timeline;
    jump.to_message(Seq(40));
    EXPECT_EQ(jump.step(rows_of(90, 99), timeline), Step::kLoadAround);
    EXPECT_EQ(jump.step(rows_of(41, 50), timeline), Step::kGone);
    EXPECT_FALSE(jump.wanted());
}

TEST(HistoryJump, ATimeIsLookedForAfterItWasLoadedAlone) {
    HistoryJump jump;
    client::Timeline timeline;
    jump.to_time(TimeMs(2500));
    EXPECT_EQ(jump.step(rows_of(1, 9), timeline), Step::kLoadAt);
    EXPECT_EQ(jump.step(rows_of(1, 9), timeline), Step::kShow);
    EXPECT_EQ(jump.index(), 3u);
}

TEST(HistoryJump, ATimeBehindEverythingLeadsToTheLastMessage) {
    HistoryJump jump;
    client::Timeline timeline;
    jump.to_time(TimeMs(99'000));
    EXPECT_EQ(jump.step(rows_of(1, 9), timeline), Step::kLoadAt);
    EXPECT_EQ(jump.step(rows_of(1, 9), timeline), Step::kShow);
    EXPECT_EQ(jump.index(), 9u);
    jump.to_time(TimeMs(1));
    EXPECT_EQ(jump.step(client::TimelineRows(), timeline), Step::kLoadAt);
    EXPECT_EQ(jump.step(client::TimelineRows(), timeline), Step::kGone);
}

}  // namespace
}  // namespace kumquat::ui
