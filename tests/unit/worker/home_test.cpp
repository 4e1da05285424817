// The home's own part: frames, ends of connections, acknowledgement after the journal, restarts,
// snapshots.
#include <gtest/gtest.h>

#include "base/limits.h"
#include "person.h"

namespace kumquat::worker {
namespace {

class HomeTest : public testing::Test {
  protected:
    Browser browser_;
};

TEST_F(HomeTest, WhatIsAcknowledgedIsThereAfterARestart) {
    Person anna(browser_);
    const std::string session = anna.enter("anna");
    Person(browser_).enter("ben");
    ASSERT_EQ(anna.say("ben", "one")["kind"], "reply");
    const std::string before = browser_.rows();
    browser_.restart();
    EXPECT_EQ(browser_.rows(), before);
    Person again(browser_);
    again.must("resume", {{"session", session}, {"device", 1}});
    const Json page = again.must("get_history",
                                 {{"conversation", "C2Cben"}, {"anchor", "before"}, {"limit", 10}});
    ASSERT_EQ(page["messages"].size(), 1U);
    EXPECT_EQ(page["messages"][0]["body"]["payload"]["text"], "one");
}

TEST_F(HomeTest, NothingIsAcknowledgedBeforeTheJournalHasIt) {
    Person anna(browser_);
    anna.enter("anna");
    Person(browser_).enter("ben");
    anna.port().frames.clear();
    browser_.home->receive(
        anna.connection(),
        R"({"kind":"request","id":99,"name":"send_message","body":{"conversation":"C2Cben",)"
        R"("client_id":{"device":5,"counter":1},"body":{"type":"TIMTextElem","payload":{"text":"x"}}}})");
    EXPECT_TRUE(anna.port().frames.empty());
    EXPECT_FALSE(browser_.host->settled());
    browser_.host->settle();
    EXPECT_FALSE(anna.port().frames.empty());
}

TEST_F(HomeTest, AFullStorageIsToldAndChangesNothing) {
    Person anna(browser_);
    anna.enter("anna");
    Person(browser_).enter("ben");
    const std::string before = browser_.rows();
    browser_.host->storage_status = Error{ErrorCode::kDiskFull, "quota"};
    const Json refused = anna.say("ben", "x");
    EXPECT_EQ(refused["kind"], "error");
    EXPECT_EQ(refused["code"], static_cast<int>(ErrorCode::kDiskFull));
    EXPECT_EQ(browser_.rows(), before);
    browser_.host->storage_status = Status();
    EXPECT_EQ(anna.say("ben", "y")["kind"], "reply");
}

TEST_F(HomeTest, AnAnswerThatNobodyHasAskedForIsIgnored) {
    Person anna(browser_);
    anna.enter("anna");
    const std::string before = browser_.rows();
    browser_.home->committed(1, Status());
    browser_.home->committed(77, Error{ErrorCode::kDiskFull, ""});
    browser_.home->snapshot_stored(Status());
    browser_.home->disconnect(ConnectionId(4711));
    browser_.home->receive(ConnectionId(4711), "{}");
    browser_.home->upload_kept(UploadId(9), Status());
    browser_.home->upload_cancel(UploadId(9));
    EXPECT_FALSE(browser_.home->snapshot_next());
    browser_.home->export_picture(true);
    EXPECT_EQ(browser_.home->export_next(), WorkerHome::ExportStep::kEnd);
    EXPECT_EQ(browser_.rows(), before);
}

TEST_F(HomeTest, NothingHappensBeforeTheStart) {
    browser_.fresh();
    browser_.home->connect(ConnectionId(1));
    browser_.home->receive(ConnectionId(1), "{}");
    browser_.home->tick();
    browser_.home->upload_begin(UploadId(1), "x");
    EXPECT_EQ(browser_.home->next_tick(), std::nullopt);
    EXPECT_FALSE(browser_.home->snapshot_due());
    EXPECT_EQ(browser_.home->snapshot_begin(), 0);
    EXPECT_TRUE(browser_.host->ports.empty());
    EXPECT_TRUE(browser_.home->start());
    EXPECT_FALSE(browser_.home->start()) << "twice";
}

TEST_F(HomeTest, AFrameThatIsTooLargeEndsItsConnectionAlone) {
    Person anna(browser_);
    Person ben(browser_);
    browser_.home->receive(anna.connection(), std::string(limits::kFrameBytes + 1, ' '));
    EXPECT_EQ(anna.port().closed, proto::CloseCode::kFrameTooLarge);
    anna.port().frames.clear();
    browser_.home->receive(anna.connection(),
                           R"({"kind":"request","id":1,"name":"hello","body":{"version":1}})");
    EXPECT_TRUE(anna.port().frames.empty()) << "it has ended";
    ben.must("hello", {{"version", 1}});
}

TEST_F(HomeTest, TooManyTabs) {
    for (std::size_t i = 0; i < WorkerHome::kConnections; ++i)
        browser_.home->connect(ConnectionId(1000 + static_cast<std::int64_t>(i)));
    browser_.home->connect(ConnectionId(9999));
    EXPECT_EQ(browser_.host->ports[ConnectionId(9999)].closed, proto::CloseCode::kStopping);
    browser_.home->disconnect(ConnectionId(1000));
    browser_.home->connect(ConnectionId(10000));
    EXPECT_EQ(browser_.host->ports[ConnectionId(10000)].closed, std::nullopt);
}

TEST_F(HomeTest, EveryStartHasAnEpochOfItsOwn) {
    const auto epoch = [this] {
        return Person(browser_).must("hello", {{"version", 1}})["epoch"].get<std::string>();
    };
    const std::string first = epoch();
    EXPECT_EQ(epoch(), first);
    browser_.restart();
    EXPECT_NE(epoch(), first);
}

TEST_F(HomeTest, SomebodyGoesOfflineByATick) {
    Person anna(browser_);
    anna.enter("anna");
    {
        Person ben(browser_);
        ben.enter("ben");
        anna.must("add_friend", {{"user_id", "ben"}});
        browser_.home->disconnect(ben.connection());
    }
    anna.port().frames.clear();
    const auto next = browser_.home->next_tick();
    ASSERT_TRUE(next);
    browser_.home->tick();
    EXPECT_TRUE(anna.port().frames.empty()) << "too early";
    browser_.host->time = *next;
    browser_.home->tick();
    ASSERT_FALSE(anna.port().frames.empty());
    EXPECT_NE(anna.port().frames.front().find(R"("offline":["ben"])"), std::string::npos);
}

TEST_F(HomeTest, ASnapshotTakesTheJournalsPlace) {
    Person anna(browser_);
    anna.enter("anna");
    Person(browser_).enter("ben");
    EXPECT_FALSE(browser_.home->snapshot_due());
    const std::string text(11'000, 'x');
    for (int i = 0; i < 120 && !browser_.home->snapshot_due(); ++i)
        ASSERT_EQ(anna.say("ben", text)["kind"], "reply");
    ASSERT_TRUE(browser_.home->snapshot_due());
    browser_.host->snapshot();
    EXPECT_GT(browser_.storage.chunks.size(), 3U);
    EXPECT_TRUE(browser_.storage.records.empty());
    EXPECT_FALSE(browser_.home->snapshot_due());
    const std::string before = browser_.rows();
    browser_.restart();
    EXPECT_EQ(browser_.rows(), before);
}

TEST_F(HomeTest, ASnapshotThatFailedIsTriedAgainLater) {
    Person anna(browser_);
    anna.enter("anna");
    Person(browser_).enter("ben");
    const std::string text(11'000, 'x');
    while (!browser_.home->snapshot_due())
        ASSERT_EQ(anna.say("ben", text)["kind"], "reply");
    browser_.home->snapshot_begin();
    while (browser_.home->snapshot_next()) {
    }
    browser_.home->snapshot_stored(Error{ErrorCode::kDiskFull, "quota"});
    EXPECT_FALSE(browser_.home->snapshot_due()) << "not at once";
    for (int i = 0; i < 300 && !browser_.home->snapshot_due(); ++i)
        ASSERT_EQ(anna.say("ben", "more")["kind"], "reply");
    EXPECT_TRUE(browser_.home->snapshot_due());
    const std::string before = browser_.rows();
    browser_.restart();
    EXPECT_EQ(browser_.rows(), before);
}

TEST_F(HomeTest, DamagedStorageIsToldAndNotServed) {
    Person anna(browser_);
    anna.enter("anna");
    browser_.storage.records.begin()->second[10] ^= 1;
    browser_.fresh();
    const Status status = browser_.storage.open(*browser_.home);
    ASSERT_FALSE(status);
    EXPECT_EQ(status.error().code, ErrorCode::kDataDamaged);
    EXPECT_NE(status.error().context, "");
}

}  // namespace
}  // namespace kumquat::worker
