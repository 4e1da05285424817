#include <gtest/gtest.h>

#include "client/core/bounds.h"
#include "unit/client/tab.h"

namespace kumquat::client {
namespace {

std::vector<std::string> texts(const Conversation& conversation) {
    std::vector<std::string> out;
    for (const MessagePtr& message : conversation.timeline.messages())
        out.push_back(message->body.content);
    return out;
}

/// Live, with the chat with bo open and its (empty) history loaded.
void live_with_open_chat(Tab& tab) {
    tab.live_as("an");
    tab.command(OpenConversation{chat("bo")});
}

TEST(Sync, ASnapshotComesInPagesAndShowsWhenItIsComplete) {
    Tab tab;
    tab.start();
    tab.open();
    tab.say_hello();
    tab.command(SignIn{"an", "", "", false});
    tab.reply<proto::SignIn>(proto::SignInReply{"t", TimeMs(), account("an"), false});
    EXPECT_EQ(tab.asked<proto::Sync>()->since, std::nullopt);

    proto::SyncReply first = Tab::empty_snapshot();
    first.number = FeedNumber(40);
    first.more = true;
    first.cursor = "page 2";
    first.friends = {friend_of("bo", "Bo")};
    tab.reply<proto::Sync>(first);
    EXPECT_FALSE(tab.model().loaded);
    EXPECT_TRUE(tab.model().friends.empty()) << "half a list is no list";
    EXPECT_EQ(tab.asked<proto::Sync>()->cursor, "page 2");

    proto::SyncReply second = Tab::empty_snapshot();
    second.number = FeedNumber(40);
    second.conversations = {conversation("bo", 7, 2), conversation("cy", 3)};
    tab.reply<proto::Sync>(second);
    EXPECT_TRUE(tab.model().loaded);
    EXPECT_EQ(tab.model().friends.size(), 1u);
    EXPECT_EQ(tab.in("bo").unread, 2);
    EXPECT_EQ(tab.in("cy").last_seq, Seq(3));
    EXPECT_EQ(tab.model().unread_total(), 2);
    ASSERT_NE(tab.asked<proto::Sync>(), nullptr) << "the tail after the snapshot";
    EXPECT_EQ(tab.asked<proto::Sync>()->since, FeedNumber(40));
    EXPECT_EQ(tab.asked<proto::Sync>()->cursor, "");
    tab.reply<proto::Sync>(Tab::tail(41, {message_event(41, "bo", message(8, "bo", "new"))}));
    EXPECT_EQ(tab.in("bo").unread, 3);
    EXPECT_EQ(tab.model().connection.phase, ConnectionPhase::kLive);
}

TEST(Sync, EventsThatArriveWhileSyncingWaitTheirTurn) {
    Tab tab;
    live_with_open_chat(tab);
    tab.close();
    tab.resume();
    tab.frame(message_event(3, "bo", message(3, "bo", "three")));
    tab.frame(message_event(4, "bo", message(4, "bo", "four")));
    EXPECT_TRUE(texts(tab.in("bo")).empty());
    tab.reply<proto::Sync>(Tab::tail(2, {message_event(1, "bo", message(1, "bo", "one")),
                                         message_event(2, "bo", message(2, "bo", "two"))}));
    EXPECT_EQ(texts(tab.in("bo")), (std::vector<std::string>{"one", "two", "three", "four"}));
    EXPECT_EQ(tab.in("bo").unread, 4);
    EXPECT_EQ(tab.model().connection.phase, ConnectionPhase::kLive);
}

TEST(Sync, AnEventThatTheTailBroughtAlreadyIsNotAppliedTwice) {
    Tab tab;
    live_with_open_chat(tab);
    const auto event = message_event(1, "bo", message(1, "bo", "once"));
    tab.close();
    tab.resume();
    tab.frame(event);
    tab.reply<proto::Sync>(Tab::tail(1, {event}));
    tab.frame(event);
    EXPECT_EQ(texts(tab.in("bo")), (std::vector<std::string>{"once"}));
    EXPECT_EQ(tab.in("bo").unread, 1);
}

TEST(Sync, AGapIsFilledBeforeWhatCameAfterItIsShown) {
    Tab tab;
    live_with_open_chat(tab);
    tab.frame(message_event(1, "bo", message(1, "bo", "one")));
    tab.frame(message_event(3, "bo", message(3, "bo", "three")));
    EXPECT_EQ(texts(tab.in("bo")), (std::vector<std::string>{"one"}));
    ASSERT_NE(tab.asked<proto::Sync>(), nullptr);
    EXPECT_EQ(tab.asked<proto::Sync>()->since, FeedNumber(1));
    EXPECT_EQ(tab.model().connection.phase, ConnectionPhase::kLive)
        << "not worth a word to the person";
    tab.reply<proto::Sync>(Tab::tail(3, {message_event(2, "bo", message(2, "bo", "two")),
                                         message_event(3, "bo", message(3, "bo", "three"))}));
    EXPECT_EQ(texts(tab.in("bo")), (std::vector<std::string>{"one", "two", "three"}));
    tab.frame(message_event(4, "bo", message(4, "bo", "four")));
    EXPECT_EQ(texts(tab.in("bo")).size(), 4u);
}

TEST(Sync, AGapThatTheServiceDoesNotFillIsNotAskedForInATightCircle) {
    Tab tab;
    live_with_open_chat(tab);
    tab.frame(message_event(5, "bo", message(5, "bo", "five")));
    tab.reply<proto::Sync>(Tab::tail(0));
    std::int64_t asked_at_ms = tab.now.monotonic_ms;
    std::int64_t longest_ms = 0;
    for (int round = 0; round < 8; ++round) {
        tab.pass_until([&] { return tab.count<proto::Sync>() == 1; });
        longest_ms = std::max(longest_ms, tab.now.monotonic_ms - asked_at_ms);
        asked_at_ms = tab.now.monotonic_ms;
        tab.reply<proto::Sync>(Tab::tail(0));
    }
    EXPECT_GT(longest_ms, kRetryFirstMs);
    EXPECT_EQ(tab.effects_of<CloseConnection>(), 0);
}

TEST(Sync, PagesOfTheTailFollowEachOther) {
    Tab tab;
    live_with_open_chat(tab);
    tab.close();
    tab.resume();
    tab.reply<proto::Sync>(Tab::tail(1, {message_event(1, "bo", message(1, "bo", "one"))}, true));
    EXPECT_NE(tab.model().connection.phase, ConnectionPhase::kLive);
    EXPECT_EQ(tab.asked<proto::Sync>()->since, FeedNumber(1));
    tab.reply<proto::Sync>(Tab::tail(2, {message_event(2, "bo", message(2, "bo", "two"))}));
    EXPECT_EQ(tab.model().connection.phase, ConnectionPhase::kLive);
    EXPECT_EQ(texts(tab.in("bo")), (std::vector<std::string>{"one", "two"}));
}

TEST(Sync, AnEventOfAnUnknownKindLeavesNoGap) {
    Tab tab;
    live_with_open_chat(tab);
    tab.unknown_event(1);
    tab.frame(message_event(2, "bo", message(1, "bo", "after it")));
    EXPECT_EQ(tab.asked<proto::Sync>(), nullptr);
    EXPECT_EQ(texts(tab.in("bo")), (std::vector<std::string>{"after it"}));
    // In a page such events are left out.
    tab.frame(message_event(9, "bo", message(4, "bo", "later")));
    tab.reply<proto::Sync>(Tab::tail(9, {message_event(4, "bo", message(2, "bo", "b")),
                                         message_event(7, "bo", message(3, "bo", "c")),
                                         message_event(9, "bo", message(4, "bo", "later"))}));
    tab.unknown_event(10);
    tab.frame(message_event(11, "bo", message(5, "bo", "last")));
    EXPECT_EQ(texts(tab.in("bo")).size(), 5u);
}

TEST(Sync, AResetMakesHistoryVoidThatWasReadBefore) {
    Tab tab;
    live_with_open_chat(tab);
    for (int i = 1; i <= 3; ++i)
        tab.frame(message_event(i, "bo", message(i, "bo", std::to_string(i))));
    tab.command(OpenConversation{chat("cy")});
    tab.frame(message_event(4, "cy", message(1, "cy", "hi")));
    tab.close();
    tab.resume();
    proto::SyncReply snapshot = Tab::empty_snapshot();
    snapshot.number = FeedNumber(5'000);
    snapshot.conversations = {conversation("bo", 900, 897), conversation("cy", 1)};
    snapshot.conversations[1].last_message = message(1, "cy", "hi");
    tab.sync_with(snapshot);
    EXPECT_FALSE(tab.in("bo").timeline.loaded()) << "it may have changed since";
    EXPECT_TRUE(tab.in("cy").timeline.expired()) << "the open one stays until it is loaded anew";
    EXPECT_EQ(texts(tab.in("cy")), (std::vector<std::string>{"hi"}));
    EXPECT_EQ(tab.in("bo").unread, 897);
    tab.frame(message_event(5'001, "bo", message(901, "bo", "live")));
    EXPECT_TRUE(tab.in("bo").timeline.empty()) << "there is no window that it could join";
    EXPECT_EQ(tab.in("bo").last_seq, Seq(901));
}

TEST(Sync, AResetFillsTheOpenChatByItself) {
    Tab tab;
    live_with_open_chat(tab);
    tab.frame(message_event(1, "bo", message(1, "bo", "one")));
    tab.close();
    tab.resume();
    proto::SyncReply snapshot = Tab::empty_snapshot();
    snapshot.number = FeedNumber(5'000);
    snapshot.conversations = {conversation("bo", 3, 3)};
    tab.sync_with(snapshot);
    const auto* history = tab.asked<proto::GetHistory>();
    ASSERT_NE(history, nullptr);
    EXPECT_EQ(history->anchor, proto::GetHistory::Anchor::kAround);
    EXPECT_EQ(history->seq, Seq(1));
    tab.reply<proto::GetHistory>(proto::GetHistoryReply{
        {message(1, "bo", "one, edited"), message(2, "bo", "two"), message(3, "bo", "three")},
        false,
        false});
    EXPECT_EQ(texts(tab.in("bo")), (std::vector<std::string>{"one, edited", "two", "three"}));
    EXPECT_FALSE(tab.in("bo").timeline.newer());
}

TEST(Sync, AResetTakesAwayWhatTheServiceNoLongerHasButNotWhatThePersonWrote) {
    Tab tab;
    tab.live_as("an");
    tab.frame(message_event(1, "bo", message(1, "bo", "one")));
    tab.frame(message_event(2, "cy", message(1, "cy", "one")));
    tab.command(SetDraft{chat("cy"), "draft"});
    tab.close();
    tab.command(SendText{chat("di"), "unsent", ""});
    tab.resume();
    // The service lost its data: the feed begins anew, at a lower number.
    tab.sync_with(Tab::empty_snapshot());
    EXPECT_EQ(tab.model().find(chat("bo")), nullptr);
    EXPECT_EQ(tab.in("cy").last_seq, Seq());
    EXPECT_EQ(tab.in("cy").draft, "draft");
    EXPECT_EQ(tab.in("di").echoes.size(), 1u);
    EXPECT_NE(tab.asked<proto::SendMessage>(), nullptr);
}

TEST(Sync, AHistoryThatContradictsTheServiceIsDropped) {
    Tab tab;
    live_with_open_chat(tab);
    for (int i = 1; i <= 5; ++i)
        tab.frame(message_event(i, "bo", message(i, "bo", "old")));
    tab.close();
    tab.resume();
    proto::SyncReply snapshot = Tab::empty_snapshot();
    snapshot.conversations = {conversation("bo", 2)};  // restored from a backup
    tab.sync_with(snapshot);
    EXPECT_FALSE(tab.in("bo").timeline.loaded());
    ASSERT_NE(tab.asked<proto::GetHistory>(), nullptr) << "the open chat is loaded again";
}

TEST(Sync, WhatAPageOfASnapshotHasSeenIsNotCountedAgainByTheTailAfterIt) {
    Tab tab;
    tab.start();
    tab.open();
    tab.say_hello();
    tab.command(SignIn{"an", "", "", false});
    tab.reply<proto::SignIn>(proto::SignInReply{"t", TimeMs(), account("an"), false});
    proto::SyncReply snapshot = Tab::empty_snapshot();
    snapshot.number = FeedNumber(5);
    snapshot.conversations = {conversation("bo", 10, 3)};  // read at number 8 of the feed
    tab.reply<proto::Sync>(snapshot);
    tab.reply<proto::Sync>(Tab::tail(
        8, {read_event(6, "bo", "an", 7, 1), message_event(7, "bo", message(9, "bo", "nine")),
            message_event(8, "bo", message(10, "bo", "ten"))}));
    EXPECT_EQ(tab.in("bo").unread, 3);
    EXPECT_EQ(tab.effects_of<Notify>(), 0);
    tab.frame(read_event(9, "bo", "an", 9, 1));
    EXPECT_EQ(tab.in("bo").unread, 1);
}

// The account that came with the session may be older than the snapshot, whose number covers the
// entry that tells of the change.
TEST(Sync, ASnapshotHasTheAccountOfItsFirstPage) {
    Tab tab;
    tab.live_as("an");
    tab.close();
    tab.resume();
    proto::SyncReply first = Tab::empty_snapshot();
    first.number = FeedNumber(50);
    first.more = true;
    first.cursor = "2";
    first.me = account("an", "renamed elsewhere");
    first.me->friends_only = true;
    tab.reply<proto::Sync>(first);
    proto::SyncReply last = Tab::empty_snapshot();
    last.number = FeedNumber(50);
    tab.reply<proto::Sync>(last);
    EXPECT_EQ(tab.model().me.nick, "renamed elsewhere");
    EXPECT_TRUE(tab.model().friends_only);
}

TEST(Sync, ASnapshotCutByALostConnectionChangesNothing) {
    Tab tab;
    tab.live_as("an");
    tab.frame(message_event(1, "bo", message(1, "bo", "one")));
    tab.close();
    tab.resume();
    proto::SyncReply first = Tab::empty_snapshot();
    first.number = FeedNumber(50);
    first.more = true;
    first.cursor = "2";
    tab.reply<proto::Sync>(first);
    tab.close();
    EXPECT_EQ(tab.in("bo").last_seq, Seq(1));
    tab.resume();
    EXPECT_EQ(tab.asked<proto::Sync>()->cursor, "") << "from its beginning";
    EXPECT_EQ(tab.asked<proto::Sync>()->since, FeedNumber(1));
}

TEST(Sync, ATailWithNothingBeforeItIsNotBelieved) {
    Tab tab;
    tab.start();
    tab.open();
    tab.say_hello();
    tab.command(SignIn{"an", "", "", false});
    tab.reply<proto::SignIn>(proto::SignInReply{"t", TimeMs(), account("an"), false});
    tab.reply<proto::Sync>(Tab::tail(5));
    EXPECT_EQ(tab.effects_of<CloseConnection>(), 1);
    EXPECT_FALSE(tab.model().loaded);
}

TEST(Sync, AFailedSyncIsRepeatedAfterTheTimeThatTheServiceAskedFor) {
    Tab tab;
    tab.live_as("an");
    tab.frame(message_event(2, "bo", message(2, "bo", "two")));
    tab.refuse<proto::Sync>(ErrorCode::kStorageFailed, 5'000);
    tab.pass(4'999);
    EXPECT_EQ(tab.asked<proto::Sync>(), nullptr);
    tab.pass(1);
    EXPECT_NE(tab.asked<proto::Sync>(), nullptr);
}

TEST(Sync, TooManyWaitingEventsAreFetchedInsteadOfKept) {
    Tab tab;
    live_with_open_chat(tab);
    const std::int64_t count = static_cast<std::int64_t>(kEventsHeld) + 100;
    for (std::int64_t i = 2; i <= count; ++i)
        tab.frame(message_event(i, "bo", message(i, "bo", "x")));
    std::vector<proto::Event> all;
    for (std::int64_t i = 1; i <= 10; ++i)
        all.push_back(message_event(i, "bo", message(i, "bo", "x")));
    tab.reply<proto::Sync>(Tab::tail(10, all));
    ASSERT_NE(tab.asked<proto::Sync>(), nullptr) << "what was dropped is asked for";
    all.clear();
    for (std::int64_t i = 11; i <= count; ++i)
        all.push_back(message_event(i, "bo", message(i, "bo", "x")));
    tab.reply<proto::Sync>(Tab::tail(count, all));
    EXPECT_EQ(tab.in("bo").timeline.messages().size(), static_cast<std::size_t>(count));
    EXPECT_EQ(tab.asked<proto::Sync>(), nullptr);
}

}  // namespace
}  // namespace kumquat::client
