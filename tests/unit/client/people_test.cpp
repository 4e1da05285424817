#include <gtest/gtest.h>

#include "client/core/bounds.h"
#include "unit/client/tab.h"

namespace kumquat::client {
namespace {

AddFriend add(const std::string& id) {
    AddFriend wish;
    wish.user_id = id;
    wish.remark = "小橙子";
    wish.group = "好友";
    wish.wording = "我是安";
    return wish;
}

TEST(People, SomebodyIsFoundAndAddedAndTheChatOpens) {
    Tab tab;
    tab.live_as("an");
    tab.command(FindUser{"bo"});
    EXPECT_EQ(tab.model().add_friend.phase, AddFriendPhase::kFinding);
    tab.reply<proto::FindUser>(proto::FindUserReply{profile("bo", "Bo"), false});
    EXPECT_EQ(tab.model().add_friend.phase, AddFriendPhase::kFound);
    EXPECT_EQ(tab.model().add_friend.found->nick, "Bo");
    tab.command(add("bo"));
    const auto* request = tab.asked<proto::AddFriend>();
    ASSERT_NE(request, nullptr);
    EXPECT_EQ(request->group, "好友");
    EXPECT_EQ(request->wording, "我是安");
    EXPECT_EQ(request->source, "AddSource_Type_Web");
    EXPECT_TRUE(tab.model().add_friend.found.has_value()) << "the box stays while adding";
    tab.reply<proto::AddFriend>(
        proto::AddFriendReply{friend_of("bo", "Bo", "小橙子"), std::nullopt});
    EXPECT_EQ(tab.model().add_friend.phase, AddFriendPhase::kAdded);
    EXPECT_EQ(tab.model().name_of(user("bo")), "小橙子");
    EXPECT_EQ(tab.model().open, chat("bo"));
    EXPECT_EQ(tab.last_effect<Notice>()->kind, NoticeKind::kFriendAdded);
    // The feed says the same; nothing doubles.
    tab.frame(proto::Event{FeedNumber(1), proto::FriendEvent{friend_of("bo", "Bo", "小橙子")}});
    EXPECT_EQ(tab.model().friends.size(), 1u);
}

TEST(People, WhoWantsToBeAskedFirstIsAskedAndTheChatStaysClosed) {
    Tab tab;
    tab.live_as("an");
    tab.command(FindUser{"bo"});
    tab.reply<proto::FindUser>(
        proto::FindUserReply{profile("bo", "Bo"), false, proto::AllowType::kConfirm});
    EXPECT_EQ(tab.model().add_friend.allow, proto::AllowType::kConfirm);
    tab.command(add("bo"));
    EXPECT_EQ(tab.model().add_friend.allow, proto::AllowType::kConfirm) << "while adding, too";
    proto::FriendRequest request;
    request.peer = profile("bo", "Bo");
    request.wording = "我是安";
    tab.reply<proto::AddFriend>(proto::AddFriendReply{std::nullopt, request});
    EXPECT_EQ(tab.model().add_friend.phase, AddFriendPhase::kAsked);
    EXPECT_EQ(tab.model().sent.at(user("bo")).wording, "我是安");
    EXPECT_EQ(tab.last_effect<Notice>()->kind, NoticeKind::kFriendAsked);
    EXPECT_EQ(tab.last_effect<Notice>()->conversation, chat("bo"));
    EXPECT_EQ(tab.model().open, std::nullopt);
    EXPECT_TRUE(tab.model().friends.empty());
}

TEST(People, AddingWhoWaitsForAnAnswerGivesItAndIsNoNewsTwice) {
    Tab tab;
    proto::SyncReply snapshot = Tab::empty_snapshot();
    proto::FriendRequest own;
    own.peer = profile("bo");
    snapshot.requests = {own};
    tab.live_as("an", snapshot);
    tab.command(add("bo"));
    tab.frame(proto::Event{FeedNumber(1), proto::FriendEvent{friend_of("bo")}});
    tab.reply<proto::AddFriend>(proto::AddFriendReply{friend_of("bo"), std::nullopt});
    EXPECT_EQ(tab.effects_of<Notice>(), 1);
    EXPECT_EQ(tab.last_effect<Notice>()->kind, NoticeKind::kFriendAdded);
}

TEST(People, ErrorsStayInTheDialogByCode) {
    Tab tab;
    tab.live_as("an");
    tab.command(add("nobody"));
    tab.refuse<proto::AddFriend>(ErrorCode::kUnknownUser);
    EXPECT_EQ(tab.model().add_friend.phase, AddFriendPhase::kFailed);
    EXPECT_EQ(tab.model().add_friend.error, ErrorCode::kUnknownUser);
    EXPECT_EQ(tab.model().add_friend.user_id, "nobody");
    tab.command(ResetAddFriend{});
    EXPECT_EQ(tab.model().add_friend.phase, AddFriendPhase::kIdle);
}

TEST(People, OneselfAndFriendsAlreadyAreRefusedWithoutAsking) {
    Tab tab;
    proto::SyncReply snapshot = Tab::empty_snapshot();
    snapshot.friends = {friend_of("bo")};
    tab.live_as("an", snapshot);
    for (const char* id : {"an", "bo"}) {
        tab.command(add(id));
        EXPECT_EQ(tab.model().add_friend.error, ErrorCode::kFriendRefused);
    }
    tab.command(add("坏"));
    EXPECT_EQ(tab.model().add_friend.error, ErrorCode::kBadUserId);
    tab.command(add(""));
    EXPECT_EQ(tab.model().add_friend.error, ErrorCode::kNoUserId);
    EXPECT_EQ(tab.asked<proto::AddFriend>(), nullptr);
}

TEST(People, OnlyTheLastQuestionIsAnswered) {
    Tab tab;
    tab.live_as("an");
    tab.command(FindUser{"b"});
    tab.command(FindUser{"bo"});
    EXPECT_EQ(tab.count<proto::FindUser>(), 2);
    tab.refuse<proto::FindUser>(ErrorCode::kUnknownUser);
    EXPECT_EQ(tab.model().add_friend.phase, AddFriendPhase::kFinding) << "that was about b";
    tab.reply<proto::FindUser>(proto::FindUserReply{profile("bo"), false});
    EXPECT_EQ(tab.model().add_friend.phase, AddFriendPhase::kFound);
}

TEST(People, ALostAnswerIsAskedForAgainAndARepeatedAddIsASuccess) {
    Tab tab;
    tab.live_as("an");
    tab.command(add("bo"));
    tab.close();
    tab.pass(600);
    if (!tab.connected) tab.command(RetryNow{});
    tab.open();
    tab.say_hello();
    tab.reply<proto::Resume>(proto::ResumeReply{TimeMs(), account("an")});
    tab.reply<proto::Sync>(
        Tab::tail(1, {proto::Event{FeedNumber(1), proto::FriendEvent{friend_of("bo")}}}));
    ASSERT_NE(tab.asked<proto::AddFriend>(), nullptr);
    tab.refuse<proto::AddFriend>(ErrorCode::kFriendRefused);
    EXPECT_EQ(tab.model().add_friend.phase, AddFriendPhase::kAdded);
}

TEST(People, WithoutAConnectionTheDialogGivesUpAfterAWhile) {
    Tab tab;
    tab.live_as("an");
    tab.close();
    tab.command(FindUser{"bo"});
    tab.pass(kPersonWaitMs - 1);
    EXPECT_EQ(tab.model().add_friend.phase, AddFriendPhase::kFinding);
    tab.pass(1);
    EXPECT_EQ(tab.model().add_friend.phase, AddFriendPhase::kFailed);
    EXPECT_EQ(tab.model().add_friend.error, ErrorCode::kIo);
}

TEST(People, FriendsShowUpAndChangeThroughTheFeed) {
    Tab tab;
    tab.live_as("an");
    const Revision before = tab.model().list_revision;
    tab.frame(proto::Event{FeedNumber(1), proto::FriendEvent{friend_of("bo", "Bo")}});
    EXPECT_EQ(tab.model().friends.size(), 1u);
    EXPECT_GT(tab.model().list_revision, before);
    tab.frame(proto::Event{FeedNumber(2), proto::FriendEvent{friend_of("bo", "Bo", "老周")}});
    EXPECT_EQ(tab.model().name_of(user("bo")), "老周");
}

TEST(People, AStrangerCanWriteAndBeWrittenTo) {
    Tab tab;
    tab.live_as("an");
    proto::Event event = message_event(1, "cy", message(1, "cy", "hello"));
    std::get<proto::MessageEvent>(event.what).peer.nick = "Cy";
    tab.frame(event);
    EXPECT_EQ(tab.model().find_friend(user("cy")), nullptr);
    EXPECT_EQ(tab.model().name_of(user("cy")), "Cy");
    tab.command(SendText{chat("cy"), "who are you", ""});
    EXPECT_NE(tab.asked<proto::SendMessage>(), nullptr);
}

TEST(Presence, ComesAsAWholeThenAsChangesAndGoesWithTheConnection) {
    Tab tab;
    tab.start();
    tab.open();
    tab.say_hello();
    tab.command(SignIn{"an", "", "", false});
    tab.reply<proto::SignIn>(proto::SignInReply{"t", TimeMs(), account("an"), false});
    // Before the list of friends is there.
    tab.frame(proto::Signal(proto::PresenceSignal{true, {user("bo")}, {}}));
    proto::SyncReply snapshot = Tab::empty_snapshot();
    snapshot.friends = {friend_of("bo"), friend_of("cy")};
    tab.sync_with(snapshot);
    EXPECT_TRUE(tab.model().find_friend(user("bo"))->online);
    EXPECT_FALSE(tab.model().find_friend(user("cy"))->online);
    tab.frame(proto::Signal(proto::PresenceSignal{false, {user("cy")}, {user("bo")}}));
    EXPECT_FALSE(tab.model().find_friend(user("bo"))->online);
    EXPECT_TRUE(tab.model().find_friend(user("cy"))->online);
    tab.close();
    EXPECT_FALSE(tab.model().find_friend(user("cy"))->online) << "nothing is known while offline";
}

TEST(Typing, OfThePeerShowsForAWhileAndEndsWithTheirMessage) {
    Tab tab;
    tab.live_as("an");
    tab.frame(message_event(1, "bo", message(1, "bo", "hi")));
    tab.frame(proto::Signal(proto::TypingSignal{chat("bo"), true}));
    EXPECT_TRUE(tab.in("bo").typing_until_ms.has_value());
    tab.pass(kTypingShownMs - 1);
    EXPECT_TRUE(tab.in("bo").typing_until_ms.has_value());
    tab.pass(1);
    EXPECT_FALSE(tab.in("bo").typing_until_ms.has_value());
    tab.frame(proto::Signal(proto::TypingSignal{chat("bo"), true}));
    tab.frame(message_event(2, "bo", message(2, "bo", "there")));
    EXPECT_FALSE(tab.in("bo").typing_until_ms.has_value());
    tab.frame(proto::Signal(proto::TypingSignal{chat("bo"), true}));
    tab.frame(proto::Signal(proto::TypingSignal{chat("bo"), false}));
    EXPECT_FALSE(tab.in("bo").typing_until_ms.has_value());
    tab.frame(proto::Signal(proto::TypingSignal{chat("bo"), true}));
    tab.close();
    EXPECT_FALSE(tab.in("bo").typing_until_ms.has_value());
}

}  // namespace
}  // namespace kumquat::client
