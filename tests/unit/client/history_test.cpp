#include <gtest/gtest.h>

#include "client/core/bounds.h"
#include "unit/client/tab.h"

namespace kumquat::client {
namespace {

proto::GetHistoryReply page(std::int64_t first, std::int64_t last, bool older, bool newer) {
    proto::GetHistoryReply reply;
    for (std::int64_t seq = first; seq <= last; ++seq) {
        reply.messages.push_back(message(seq, "bo", std::to_string(seq)));
    }
    reply.older = older;
    reply.newer = newer;
    return reply;
}

proto::SyncReply snapshot_with(std::vector<proto::Conversation> conversations) {
    proto::SyncReply snapshot = Tab::empty_snapshot();
    snapshot.number = FeedNumber(100);
    snapshot.friends = {friend_of("bo")};
    snapshot.conversations = std::move(conversations);
    return snapshot;
}

TEST(History, OpeningAChatLoadsItsEnd) {
    Tab tab;
    tab.live_as("an", snapshot_with({conversation("bo", 120)}));
    tab.command(OpenConversation{chat("bo")});
    EXPECT_EQ(tab.model().open, chat("bo"));
    const auto* request = tab.asked<proto::GetHistory>();
    ASSERT_NE(request, nullptr);
    EXPECT_EQ(request->anchor, proto::GetHistory::Anchor::kBefore);
    EXPECT_EQ(request->seq, Seq());
    EXPECT_EQ(request->limit, kHistoryPage);
    EXPECT_EQ(tab.in("bo").timeline.loading(), HistoryLoad::kNewest);
    tab.reply<proto::GetHistory>(page(71, 120, true, false));
    EXPECT_EQ(tab.in("bo").timeline.messages().size(), 50u);
    EXPECT_EQ(tab.in("bo").timeline.loading(), std::nullopt);
    tab.command(CloseConversation{});
    tab.command(OpenConversation{chat("bo")});
    EXPECT_EQ(tab.asked<proto::GetHistory>(), nullptr) << "it is there already";
}

TEST(History, AChatThatWillBeOpenedIsLoadedAndNothingElseChanges) {
    Tab tab;
    tab.live_as("an", snapshot_with({conversation("bo", 500, 300)}));
    tab.command(PreloadConversation{chat("bo")});
    EXPECT_EQ(tab.asked<proto::GetHistory>()->anchor, proto::GetHistory::Anchor::kAround);
    EXPECT_EQ(tab.model().open, std::nullopt);
    tab.command(PreloadConversation{chat("bo")});
    tab.command(OpenConversation{chat("bo")});
    EXPECT_EQ(tab.count<proto::GetHistory>(), 1) << "the page that is on its way is the same";
    tab.command(CloseConversation{});
    tab.reply<proto::GetHistory>(page(176, 225, true, true));
    EXPECT_EQ(tab.in("bo").timeline.messages().size(), 50u);
    EXPECT_EQ(tab.in("bo").unread, 300);
    tab.command(OpenConversation{chat("bo")});
    EXPECT_EQ(tab.in("bo").unread_after, Seq(200));
}

TEST(History, AChatThatCouldNotBeLoadedAheadIsLoadedWhenItIsOpened) {
    Tab tab;
    tab.live_as("an", snapshot_with({conversation("bo", 120)}));
    tab.command(PreloadConversation{chat("bo")});
    tab.refuse<proto::GetHistory>(ErrorCode::kUnknownConversation);
    tab.command(PreloadConversation{chat("bo")});
    EXPECT_EQ(tab.asked<proto::GetHistory>(), nullptr);
    tab.command(OpenConversation{chat("bo")});
    EXPECT_NE(tab.asked<proto::GetHistory>(), nullptr);
}

TEST(History, AChatWithNothingInItAsksForNothing) {
    Tab tab;
    tab.live_as("an", snapshot_with({}));
    tab.command(OpenConversation{chat("bo")});
    EXPECT_EQ(tab.asked<proto::GetHistory>(), nullptr);
    EXPECT_TRUE(tab.in("bo").timeline.loaded());
    tab.frame(message_event(101, "bo", message(1, "bo", "first")));
    EXPECT_EQ(tab.in("bo").timeline.messages().size(), 1u);
}

TEST(History, AChatWithManyUnreadOpensAtTheFirstOfThem) {
    Tab tab;
    tab.live_as("an", snapshot_with({conversation("bo", 500, 300)}));
    tab.command(OpenConversation{chat("bo")});
    EXPECT_EQ(tab.asked<proto::GetHistory>()->anchor, proto::GetHistory::Anchor::kAround);
    EXPECT_EQ(tab.asked<proto::GetHistory>()->seq, Seq(200));
    EXPECT_EQ(tab.in("bo").unread_after, Seq(200));
    tab.reply<proto::GetHistory>(page(176, 225, true, true));
    EXPECT_TRUE(tab.in("bo").timeline.newer());
    tab.command(LoadNewer{chat("bo")});
    EXPECT_EQ(tab.asked<proto::GetHistory>()->seq, Seq(225));
    tab.command(LoadNewer{chat("bo")});
    tab.command(LoadOlder{chat("bo")});
    EXPECT_EQ(tab.count<proto::GetHistory>(), 1) << "one page at a time";
    tab.reply<proto::GetHistory>(page(226, 275, true, true));
    EXPECT_EQ(tab.in("bo").timeline.messages().size(), 100u);
    tab.command(LoadNewest{chat("bo")});
    tab.reply<proto::GetHistory>(page(451, 500, true, false));
    EXPECT_EQ(tab.in("bo").timeline.first_seq(), Seq(451))
        << "a jump: what lies between is not loaded";
    EXPECT_FALSE(tab.in("bo").timeline.newer());
}

TEST(History, OlderPagesJoinAtTheTopUntilTheBeginning) {
    Tab tab;
    tab.live_as("an", snapshot_with({conversation("bo", 60)}));
    tab.command(OpenConversation{chat("bo")});
    tab.reply<proto::GetHistory>(page(11, 60, true, false));
    tab.command(LoadOlder{chat("bo")});
    EXPECT_EQ(tab.asked<proto::GetHistory>()->seq, Seq(11));
    tab.reply<proto::GetHistory>(page(1, 10, false, true));
    EXPECT_EQ(tab.in("bo").timeline.messages().size(), 60u);
    EXPECT_FALSE(tab.in("bo").timeline.older());
    EXPECT_FALSE(tab.in("bo").timeline.newer()) << "an older page says nothing about the end";
    tab.command(LoadOlder{chat("bo")});
    EXPECT_EQ(tab.asked<proto::GetHistory>(), nullptr);
}

TEST(History, AMessageThatArrivesWhileItsPageIsOnTheWayIsNotLost) {
    Tab tab;
    tab.live_as("an", snapshot_with({conversation("bo", 3)}));
    tab.command(OpenConversation{chat("bo")});
    tab.frame(message_event(101, "bo", message(4, "bo", "4")));
    // The page was read before message 4 was written.
    tab.reply<proto::GetHistory>(page(1, 3, false, false));
    EXPECT_TRUE(tab.in("bo").timeline.newer()) << "known to be missing";
    tab.command(LoadNewer{chat("bo")});
    tab.reply<proto::GetHistory>(page(4, 4, true, false));
    EXPECT_EQ(tab.in("bo").timeline.messages().size(), 4u);
    EXPECT_FALSE(tab.in("bo").timeline.newer());
}

TEST(History, APageThatIsAheadOfTheFeedShowsNothingTwice) {
    Tab tab;
    tab.live_as("an", snapshot_with({conversation("bo", 3)}));
    tab.command(OpenConversation{chat("bo")});
    tab.reply<proto::GetHistory>(page(1, 4, false, false));
    tab.frame(message_event(101, "bo", message(4, "bo", "4")));
    EXPECT_EQ(tab.in("bo").timeline.messages().size(), 4u);
    EXPECT_EQ(tab.in("bo").unread, 1);
}

TEST(History, AnEchoIsSettledByAPageThatHoldsItsMessage) {
    Tab tab(7);
    tab.live_as("an", snapshot_with({conversation("bo", 1)}));
    tab.command(SendText{chat("bo"), "mine", ""});
    tab.command(OpenConversation{chat("bo")});
    proto::GetHistoryReply reply = page(1, 1, false, false);
    reply.messages.push_back(message(2, "an", "mine", ClientMessageId{DeviceId(7), 1}));
    tab.reply<proto::GetHistory>(reply);
    EXPECT_TRUE(tab.in("bo").echoes.empty());
}

TEST(History, ALostConnectionOnlyDelaysAPage) {
    Tab tab;
    tab.live_as("an", snapshot_with({conversation("bo", 3)}));
    tab.command(OpenConversation{chat("bo")});
    tab.close();
    tab.come_back();
    ASSERT_NE(tab.asked<proto::GetHistory>(), nullptr);
    tab.reply<proto::GetHistory>(page(1, 3, false, false));
    EXPECT_EQ(tab.in("bo").timeline.messages().size(), 3u);
}

TEST(History, APageThatFailsIsTriedAFewTimesThenTold) {
    Tab tab;
    tab.live_as("an", snapshot_with({conversation("bo", 3)}));
    tab.command(OpenConversation{chat("bo")});
    for (int i = 0; i < kHistoryTries; ++i) {
        tab.pass_until([&] { return tab.count<proto::GetHistory>() == 1; });
        tab.refuse<proto::GetHistory>(ErrorCode::kReadTimeout);
    }
    tab.pass(kRetryMaxMs);
    EXPECT_EQ(tab.asked<proto::GetHistory>(), nullptr);
    EXPECT_EQ(tab.in("bo").timeline.load_error(), ErrorCode::kReadTimeout);
    EXPECT_EQ(tab.last_effect<Notice>()->kind, NoticeKind::kHistoryFailed);
    tab.command(LoadNewest{chat("bo")});
    EXPECT_NE(tab.asked<proto::GetHistory>(), nullptr) << "the person may ask again";
    EXPECT_EQ(tab.in("bo").timeline.load_error(), std::nullopt);
}

TEST(History, APageOutOfOrderIsRefused) {
    Tab tab;
    tab.live_as("an", snapshot_with({conversation("bo", 3)}));
    tab.command(OpenConversation{chat("bo")});
    proto::GetHistoryReply broken = page(1, 3, false, false);
    std::swap(broken.messages[0], broken.messages[2]);
    tab.reply<proto::GetHistory>(broken);
    EXPECT_TRUE(tab.in("bo").timeline.empty());
    EXPECT_EQ(tab.in("bo").timeline.load_error(), ErrorCode::kBadFrame);
}

TEST(History, SendingFromFarUpJumpsToTheEnd) {
    Tab tab;
    tab.live_as("an", snapshot_with({conversation("bo", 500, 300)}));
    tab.command(OpenConversation{chat("bo")});
    tab.reply<proto::GetHistory>(page(176, 225, true, true));
    tab.command(SendText{chat("bo"), "mine", ""});
    ASSERT_NE(tab.asked<proto::GetHistory>(), nullptr);
    EXPECT_EQ(tab.asked<proto::GetHistory>()->seq, Seq());
}

TEST(History, AWindowFarBehindIsLoadedAnewWhenTheChatIsOpenedAgain) {
    Tab tab;
    tab.live_as("an", snapshot_with({conversation("bo", 500, 300)}));
    tab.command(OpenConversation{chat("bo")});
    tab.reply<proto::GetHistory>(page(176, 225, true, true));
    tab.command(CloseConversation{});
    tab.command(OpenConversation{chat("bo")});
    ASSERT_NE(tab.asked<proto::GetHistory>(), nullptr);
    EXPECT_EQ(tab.asked<proto::GetHistory>()->anchor, proto::GetHistory::Anchor::kAround);
    EXPECT_TRUE(tab.in("bo").timeline.empty());
}

TEST(History, AClosedChatKeepsLittle) {
    Tab tab;
    tab.live_as("an", snapshot_with({conversation("bo", 300)}));
    tab.command(OpenConversation{chat("bo")});
    tab.reply<proto::GetHistory>(page(1, 300, false, false));
    tab.command(CloseConversation{});
    EXPECT_EQ(tab.in("bo").timeline.messages().size(), kTimelineClosed);
    EXPECT_TRUE(tab.in("bo").timeline.older());
    EXPECT_FALSE(tab.in("bo").timeline.newer());
}

TEST(History, AChatOpenedBeforeTheFirstSyncIsLoadedAfterIt) {
    Disk disk;
    disk.session = StoredSession{"token", profile("an"), false};
    Tab tab(1, &disk);
    tab.start();
    tab.command(OpenConversation{chat("bo")});
    tab.open();
    tab.say_hello();
    tab.reply<proto::Resume>(proto::ResumeReply{TimeMs(), account("an")});
    tab.sync_with(snapshot_with({conversation("bo", 10, 2)}));
    ASSERT_NE(tab.asked<proto::GetHistory>(), nullptr);
    EXPECT_EQ(tab.in("bo").unread_after, Seq(8));
}

TEST(Incoming, NeverSwitchesTheOpenChat) {
    Tab tab;
    tab.live_as("an", snapshot_with({conversation("bo", 3)}));
    tab.command(OpenConversation{chat("bo")});
    tab.frame(message_event(101, "cy", message(1, "cy", "look at me")));
    EXPECT_EQ(tab.model().open, chat("bo"));
    EXPECT_EQ(tab.in("cy").unread, 1);
    EXPECT_EQ(tab.last_effect<Notify>()->conversation, chat("cy"));
    tab.frame(message_event(102, "bo", message(4, "bo", "hi")));
    EXPECT_EQ(tab.last_effect<Announce>()->conversation, chat("bo"));
    EXPECT_EQ(tab.last_effect<Announce>()->seq, Seq(4));
    EXPECT_EQ(tab.effects_of<Notify>(), 1);
}

TEST(Incoming, AMessageToAHiddenPageIsNotifiedEvenInTheOpenChat) {
    Tab tab;
    tab.live_as("an", snapshot_with({conversation("bo", 3)}));
    tab.command(OpenConversation{chat("bo")});
    tab.command(SetVisible{false});
    tab.frame(message_event(101, "bo", message(4, "bo", "hi")));
    EXPECT_EQ(tab.effects_of<Notify>(), 1);
    EXPECT_EQ(tab.effects_of<Announce>(), 0);
    tab.command(SetVisible{true});
    EXPECT_EQ(tab.in("bo").unread_after, Seq(3)) << "the divider shows what came meanwhile";
}

TEST(Incoming, OwnMessagesFromAnotherDeviceAreNoNews) {
    Tab tab(1);
    tab.live_as("an", snapshot_with({}));
    tab.frame(message_event(101, "bo",
                            message(1, "an", "from my phone", ClientMessageId{DeviceId(9), 1})));
    EXPECT_EQ(tab.in("bo").unread, 0);
    EXPECT_EQ(tab.effects_of<Notify>(), 0);
    EXPECT_EQ(tab.in("bo").last_message->body.content, "from my phone");
}

TEST(Read, IsToldWhenMessagesWereSeenInTheOpenChatOfAVisiblePage) {
    Tab tab;
    tab.live_as("an", snapshot_with({conversation("bo", 3, 3)}));
    tab.command(MarkVisible{chat("bo"), Seq(3)});
    EXPECT_EQ(tab.asked<proto::MarkRead>(), nullptr) << "not open";
    tab.command(OpenConversation{chat("bo")});
    tab.reply<proto::GetHistory>(page(1, 3, false, false));
    tab.command(SetVisible{false});
    tab.command(MarkVisible{chat("bo"), Seq(3)});
    EXPECT_EQ(tab.asked<proto::MarkRead>(), nullptr) << "not visible";
    tab.command(SetVisible{true});
    tab.command(MarkVisible{chat("bo"), Seq(2)});
    ASSERT_NE(tab.asked<proto::MarkRead>(), nullptr);
    EXPECT_EQ(tab.asked<proto::MarkRead>()->seq, Seq(2));
    EXPECT_EQ(tab.in("bo").unread, 1);
    EXPECT_EQ(tab.in("bo").unread_after, Seq(0)) << "the divider stays until the chat is left";
}

TEST(Read, SeveralMarksBecomeOneRequestAndNeverGoBack) {
    Tab tab;
    tab.live_as("an", snapshot_with({conversation("bo", 5, 5)}));
    tab.command(OpenConversation{chat("bo")});
    tab.reply<proto::GetHistory>(page(1, 5, false, false));
    for (int seq : {1, 3, 2, 5})
        tab.command(MarkVisible{chat("bo"), Seq(seq)});
    EXPECT_EQ(tab.count<proto::MarkRead>(), 1);
    EXPECT_EQ(tab.in("bo").read_seq, Seq(5));
    tab.reply<proto::MarkRead>(proto::MarkReadReply{Seq(1), 4});
    ASSERT_EQ(tab.count<proto::MarkRead>(), 1);
    EXPECT_EQ(tab.asked<proto::MarkRead>()->seq, Seq(5))
        << "the last one, the ones between are covered";
    EXPECT_EQ(tab.in("bo").unread, 0) << "an old answer does not bring the badge back";
    tab.reply<proto::MarkRead>(proto::MarkReadReply{Seq(5), 0});
    tab.command(MarkVisible{chat("bo"), Seq(5)});
    EXPECT_EQ(tab.count<proto::MarkRead>(), 0);
}

TEST(Read, OwnMessagesNeedNoMark) {
    Tab tab(1);
    tab.live_as("an", snapshot_with({}));
    tab.command(OpenConversation{chat("bo")});
    tab.frame(message_event(101, "bo", message(1, "an", "mine", ClientMessageId{DeviceId(9), 1})));
    tab.command(MarkVisible{chat("bo"), Seq(1)});
    EXPECT_EQ(tab.asked<proto::MarkRead>(), nullptr);
}

TEST(Read, AMarkSetOfflineIsToldLater) {
    Tab tab;
    tab.live_as("an", snapshot_with({conversation("bo", 3, 3)}));
    tab.command(OpenConversation{chat("bo")});
    tab.reply<proto::GetHistory>(page(1, 3, false, false));
    tab.close();
    tab.command(MarkVisible{chat("bo"), Seq(3)});
    EXPECT_EQ(tab.in("bo").unread, 0);
    tab.come_back();
    EXPECT_EQ(tab.asked<proto::MarkRead>()->seq, Seq(3));
}

TEST(Read, AMarkSurvivesAResetThatDoesNotKnowIt) {
    Tab tab;
    tab.live_as("an", snapshot_with({conversation("bo", 3, 3)}));
    tab.command(OpenConversation{chat("bo")});
    tab.reply<proto::GetHistory>(page(1, 3, false, false));
    tab.close();
    tab.command(MarkVisible{chat("bo"), Seq(3)});
    tab.resume();
    tab.sync_with(snapshot_with({conversation("bo", 3, 3)}));
    EXPECT_EQ(tab.in("bo").read_seq, Seq(3));
    EXPECT_EQ(tab.in("bo").unread, 0);
    EXPECT_NE(tab.asked<proto::MarkRead>(), nullptr);
}

TEST(Read, AMarkMadeOnAnotherDeviceCountsHere) {
    Tab tab;
    tab.live_as("an", snapshot_with({conversation("bo", 5, 5)}));
    tab.frame(read_event(101, "bo", "an", 4, 1));
    EXPECT_EQ(tab.in("bo").unread, 1);
    EXPECT_EQ(tab.in("bo").read_seq, Seq(4));
    tab.frame(read_event(102, "bo", "an", 2, 3));
    EXPECT_EQ(tab.in("bo").unread, 1) << "marks never go back";
}

TEST(Read, ThePeersMarkTurnsOwnMessagesIntoReadOnes) {
    Tab tab(1);
    tab.live_as("an", snapshot_with({}));
    tab.command(OpenConversation{chat("bo")});
    tab.frame(message_event(101, "bo", message(1, "an", "a", ClientMessageId{DeviceId(9), 1})));
    tab.frame(message_event(102, "bo", message(2, "an", "b", ClientMessageId{DeviceId(9), 2})));
    tab.frame(read_event(103, "bo", "bo", 1));
    const Conversation& bo = tab.in("bo");
    EXPECT_EQ(state_of(bo, *bo.timeline.messages()[0], user("an")), MessageState::kRead);
    EXPECT_EQ(state_of(bo, *bo.timeline.messages()[1], user("an")), MessageState::kSent);
}

TEST(Read, AMarkThatFailsForNowIsRepeated) {
    Tab tab;
    tab.live_as("an", snapshot_with({conversation("bo", 3, 3)}));
    tab.command(OpenConversation{chat("bo")});
    tab.reply<proto::GetHistory>(page(1, 3, false, false));
    tab.command(MarkVisible{chat("bo"), Seq(3)});
    tab.refuse<proto::MarkRead>(ErrorCode::kStorageFailed);
    tab.pass_until([&] { return tab.count<proto::MarkRead>() == 1; });
    tab.refuse<proto::MarkRead>(ErrorCode::kUnknownConversation);
    tab.pass(kRetryMaxMs);
    EXPECT_EQ(tab.asked<proto::MarkRead>(), nullptr) << "for good is for good";
}

}  // namespace
}  // namespace kumquat::client
