// set_conversation, delete_conversation, and what a deleted chat gives out no more.
#include "unit/service/world.h"

namespace kumquat::service {
namespace {

proto::SetConversation set(const std::string& peer, std::optional<bool> pinned,
                           std::optional<bool> muted = std::nullopt,
                           std::optional<bool> has_draft = std::nullopt) {
    return proto::SetConversation{with(peer), pinned, muted, has_draft};
}

struct ConversationStates : ::testing::Test {
    ConversationStates() {
        alice.sign_in("alice", "Alice");
        bob.sign_in("bob", "Bob");
    }
    proto::Conversation conversation(Tab& tab) {
        const auto page = get<proto::SyncReply>(tab.ask(proto::Sync{}));
        EXPECT_EQ(page.conversations.size(), 1u);
        return page.conversations.empty() ? proto::Conversation() : page.conversations[0];
    }
    std::vector<std::string> history(Tab& tab, const std::string& peer,
                                     proto::GetHistory::Anchor anchor, std::int64_t seq) {
        const auto reply = get<proto::GetHistoryReply>(
            tab.ask(proto::GetHistory{with(peer), anchor, Seq(seq), 10}));
        std::vector<std::string> texts;
        if (reply.older) texts.push_back("older");
        for (const auto& message : reply.messages)
            texts.push_back(message.body.content);
        if (reply.newer) texts.push_back("newer");
        return texts;
    }
    World world;
    Tab alice{world};
    Tab bob{world};
};

using Texts = std::vector<std::string>;
using Anchor = proto::GetHistory::Anchor;

TEST_F(ConversationStates, ASettingReachesOwnDevicesAlone) {
    alice.say("bob", "hi");
    Tab second(world);
    second.sign_in("alice");
    for (Tab* tab : {&alice, &bob, &second})
        tab->forget();
    const auto state = get<proto::SetConversationReply>(alice.ask(set("bob", true, false, true)));
    EXPECT_TRUE(state.state.pinned);
    EXPECT_FALSE(state.state.muted);
    EXPECT_TRUE(state.state.has_draft);
    for (Tab* tab : {&alice, &second}) {
        const auto events = only<proto::ConversationEvent>(tab->take_events());
        ASSERT_EQ(events.size(), 1u);
        EXPECT_EQ(events[0].conversation, with("bob"));
        EXPECT_EQ(events[0].peer.nick, "Bob");
        EXPECT_TRUE(events[0].state.pinned);
        EXPECT_TRUE(events[0].state.has_draft);
    }
    EXPECT_TRUE(bob.take_events().empty());
    EXPECT_FALSE(conversation(bob).state.pinned);
}

TEST_F(ConversationStates, WhatIsAbsentStays) {
    alice.must(set("bob", true, true, true));
    const auto state = get<proto::SetConversationReply>(alice.ask(set("bob", std::nullopt, false)));
    EXPECT_TRUE(state.state.pinned);
    EXPECT_FALSE(state.state.muted);
    EXPECT_TRUE(state.state.has_draft);
    // And a message changes nothing of it.
    bob.say("alice", "hi");
    EXPECT_TRUE(conversation(alice).state.pinned);
    alice.must(proto::MarkRead{with("bob"), Seq(1)});
    EXPECT_TRUE(conversation(alice).state.has_draft);
}

TEST_F(ConversationStates, AConversationIsMadeForASettingAndNotForNone) {
    alice.must(set("bob", std::nullopt));
    alice.must(set("bob", false, false, false));
    EXPECT_TRUE(world.store->commits.back().empty());
    EXPECT_TRUE(get<proto::SyncReply>(alice.ask(proto::Sync{})).conversations.empty());
    alice.must(set("bob", true));
    const auto made = conversation(alice);
    EXPECT_EQ(made.last_seq, Seq());
    EXPECT_EQ(made.state.first_seq, Seq(1));
    EXPECT_EQ(bob.say("alice", "hi").seq, Seq(1));
    EXPECT_EQ(conversation(alice).unread, 1);
}

TEST_F(ConversationStates, ASettingThatChangesNothingIsNoNews) {
    alice.must(set("bob", true));
    alice.forget();
    const auto state = get<proto::SetConversationReply>(alice.ask(set("bob", true)));
    EXPECT_TRUE(state.state.pinned);
    EXPECT_TRUE(alice.take_events().empty());
    EXPECT_TRUE(world.store->commits.back().empty());
}

TEST_F(ConversationStates, NobodyAndOneselfAreNoConversation) {
    EXPECT_EQ(code_of(alice.ask(set("nobody", true))), ErrorCode::kUnknownConversation);
    EXPECT_EQ(code_of(alice.ask(set("alice", true))), ErrorCode::kUnknownConversation);
    EXPECT_EQ(code_of(alice.ask(proto::SetConversation{})), ErrorCode::kBadConversationId);
    EXPECT_EQ(code_of(alice.ask(proto::DeleteConversation{with("nobody")})),
              ErrorCode::kUnknownConversation);
    EXPECT_EQ(code_of(alice.ask(proto::DeleteConversation{with("bob")})),
              ErrorCode::kUnknownConversation)
        << "there is none yet";
    EXPECT_EQ(code_of(alice.ask(proto::DeleteConversation{})), ErrorCode::kBadConversationId);
}

TEST_F(ConversationStates, ADeletedChatGivesNothingOut) {
    alice.say("bob", "1");
    bob.say("alice", "2");
    bob.say("alice", "3");
    alice.must(set("bob", true, true));
    alice.forget();
    bob.forget();
    const auto reply =
        get<proto::DeleteConversationReply>(alice.ask(proto::DeleteConversation{with("bob")}));
    EXPECT_EQ(reply.state.first_seq, Seq(4));
    EXPECT_FALSE(reply.state.pinned);
    EXPECT_TRUE(reply.state.muted);
    const auto events = only<proto::ConversationEvent>(alice.take_events());
    ASSERT_EQ(events.size(), 1u);
    EXPECT_EQ(events[0].state.first_seq, Seq(4));

    const auto mine = conversation(alice);
    EXPECT_FALSE(mine.last_message.has_value());
    EXPECT_EQ(mine.last_seq, Seq(3));
    EXPECT_EQ(mine.unread, 0);
    EXPECT_EQ(mine.state.first_seq, Seq(4));
    EXPECT_EQ(history(alice, "bob", Anchor::kBefore, 0), Texts{});
    EXPECT_EQ(history(alice, "bob", Anchor::kBefore, 3), Texts{});
    EXPECT_EQ(history(alice, "bob", Anchor::kAfter, 0), Texts{});
    EXPECT_EQ(history(alice, "bob", Anchor::kAround, 2), Texts{});
    proto::Sync since;
    since.since = FeedNumber(0);
    const auto tail = get<proto::SyncReply>(alice.ask(since));
    EXPECT_FALSE(tail.reset);
    EXPECT_TRUE(only<proto::MessageEvent>(tail.events).empty());
    EXPECT_EQ(tail.number, FeedNumber(5)) << "the numbers go on";

    // The other person keeps everything, and learns nothing.
    EXPECT_TRUE(bob.take_events().empty());
    EXPECT_EQ(history(bob, "alice", Anchor::kBefore, 0), (Texts{"1", "2", "3"}));
    EXPECT_EQ(conversation(bob).peer_read_seq, Seq());
}

TEST_F(ConversationStates, TheChatGoesOnBehindIt) {
    bob.say("alice", "1");
    bob.say("alice", "2");
    alice.must(proto::DeleteConversation{with("bob")});
    bob.say("alice", "3");
    bob.say("alice", "4");
    const auto mine = conversation(alice);
    EXPECT_EQ(mine.unread, 2);
    ASSERT_TRUE(mine.last_message.has_value());
    EXPECT_EQ(mine.last_message->body.content, "4");
    EXPECT_EQ(history(alice, "bob", Anchor::kBefore, 0), (Texts{"3", "4"}));
    EXPECT_EQ(history(alice, "bob", Anchor::kAfter, 0), (Texts{"3", "4"}));

    // A mark among what was deleted passes over nothing that was unread.
    EXPECT_EQ(get<proto::MarkReadReply>(alice.ask(proto::MarkRead{with("bob"), Seq(1)})).unread, 2);
    EXPECT_EQ(get<proto::MarkReadReply>(alice.ask(proto::MarkRead{with("bob"), Seq(3)})).unread, 1);
    EXPECT_EQ(get<proto::MarkReadReply>(alice.ask(proto::MarkRead{with("bob"), Seq(4)})).unread, 0);
}

TEST_F(ConversationStates, AMarkAcrossADeletionInOneBatchCountsRight) {
    bob.say("alice", "1");
    bob.say("alice", "2");
    alice.send(alice.text("nobody", "keeps the batch before busy"));
    alice.send(proto::DeleteConversation{with("bob")});
    const RequestId marked = alice.send(proto::MarkRead{with("bob"), Seq(1)});
    bob.send(bob.text("alice", "3"));
    bob.send(bob.text("alice", "4"));
    const RequestId later = alice.send(proto::MarkRead{with("bob"), Seq(3)});
    world.run();
    EXPECT_EQ(get<proto::MarkReadReply>(alice.answer(marked)).unread, 0);
    EXPECT_EQ(get<proto::MarkReadReply>(alice.answer(later)).unread, 1);
    EXPECT_EQ(conversation(alice).unread, 1);
}

TEST_F(ConversationStates, DeletingTwiceIsNoNews) {
    bob.say("alice", "1");
    alice.must(proto::DeleteConversation{with("bob")});
    alice.forget();
    const auto reply =
        get<proto::DeleteConversationReply>(alice.ask(proto::DeleteConversation{with("bob")}));
    EXPECT_EQ(reply.state.first_seq, Seq(2));
    EXPECT_TRUE(alice.take_events().empty());
}

TEST_F(ConversationStates, BothMayDelete) {
    alice.say("bob", "1");
    alice.must(proto::DeleteConversation{with("bob")});
    bob.must(proto::DeleteConversation{with("alice")});
    EXPECT_EQ(alice.say("bob", "2").seq, Seq(2));
    EXPECT_EQ(history(bob, "alice", Anchor::kBefore, 0), Texts{"2"});
    EXPECT_EQ(history(alice, "bob", Anchor::kBefore, 0), Texts{"2"});
}

}  // namespace
}  // namespace kumquat::service
