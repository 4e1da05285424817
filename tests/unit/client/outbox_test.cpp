#include <gtest/gtest.h>

#include "client/core/bounds.h"
#include "unit/client/tab.h"

namespace kumquat::client {
namespace {

std::vector<std::string> waiting(const Conversation& conversation) {
    std::vector<std::string> out;
    for (const Echo& echo : conversation.echoes)
        out.push_back(echo.body->content);
    return out;
}

proto::SendMessageReply sent(std::int64_t seq) {
    return {Seq(seq), TimeMs(1'800'000'000'000)};
}

TEST(Outbox, AMessageShowsAtOnceAndIsSettledByTheFeed) {
    Disk disk;
    Tab tab(7, &disk);
    tab.live_as("an");
    tab.command(OpenConversation{chat("bo")});
    tab.command(SendText{chat("bo"), "你好", "{\"a\":1}"});
    const auto* request = tab.asked<proto::SendMessage>();
    ASSERT_NE(request, nullptr);
    EXPECT_EQ(request->client_id, (ClientMessageId{DeviceId(7), 1}));
    EXPECT_EQ(request->body, (proto::Body{"TIMTextElem", "你好", "{\"a\":1}"}));
    EXPECT_EQ(tab.in("bo").echoes.at(0).state, MessageState::kSending);
    EXPECT_EQ(disk.outbox.size(), 1u);

    const ClientMessageId id = request->client_id;
    tab.reply<proto::SendMessage>(sent(1));
    EXPECT_TRUE(disk.outbox.empty());
    EXPECT_EQ(tab.in("bo").echoes.at(0).state, MessageState::kSent);
    EXPECT_EQ(tab.in("bo").echoes.at(0).seq, Seq(1));
    tab.frame(message_event(1, "bo", message(1, "an", "你好", id)));
    EXPECT_TRUE(tab.in("bo").echoes.empty());
    ASSERT_EQ(tab.in("bo").timeline.messages().size(), 1u);
    EXPECT_EQ(tab.in("bo").unread, 0);
}

TEST(Outbox, TheFeedMayBeFasterThanTheReply) {
    Disk disk;
    Tab tab(7, &disk);
    tab.live_as("an");
    tab.command(OpenConversation{chat("bo")});
    tab.command(SendText{chat("bo"), "hi", ""});
    tab.frame(message_event(1, "bo", message(1, "an", "hi", ClientMessageId{DeviceId(7), 1})));
    EXPECT_TRUE(tab.in("bo").echoes.empty());
    EXPECT_TRUE(disk.outbox.empty());
    tab.reply<proto::SendMessage>(sent(1));
    EXPECT_TRUE(tab.in("bo").echoes.empty());
    EXPECT_EQ(tab.in("bo").timeline.messages().size(), 1u);
    tab.command(SendText{chat("bo"), "again", ""});
    EXPECT_NE(tab.asked<proto::SendMessage>(), nullptr) << "the way is free for the next";
}

TEST(Outbox, WhatOthersWroteBeforeMineStandsBeforeMine) {
    Tab tab(7);
    tab.live_as("an");
    tab.command(OpenConversation{chat("bo")});
    tab.command(SendText{chat("bo"), "mine", ""});
    tab.reply<proto::SendMessage>(sent(2));
    EXPECT_TRUE(tab.in("bo").timeline.empty()) << "message 1 is still to come";
    tab.frame(message_event(1, "bo", message(1, "bo", "theirs")));
    tab.frame(message_event(2, "bo", message(2, "an", "mine", ClientMessageId{DeviceId(7), 1})));
    ASSERT_EQ(tab.in("bo").timeline.messages().size(), 2u);
    EXPECT_EQ(tab.in("bo").timeline.messages()[1]->body.content, "mine");
}

TEST(Outbox, MessagesOfOneChatGoOneAfterTheOtherAndChatsDoNotWaitForEachOther) {
    Tab tab;
    tab.live_as("an");
    tab.command(SendText{chat("bo"), "1", ""});
    tab.command(SendText{chat("bo"), "2", ""});
    tab.command(SendText{chat("cy"), "3", ""});
    EXPECT_EQ(tab.count<proto::SendMessage>(), 2);
    EXPECT_EQ(tab.in("bo").echoes.at(1).state, MessageState::kQueued);
    tab.reply<proto::SendMessage>(sent(1));
    EXPECT_EQ(tab.in("bo").echoes.at(1).state, MessageState::kSending);
}

TEST(Outbox, AMessageThatCouldNotBeStoredNowIsTriedAgainAndTheNextOnesWait) {
    Tab tab;
    tab.live_as("an");
    tab.command(SendText{chat("bo"), "1", ""});
    tab.command(SendText{chat("bo"), "2", ""});
    tab.refuse<proto::SendMessage>(ErrorCode::kStorageFailed, 4'000);
    EXPECT_EQ(tab.in("bo").echoes.at(0).state, MessageState::kQueued);
    tab.pass(3'999);
    EXPECT_EQ(tab.asked<proto::SendMessage>(), nullptr) << "the service said when";
    tab.pass(1);
    ASSERT_NE(tab.asked<proto::SendMessage>(), nullptr);
    EXPECT_EQ(tab.asked<proto::SendMessage>()->body.content, "1");
    EXPECT_EQ(tab.asked<proto::SendMessage>()->client_id.counter, 1)
        << "the same id: it may have worked after all";
}

TEST(Outbox, ARefusalForGoodIsShownAndDoesNotHoldUpTheNext) {
    Disk disk;
    Tab tab(1, &disk);
    tab.live_as("an");
    tab.command(SendText{chat("bo"), "1", ""});
    tab.command(SendText{chat("bo"), "2", ""});
    tab.refuse<proto::SendMessage>(ErrorCode::kUnknownReceiver);
    EXPECT_EQ(tab.in("bo").echoes.at(0).state, MessageState::kFailed);
    EXPECT_EQ(tab.in("bo").echoes.at(0).error, ErrorCode::kUnknownReceiver);
    EXPECT_EQ(tab.last_effect<Notice>()->kind, NoticeKind::kMessageFailed);
    EXPECT_EQ((disk.outbox[{DeviceId(1), 1}].failed), ErrorCode::kUnknownReceiver);
    ASSERT_NE(tab.asked<proto::SendMessage>(), nullptr);
    EXPECT_EQ(tab.asked<proto::SendMessage>()->body.content, "2");
}

TEST(Outbox, AFailedMessageIsRetriedUnderTheSameIdOrDiscarded) {
    Disk disk;
    Tab tab(1, &disk);
    tab.live_as("an");
    tab.command(SendText{chat("bo"), "1", ""});
    tab.refuse<proto::SendMessage>(ErrorCode::kUnknownReceiver);
    const ClientMessageId id{DeviceId(1), 1};
    tab.command(RetryMessage{id});
    ASSERT_NE(tab.asked<proto::SendMessage>(), nullptr);
    EXPECT_EQ(tab.asked<proto::SendMessage>()->client_id, id);
    EXPECT_EQ(disk.outbox[id].failed, std::nullopt);
    tab.command(DiscardMessage{id});
    EXPECT_EQ(tab.in("bo").echoes.size(), 1u) << "not while it is on its way";
    tab.refuse<proto::SendMessage>(ErrorCode::kUnknownReceiver);
    tab.command(DiscardMessage{id});
    EXPECT_TRUE(tab.in("bo").echoes.empty());
    EXPECT_TRUE(disk.outbox.empty());
}

TEST(Outbox, AnIdThatBelongsToAnotherMessageIsReplacedOnRetry) {
    Disk disk;
    Tab tab(1, &disk);
    tab.live_as("an");
    tab.command(SendText{chat("bo"), "1", ""});
    tab.refuse<proto::SendMessage>(ErrorCode::kClientIdReused);
    tab.command(RetryMessage{ClientMessageId{DeviceId(1), 1}});
    EXPECT_EQ(tab.asked<proto::SendMessage>()->client_id, (ClientMessageId{DeviceId(1), 2}));
    EXPECT_EQ(disk.outbox.size(), 1u);
    EXPECT_EQ(disk.outbox.begin()->first.counter, 2);
}

TEST(Outbox, AMessageThatBreaksTheServiceIsNotRepeatedForEver) {
    Tab tab;
    tab.live_as("an");
    tab.command(SendText{chat("bo"), "1", ""});
    for (int i = 0; i < kInternalErrorsMax; ++i) {
        tab.pass_until([&] { return tab.count<proto::SendMessage>() == 1; });
        tab.refuse<proto::SendMessage>(ErrorCode::kInternal);
    }
    EXPECT_EQ(tab.in("bo").echoes.at(0).state, MessageState::kFailed);
}

TEST(Outbox, WrittenOfflineSentWhenTheConnectionIsBack) {
    Tab tab;
    tab.live_as("an");
    tab.close();
    tab.command(SendText{chat("bo"), "1", ""});
    tab.command(SendText{chat("bo"), "2", ""});
    EXPECT_EQ(tab.in("bo").echoes.at(0).state, MessageState::kQueued);
    tab.come_back();
    EXPECT_EQ(tab.asked<proto::SendMessage>()->body.content, "1");
}

TEST(Outbox, AReplyLostWithTheConnectionLeadsToTheSameMessageAgainNotToASecondOne) {
    Disk disk;
    Tab tab(1, &disk);
    tab.live_as("an");
    tab.command(OpenConversation{chat("bo")});
    tab.command(SendText{chat("bo"), "once", ""});
    tab.close();
    // The service had taken it: the feed says so before anything is sent again.
    tab.come_back(
        {message_event(1, "bo", message(1, "an", "once", ClientMessageId{DeviceId(1), 1}))});
    EXPECT_EQ(tab.asked<proto::SendMessage>(), nullptr);
    EXPECT_TRUE(tab.in("bo").echoes.empty());
    EXPECT_TRUE(disk.outbox.empty());
    EXPECT_EQ(tab.in("bo").timeline.messages().size(), 1u);
}

TEST(Outbox, AResentMessageThatTheServiceKnewDoesNotStayAsAnEcho) {
    Tab tab(1);
    tab.live_as("an");
    tab.command(SendText{chat("bo"), "once", ""});
    tab.close();
    tab.resume();
    proto::SyncReply snapshot = Tab::empty_snapshot();
    snapshot.number = FeedNumber(3);
    snapshot.conversations = {conversation("bo", 2)};  // somebody wrote after it
    tab.sync_with(snapshot);
    ASSERT_NE(tab.asked<proto::SendMessage>(), nullptr) << "it cannot know";
    tab.reply<proto::SendMessage>(sent(1));
    EXPECT_TRUE(tab.in("bo").echoes.empty()) << "it stands in the history, under seq 1";
}

TEST(Outbox, AReloadOrACrashLosesNothing) {
    Disk disk;
    {
        Tab before(1, &disk);
        before.live_as("an");
        before.close();
        before.command(SendText{chat("bo"), "first", ""});
        before.command(SendText{chat("bo"), "second", ""});
        before.command(SetDraft{chat("cy"), "half"});
        before.pass(kDraftStoreMs);
    }
    Tab tab(2, &disk);
    tab.now.wall = TimeMs(1'800'000'100'000);
    tab.start();
    EXPECT_EQ(waiting(tab.in("bo")), (std::vector<std::string>{"first", "second"}))
        << "shown before any connection";
    EXPECT_EQ(tab.in("cy").draft, "half");
    tab.command(SendText{chat("bo"), "third", ""});
    tab.open();
    tab.say_hello();
    tab.reply<proto::Resume>(proto::ResumeReply{TimeMs(), account("an")});
    tab.sync_with(Tab::empty_snapshot());
    for (const char* text : {"first", "second", "third"}) {
        ASSERT_NE(tab.asked<proto::SendMessage>(), nullptr);
        EXPECT_EQ(tab.asked<proto::SendMessage>()->body.content, text);
        const bool old = std::string(text) != "third";
        EXPECT_EQ(tab.asked<proto::SendMessage>()->client_id.device, DeviceId(old ? 1 : 2));
        static std::int64_t seq = 0;
        tab.reply<proto::SendMessage>(sent(++seq));
    }
    EXPECT_TRUE(disk.outbox.empty());
}

TEST(Outbox, TheOrderOfOneDeviceStandsEvenIfItsClockRanBack) {
    Disk disk;
    for (int counter = 1; counter <= 3; ++counter) {
        OutboxEntry left;
        left.conversation = chat("bo");
        left.client_id = {DeviceId(9), counter};
        left.body = {proto::kTextType, std::to_string(counter), ""};
        left.created = TimeMs(1'700'000'000'000 - counter * 1000);
        disk.outbox[left.client_id] = left;
    }
    Tab tab(1, &disk);
    tab.live_as("an");
    EXPECT_EQ(waiting(tab.in("bo")), (std::vector<std::string>{"1", "2", "3"}));
    tab.now.wall = TimeMs(1'600'000'000'000);
    tab.command(SendText{chat("bo"), "4", ""});
    EXPECT_EQ(tab.in("bo").echoes.back().body->content, "4");
}

TEST(Outbox, AReconnectedTabLearnsWhatTheOthersHaveDoneMeanwhile) {
    Disk disk;
    OutboxEntry left;
    left.conversation = chat("bo");
    left.client_id = {DeviceId(3), 1};
    left.body = {proto::kTextType, "left behind", ""};
    disk.outbox[left.client_id] = left;
    Tab tab(1, &disk);
    tab.lock_answers = false;
    tab.live_as("an");
    tab.close();
    disk.outbox.clear();
    tab.come_back();
    EXPECT_TRUE(tab.in("bo").echoes.empty());
}

TEST(Outbox, NothingIsSentBeforeWhatIsStoredIsKnown) {
    Disk disk;
    Tab tab(2, &disk);
    tab.storage_answers = false;
    tab.live_as("an");
    tab.command(SendText{chat("bo"), "new", ""});
    EXPECT_EQ(tab.asked<proto::SendMessage>(), nullptr);
    OutboxEntry old;
    old.conversation = chat("bo");
    old.client_id = {DeviceId(1), 5};
    old.body = {proto::kTextType, "old", ""};
    old.created = TimeMs(1'700'000'000'000);
    disk.outbox[old.client_id] = old;
    tab.answer_load();
    EXPECT_EQ(waiting(tab.in("bo")), (std::vector<std::string>{"old", "new"}));
    EXPECT_EQ(tab.asked<proto::SendMessage>()->body.content, "old");
}

TEST(Outbox, ATabSendsWhatWasWrittenInItWhoeverHoldsTheLock) {
    Disk disk;
    Tab other(2, &disk);
    other.lock_answers = false;
    other.live_as("an");
    other.command(SendText{chat("bo"), "from the other tab", ""});
    EXPECT_NE(other.asked<proto::SendMessage>(), nullptr);
}

TEST(Outbox, WhatADeadTabLeftIsSentByTheHolderAloneAndOnce) {
    Disk disk;
    Tab holder(1, &disk);
    holder.live_as("an");
    Tab other(2, &disk);
    other.lock_answers = false;
    other.live_as("an");
    OutboxEntry left;
    left.conversation = chat("bo");
    left.client_id = {DeviceId(3), 1};
    left.body = {proto::kTextType, "left behind", ""};
    disk.outbox[left.client_id] = left;
    for (Tab* tab : {&holder, &other}) {
        tab->client.on_outbox_changed(tab->now);
        tab->settle();
        EXPECT_EQ(waiting(tab->in("bo")), (std::vector<std::string>{"left behind"}))
            << "shown in both";
    }
    EXPECT_EQ(other.asked<proto::SendMessage>(), nullptr);
    ASSERT_NE(holder.asked<proto::SendMessage>(), nullptr);
    EXPECT_EQ(holder.asked<proto::SendMessage>()->client_id, left.client_id);
    holder.reply<proto::SendMessage>(sent(1));
    EXPECT_TRUE(disk.outbox.empty());
    other.frame(message_event(1, "bo", message(1, "an", "left behind", left.client_id)));
    EXPECT_TRUE(other.in("bo").echoes.empty());
}

TEST(Outbox, WhatOthersHaveToSendFirstIsWaitedForButNotForEver) {
    Disk disk;
    OutboxEntry left;
    left.conversation = chat("bo");
    left.client_id = {DeviceId(3), 1};
    left.body = {proto::kTextType, "left behind", ""};
    disk.outbox[left.client_id] = left;
    Tab other(2, &disk);
    other.lock_answers = false;
    other.live_as("an");
    other.command(SendText{chat("bo"), "mine", ""});
    EXPECT_EQ(other.asked<proto::SendMessage>(), nullptr);
    other.frame(message_event(1, "bo", message(1, "an", "left behind", left.client_id)));
    ASSERT_NE(other.asked<proto::SendMessage>(), nullptr) << "now it is its turn";
    EXPECT_EQ(other.asked<proto::SendMessage>()->body.content, "mine");

    Tab alone(2, &disk);
    alone.lock_answers = false;
    disk.outbox[left.client_id] = left;
    alone.live_as("an");
    alone.command(SendText{chat("bo"), "mine", ""});
    alone.pass(kOthersWaitMs - 1);
    EXPECT_EQ(alone.asked<proto::SendMessage>(), nullptr);
    alone.pass(1);
    ASSERT_NE(alone.asked<proto::SendMessage>(), nullptr) << "the holder sleeps";
    EXPECT_EQ(alone.asked<proto::SendMessage>()->body.content, "mine");
}

TEST(Outbox, WhenTheHolderGoesTheNextTabSendsWhatIsLeft) {
    Disk disk;
    Tab other(2, &disk);
    other.lock_answers = false;
    other.live_as("an");
    other.command(SendText{chat("bo"), "1", ""});
    OutboxEntry left;
    left.conversation = chat("cy");
    left.client_id = {DeviceId(1), 1};
    left.body = {proto::kTextType, "left by the holder", ""};
    disk.outbox[left.client_id] = left;
    EXPECT_EQ(other.count<proto::SendMessage>(), 1);
    other.client.on_outbox_lock(user("an"), true, other.now);
    other.settle();
    EXPECT_EQ(other.count<proto::SendMessage>(), 2);
}

TEST(Outbox, WhatAnotherTabHasSentOrDiscardedGoesAwayHereToo) {
    Disk disk;
    Tab other(2, &disk);
    other.lock_answers = false;
    other.live_as("an");
    other.close();
    other.command(SendText{chat("bo"), "1", ""});
    other.client.on_outbox_changed(other.now);
    other.settle();
    EXPECT_EQ(other.in("bo").echoes.size(), 1u);
    disk.outbox.clear();
    other.client.on_outbox_changed(other.now);
    other.settle();
    EXPECT_TRUE(other.in("bo").echoes.empty());
}

TEST(Outbox, AnAnswerFromBeforeAMessageWasWrittenDoesNotTakeItAway) {
    Disk disk;
    Tab other(2, &disk);
    other.lock_answers = false;
    other.live_as("an");
    other.close();
    other.storage_answers = false;
    other.client.on_outbox_changed(other.now);
    other.settle();
    StoredData empty;
    empty.user = user("an");
    empty.number = *other.load_asked;
    other.command(SendText{chat("bo"), "just now", ""});
    other.client.on_stored(empty, other.now);
    other.settle();
    EXPECT_EQ(other.in("bo").echoes.size(), 1u);
}

TEST(Outbox, AFailureSeenByOneTabIsSeenByTheOthers) {
    Disk disk;
    OutboxEntry left;
    left.conversation = chat("bo");
    left.client_id = {DeviceId(3), 1};
    left.body = {proto::kTextType, "left behind", ""};
    disk.outbox[left.client_id] = left;
    Tab other(2, &disk);
    other.lock_answers = false;
    other.live_as("an");
    EXPECT_EQ(other.in("bo").echoes.at(0).state, MessageState::kQueued);
    disk.outbox[left.client_id].failed = ErrorCode::kUnknownReceiver;
    other.client.on_outbox_changed(other.now);
    other.settle();
    EXPECT_EQ(other.in("bo").echoes.at(0).state, MessageState::kFailed);
    other.command(RetryMessage{left.client_id});
    EXPECT_EQ(disk.outbox[left.client_id].failed, std::nullopt) << "for the holder to send";
}

TEST(Outbox, WithoutStorageMessagesGoAllTheSame) {
    Tab tab;
    tab.storage_answers = false;
    tab.live_as("an");
    tab.command(SendText{chat("bo"), "1", ""});
    EXPECT_EQ(tab.asked<proto::SendMessage>(), nullptr) << "what is stored is not known yet";
    tab.client.on_store_failed(ClientMessageId{DeviceId(1), 1}, tab.now);
    tab.settle();
    EXPECT_NE(tab.asked<proto::SendMessage>(), nullptr);
    EXPECT_TRUE(tab.model().storage_failed);
    EXPECT_EQ(tab.last_effect<Notice>()->kind, NoticeKind::kStorageFailed);
}

// Another tab has stored it once more, having been about to send it as well.
TEST(Outbox, AnEntryThatComesBackBehindItsReplyIsRemovedAgain) {
    Disk disk;
    Tab tab(1, &disk);
    tab.live_as("an");
    tab.command(SendText{chat("bo"), "1", ""});
    const auto stored = disk.outbox;
    tab.reply<proto::SendMessage>(proto::SendMessageReply{Seq(1), TimeMs(1)});
    ASSERT_EQ(tab.in("bo").echoes.size(), 1u) << "its event is still to come";
    ASSERT_TRUE(disk.outbox.empty());
    disk.outbox = stored;
    tab.client.on_outbox_changed(tab.now);
    tab.settle();
    EXPECT_EQ(tab.in("bo").echoes.size(), 1u);
    EXPECT_EQ(tab.asked<proto::SendMessage>(), nullptr);
    EXPECT_TRUE(disk.outbox.empty());
}

TEST(Outbox, StorageThatCannotBeReadTakesNothingAway) {
    Tab tab;
    tab.live_as("an");
    tab.storage_answers = false;
    tab.close();
    tab.command(SendText{chat("bo"), "1", ""});
    tab.client.on_outbox_changed(tab.now);
    tab.settle();
    tab.answer_load(/*available=*/false);
    EXPECT_EQ(tab.in("bo").echoes.size(), 1u);
    EXPECT_TRUE(tab.model().storage_failed);
}

// Written by a later version, or damaged: it may well be what seems to be missing.
TEST(Outbox, WhatCannotBeReadIsToldOnceAndTakesNothingAway) {
    Tab tab(7);
    tab.live_as("an");
    tab.close();
    tab.command(OpenConversation{chat("bo")});
    tab.command(SendText{chat("bo"), "mine", ""});
    tab.storage_answers = false;
    const auto answer = [&](std::int64_t unreadable) {
        tab.client.on_outbox_changed(tab.now);
        tab.settle();
        ASSERT_TRUE(tab.load_asked.has_value());
        StoredData data;
        data.user = user("an");
        data.number = *tab.load_asked;
        data.unreadable = unreadable;
        tab.client.on_stored(data, tab.now);
        tab.settle();
    };
    const auto told = [&] {
        int count = 0;
        for (const Effect& effect : tab.effects) {
            const auto* notice = std::get_if<Notice>(&effect);
            count += notice != nullptr && notice->kind == NoticeKind::kUnreadable;
        }
        return count;
    };
    answer(2);
    EXPECT_EQ(waiting(tab.in("bo")), std::vector<std::string>{"mine"});
    EXPECT_EQ(tab.model().unreadable_stored, 2);
    EXPECT_EQ(tab.model().lost_by_sign_out(), 3);
    EXPECT_EQ(told(), 1);
    answer(2);
    EXPECT_EQ(told(), 1) << "once is enough";
    answer(3);
    EXPECT_EQ(told(), 2) << "there is news";
    answer(0);
    EXPECT_EQ(told(), 2);
    EXPECT_TRUE(waiting(tab.in("bo")).empty()) << "another tab has sent it";
    EXPECT_EQ(tab.model().lost_by_sign_out(), 0);
}

TEST(Outbox, EmptyAndOverlongTextsAreRefusedHereAndStayInTheComposer) {
    Tab tab;
    tab.live_as("an");
    tab.command(SendText{chat("bo"), " \n\t　", ""});
    EXPECT_EQ(tab.last_effect<Notice>()->code, ErrorCode::kEmptyMessage);
    const std::string fits(12 * 1024 - 10, 'x');
    tab.command(SendText{chat("bo"), fits, "0123456789a"});
    EXPECT_EQ(tab.last_effect<Notice>()->kind, NoticeKind::kMessageRefused);
    EXPECT_EQ(tab.last_effect<Notice>()->code, ErrorCode::kTextTooLong);
    EXPECT_EQ(tab.in("bo").draft, fits);
    EXPECT_EQ(tab.asked<proto::SendMessage>(), nullptr);
    tab.command(SendText{chat("bo"), fits, "0123456789"});
    EXPECT_NE(tab.asked<proto::SendMessage>(), nullptr);
    EXPECT_EQ(tab.in("bo").draft, "");
}

TEST(Outbox, TheNumberOfUnsentMessagesIsBounded) {
    Tab tab;
    tab.live_as("an");
    tab.close();
    for (std::size_t i = 0; i < kOutboxEntries; ++i)
        tab.command(SendText{chat("bo"), "x", ""});
    EXPECT_EQ(tab.effects_of<Notice>(), 0);
    tab.command(SendText{chat("bo"), "one too many", ""});
    EXPECT_EQ(tab.last_effect<Notice>()->code, ErrorCode::kTooManyRequests);
    EXPECT_EQ(tab.model().unsent_total(), kOutboxEntries);
    EXPECT_EQ(tab.in("bo").draft, "one too many");
}

TEST(Drafts, AreStoredALittleLaterAndGoneWhenSent) {
    Disk disk;
    Tab tab(1, &disk);
    tab.live_as("an");
    tab.command(SetDraft{chat("bo"), "h"});
    tab.command(SetDraft{chat("bo"), "he"});
    EXPECT_TRUE(disk.drafts.empty());
    tab.pass(kDraftStoreMs);
    EXPECT_EQ(disk.drafts[chat("bo")], "he");
    EXPECT_EQ(tab.effects_of<StoreDraft>(), 1);
    tab.command(SendText{chat("bo"), "he", ""});
    EXPECT_TRUE(disk.drafts.empty());
}

TEST(Drafts, AreStoredAtOnceWhenThePageIsHidden) {
    Disk disk;
    Tab tab(1, &disk);
    tab.live_as("an");
    tab.command(SetDraft{chat("bo"), "h"});
    tab.command(SetVisible{false});
    EXPECT_EQ(disk.drafts[chat("bo")], "h");
}

TEST(Drafts, WhatStandsInTheComposerIsNotOverwrittenByStorage) {
    Disk disk;
    disk.drafts[chat("bo")] = "old";
    Tab tab(1, &disk);
    tab.storage_answers = false;
    tab.live_as("an");
    tab.command(SetDraft{chat("bo"), "typing already"});
    tab.answer_load();
    EXPECT_EQ(tab.in("bo").draft, "typing already");
}

TEST(Typing, IsToldSparinglyAndEndsWithTheMessage) {
    Tab tab;
    tab.live_as("an");
    tab.command(SetTyping{chat("bo"), true});
    EXPECT_EQ(tab.count<proto::SetTyping>(), 1);
    tab.command(SetTyping{chat("bo"), true});
    EXPECT_EQ(tab.count<proto::SetTyping>(), 1);
    tab.pass(kTypingRepeatMs);
    tab.command(SetTyping{chat("bo"), true});
    EXPECT_EQ(tab.count<proto::SetTyping>(), 2);
    tab.command(SetTyping{chat("bo"), false});
    EXPECT_EQ(tab.count<proto::SetTyping>(), 3);
    tab.command(SetTyping{chat("bo"), false});
    EXPECT_EQ(tab.count<proto::SetTyping>(), 3);
    tab.command(SetTyping{chat("bo"), true});
    tab.command(SendText{chat("bo"), "done", ""});
    tab.command(SetTyping{chat("bo"), false});
    EXPECT_EQ(tab.count<proto::SetTyping>(), 4) << "the message said it";
}

TEST(Typing, IsNotKeptForLater) {
    Tab tab;
    tab.live_as("an");
    tab.close();
    tab.command(SetTyping{chat("bo"), true});
    tab.come_back();
    EXPECT_EQ(tab.count<proto::SetTyping>(), 0);
}

}  // namespace
}  // namespace kumquat::client
