#include <gtest/gtest.h>

#include "client/core/bounds.h"
#include "unit/client/tab.h"

namespace kumquat::client {
namespace {

proto::Message recalled(std::int64_t seq, const std::string& from) {
    proto::Message made = message(seq, from, "");
    made.body.type = proto::kGoneType;
    made.recalled = true;
    return made;
}

proto::Message deleted(std::int64_t seq, const std::string& from) {
    proto::Message made = recalled(seq, from);
    made.recalled = false;
    made.deleted = true;
    return made;
}

proto::Message answer(std::int64_t seq, const std::string& from, const proto::Quote& quote) {
    proto::Message made = message(seq, from, "answer");
    made.quote = quote;
    return made;
}

proto::Quote quote(std::int64_t seq, const std::string& from, const std::string& text) {
    return {Seq(seq), user(from), proto::kTextType, text};
}

proto::Event changed(std::int64_t number, proto::Message message, std::int64_t unread = 0) {
    return {FeedNumber(number), proto::MessageChangedEvent{chat("bo"), std::move(message), unread}};
}

proto::Event deletion(std::int64_t number, std::int64_t seq, std::int64_t unread = 0) {
    return {FeedNumber(number), proto::MessageDeletedEvent{chat("bo"), Seq(seq), unread}};
}

proto::GetHistoryReply page(std::vector<proto::Message> messages, bool older = false) {
    return {std::move(messages), older, false};
}

/// Live as "an"; bo has written `last` messages, of which the newest `unread` are unread.
void live(Tab& tab, std::int64_t last, std::int64_t unread = 0) {
    proto::SyncReply snapshot = Tab::empty_snapshot();
    snapshot.number = FeedNumber(100);
    snapshot.friends = {friend_of("bo"), friend_of("cy")};
    if (last > 0) snapshot.conversations = {conversation("bo", last, unread)};
    tab.live_as("an", snapshot);
}

/// With an open, empty chat with bo, in which then `count` messages of an's came.
void chat_with_own(Tab& tab, std::int64_t count) {
    live(tab, 0);
    tab.command(OpenConversation{chat("bo")});
    for (std::int64_t i = 1; i <= count; ++i)
        tab.frame(message_event(100 + i, "bo", message(i, "an", "own " + std::to_string(i))));
}

const proto::Message& at(const Tab& tab, std::int64_t seq) {
    static const proto::Message kNone;
    const MessagePtr found = tab.in("bo").timeline.find(Seq(seq));
    EXPECT_NE(found, nullptr) << "not loaded: " << seq;
    return found ? *found : kNone;
}

// --- What the feed tells

TEST(Messages, AChangeShowsWhereverTheMessageShows) {
    Tab tab;
    chat_with_own(tab, 1);
    tab.frame(message_event(102, "bo", answer(2, "bo", quote(1, "an", "own 1"))));
    tab.frame(
        {proto::Event{FeedNumber(103), proto::PinsEvent{chat("bo"), {quote(1, "an", "own 1")}}}});
    proto::Message edited = message(1, "an", "better");
    edited.edits = 1;
    tab.frame(changed(104, edited));
    EXPECT_EQ(at(tab, 1).body.content, "better");
    EXPECT_EQ(at(tab, 2).quote->text, "better");
    EXPECT_EQ(tab.in("bo").pins.at(0).text, "better");
    EXPECT_EQ(tab.in("bo").last_message->seq, Seq(2));

    tab.frame(changed(105, recalled(1, "an")));
    EXPECT_TRUE(at(tab, 1).recalled);
    EXPECT_FALSE(at(tab, 2).quote->from.has_value());
    EXPECT_TRUE(tab.in("bo").pins.empty());
    tab.frame(changed(106, recalled(2, "bo")));
    EXPECT_TRUE(tab.in("bo").last_message->recalled);
}

TEST(Messages, ARecalledMessageIsNotUnreadAndAnnouncesNothing) {
    Tab tab;
    live(tab, 5, 3);
    tab.frame(changed(101, recalled(4, "bo"), 2));
    EXPECT_EQ(tab.in("bo").unread, 2);
    tab.frame(message_event(102, "bo", recalled(6, "bo")));
    EXPECT_EQ(tab.in("bo").unread, 2);
    EXPECT_EQ(tab.effects_of<Notify>() + tab.effects_of<Announce>(), 0);
    tab.frame(message_event(103, "bo", message(7, "bo", "here")));
    EXPECT_EQ(tab.in("bo").unread, 3);
    EXPECT_EQ(tab.effects_of<Notify>(), 1);
}

TEST(Messages, WhatASnapshotHasCountedIsCountedOnceAlsoBehindARecall) {
    // The page was read when 6 and 7 had been written, and 4 recalled.
    Tab tab;
    proto::SyncReply snapshot = Tab::empty_snapshot();
    snapshot.number = FeedNumber(100);
    snapshot.conversations = {conversation("bo", 7, 3)};
    snapshot.conversations[0].read_seq = Seq(3);
    tab.client.start(std::nullopt, tab.now);
    tab.settle();
    tab.open();
    tab.say_hello();
    tab.command(SignIn{"an", "", "", false});
    tab.reply<proto::SignIn>(proto::SignInReply{"token", TimeMs(), account("an"), false});
    tab.reply<proto::Sync>(snapshot);
    tab.reply<proto::Sync>(Tab::tail(
        103, {changed(101, recalled(4, "bo"), 1), message_event(102, "bo", message(6, "bo", "6")),
              message_event(103, "bo", message(7, "bo", "7"))}));
    EXPECT_EQ(tab.in("bo").unread, 3);
    EXPECT_EQ(tab.effects_of<Notify>(), 0) << "they were known";
}

TEST(Messages, AChangeAboveTheLastMessageWaitsForTheMessage) {
    Tab tab;
    live(tab, 5);
    tab.frame(changed(101, recalled(6, "bo"), 9));
    EXPECT_EQ(tab.in("bo").unread, 0);
    EXPECT_EQ(tab.in("bo").last_seq, Seq(5));
}

TEST(Messages, APageReadBeforeAChangeDoesNotUndoIt) {
    Tab tab;
    live(tab, 2);
    tab.command(OpenConversation{chat("bo")});
    tab.frame(changed(101, recalled(1, "bo")));
    tab.frame(deletion(102, 2));
    tab.reply<proto::GetHistory>(page({message(1, "bo", "one"), message(2, "bo", "two")}));
    EXPECT_TRUE(at(tab, 1).recalled);
    EXPECT_TRUE(at(tab, 2).deleted);
    EXPECT_EQ(tab.in("bo").last_message->seq, Seq(1));
}

// --- Deletion

TEST(Messages, ADeletedLastMessageLeavesTheOneBeforeIt) {
    Tab tab;
    chat_with_own(tab, 3);
    tab.frame(deletion(104, 2));
    EXPECT_EQ(tab.in("bo").last_message->seq, Seq(3));
    EXPECT_EQ(tab.in("bo").timeline.messages().size(), 3u) << "the window has no hole";
    tab.frame(deletion(105, 3));
    EXPECT_EQ(tab.in("bo").last_message->seq, Seq(1));
    tab.frame(deletion(106, 1));
    EXPECT_EQ(tab.in("bo").last_message, nullptr);
    EXPECT_EQ(tab.asked<proto::GetHistory>(), nullptr) << "there is nothing before";
}

TEST(Messages, WithoutLoadedHistoryTheLastMessageIsAskedForUntilItIsKnown) {
    Tab tab;
    live(tab, 20);
    tab.frame(deletion(101, 20));
    ASSERT_NE(tab.asked<proto::GetHistory>(), nullptr);
    EXPECT_EQ(tab.asked<proto::GetHistory>()->seq, Seq(20));
    EXPECT_EQ(tab.asked<proto::GetHistory>()->limit, kPreviewPage);
    tab.frame(deletion(102, 17));
    tab.reply<proto::GetHistory>(
        page({message(17, "bo", "17"), deleted(18, "bo"), deleted(19, "bo")}, true));
    ASSERT_NE(tab.asked<proto::GetHistory>(), nullptr) << "17 was deleted meanwhile";
    EXPECT_EQ(tab.asked<proto::GetHistory>()->seq, Seq(17));
    tab.close();
    tab.come_back();
    tab.reply<proto::GetHistory>(page({message(15, "bo", "15"), message(16, "bo", "16")}, true));
    EXPECT_EQ(tab.in("bo").last_message->body.content, "16");
    EXPECT_FALSE(tab.in("bo").timeline.loaded());
}

TEST(Messages, AMessageThatComesMeanwhileIsTheLast) {
    Tab tab;
    live(tab, 20);
    tab.frame(deletion(101, 20));
    tab.frame(message_event(102, "bo", message(21, "bo", "21")));
    tab.reply<proto::GetHistory>(page({message(19, "bo", "19")}));
    EXPECT_EQ(tab.in("bo").last_message->seq, Seq(21));
}

TEST(Messages, AMessageDeletedBeforeItsEntryWasReadHasItsPlace) {
    Tab tab(1);
    chat_with_own(tab, 1);
    tab.command(SendText{chat("bo"), "short-lived", ""});
    tab.reply<proto::SendMessage>(proto::SendMessageReply{Seq(2), tab.now.wall});
    ASSERT_EQ(tab.in("bo").echoes.size(), 1u);
    tab.unknown_event(102);
    tab.frame(deletion(103, 2));
    EXPECT_TRUE(tab.in("bo").echoes.empty());
    EXPECT_EQ(tab.in("bo").last_seq, Seq(2));
    EXPECT_FALSE(tab.in("bo").timeline.newer());
    EXPECT_EQ(tab.in("bo").last_message->seq, Seq(1));
}

TEST(Messages, ManyAreDeletedInPieces) {
    Tab tab;
    chat_with_own(tab, 70);
    std::vector<Seq> seqs;
    for (std::int64_t seq = 70; seq >= 1; --seq)
        seqs.push_back(Seq(seq));
    tab.command(DeleteMessages{chat("bo"), seqs});
    tab.command(DeleteMessages{chat("bo"), {Seq(1), Seq(2)}});
    ASSERT_EQ(tab.count<proto::DeleteMessages>(), 3) << "what is on its way is not asked again";
    EXPECT_EQ(tab.asked<proto::DeleteMessages>()->seqs.size(), 30u);
    tab.reply<proto::DeleteMessages>(proto::DeleteMessagesReply{});
    EXPECT_TRUE(at(tab, 30).deleted);
    EXPECT_FALSE(at(tab, 31).deleted);
    tab.refuse<proto::DeleteMessages>(ErrorCode::kUnknownMessage);
    ASSERT_NE(tab.last_effect<Notice>(), nullptr);
    EXPECT_EQ(tab.last_effect<Notice>()->kind, NoticeKind::kMessageChangeFailed);
    EXPECT_EQ(tab.last_effect<Notice>()->code, ErrorCode::kUnknownMessage);
}

// --- Commands

TEST(Messages, ARefusedEditIsADraftAgain) {
    Tab tab;
    chat_with_own(tab, 2);
    tab.command(EditMessage{chat("bo"), Seq(1), "own one"});
    tab.refuse<proto::EditMessage>(ErrorCode::kEditConflict);
    EXPECT_EQ(tab.last_effect<Notice>()->code, ErrorCode::kEditConflict);
    EXPECT_EQ(tab.in("bo").draft, "own one");
    tab.command(EditMessage{chat("bo"), Seq(9), "of a message that is not there"});
    EXPECT_EQ(tab.in("bo").draft, "own one\nof a message that is not there");
}

TEST(Messages, ARecallGivesTheTextBackWhicheverComesFirst) {
    for (const bool event_first : {true, false}) {
        Tab tab;
        chat_with_own(tab, 1);
        tab.command(RecallMessage{chat("bo"), Seq(1)});
        if (event_first) tab.frame(changed(102, recalled(1, "an")));
        tab.reply<proto::RecallMessage>(proto::RecallMessageReply{recalled(1, "an")});
        if (!event_first) tab.frame(changed(102, recalled(1, "an")));
        EXPECT_TRUE(at(tab, 1).recalled);
        EXPECT_EQ(tab.in("bo").recalled_texts.at(Seq(1)), "own 1");
        tab.command(RecallMessage{chat("bo"), Seq(1)});
        EXPECT_EQ(tab.asked<proto::RecallMessage>(), nullptr);
    }
}

TEST(Messages, ARefusedRecallSaysWhyAndKeepsNothing) {
    Tab tab;
    chat_with_own(tab, 1);
    tab.command(RecallMessage{chat("bo"), Seq(1)});
    tab.refuse<proto::RecallMessage>(ErrorCode::kRecallTooLate);
    EXPECT_EQ(tab.last_effect<Notice>()->code, ErrorCode::kRecallTooLate);
    EXPECT_TRUE(tab.in("bo").recalled_texts.empty());
    EXPECT_EQ(at(tab, 1).body.content, "own 1");
}

TEST(Messages, ChangesWaitForTheConnectionAndAreAskedAgain) {
    Tab tab;
    chat_with_own(tab, 1);
    tab.command(SetReaction{chat("bo"), Seq(1), "👍", true});
    tab.close();
    tab.command(PinMessage{chat("bo"), Seq(1), true});
    tab.command(SetReaction{chat("bo"), Seq(1), "🍊", true});
    tab.come_back();
    EXPECT_EQ(tab.count<proto::SetReaction>(), 2);
    proto::Message liked = message(1, "an", "own 1");
    liked.reactions = {{"👍", {user("an")}}};
    tab.reply<proto::SetReaction>(proto::SetReactionReply{liked});
    EXPECT_EQ(at(tab, 1).reactions.at(0).emoji, "👍");
    tab.reply<proto::PinMessage>(proto::PinMessageReply{{quote(1, "an", "own 1")}});
    EXPECT_EQ(tab.in("bo").pins.at(0).seq, Seq(1));
}

TEST(Messages, AnEditIsCheckedHereAndFollowsTheOneBefore) {
    Tab tab;
    chat_with_own(tab, 1);
    tab.command(EditMessage{chat("bo"), Seq(1), "own 1"});
    tab.command(EditMessage{chat("bo"), Seq(1), " "});
    EXPECT_EQ(tab.last_effect<Notice>()->code, ErrorCode::kEmptyMessage);
    tab.command(EditMessage{chat("bo"), Seq(1), std::string(12 * 1024 + 1, 'x')});
    EXPECT_EQ(tab.last_effect<Notice>()->code, ErrorCode::kTextTooLong);
    tab.command(EditMessage{chat("bo"), Seq(9), "nothing"});
    EXPECT_EQ(tab.last_effect<Notice>()->code, ErrorCode::kUnknownMessage);
    EXPECT_EQ(tab.asked<proto::EditMessage>(), nullptr);

    tab.command(EditMessage{chat("bo"), Seq(1), "first"});
    tab.command(EditMessage{chat("bo"), Seq(1), "second"});
    EXPECT_EQ(tab.count<proto::EditMessage>(), 1);
    proto::Message edited = message(1, "an", "first");
    edited.edits = 1;
    tab.reply<proto::EditMessage>(proto::EditMessageReply{edited});
    ASSERT_NE(tab.asked<proto::EditMessage>(), nullptr);
    EXPECT_EQ(tab.asked<proto::EditMessage>()->edits, 1);
    EXPECT_EQ(tab.asked<proto::EditMessage>()->body.content, "second");
}

// --- Answers and copies

TEST(Messages, AnAnswerShowsWhatItAnswersAndSaysIt) {
    Tab tab(1);
    chat_with_own(tab, 1);
    tab.command(SendText{chat("bo"), "indeed", "", Seq(1)});
    EXPECT_EQ(tab.in("bo").echoes.at(0).quote->text, "own 1");
    EXPECT_EQ(tab.asked<proto::SendMessage>()->reply_to, Seq(1));
    tab.frame(changed(102, recalled(1, "an")));
    EXPECT_FALSE(tab.in("bo").echoes.at(0).quote->from.has_value());
    tab.refuse<proto::SendMessage>(ErrorCode::kUnknownMessage);
    tab.command(RetryMessage{ClientMessageId{DeviceId(1), 1}});
    ASSERT_NE(tab.asked<proto::SendMessage>(), nullptr);
    EXPECT_EQ(tab.asked<proto::SendMessage>()->reply_to, Seq()) << "as a message of its own";
}

TEST(Messages, CopiesGoThroughTheOutboxAndOutliveAReload) {
    Disk disk;
    auto tab = std::make_unique<Tab>(1, &disk);
    chat_with_own(*tab, 3);
    tab->frame(changed(104, recalled(2, "an")));
    tab->close();
    tab->command(ForwardMessages{chat("bo"), {Seq(3), Seq(2), Seq(1), Seq(9)}, {chat("cy")}});
    ASSERT_EQ(disk.outbox.size(), 2u);
    tab.reset();

    Tab next(2, &disk);
    next.start();
    next.open();
    next.say_hello();
    next.reply<proto::Resume>(proto::ResumeReply{TimeMs(), account("an")});
    next.sync_with(Tab::empty_snapshot());
    const auto* request = next.asked<proto::SendMessage>();
    ASSERT_NE(request, nullptr);
    EXPECT_EQ(request->conversation, chat("cy"));
    EXPECT_EQ(request->body.content, "own 1");
    EXPECT_EQ(request->forward_of->conversation, chat("bo"));
    EXPECT_EQ(request->forward_of->seq, Seq(1));
    EXPECT_TRUE(next.uploads.empty());
    next.command(ForwardMessages{chat("cy"), {Seq(1)}, {chat("bo")}});
    EXPECT_EQ(next.last_effect<Notice>()->code, ErrorCode::kUnknownMessage);
}

// --- History

TEST(Messages, AJumpToADayAsksOnlyForWhatIsNotThere) {
    Tab tab;
    live(tab, 100);
    tab.command(OpenConversation{chat("bo")});
    tab.reply<proto::GetHistory>(page({message(99, "bo", "99"), message(100, "bo", "100")}, true));
    tab.command(LoadAt{chat("bo"), message(100, "bo", "").time});
    EXPECT_EQ(tab.asked<proto::GetHistory>(), nullptr);
    tab.command(LoadAt{chat("bo"), message(50, "bo", "").time});
    ASSERT_NE(tab.asked<proto::GetHistory>(), nullptr);
    EXPECT_EQ(tab.asked<proto::GetHistory>()->anchor, proto::GetHistory::Anchor::kAt);
    EXPECT_EQ(tab.asked<proto::GetHistory>()->time, message(50, "bo", "").time);
    EXPECT_EQ(tab.in("bo").timeline.loading(), HistoryLoad::kAt);
    proto::GetHistoryReply middle = page({message(49, "bo", "49"), message(50, "bo", "50")}, true);
    middle.newer = true;
    tab.reply<proto::GetHistory>(middle);
    EXPECT_EQ(tab.in("bo").timeline.first_seq(), Seq(49));
    EXPECT_TRUE(tab.in("bo").timeline.newer());
}

TEST(Messages, ASnapshotMakesTheOpenChatLoadWhatWasLookedAtAnew) {
    Tab tab;
    live(tab, 3);
    tab.command(OpenConversation{chat("bo")});
    tab.reply<proto::GetHistory>(
        page({message(1, "bo", "1"), message(2, "bo", "2"), message(3, "bo", "last")}));
    tab.command(MarkVisible{chat("bo"), Seq(2)});
    tab.close();
    tab.resume();
    proto::SyncReply snapshot = Tab::empty_snapshot();
    snapshot.number = FeedNumber(9000);
    snapshot.conversations = {conversation("bo", 3)};
    tab.sync_with(snapshot);
    EXPECT_EQ(tab.in("bo").timeline.messages().size(), 3u) << "it stays until there is better";
    ASSERT_NE(tab.asked<proto::GetHistory>(), nullptr);
    EXPECT_EQ(tab.asked<proto::GetHistory>()->anchor, proto::GetHistory::Anchor::kAround);
    EXPECT_EQ(tab.asked<proto::GetHistory>()->seq, Seq(2));
    tab.reply<proto::GetHistory>(
        page({recalled(1, "bo"), message(2, "bo", "2"), message(3, "bo", "last")}));
    EXPECT_TRUE(at(tab, 1).recalled);
}

}  // namespace
}  // namespace kumquat::client
