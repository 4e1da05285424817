#include "client/core/timeline.h"

#include <gtest/gtest.h>

#include "client/core/bounds.h"
#include "unit/client/tab.h"

namespace kumquat::client {
namespace {

MessagePtr one(std::int64_t seq) {
    return std::make_shared<const proto::Message>(message(seq, "bo", "x"));
}

proto::GetHistoryReply page(std::int64_t first, std::int64_t last, bool older, bool newer) {
    proto::GetHistoryReply reply;
    for (std::int64_t seq = first; seq <= last; ++seq)
        reply.messages.push_back(message(seq, "bo", "x"));
    reply.older = older;
    reply.newer = newer;
    return reply;
}

Timeline window(std::int64_t first, std::int64_t last, bool older, bool newer) {
    Timeline timeline;
    timeline.begin_load(HistoryLoad::kNewest);
    EXPECT_TRUE(
        timeline.add_page(page(first, last, older, newer), Seq(), Seq(newer ? 1'000'000 : last))
            .has_value());
    return timeline;
}

TEST(Timeline, LiveMessagesJoinAWindowThatReachesToTheEnd) {
    Timeline timeline = window(5, 7, true, false);
    EXPECT_TRUE(timeline.add_live(one(8)));
    EXPECT_FALSE(timeline.add_live(one(8))) << "each seq once";
    EXPECT_EQ(timeline.messages().size(), 4u);
    EXPECT_FALSE(timeline.add_live(one(2))) << "below the window: part of what LoadOlder brings";
    EXPECT_EQ(timeline.first_seq(), Seq(5));
}

TEST(Timeline, LiveMessagesDoNotJoinAWindowElsewhere) {
    Timeline timeline = window(5, 7, true, true);
    EXPECT_FALSE(timeline.add_live(one(99)));
    EXPECT_EQ(timeline.last_seq(), Seq(7));
    Timeline unloaded;
    EXPECT_FALSE(unloaded.add_live(one(1)));
    EXPECT_TRUE(unloaded.empty());
}

TEST(Timeline, PagesThatTouchBecomeOneWindow) {
    Timeline timeline = window(50, 60, true, false);
    timeline.begin_load(HistoryLoad::kAround);
    ASSERT_TRUE(timeline.add_page(page(40, 49, true, true), Seq(45), Seq(60)).has_value());
    EXPECT_EQ(timeline.first_seq(), Seq(40));
    EXPECT_EQ(timeline.last_seq(), Seq(60));
    EXPECT_TRUE(timeline.older());
    EXPECT_FALSE(timeline.newer());
    timeline.begin_load(HistoryLoad::kAround);
    ASSERT_TRUE(timeline.add_page(page(35, 55, false, true), Seq(45), Seq(60)).has_value());
    EXPECT_EQ(timeline.messages().size(), 26u) << "overlap counts once";
    EXPECT_FALSE(timeline.older());
}

TEST(Timeline, PagesApartReplaceTheWindow) {
    Timeline timeline = window(50, 60, true, false);
    timeline.begin_load(HistoryLoad::kAround);
    ASSERT_TRUE(timeline.add_page(page(10, 20, true, true), Seq(15), Seq(60)).has_value());
    EXPECT_EQ(timeline.first_seq(), Seq(10));
    EXPECT_EQ(timeline.last_seq(), Seq(20));
    EXPECT_TRUE(timeline.newer());
}

TEST(Timeline, APageForAnEndThatHasMovedIsLeftOut) {
    Timeline timeline = window(50, 60, true, false);
    timeline.begin_load(HistoryLoad::kOlder);
    ASSERT_TRUE(timeline.add_page(page(30, 39, true, true), Seq(40), Seq(60)).has_value());
    EXPECT_EQ(timeline.first_seq(), Seq(50)) << "it would leave a hole";
    EXPECT_TRUE(timeline.older());
}

TEST(Timeline, TheFarSideIsDroppedAboveTheBound) {
    const std::int64_t bound = static_cast<std::int64_t>(kTimelineMessages);
    Timeline timeline = window(1001, 1000 + bound, true, false);
    EXPECT_TRUE(timeline.add_live(one(1001 + bound)));
    EXPECT_EQ(timeline.messages().size(), kTimelineMessages);
    EXPECT_EQ(timeline.first_seq(), Seq(1002));
    timeline.begin_load(HistoryLoad::kOlder);
    ASSERT_TRUE(
        timeline.add_page(page(952, 1001, true, true), Seq(1002), Seq(1001 + bound)).has_value());
    EXPECT_EQ(timeline.messages().size(), kTimelineMessages);
    EXPECT_EQ(timeline.first_seq(), Seq(952));
    EXPECT_TRUE(timeline.newer()) << "the end was dropped, live messages must not join";
}

TEST(Timeline, BrokenPagesAreRefusedAndChangeNothing) {
    Timeline timeline = window(5, 7, true, false);
    const auto refuses = [&](HistoryLoad load, proto::GetHistoryReply reply, std::int64_t anchor) {
        timeline.begin_load(load);
        const Status status = timeline.add_page(reply, Seq(anchor), Seq(7));
        EXPECT_EQ(timeline.messages().size(), 3u);
        EXPECT_EQ(timeline.loading(), std::nullopt);
        return !status.has_value();
    };
    EXPECT_TRUE(refuses(HistoryLoad::kOlder, page(3, 5, true, true), 5)) << "5 is not before 5";
    proto::GetHistoryReply twice = page(3, 4, true, true);
    twice.messages.push_back(message(4, "bo", "again"));
    EXPECT_TRUE(refuses(HistoryLoad::kOlder, twice, 5));
    proto::GetHistoryReply zero = page(3, 4, true, true);
    zero.messages.front().seq = Seq();
    EXPECT_TRUE(refuses(HistoryLoad::kAround, zero, 3));
}

TEST(Timeline, AnEmptyPageWhereThereAreMessagesIsAnErrorNotACircle) {
    Timeline timeline = window(5, 7, true, true);
    timeline.begin_load(HistoryLoad::kNewer);
    EXPECT_FALSE(timeline.add_page(proto::GetHistoryReply(), Seq(7), Seq(9)).has_value());
    timeline.begin_load(HistoryLoad::kOlder);
    proto::GetHistoryReply empty;
    empty.older = true;
    EXPECT_TRUE(timeline.add_page(empty, Seq(5), Seq(9)).has_value());
    EXPECT_FALSE(timeline.older()) << "nothing came: nothing is there";
}

}  // namespace
}  // namespace kumquat::client
