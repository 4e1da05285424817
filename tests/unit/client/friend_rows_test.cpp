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
    ASSERT_EQ(list.sections.size(), 2u);
    EXPECT_EQ(list.sections[1].first, 2u);
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

proto::ConversationState state_of(bool pinned, bool muted) {
    proto::ConversationState state;
    state.pinned = pinned;
    state.muted = muted;
    return state;
}

proto::Event state_event(std::int64_t number, const std::string& peer,
                         proto::ConversationState state) {
    return {FeedNumber(number), proto::ConversationEvent{chat(peer), profile(peer), state}};
}

TEST(FriendRows, PinnedOnesComeFirstAndMutedOnesSaySo) {
    Tab tab;
    tab.live_as("an", some_friends());
    tab.frame(state_event(11, "zed", state_of(true, false)));
    tab.frame(state_event(12, "bo", state_of(true, true)));
    const FriendList list = rows(tab);
    EXPECT_EQ(names(list), (std::vector<std::string>{"小橙子", "zed", "Cy", "Ann"}));
    EXPECT_TRUE(list.rows[0].pinned);
    EXPECT_TRUE(list.rows[0].muted);
    EXPECT_FALSE(list.rows[1].muted);
    EXPECT_EQ(list.sections.back().first, 3u) << "a pinned one stands on top, talked to or not";
}

TEST(FriendRows, GroupsAreSectionsOfThoseNeverTalkedTo) {
    Tab tab;
    proto::SyncReply snapshot = some_friends();
    for (proto::Friend& one : snapshot.friends) {
        if (one.profile.user_id != user("ann")) one.group = "同事";
    }
    proto::Friend family = friend_of("mum");
    family.group = "家人";
    snapshot.friends.push_back(family);
    tab.live_as("an", snapshot);
    const FriendList list = rows(tab);
    EXPECT_EQ(names(list), (std::vector<std::string>{"Cy", "小橙子", "Ann", "zed", "mum"}));
    ASSERT_EQ(list.sections.size(), 4u);
    EXPECT_EQ(list.sections[0].kind, FriendSection::Kind::kTalks);
    EXPECT_EQ(list.sections[0].first, 0u);
    EXPECT_EQ(list.sections[1].kind, FriendSection::Kind::kNever);
    EXPECT_EQ(list.sections[1].first, 2u);
    EXPECT_EQ(list.sections[2].kind, FriendSection::Kind::kGroup);
    EXPECT_EQ(list.sections[2].group, "同事");
    EXPECT_EQ(list.sections[2].first, 3u);
    EXPECT_EQ(list.sections[3].group, "家人");
    EXPECT_EQ(list.rows[1].group, "同事") << "of those talked to as well";
}

TEST(FriendRows, CanStandByGroupInsteadOfByActivity) {
    Tab tab;
    proto::SyncReply snapshot = some_friends();
    for (proto::Friend& one : snapshot.friends) {
        if (one.profile.user_id != user("ann")) one.group = "同事";
    }
    tab.live_as("an", snapshot);
    tab.frame(message_event(11, "stranger", message(1, "stranger", "hi")));
    const FriendList list =
        build_friend_list(tab.model(), {}, tab.now.wall, kUtc, {}, FriendOrder::kGroups);
    EXPECT_EQ(names(list), (std::vector<std::string>{"Ann", "Cy", "zed", "小橙子"}));
    ASSERT_EQ(list.sections.size(), 2u);
    EXPECT_EQ(list.sections[0].kind, FriendSection::Kind::kNoGroup);
    EXPECT_EQ(list.sections[1].kind, FriendSection::Kind::kGroup);
    EXPECT_EQ(list.sections[1].group, "同事");
    EXPECT_EQ(list.sections[1].first, 1u);
}

TEST(FriendRows, RequestsHaveARowWhileSomethingWaits) {
    Tab tab;
    tab.live_as("an", some_friends());
    EXPECT_EQ(rows(tab).requests, std::nullopt);
    proto::FriendRequest request;
    request.peer = profile("dan", "Dan");
    request.time = TimeMs(1'799'999'000'000);
    tab.frame(proto::Event{FeedNumber(11), proto::FriendRequestEvent{request}});
    ASSERT_TRUE(rows(tab).requests.has_value());
    EXPECT_EQ(rows(tab).requests->name, "Dan") << "an own one, if there is no other";
    EXPECT_EQ(rows(tab).requests->received, 0);
    EXPECT_EQ(rows(tab).requests->sent, 1);
    for (const char* id : {"eve", "fay"}) {
        request.peer = profile(id);
        request.incoming = true;
        request.read = std::string(id) == "eve";
        request.time = TimeMs(request.time.value() + 1'000);
        const std::int64_t number = std::string(id) == "eve" ? 12 : 13;
        tab.frame(proto::Event{FeedNumber(number), proto::FriendRequestEvent{request}});
    }
    EXPECT_EQ(rows(tab).requests->name, "fay");
    EXPECT_EQ(rows(tab).requests->received, 2);
    EXPECT_EQ(rows(tab).requests->unread, 1);
    EXPECT_EQ(rows(tab, "bo").requests, std::nullopt) << "it is no hit";
}

TEST(FriendRows, APictureAndADraftOfAnotherDeviceAreSaid) {
    Tab tab;
    tab.live_as("an", some_friends());
    proto::Message picture = message(10, "bo", "");
    picture.body.type = proto::kImageType;
    picture.body.content = "{}";
    picture.body.image = proto::Image{1, std::vector<proto::Rendition>(limits::kRenditions)};
    tab.frame(message_event(11, "bo", picture));
    EXPECT_EQ(rows(tab).rows.front().preview, PreviewKind::kPicture);
    picture.seq = Seq(11);
    picture.body.image.reset();  // it could not be read
    tab.frame(message_event(12, "bo", picture));
    EXPECT_EQ(rows(tab).rows.front().preview, PreviewKind::kUnsupported);

    proto::ConversationState state;
    state.has_draft = true;
    tab.frame(state_event(13, "bo", state));
    EXPECT_TRUE(rows(tab).rows.front().draft_elsewhere);
    tab.command(SetDraft{chat("bo"), "mine"});
    EXPECT_FALSE(rows(tab).rows.front().draft_elsewhere);
    EXPECT_EQ(rows(tab).rows.front().preview, PreviewKind::kDraft);
}

TEST(FriendRows, ADeletedChatLeavesAFriendWithoutWordsAndNoStranger) {
    Tab tab;
    proto::SyncReply snapshot = some_friends();
    snapshot.conversations.push_back(conversation("stranger", 2));
    tab.live_as("an", snapshot);
    EXPECT_EQ(rows(tab).rows.size(), 5u);
    proto::ConversationState deleted;
    deleted.first_seq = Seq(10);
    tab.frame(state_event(11, "stranger", deleted));
    tab.frame(state_event(12, "cy", deleted));
    const FriendList list = rows(tab);
    EXPECT_EQ(names(list), (std::vector<std::string>{"小橙子", "Ann", "Cy", "zed"}));
    EXPECT_EQ(list.rows[2].preview, PreviewKind::kNone);
    EXPECT_EQ(list.rows[2].unread, 0);
    EXPECT_EQ(list.rows[1].preview, PreviewKind::kNewFriends);
}

TEST(FriendRows, TheBlockedAreMarkedAndTheirPresenceIsHidden) {
    Tab tab;
    tab.live_as("an", some_friends());
    tab.frame(proto::Signal(proto::PresenceSignal{true, {user("cy")}, {}}));
    EXPECT_TRUE(rows(tab).rows[0].online);
    tab.frame(proto::Event{FeedNumber(11), proto::BlockEvent{profile("cy", "Cy"), true}});
    EXPECT_TRUE(rows(tab).rows[0].blocked);
    EXPECT_FALSE(rows(tab).rows[0].online);
    EXPECT_TRUE(rows(tab).rows[0].is_friend);
}

TEST(FriendRows, SearchFindsBySound) {
    Tab tab;
    tab.live_as("an", some_friends());
    const Spelling spelling = [](std::string_view text) {
        return std::string(text == "小橙子" ? "xiao cheng zi" : "");
    };
    const auto found = [&](std::string_view search) {
        return names(build_friend_list(tab.model(), search, tab.now.wall, kUtc, spelling));
    };
    EXPECT_EQ(found("xcz"), (std::vector<std::string>{"小橙子"}));
    EXPECT_EQ(found("XiaoCheng"), (std::vector<std::string>{"小橙子"}));
    EXPECT_TRUE(found("xcq").empty());
    EXPECT_TRUE(names(rows(tab, "xcz")).empty()) << "without spelling";
}

TEST(FriendRows, ARecalledLastMessageIsSaidAndADeletedOneIsNot) {
    Tab tab;
    proto::SyncReply snapshot = some_friends();
    proto::Message& last = *snapshot.conversations[0].last_message;
    last.recalled = true;
    last.body = {proto::kGoneType, "", "", {}};
    tab.live_as("an", snapshot);
    EXPECT_EQ(rows(tab).rows[1].preview, PreviewKind::kRecalled);
    EXPECT_FALSE(rows(tab).rows[1].state.has_value()) << "the other person did it";
    const TimeMs time = *rows(tab).rows[0].time;
    tab.frame({proto::Event{FeedNumber(11), proto::MessageDeletedEvent{chat("cy"), Seq(9), 0}}});
    EXPECT_TRUE(rows(tab).rows[0].text.empty());
    EXPECT_EQ(rows(tab).rows[0].time, time) << "it does not jump while the one before is asked for";
}

}  // namespace
}  // namespace kumquat::client
