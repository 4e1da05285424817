#include "client/view/friend_rows.h"

#include <gtest/gtest.h>

#include "unit/client/tab.h"

namespace kumquat::client {
namespace {

const OffsetMinutes kUtc = [](TimeMs) { return 0; };

FriendList rows(const Tab& tab, std::string_view search = "") {
    return build_friend_list(tab.model(), search, tab.now.wall, kUtc);
}

std::vector<std::string> names(const FriendList& list) {
    std::vector<std::string> out;
    for (const FriendRow& row : list.rows)
        out.push_back(row.name);
    return out;
}

proto::SyncReply some_friends() {
    proto::SyncReply snapshot = Tab::empty_snapshot();
    snapshot.number = FeedNumber(10);
    snapshot.friends = {friend_of("bo", "Bo", "小橙子"), friend_of("cy", "Cy"), friend_of("zed"),
                        friend_of("ann", "Ann")};
    snapshot.conversations = {conversation("bo", 3, 1), conversation("cy", 9)};
    return snapshot;
}

TEST(FriendRows, AreSkeletonsUntilTheListIsThereAndAnInvitationIfItIsEmpty) {
    Tab tab;
    tab.start();
    EXPECT_EQ(rows(tab).status, FriendList::Status::kLoading);
    Tab alone;
    alone.live_as("an");
    EXPECT_EQ(rows(alone).status, FriendList::Status::kEmpty);
}

TEST(FriendRows, TheLastActivityComesFirstThenThoseNeverTalkedToByName) {
    Tab tab;
    tab.live_as("an", some_friends());
    const FriendList list = rows(tab);
    EXPECT_EQ(list.status, FriendList::Status::kRows);
    EXPECT_EQ(names(list), (std::vector<std::string>{"Cy", "小橙子", "Ann", "zed"}));
    EXPECT_EQ(list.never_talked_from, 2u);
    EXPECT_EQ(list.rows[1].unread, 1);
    EXPECT_EQ(list.rows[1].preview, PreviewKind::kText);
    EXPECT_EQ(list.rows[1].text, "last");
    EXPECT_EQ(list.rows[1].state, std::nullopt) << "their message has no glyph";
    EXPECT_EQ(list.rows[2].preview, PreviewKind::kNewFriends);
    EXPECT_EQ(list.rows[2].time, std::nullopt);
    tab.frame(message_event(11, "bo", message(10, "bo", "now me")));
    EXPECT_EQ(names(rows(tab)).front(), "小橙子");
}

TEST(FriendRows, OwnMessagesCarryTheirState) {
    Tab tab(1);
    tab.live_as("an", some_friends());
    tab.command(SendText{chat("zed"), "line one\n\n  line two", ""});
    FriendRow row = rows(tab).rows.front();
    EXPECT_EQ(row.name, "zed");
    EXPECT_EQ(row.text, "line one line two");
    EXPECT_EQ(row.state, MessageState::kSending);
    tab.reply<proto::SendMessage>(proto::SendMessageReply{Seq(1), tab.now.wall});
    EXPECT_EQ(rows(tab).rows.front().state, MessageState::kSent);
    tab.frame(
        message_event(11, "zed", message(1, "an", "line one", ClientMessageId{DeviceId(1), 1})));
    tab.frame(read_event(12, "zed", "zed", 1));
    EXPECT_EQ(names(rows(tab)).size(), 4u);
    for (const FriendRow& one : rows(tab).rows) {
        if (one.name == "zed") {
            EXPECT_EQ(one.state, MessageState::kRead);
        }
    }
    tab.command(SendText{chat("cy"), "x", ""});
    tab.refuse<proto::SendMessage>(ErrorCode::kUnknownReceiver);
    EXPECT_EQ(rows(tab).rows.front().state, MessageState::kFailed);
}

TEST(FriendRows, DraftsAndTypingComeBeforeTheLastMessage) {
    Tab tab;
    tab.live_as("an", some_friends());
    tab.command(SetDraft{chat("bo"), "half a\nthought"});
    FriendRow row = rows(tab).rows[1];
    EXPECT_EQ(row.preview, PreviewKind::kDraft);
    EXPECT_EQ(row.text, "half a thought");
    tab.command(OpenConversation{chat("bo")});
    row = rows(tab).rows[1];
    EXPECT_EQ(row.preview, PreviewKind::kText) << "it stands in the composer already";
    EXPECT_TRUE(row.open);
    tab.frame(proto::Signal(proto::TypingSignal{chat("bo"), true}));
    EXPECT_EQ(rows(tab).rows[1].preview, PreviewKind::kTyping);
}

TEST(FriendRows, SearchFindsByRemarkNickAndId) {
    Tab tab;
    tab.live_as("an", some_friends());
    EXPECT_EQ(names(rows(tab, "橙")), (std::vector<std::string>{"小橙子"}));
    EXPECT_EQ(names(rows(tab, " BO ")), (std::vector<std::string>{"小橙子"}))
        << "the nick behind the remark";
    EXPECT_EQ(names(rows(tab, "ZE")), (std::vector<std::string>{"zed"}));
    EXPECT_EQ(rows(tab, "nobody").status, FriendList::Status::kNoHits);
    EXPECT_EQ(rows(tab, "  ").rows.size(), 4u);
}

TEST(FriendRows, StrangersShowWhenThereIsSomethingToShow) {
    Tab tab;
    tab.live_as("an", some_friends());
    tab.command(OpenConversation{chat("stranger")});
    EXPECT_EQ(rows(tab).rows.size(), 5u);
    tab.command(CloseConversation{});
    EXPECT_EQ(rows(tab).rows.size(), 4u);
    tab.frame(message_event(11, "stranger", message(1, "stranger", "hi")));
    const FriendList list = rows(tab);
    ASSERT_EQ(list.rows.size(), 5u);
    for (const FriendRow& row : list.rows)
        EXPECT_EQ(row.is_friend, row.name != "stranger");
}

TEST(FriendRows, AMessageOfAnUnknownKindIsSaidToBeOne) {
    Tab tab;
    tab.live_as("an", some_friends());
    proto::Message odd = message(10, "bo", "");
    odd.body = {"TIMFaceElem", "{\"index\":1}", ""};
    tab.frame(message_event(11, "bo", odd));
    EXPECT_EQ(rows(tab).rows.front().preview, PreviewKind::kUnsupported);
}

TEST(FriendRows, APreviewIsCutBetweenCharacters) {
    Tab tab;
    tab.live_as("an", some_friends());
    std::string text;
    for (int i = 0; i < 1000; ++i)
        text += "橙";
    tab.frame(message_event(11, "bo", message(10, "bo", "x" + text)));
    const std::string shown = rows(tab).rows.front().text;
    EXPECT_LE(shown.size(), kPreviewBytes);
    EXPECT_EQ((shown.size() - 1) % 3, 0u);
}

}  // namespace
}  // namespace kumquat::client
