#include "client/view/request_rows.h"

#include <gtest/gtest.h>

#include "unit/client/tab.h"

namespace kumquat::client {
namespace {

const OffsetMinutes kUtc = [](TimeMs) { return 0; };

RequestList rows(const Tab& tab) {
    return build_request_list(tab.model(), tab.now.wall, kUtc);
}

proto::FriendRequest request_of(const std::string& peer, bool incoming, std::int64_t seconds) {
    proto::FriendRequest made;
    made.peer = profile(peer, peer == "cy" ? "Cy" : "");
    made.incoming = incoming;
    made.wording = "hello from " + peer;
    made.time = TimeMs(1'799'999'000'000 + seconds * 1'000);
    return made;
}

proto::SyncReply three_requests() {
    proto::SyncReply snapshot = Tab::empty_snapshot();
    snapshot.requests = {request_of("bo", true, 1), request_of("cy", true, 2),
                         request_of("dan", false, 3)};
    return snapshot;
}

TEST(RequestRows, StandNewestFirstInTheirLists) {
    Tab tab;
    tab.live_as("an", three_requests());
    const RequestList list = rows(tab);
    ASSERT_EQ(list.received.size(), 2u);
    EXPECT_EQ(list.received[0].user_id, user("cy"));
    EXPECT_EQ(list.received[0].name, "Cy");
    EXPECT_EQ(list.received[0].wording, "hello from cy");
    EXPECT_TRUE(list.received[0].fresh);
    EXPECT_EQ(list.received[1].name, "bo") << "without a nick the ID";
    ASSERT_EQ(list.sent.size(), 1u);
    EXPECT_EQ(list.sent[0].user_id, user("dan"));
    EXPECT_FALSE(list.sent[0].fresh);
}

TEST(RequestRows, AreBusyWhileTheAnswerIsOnItsWayAndSayWhyItFailed) {
    Tab tab;
    tab.live_as("an", three_requests());
    tab.command(AcceptFriend{user("bo"), "", ""});
    tab.command(WithdrawFriend{user("dan")});
    EXPECT_TRUE(rows(tab).received[1].busy);
    EXPECT_FALSE(rows(tab).received[0].busy);
    EXPECT_TRUE(rows(tab).sent[0].busy);
    tab.refuse<proto::AcceptFriend>(ErrorCode::kFriendListFull);
    EXPECT_FALSE(rows(tab).received[1].busy);
    EXPECT_EQ(rows(tab).received[1].error, ErrorCode::kFriendListFull);
    tab.command(RefuseFriend{user("bo")});
    EXPECT_TRUE(rows(tab).received[1].busy);
    EXPECT_EQ(rows(tab).received[1].error, std::nullopt) << "that was about the other answer";
    tab.reply<proto::RefuseFriend>(proto::RefuseFriendReply{});
    EXPECT_EQ(rows(tab).received.size(), 1u);
}

}  // namespace
}  // namespace kumquat::client
