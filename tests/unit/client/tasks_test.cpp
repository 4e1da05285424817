#include <gtest/gtest.h>

#include "client/core/bounds.h"
#include "unit/client/tab.h"

namespace kumquat::client {
namespace {

proto::FriendRequest request_of(const std::string& peer, bool incoming, bool read = false) {
    proto::FriendRequest made;
    made.peer = profile(peer, "");
    made.incoming = incoming;
    made.wording = "hello";
    made.time = TimeMs(1'799'999'000'000);
    made.read = read;
    return made;
}

proto::Event event(std::int64_t number, decltype(proto::Event::what) what) {
    return {FeedNumber(number), std::move(what)};
}

/// bo is a friend, cy waits for an answer, dan is waited for.
proto::SyncReply some_people() {
    proto::SyncReply snapshot = Tab::empty_snapshot();
    snapshot.friends = {friend_of("bo", "Bo")};
    snapshot.requests = {request_of("cy", true), request_of("dan", false)};
    snapshot.blocked = {profile("eve")};
    snapshot.conversations = {conversation("bo", 3)};
    return snapshot;
}

const TaskState* accepting(const Tab& tab) {
    return tab.model().find_task(Task::kAcceptFriend, "cy");
}

TEST(Tasks, TheSnapshotBringsRequestsAndBlockedPeople) {
    Tab tab;
    tab.live_as("an", some_people());
    EXPECT_EQ(tab.model().received.count(user("cy")), 1u);
    EXPECT_EQ(tab.model().sent.count(user("dan")), 1u);
    EXPECT_TRUE(tab.model().is_blocked(user("eve")));
    EXPECT_EQ(tab.model().requests_unread(), 1);
}

TEST(Tasks, AnAcceptedRequestMakesAFriendAndIsGone) {
    Tab tab;
    tab.live_as("an", some_people());
    tab.command(AcceptFriend{user("cy"), "小橙子", "好友"});
    ASSERT_NE(accepting(tab), nullptr);
    EXPECT_EQ(accepting(tab)->error, std::nullopt);
    EXPECT_EQ(tab.asked<proto::AcceptFriend>()->remark, "小橙子");
    EXPECT_EQ(tab.asked<proto::AcceptFriend>()->group, "好友");
    tab.reply<proto::AcceptFriend>(proto::AcceptFriendReply{friend_of("cy", "", "小橙子")});
    EXPECT_EQ(accepting(tab), nullptr);
    EXPECT_TRUE(tab.model().received.empty());
    EXPECT_EQ(tab.model().name_of(user("cy")), "小橙子");
    // The feed tells the same once more.
    tab.frame(event(1, proto::FriendRequestGoneEvent{user("cy"), true}));
    tab.frame(event(2, proto::FriendEvent{friend_of("cy", "", "小橙子")}));
    EXPECT_EQ(tab.model().friends.size(), 2u);
    EXPECT_EQ(tab.effects_of<Notice>(), 0);
}

TEST(Tasks, PressingTwiceAsksOnce) {
    Tab tab;
    tab.live_as("an", some_people());
    tab.command(AcceptFriend{user("cy"), "", ""});
    tab.command(AcceptFriend{user("cy"), "", ""});
    EXPECT_EQ(tab.count<proto::AcceptFriend>(), 1);
    tab.reply<proto::AcceptFriend>(proto::AcceptFriendReply{friend_of("cy")});
    EXPECT_EQ(tab.asked<proto::AcceptFriend>(), nullptr);
}

TEST(Tasks, AnAnswerLostWithTheConnectionIsAskedForAgainAndDoneAlreadyIsDone) {
    Tab tab;
    tab.live_as("an", some_people());
    tab.command(AcceptFriend{user("cy"), "", ""});
    tab.close();
    EXPECT_NE(accepting(tab), nullptr) << "it waits for the connection";
    tab.come_back({event(1, proto::FriendRequestGoneEvent{user("cy"), true}),
                   event(2, proto::FriendEvent{friend_of("cy")})});
    tab.refuse<proto::AcceptFriend>(ErrorCode::kNoFriendRequest);
    EXPECT_EQ(accepting(tab), nullptr);
    EXPECT_EQ(tab.effects_of<Notice>(), 0);
}

TEST(Tasks, AnAcceptThatAnotherDeviceWasFasterWithIsDoneToo) {
    Tab tab;
    tab.live_as("an", some_people());
    tab.command(AcceptFriend{user("cy"), "", ""});
    // The error overtakes the event.
    tab.refuse<proto::AcceptFriend>(ErrorCode::kNoFriendRequest);
    ASSERT_NE(accepting(tab), nullptr);
    EXPECT_EQ(accepting(tab)->error, ErrorCode::kNoFriendRequest);
    EXPECT_TRUE(tab.model().received.empty()) << "whoever answered, nothing waits";
    tab.frame(event(1, proto::FriendEvent{friend_of("cy")}));
    EXPECT_EQ(accepting(tab), nullptr);
}

TEST(Tasks, AWithdrawnRequestCannotBeAccepted) {
    Tab tab;
    tab.live_as("an", some_people());
    tab.close();
    tab.command(AcceptFriend{user("cy"), "", ""});
    tab.come_back({event(1, proto::FriendRequestGoneEvent{user("cy"), true})});
    tab.refuse<proto::AcceptFriend>(ErrorCode::kNoFriendRequest);
    EXPECT_EQ(accepting(tab)->error, ErrorCode::kNoFriendRequest);
    ASSERT_NE(tab.last_effect<Notice>(), nullptr);
    EXPECT_EQ(tab.last_effect<Notice>()->kind, NoticeKind::kTaskFailed);
    EXPECT_EQ(tab.last_effect<Notice>()->code, ErrorCode::kNoFriendRequest);
    EXPECT_EQ(tab.last_effect<Notice>()->conversation, chat("cy"));
}

TEST(Tasks, WhatIsGoneNeedsNoRefusalNoWithdrawalAndNoDeletion) {
    Tab tab;
    tab.live_as("an", some_people());
    tab.command(RefuseFriend{user("cy")});
    tab.command(WithdrawFriend{user("dan")});
    tab.command(DeleteFriend{user("bo")});
    tab.refuse<proto::RefuseFriend>(ErrorCode::kNoFriendRequest);
    tab.refuse<proto::WithdrawFriend>(ErrorCode::kNoFriendRequest);
    tab.refuse<proto::DeleteFriend>(ErrorCode::kNotAFriend);
    EXPECT_TRUE(tab.model().tasks.empty());
    EXPECT_TRUE(tab.model().received.empty());
    EXPECT_TRUE(tab.model().sent.empty());
    EXPECT_TRUE(tab.model().friends.empty());
    EXPECT_EQ(tab.effects_of<Notice>(), 0);
}

TEST(Tasks, AFailureForGoodStandsUntilItIsAskedForAgain) {
    Tab tab;
    tab.live_as("an", some_people());
    tab.command(AcceptFriend{user("cy"), "", ""});
    tab.refuse<proto::AcceptFriend>(ErrorCode::kFriendListFull);
    EXPECT_EQ(accepting(tab)->error, ErrorCode::kFriendListFull);
    EXPECT_EQ(tab.model().received.size(), 1u);
    tab.command(AcceptFriend{user("cy"), "", ""});
    EXPECT_EQ(accepting(tab)->error, std::nullopt);
    tab.reply<proto::AcceptFriend>(proto::AcceptFriendReply{friend_of("cy")});
    EXPECT_EQ(accepting(tab), nullptr);
}

TEST(Tasks, WhatCouldNotBeDoneNowIsTriedAgainWhenTheServiceSays) {
    Tab tab;
    tab.live_as("an", some_people());
    tab.command(BlockUser{user("bo")});
    tab.refuse<proto::BlockUser>(ErrorCode::kStorageFailed, 4'000);
    EXPECT_EQ(tab.model().find_task(Task::kBlock, "bo")->error, std::nullopt);
    tab.pass(3'999);
    EXPECT_EQ(tab.asked<proto::BlockUser>(), nullptr);
    tab.pass(1);
    EXPECT_NE(tab.asked<proto::BlockUser>(), nullptr);
}

TEST(Tasks, ARequestThatBreaksTheServiceIsNotRepeatedForEver) {
    Tab tab;
    tab.live_as("an", some_people());
    tab.command(BlockUser{user("bo")});
    for (int i = 0; i < kInternalErrorsMax; ++i) {
        tab.pass_until([&] { return tab.count<proto::BlockUser>() == 1; });
        tab.refuse<proto::BlockUser>(ErrorCode::kInternal);
    }
    EXPECT_EQ(tab.model().find_task(Task::kBlock, "bo")->error, ErrorCode::kInternal);
}

TEST(Tasks, OnePersonsWishesKeepTheirOrderAndDoNotHoldUpOthers) {
    Tab tab;
    tab.live_as("an", some_people());
    tab.command(UpdateFriend{user("bo"), "老周", std::nullopt});
    tab.command(BlockUser{user("bo")});
    tab.command(RefuseFriend{user("cy")});
    EXPECT_EQ(tab.count<proto::UpdateFriend>(), 1);
    EXPECT_EQ(tab.count<proto::BlockUser>(), 0) << "not before the first is answered";
    EXPECT_EQ(tab.count<proto::RefuseFriend>(), 1);
    tab.reply<proto::UpdateFriend>(proto::UpdateFriendReply{friend_of("bo", "Bo", "老周")});
    EXPECT_EQ(tab.count<proto::BlockUser>(), 1);
    EXPECT_EQ(tab.model().name_of(user("bo")), "老周");
}

TEST(Tasks, WishesOfTheSameKindBecomeOneWhileTheyWait) {
    Tab tab;
    tab.live_as("an", some_people());
    tab.close();
    tab.command(UpdateFriend{user("bo"), "老周", std::nullopt});
    tab.command(UpdateFriend{user("bo"), std::nullopt, "同事"});
    tab.command(BlockUser{user("bo")});
    tab.command(UnblockUser{user("bo")});
    tab.come_back();
    ASSERT_EQ(tab.count<proto::UpdateFriend>(), 1);
    EXPECT_EQ(tab.asked<proto::UpdateFriend>()->remark, "老周");
    EXPECT_EQ(tab.asked<proto::UpdateFriend>()->group, "同事");
    tab.reply<proto::UpdateFriend>(proto::UpdateFriendReply{friend_of("bo", "Bo", "老周")});
    EXPECT_EQ(tab.asked<proto::BlockUser>(), nullptr);
    EXPECT_NE(tab.asked<proto::UnblockUser>(), nullptr) << "it may be blocked by another device";
}

TEST(Tasks, TooManyAtOnceAreRefused) {
    Tab tab;
    tab.live_as("an", some_people());
    tab.close();
    for (std::size_t i = 0; i <= kTasks; ++i)
        tab.command(BlockUser{user("p" + std::to_string(i))});
    EXPECT_EQ(tab.model().find_task(Task::kBlock, "p0")->error, std::nullopt);
    EXPECT_EQ(tab.model().find_task(Task::kBlock, "p" + std::to_string(kTasks))->error,
              ErrorCode::kTooManyRequests);
}

TEST(Tasks, AnAnswerOfAnotherKindEndsTheConnection) {
    Tab tab;
    tab.live_as("an", some_people());
    tab.command(BlockUser{user("bo")});
    tab.reply<proto::BlockUser>(proto::UnblockUserReply{});
    EXPECT_FALSE(tab.connected);
    EXPECT_FALSE(tab.model().is_blocked(user("bo")));
    tab.come_back();
    EXPECT_NE(tab.asked<proto::BlockUser>(), nullptr);
}

TEST(Tasks, NothingOfThemIsLeftForTheNextPerson) {
    Tab tab;
    tab.live_as("an", some_people());
    tab.command(LoadSessions{});
    tab.command(SignOut{});
    tab.reply<proto::ListSessions>(proto::ListSessionsReply{{proto::SessionInfo{}}});
    EXPECT_TRUE(tab.model().tasks.empty());
    EXPECT_TRUE(tab.model().received.empty());
    EXPECT_TRUE(tab.model().sent.empty());
    EXPECT_TRUE(tab.model().blocked.empty());
    EXPECT_EQ(tab.model().sessions, std::nullopt);
}

TEST(Requests, AreMarkedAsReadAtOnceAndAskedForOnce) {
    Tab tab;
    tab.live_as("an", some_people());
    tab.command(ReadFriendRequests{});
    tab.command(ReadFriendRequests{});
    EXPECT_EQ(tab.model().requests_unread(), 0);
    EXPECT_EQ(tab.count<proto::ReadFriendRequests>(), 1);
    tab.reply<proto::ReadFriendRequests>(proto::ReadFriendRequestsReply{});
    EXPECT_TRUE(tab.model().tasks.empty());
    // One that came in since is not read.
    tab.frame(event(1, proto::FriendRequestEvent{request_of("fay", true)}));
    EXPECT_EQ(tab.model().requests_unread(), 1);
}

TEST(Requests, OtherDevicesSeeThemComeBeReadAndGo) {
    Tab tab;
    tab.live_as("an");
    tab.frame(event(1, proto::FriendRequestEvent{request_of("cy", true)}));
    tab.frame(event(2, proto::FriendRequestEvent{request_of("dan", false)}));
    EXPECT_EQ(tab.model().requests_unread(), 1);
    tab.frame(event(3, proto::FriendRequestEvent{request_of("cy", true, true)}));
    EXPECT_EQ(tab.model().requests_unread(), 0);
    tab.frame(event(4, proto::FriendRequestGoneEvent{user("cy"), true}));
    tab.frame(event(5, proto::FriendRequestGoneEvent{user("nobody"), true}));
    EXPECT_TRUE(tab.model().received.empty());
    EXPECT_EQ(tab.model().sent.size(), 1u) << "the other direction is another request";
}

TEST(Requests, AnAcceptedOwnRequestIsSaidOnceInWhateverOrderItsEntriesCome) {
    for (const bool friend_first : {true, false}) {
        Tab tab;
        tab.live_as("an", some_people());
        const decltype(proto::Event::what) added = proto::FriendEvent{friend_of("dan")};
        const decltype(proto::Event::what) gone = proto::FriendRequestGoneEvent{user("dan"), false};
        tab.frame(event(1, friend_first ? added : gone));
        tab.frame(event(2, friend_first ? gone : added));
        EXPECT_EQ(tab.effects_of<Notice>(), 1) << friend_first;
        ASSERT_NE(tab.last_effect<Notice>(), nullptr);
        EXPECT_EQ(tab.last_effect<Notice>()->kind, NoticeKind::kFriendAccepted);
        EXPECT_EQ(tab.last_effect<Notice>()->conversation, chat("dan"));
        tab.frame(event(3, proto::FriendEvent{friend_of("dan", "", "changed")}));
        EXPECT_EQ(tab.effects_of<Notice>(), 1) << "a change is no news";
    }
}

TEST(Requests, ARefusedOrWithdrawnRequestIsNotAcceptedLater) {
    Tab tab;
    tab.live_as("an", some_people());
    tab.frame(event(1, proto::FriendRequestGoneEvent{user("dan"), false}));
    tab.frame(event(2, proto::FriendRequestEvent{request_of("fay", true)}));
    tab.frame(event(3, proto::FriendEvent{friend_of("dan")}));
    EXPECT_EQ(tab.effects_of<Notice>(), 0) << "dan has added an, much later";
}

TEST(Friends, ADeletedFriendGoesAndTheChatKeepsTheName) {
    Tab tab;
    tab.live_as("an", some_people());
    tab.command(DeleteFriend{user("bo")});
    tab.reply<proto::DeleteFriend>(proto::DeleteFriendReply{});
    EXPECT_EQ(tab.model().find_friend(user("bo")), nullptr);
    EXPECT_EQ(tab.model().name_of(user("bo")), "Bo");
    EXPECT_NE(tab.in("bo").last_message, nullptr);
    tab.frame(event(1, proto::FriendGoneEvent{user("bo")}));
    EXPECT_EQ(tab.model().find_friend(user("bo")), nullptr);
}

TEST(Friends, ANewNickShowsEverywhere) {
    Tab tab;
    tab.live_as("an", some_people());
    tab.command(OpenConversation{chat("bo")});
    tab.command(FindUser{"eve"});
    tab.reply<proto::FindUser>(
        proto::FindUserReply{profile("eve"), false, proto::AllowType::kConfirm});
    std::int64_t number = 0;
    for (const char* id : {"bo", "cy", "dan", "eve"}) {
        proto::Profile changed = profile(id, std::string("new ") + id);
        changed.avatar = *BlobId::parse(std::string(32, 'a'));
        const Revision before = tab.in("bo").revision;
        tab.frame(event(++number, proto::ProfileEvent{changed}));
        EXPECT_EQ(tab.model().name_of(user(id)), changed.nick);
        EXPECT_EQ(tab.model().profile_of(user(id))->avatar, changed.avatar);
        EXPECT_EQ(tab.in("bo").revision > before, std::string(id) == "bo");
    }
    EXPECT_EQ(tab.in("bo").peer.nick, "new bo") << "in old messages too";
    EXPECT_EQ(tab.model().blocked.at(user("eve")).nick, "new eve");
    EXPECT_EQ(tab.model().add_friend.found->nick, "new eve");
}

TEST(Blocking, ShowsAtTheReplyOrTheEventWhicheverComesFirst) {
    Tab tab;
    tab.live_as("an", some_people());
    tab.command(BlockUser{user("bo")});
    EXPECT_FALSE(tab.model().is_blocked(user("bo"))) << "not before it is so";
    tab.reply<proto::BlockUser>(proto::BlockUserReply{});
    EXPECT_TRUE(tab.model().is_blocked(user("bo")));
    EXPECT_EQ(tab.model().blocked.at(user("bo")).nick, "Bo");
    EXPECT_NE(tab.model().find_friend(user("bo")), nullptr) << "the friendship stays";
    tab.frame(event(1, proto::BlockEvent{profile("bo", "Bo"), true}));
    EXPECT_EQ(tab.model().blocked.size(), 2u);
    tab.command(UnblockUser{user("bo")});
    tab.frame(event(2, proto::BlockEvent{profile("bo", "Bo"), false}));
    EXPECT_FALSE(tab.model().is_blocked(user("bo")));
    tab.reply<proto::UnblockUser>(proto::UnblockUserReply{});
    EXPECT_FALSE(tab.model().is_blocked(user("bo")));
    EXPECT_TRUE(tab.model().tasks.empty());
}

TEST(Blocking, RefusedMessagesFailWithTheReason) {
    for (const ErrorCode code :
         {ErrorCode::kRefusedByPeer, ErrorCode::kPeerIsBlocked, ErrorCode::kNotPeersFriend}) {
        Tab tab;
        tab.live_as("an", some_people());
        tab.command(SendText{chat("bo"), "hi", ""});
        tab.refuse<proto::SendMessage>(code);
        EXPECT_EQ(tab.in("bo").echoes.at(0).state, MessageState::kFailed);
        EXPECT_EQ(tab.in("bo").echoes.at(0).error, code);
    }
}

TEST(Account, ChangesAreToldAndFollowToTheOtherDevices) {
    Disk disk;
    Tab tab(1, &disk);
    tab.live_as("an");
    UpdateProfile wish;
    wish.nick = "安";
    wish.allow = proto::AllowType::kConfirm;
    tab.command(wish);
    ASSERT_NE(tab.asked<proto::UpdateProfile>(), nullptr);
    EXPECT_EQ(tab.asked<proto::UpdateProfile>()->avatar, std::nullopt);
    proto::Account changed = account("an", "安");
    changed.allow = proto::AllowType::kConfirm;
    tab.reply<proto::UpdateProfile>(proto::UpdateProfileReply{changed});
    EXPECT_EQ(tab.model().me.nick, "安");
    EXPECT_EQ(tab.model().allow, proto::AllowType::kConfirm);
    EXPECT_EQ(disk.session->me.nick, "安") << "a reload shows it before any connection";
    changed.friends_only = true;
    changed.profile.nick = "An";
    tab.frame(event(1, proto::AccountEvent{changed}));
    EXPECT_TRUE(tab.model().friends_only);
    EXPECT_EQ(tab.model().me.nick, "An");
}

TEST(Account, ComesWithTheSession) {
    Tab tab;
    tab.live_as("an");
    tab.close();
    tab.pass_until([&] { return tab.connected; });
    tab.open();
    tab.say_hello();
    proto::Account me = account("an", "安");
    me.allow = proto::AllowType::kDeny;
    tab.reply<proto::Resume>(proto::ResumeReply{TimeMs(), me});
    EXPECT_EQ(tab.model().allow, proto::AllowType::kDeny);
    EXPECT_EQ(tab.model().me.nick, "安");
}

TEST(Sessions, AreListedAndEnded) {
    Tab tab;
    tab.live_as("an");
    tab.command(LoadSessions{});
    EXPECT_NE(tab.model().find_task(Task::kSessions), nullptr);
    EXPECT_EQ(tab.model().sessions, std::nullopt);
    proto::SessionInfo here;
    here.id = "s1";
    here.current = true;
    proto::SessionInfo there;
    there.id = "s2";
    tab.reply<proto::ListSessions>(proto::ListSessionsReply{{here, there}});
    ASSERT_TRUE(tab.model().sessions.has_value());
    EXPECT_EQ(tab.model().sessions->size(), 2u);
    tab.command(EndSession{"s2"});
    EXPECT_EQ(tab.asked<proto::EndSession>()->id, "s2");
    tab.refuse<proto::EndSession>(ErrorCode::kUnknownSession);
    EXPECT_EQ(tab.model().sessions->size(), 1u) << "it had expired: it is gone either way";
    EXPECT_TRUE(tab.model().tasks.empty());
}

}  // namespace
}  // namespace kumquat::client
