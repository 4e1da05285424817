#include "client/view/session_rows.h"

#include <gtest/gtest.h>

#include "unit/client/tab.h"

namespace kumquat::client {
namespace {

const OffsetMinutes kUtc = [](TimeMs) { return 0; };

SessionList rows(const Tab& tab) {
    return build_session_list(tab.model(), tab.now.wall, kUtc);
}

proto::SessionInfo session(const std::string& id, std::int64_t last_seen_s, bool current = false) {
    proto::SessionInfo made;
    made.id = id;
    made.device_name = "browser " + id;
    made.last_seen = TimeMs(1'799'999'000'000 + last_seen_s * 1'000);
    made.current = current;
    return made;
}

TEST(SessionRows, ThisDeviceComesFirstThenTheLastSeen) {
    Tab tab;
    tab.live_as("an");
    EXPECT_EQ(rows(tab).status, SessionList::Status::kLoading);
    tab.command(LoadSessions{});
    tab.reply<proto::ListSessions>(
        proto::ListSessionsReply{{session("a", 1), session("b", 3), session("c", 2, true)}});
    const SessionList list = rows(tab);
    EXPECT_EQ(list.status, SessionList::Status::kRows);
    ASSERT_EQ(list.rows.size(), 3u);
    EXPECT_EQ(list.rows[0].id, "c");
    EXPECT_TRUE(list.rows[0].current);
    EXPECT_EQ(list.rows[1].id, "b");
    EXPECT_EQ(list.rows[1].device_name, "browser b");
    EXPECT_EQ(list.rows[2].id, "a");
}

TEST(SessionRows, SayWhatIsBeingEndedAndWhatFailed) {
    Tab tab;
    tab.live_as("an");
    tab.command(LoadSessions{});
    tab.reply<proto::ListSessions>(proto::ListSessionsReply{{session("a", 1), session("b", 2)}});
    tab.command(EndSession{"a"});
    EXPECT_TRUE(rows(tab).rows[1].busy);
    EXPECT_FALSE(rows(tab).rows[0].busy);
    tab.refuse<proto::EndSession>(ErrorCode::kBadField);
    EXPECT_FALSE(rows(tab).rows[1].busy);
    EXPECT_EQ(rows(tab).rows[1].error, ErrorCode::kBadField);
    tab.command(LoadSessions{});
    EXPECT_EQ(rows(tab).status, SessionList::Status::kRows) << "the old ones stay meanwhile";
}

TEST(SessionRows, AListThatCouldNotBeLoadedSaysWhy) {
    Tab tab;
    tab.live_as("an");
    tab.command(LoadSessions{});
    tab.refuse<proto::ListSessions>(ErrorCode::kUnknownRequest);
    EXPECT_EQ(rows(tab).status, SessionList::Status::kFailed);
    EXPECT_EQ(rows(tab).error, ErrorCode::kUnknownRequest);
}

}  // namespace
}  // namespace kumquat::client
