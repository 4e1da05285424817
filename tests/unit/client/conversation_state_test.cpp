#include <gtest/gtest.h>

#include "client/core/bounds.h"
#include "unit/client/tab.h"

namespace kumquat::client {
namespace {

proto::ConversationState state_of(bool pinned, bool muted, std::int64_t first_seq = 1) {
    proto::ConversationState state;
    state.pinned = pinned;
    state.muted = muted;
    state.first_seq = Seq(first_seq);
    return state;
}

proto::Event state_event(std::int64_t number, const std::string& peer,
                         proto::ConversationState state) {
    return {FeedNumber(number), proto::ConversationEvent{chat(peer), profile(peer), state}};
}

proto::ConversationState with_draft(bool has_draft) {
    proto::ConversationState state;
    state.has_draft = has_draft;
    return state;
}

SetConversation pin(const std::string& peer, bool pinned) {
    SetConversation wish;
    wish.conversation = chat(peer);
    wish.pinned = pinned;
    return wish;
}

SetConversation mute(const std::string& peer, bool muted) {
    SetConversation wish;
    wish.conversation = chat(peer);
    wish.muted = muted;
    return wish;
}

proto::SyncReply talk(std::int64_t last_seq, std::int64_t unread = 0) {
    proto::SyncReply snapshot = Tab::empty_snapshot();
    snapshot.conversations = {conversation("bo", last_seq, unread)};
    return snapshot;
}

proto::GetHistoryReply page(std::int64_t first, std::int64_t last, bool older = false,
                            bool newer = false) {
    proto::GetHistoryReply reply;
    for (std::int64_t seq = first; seq <= last; ++seq)
        reply.messages.push_back(message(seq, "bo", std::to_string(seq)));
    reply.older = older;
    reply.newer = newer;
    return reply;
}

TEST(ConversationState, ShowsAtOnceAndGoesBackIfItFails) {
    Tab tab;
    tab.live_as("an", talk(3));
    tab.command(pin("bo", true));
    EXPECT_TRUE(tab.in("bo").state.pinned);
    tab.refuse<proto::SetConversation>(ErrorCode::kUnknownConversation);
    EXPECT_FALSE(tab.in("bo").state.pinned);
    EXPECT_EQ(tab.model().find_task(Task::kSetConversation, "C2Cbo")->error,
              ErrorCode::kUnknownConversation);
}

TEST(ConversationState, WhatIsNotDoneYetOutlastsWhatTheFeedSaysOfTheRest) {
    Tab tab;
    tab.live_as("an", talk(3));
    tab.command(pin("bo", true));
    // Another device mutes it, before it has heard of the pin.
    tab.frame(state_event(1, "bo", state_of(false, true)));
    EXPECT_TRUE(tab.in("bo").state.pinned);
    EXPECT_TRUE(tab.in("bo").state.muted);
    tab.reply<proto::SetConversation>(proto::SetConversationReply{state_of(true, true)});
    tab.frame(state_event(2, "bo", state_of(true, true)));
    EXPECT_TRUE(tab.in("bo").state.pinned);
    tab.frame(state_event(3, "bo", state_of(false, true)));
    EXPECT_FALSE(tab.in("bo").state.pinned) << "nothing holds it any more";
    EXPECT_TRUE(tab.model().tasks.empty());
}

TEST(ConversationState, IsToldWhenTheConnectionIsBack) {
    Tab tab;
    tab.live_as("an", talk(3));
    tab.close();
    tab.command(pin("bo", true));
    tab.command(mute("bo", true));
    tab.command(pin("bo", false));
    EXPECT_FALSE(tab.in("bo").state.pinned);
    EXPECT_TRUE(tab.in("bo").state.muted);
    tab.come_back();
    ASSERT_EQ(tab.count<proto::SetConversation>(), 1);
    EXPECT_EQ(tab.asked<proto::SetConversation>()->pinned, false);
    EXPECT_EQ(tab.asked<proto::SetConversation>()->muted, true);
    EXPECT_EQ(tab.asked<proto::SetConversation>()->has_draft, std::nullopt);
}

TEST(ConversationState, MutedChatsAreSilentAndNotCounted) {
    Tab tab;
    tab.live_as("an", talk(3, 2));
    EXPECT_EQ(tab.model().unread_total(), 2);
    tab.frame(state_event(1, "bo", state_of(false, true)));
    EXPECT_EQ(tab.model().unread_total(), 0);
    tab.frame(message_event(2, "bo", message(4, "bo", "psst")));
    EXPECT_EQ(tab.effects_of<Notify>(), 0);
    EXPECT_EQ(tab.in("bo").unread, 3) << "its own row counts on";
    tab.command(OpenConversation{chat("bo")});
    tab.frame(message_event(3, "bo", message(5, "bo", "read aloud")));
    EXPECT_EQ(tab.effects_of<Announce>(), 1) << "whoever looks at it hears it";
}

TEST(ConversationState, MarkingAsReadNeedsNoOpenChat) {
    Tab tab;
    tab.live_as("an", talk(5, 3));
    tab.command(MarkConversationRead{chat("bo")});
    EXPECT_EQ(tab.in("bo").unread, 0);
    ASSERT_NE(tab.asked<proto::MarkRead>(), nullptr);
    EXPECT_EQ(tab.asked<proto::MarkRead>()->seq, Seq(5));
    tab.reply<proto::MarkRead>(proto::MarkReadReply{Seq(5), 0});
    tab.command(MarkConversationRead{chat("bo")});
    EXPECT_EQ(tab.asked<proto::MarkRead>(), nullptr);
}

// --- Drafts

TEST(Drafts, TheirExistenceIsToldTogetherWithStoringThem) {
    Disk disk;
    Tab tab(1, &disk);
    tab.live_as("an", talk(3));
    tab.command(SetDraft{chat("bo"), "h"});
    tab.command(SetDraft{chat("bo"), "ha"});
    EXPECT_EQ(tab.asked<proto::SetConversation>(), nullptr);
    tab.pass(kDraftStoreMs);
    EXPECT_EQ(disk.drafts.at(chat("bo")), "ha");
    ASSERT_EQ(tab.count<proto::SetConversation>(), 1);
    EXPECT_EQ(tab.asked<proto::SetConversation>()->has_draft, true);
    EXPECT_EQ(tab.asked<proto::SetConversation>()->pinned, std::nullopt);
    tab.reply<proto::SetConversation>(proto::SetConversationReply{with_draft(true)});
    tab.command(SetDraft{chat("bo"), "haha"});
    tab.pass(kDraftStoreMs);
    EXPECT_EQ(tab.asked<proto::SetConversation>(), nullptr) << "that is known";
    tab.command(SendText{chat("bo"), "haha", ""});
    ASSERT_EQ(tab.count<proto::SetConversation>(), 1);
    EXPECT_EQ(tab.asked<proto::SetConversation>()->has_draft, false);
    EXPECT_TRUE(tab.model().tasks.empty()) << "nobody waits for it";
}

TEST(Drafts, OfAnotherDeviceIsForgottenWhenItsChatIsAnsweredHere) {
    Tab tab;
    tab.live_as("an", talk(3));
    tab.frame(state_event(1, "bo", with_draft(true)));
    EXPECT_TRUE(tab.in("bo").state.has_draft);
    EXPECT_EQ(tab.asked<proto::SetConversation>(), nullptr);
    tab.command(SendText{chat("bo"), "hi", ""});
    ASSERT_NE(tab.asked<proto::SetConversation>(), nullptr);
    EXPECT_EQ(tab.asked<proto::SetConversation>()->has_draft, false);
}

TEST(Drafts, ADeviceThatStillHasOneSaysSoAgainAndOnlyOnce) {
    Tab tab;
    tab.live_as("an", talk(3));
    tab.command(SetDraft{chat("bo"), "half"});
    tab.pass(kDraftStoreMs);
    tab.reply<proto::SetConversation>(proto::SetConversationReply{with_draft(true)});
    tab.frame(state_event(1, "bo", with_draft(true)));
    tab.frame(state_event(2, "bo", with_draft(false)));  // another device has answered
    ASSERT_EQ(tab.count<proto::SetConversation>(), 1);
    EXPECT_EQ(tab.asked<proto::SetConversation>()->has_draft, true);
    tab.frame(state_event(3, "bo", with_draft(false)));
    EXPECT_EQ(tab.count<proto::SetConversation>(), 1);
    tab.reply<proto::SetConversation>(proto::SetConversationReply{with_draft(true)});
    EXPECT_EQ(tab.asked<proto::SetConversation>(), nullptr);
}

TEST(Drafts, OfAReloadAreToldOnceTheServiceIsThere) {
    Disk disk;
    disk.drafts[chat("bo")] = "left";
    Tab tab(1, &disk);
    tab.live_as("an", talk(3));
    ASSERT_EQ(tab.count<proto::SetConversation>(), 1);
    EXPECT_EQ(tab.asked<proto::SetConversation>()->has_draft, true);
}

TEST(Drafts, SigningOutTakesThemBack) {
    Tab tab;
    tab.live_as("an", talk(3));
    tab.command(SetDraft{chat("bo"), "half"});
    tab.pass(kDraftStoreMs);
    tab.reply<proto::SetConversation>(proto::SetConversationReply{with_draft(true)});
    tab.command(SignOut{});
    ASSERT_EQ(tab.count<proto::SetConversation>(), 1);
    EXPECT_EQ(tab.asked<proto::SetConversation>()->has_draft, false);
}

// --- Deleting

TEST(DeletedChat, ClosesAtOnceAndIsEmptyWhenTheServiceSaysSo) {
    Disk disk;
    Tab tab(1, &disk);
    tab.live_as("an", talk(3, 1));
    tab.command(OpenConversation{chat("bo")});
    tab.reply<proto::GetHistory>(page(1, 3));
    tab.command(SetDraft{chat("bo"), "half"});
    tab.command(DeleteConversation{chat("bo")});
    EXPECT_EQ(tab.model().open, std::nullopt);
    EXPECT_EQ(tab.in("bo").draft, "");
    EXPECT_TRUE(disk.drafts.empty());
    EXPECT_NE(tab.model().find_task(Task::kDeleteConversation, "C2Cbo"), nullptr);
    EXPECT_NE(tab.in("bo").last_message, nullptr) << "it may still fail";
    tab.reply<proto::DeleteConversation>(proto::DeleteConversationReply{state_of(false, false, 4)});
    EXPECT_EQ(tab.in("bo").last_message, nullptr);
    EXPECT_EQ(tab.in("bo").unread, 0);
    EXPECT_TRUE(tab.in("bo").timeline.empty());
    EXPECT_TRUE(tab.model().tasks.empty());
    tab.frame(state_event(1, "bo", state_of(false, false, 4)));
    // Something new brings it back, and nothing of the old.
    tab.frame(message_event(2, "bo", message(4, "bo", "again")));
    EXPECT_EQ(tab.in("bo").unread, 1);
    tab.command(OpenConversation{chat("bo")});
    ASSERT_NE(tab.asked<proto::GetHistory>(), nullptr);
    tab.reply<proto::GetHistory>(page(4, 4));
    EXPECT_EQ(tab.in("bo").timeline.messages().size(), 1u);
    EXPECT_FALSE(tab.in("bo").timeline.older());
}

TEST(DeletedChat, WhatWasDeletedUnreadIsNotToldAsRead) {
    Tab tab;
    tab.live_as("an", talk(80, 70));
    tab.frame(state_event(1, "bo", state_of(false, false, 81)));
    EXPECT_EQ(tab.in("bo").unread, 0);
    tab.close();
    tab.resume();
    proto::SyncReply snapshot = talk(81, 1);
    snapshot.number = FeedNumber(2);
    snapshot.conversations[0].read_seq = Seq(10);
    snapshot.conversations[0].state.first_seq = Seq(81);
    tab.sync_with(snapshot);
    EXPECT_EQ(tab.asked<proto::MarkRead>(), nullptr);
    tab.command(OpenConversation{chat("bo")});
    EXPECT_EQ(tab.asked<proto::GetHistory>()->anchor, proto::GetHistory::Anchor::kBefore)
        << "the mark lies in what is gone: there is nothing around it";
    tab.reply<proto::GetHistory>(page(81, 81));
    tab.command(MarkVisible{chat("bo"), Seq(81)});
    EXPECT_EQ(tab.asked<proto::MarkRead>()->seq, Seq(81));
}

TEST(DeletedChat, EmptiesOnOtherDevicesEvenWhileOpen) {
    Tab tab;
    tab.live_as("an", talk(3));
    tab.command(OpenConversation{chat("bo")});
    tab.reply<proto::GetHistory>(page(1, 3));
    tab.frame(state_event(1, "bo", state_of(false, false, 4)));
    EXPECT_TRUE(tab.in("bo").timeline.loaded());
    EXPECT_TRUE(tab.in("bo").timeline.empty());
    EXPECT_FALSE(tab.in("bo").timeline.newer()) << "there is nothing to load";
    EXPECT_EQ(tab.asked<proto::GetHistory>(), nullptr);
    tab.frame(message_event(2, "bo", message(4, "bo", "new")));
    EXPECT_EQ(tab.in("bo").timeline.messages().size(), 1u);
}

TEST(DeletedChat, APageReadBeforeItIsDroppedFromIt) {
    Tab tab;
    tab.live_as("an", talk(3));
    tab.command(OpenConversation{chat("bo")});
    tab.frame(state_event(1, "bo", state_of(false, false, 3)));
    tab.reply<proto::GetHistory>(page(1, 3));
    ASSERT_EQ(tab.in("bo").timeline.messages().size(), 1u);
    EXPECT_EQ(tab.in("bo").timeline.first_seq(), Seq(3));
    EXPECT_FALSE(tab.in("bo").timeline.older());
}

TEST(DeletedChat, AnEntryReadBackLateDoesNotBringItBack) {
    Tab tab;
    proto::SyncReply snapshot = talk(3);
    snapshot.conversations[0].state.first_seq = Seq(6);
    tab.live_as("an", snapshot);
    EXPECT_EQ(tab.in("bo").last_message, nullptr);
    tab.frame(message_event(1, "bo", message(5, "bo", "deleted since")));
    EXPECT_EQ(tab.in("bo").last_message, nullptr);
    EXPECT_EQ(tab.in("bo").unread, 0);
    EXPECT_EQ(tab.effects_of<Notify>(), 0);
}

// Entries of deleted messages are not given out, one's own neither.
TEST(DeletedChat, AMessageThatWasDeletedBeforeItCameBackIsNotAwaited) {
    Tab tab;
    tab.live_as("an", talk(3));
    tab.command(SendText{chat("bo"), "mine", ""});
    tab.reply<proto::SendMessage>(proto::SendMessageReply{Seq(5), TimeMs(1)});
    ASSERT_EQ(tab.in("bo").echoes.size(), 1u) << "it waits for what stands before it";
    tab.frame(state_event(1, "bo", state_of(false, false, 7)));
    EXPECT_TRUE(tab.in("bo").echoes.empty());
    EXPECT_EQ(tab.in("bo").last_seq, Seq(6));
    EXPECT_EQ(tab.in("bo").last_message, nullptr);
}

TEST(DeletedChat, TakesWhatWasNotSentWithIt) {
    Disk disk;
    Tab tab(1, &disk);
    tab.live_as("an", talk(3));
    tab.close();
    tab.command(SendText{chat("bo"), "1", ""});
    tab.command(SendText{chat("bo"), "2", ""});
    tab.command(DeleteConversation{chat("bo")});
    EXPECT_TRUE(tab.in("bo").echoes.empty());
    EXPECT_TRUE(disk.outbox.empty());
    tab.come_back();
    EXPECT_EQ(tab.asked<proto::SendMessage>(), nullptr);
    EXPECT_NE(tab.asked<proto::DeleteConversation>(), nullptr);
}

TEST(DeletedChat, IsKeptIfSomebodyWroteBeforeItCouldBeSaid) {
    Tab tab;
    tab.live_as("an", talk(3));
    tab.close();
    tab.command(DeleteConversation{chat("bo")});
    tab.come_back({message_event(1, "bo", message(4, "bo", "wait"))});
    EXPECT_EQ(tab.asked<proto::DeleteConversation>(), nullptr) << "nobody has seen message 4";
    EXPECT_TRUE(tab.model().tasks.empty());
    EXPECT_EQ(tab.in("bo").unread, 1);
}

TEST(DeletedChat, IsNotDeletedOnceMoreWhenOnlyTheAnswerWasLost) {
    Tab tab;
    tab.live_as("an", talk(3));
    tab.command(DeleteConversation{chat("bo")});
    tab.close();
    tab.come_back({state_event(1, "bo", state_of(false, false, 4))});
    EXPECT_EQ(tab.asked<proto::DeleteConversation>(), nullptr);
    EXPECT_TRUE(tab.model().tasks.empty());
}

TEST(DeletedChat, ThatTheServiceDoesNotKnowIsDeleted) {
    Tab tab;
    tab.live_as("an");
    tab.command(SetDraft{chat("bo"), "half"});
    tab.command(DeleteConversation{chat("bo")});
    tab.refuse<proto::DeleteConversation>(ErrorCode::kUnknownConversation);
    EXPECT_TRUE(tab.model().tasks.empty());
    EXPECT_EQ(tab.effects_of<Notice>(), 0);
}

// --- Exporting

TEST(Export, GivesTheWholeHistoryOutPageByPage) {
    Tab tab;
    tab.live_as("an", talk(3));
    tab.command(ExportChat{chat("bo"), ExportFormat::kJson});
    tab.command(ExportChat{chat("bo"), ExportFormat::kJson});
    ASSERT_EQ(tab.count<proto::GetHistory>(), 1);
    EXPECT_EQ(tab.asked<proto::GetHistory>()->anchor, proto::GetHistory::Anchor::kAfter);
    EXPECT_EQ(tab.asked<proto::GetHistory>()->seq, Seq());
    tab.reply<proto::GetHistory>(page(1, 2, false, true));
    const ExportPage* part = tab.last_effect<ExportPage>();
    ASSERT_NE(part, nullptr);
    EXPECT_TRUE(part->first);
    EXPECT_EQ(part->place, ExportPage::Place::kMore);
    EXPECT_EQ(part->format, ExportFormat::kJson);
    EXPECT_EQ(part->peer_name, "bo");
    EXPECT_EQ(part->me, user("an"));
    EXPECT_EQ(part->messages.size(), 2u);
    EXPECT_NE(tab.model().find_task(Task::kExport, "C2Cbo"), nullptr);
    EXPECT_EQ(tab.asked<proto::GetHistory>()->seq, Seq(2));
    tab.close();
    tab.come_back();
    EXPECT_EQ(tab.asked<proto::GetHistory>()->seq, Seq(2)) << "it goes on where it was";
    tab.reply<proto::GetHistory>(page(3, 3, true, false));
    part = tab.last_effect<ExportPage>();
    EXPECT_FALSE(part->first);
    EXPECT_EQ(part->place, ExportPage::Place::kLast);
    EXPECT_EQ(tab.effects_of<ExportPage>(), 2);
    EXPECT_TRUE(tab.model().tasks.empty());
    EXPECT_FALSE(tab.in("bo").timeline.loaded()) << "what the panes show is not touched";
}

TEST(Export, OfAnEmptyChatIsAnEmptyPage) {
    Tab tab;
    tab.live_as("an", talk(0));
    tab.command(ExportChat{chat("bo"), ExportFormat::kText});
    tab.reply<proto::GetHistory>(proto::GetHistoryReply{});
    ASSERT_EQ(tab.effects_of<ExportPage>(), 1);
    EXPECT_TRUE(tab.last_effect<ExportPage>()->first);
    EXPECT_EQ(tab.last_effect<ExportPage>()->place, ExportPage::Place::kLast);
}

TEST(Export, OneAfterTheOtherAndAFailureDropsWhatThereWas) {
    Tab tab;
    tab.live_as("an", talk(3));
    tab.command(ExportChat{chat("bo"), ExportFormat::kText});
    tab.command(ExportChat{chat("cy"), ExportFormat::kText});
    EXPECT_EQ(tab.count<proto::GetHistory>(), 1);
    tab.reply<proto::GetHistory>(page(1, 2, false, true));
    tab.refuse<proto::GetHistory>(ErrorCode::kUnknownConversation);
    EXPECT_EQ(tab.last_effect<ExportPage>()->place, ExportPage::Place::kGivenUp);
    EXPECT_EQ(tab.model().find_task(Task::kExport, "C2Cbo")->error,
              ErrorCode::kUnknownConversation);
    EXPECT_EQ(tab.asked<proto::GetHistory>()->conversation, chat("cy"));
}

TEST(Export, PagesThatRunInACircleEndIt) {
    Tab tab;
    tab.live_as("an", talk(3));
    tab.command(ExportChat{chat("bo"), ExportFormat::kText});
    tab.reply<proto::GetHistory>(page(1, 2, false, true));
    tab.reply<proto::GetHistory>(page(1, 2, false, true));
    EXPECT_EQ(tab.model().find_task(Task::kExport, "C2Cbo")->error, ErrorCode::kBadFrame);
    EXPECT_EQ(tab.asked<proto::GetHistory>(), nullptr);
}

}  // namespace
}  // namespace kumquat::client
