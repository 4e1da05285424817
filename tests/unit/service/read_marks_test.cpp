// mark_read: monotone marks, unread counts, and who learns of them.
#include "unit/service/world.h"

namespace kumquat::service {
namespace {

struct ReadMarks : ::testing::Test {
    ReadMarks() {
        alice.sign_in("alice");
        bob.sign_in("bob");
    }
    proto::MarkRead mark(const std::string& peer, std::int64_t seq) {
        proto::MarkRead request;
        request.conversation = with(peer);
        request.seq = Seq(seq);
        return request;
    }
    proto::Conversation conversation(Tab& tab) {
        const auto reply = get<proto::SyncReply>(tab.ask(proto::Sync{}));
        EXPECT_EQ(reply.conversations.size(), 1u);
        return reply.conversations.empty() ? proto::Conversation() : reply.conversations[0];
    }
    World world;
    Tab alice{world};
    Tab bob{world};
};

TEST_F(ReadMarks, UnreadCountsWhatOthersSent) {
    alice.say("bob", "1");
    alice.say("bob", "2");
    bob.say("alice", "3");
    const auto his = conversation(bob);
    EXPECT_EQ(his.unread, 2);
    EXPECT_EQ(his.read_seq, Seq(0));
    EXPECT_EQ(his.last_seq, Seq(3));
    EXPECT_EQ(conversation(alice).unread, 1);
}

TEST_F(ReadMarks, AMarkReachesOwnDevicesAndThePeer) {
    Tab second(world);
    second.sign_in("bob");
    alice.say("bob", "1");
    alice.say("bob", "2");
    alice.forget();
    bob.forget();
    second.forget();
    const auto reply = get<proto::MarkReadReply>(bob.ask(mark("alice", 2)));
    EXPECT_EQ(reply.read_seq, Seq(2));
    EXPECT_EQ(reply.unread, 0);
    for (Tab* tab : {&bob, &second}) {
        const auto events = only<proto::ReadEvent>(tab->take_events());
        ASSERT_EQ(events.size(), 1u);
        EXPECT_EQ(events[0].conversation, with("alice"));
        EXPECT_EQ(events[0].reader.text(), "bob");
        EXPECT_EQ(events[0].seq, Seq(2));
        EXPECT_EQ(events[0].unread, 0);
    }
    const auto events = only<proto::ReadEvent>(alice.take_events());
    ASSERT_EQ(events.size(), 1u);
    EXPECT_EQ(events[0].conversation, with("bob"));
    EXPECT_EQ(events[0].reader.text(), "bob");
    EXPECT_EQ(conversation(alice).peer_read_seq, Seq(2));
}

TEST_F(ReadMarks, AMarkInTheMiddleCountsWhatIsLeft) {
    alice.say("bob", "1");
    bob.say("alice", "2");
    alice.say("bob", "3");
    bob.say("alice", "4");
    alice.say("bob", "5");
    EXPECT_EQ(get<proto::MarkReadReply>(bob.ask(mark("alice", 1))).unread, 2);
    EXPECT_EQ(get<proto::MarkReadReply>(bob.ask(mark("alice", 2))).unread, 2);
    EXPECT_EQ(get<proto::MarkReadReply>(bob.ask(mark("alice", 3))).unread, 1);
    EXPECT_EQ(conversation(bob).unread, 1);
}

TEST_F(ReadMarks, AMarkSeesTheMessagesOfItsOwnBatch) {
    alice.say("bob", "1");
    alice.say("bob", "2");
    alice.forget();
    bob.forget();
    alice.send(alice.text("nobody", "keeps the batch before busy"));
    alice.send(alice.text("bob", "3"));
    const RequestId middle = bob.send(mark("alice", 1));
    alice.send(alice.text("bob", "4"));
    const RequestId later = bob.send(mark("alice", 3));
    world.run();
    EXPECT_EQ(get<proto::MarkReadReply>(bob.answer(middle)).unread, 2);
    EXPECT_EQ(get<proto::MarkReadReply>(bob.answer(later)).unread, 1);
    EXPECT_EQ(conversation(bob).unread, 1);
}

TEST_F(ReadMarks, AMarkNeverMovesBackNorBeyondTheEnd) {
    alice.say("bob", "1");
    alice.say("bob", "2");
    EXPECT_EQ(get<proto::MarkReadReply>(bob.ask(mark("alice", 1'000'000))).read_seq, Seq(2));
    alice.forget();
    bob.forget();
    const auto reply = get<proto::MarkReadReply>(bob.ask(mark("alice", 1)));
    EXPECT_EQ(reply.read_seq, Seq(2));
    EXPECT_EQ(reply.unread, 0);
    EXPECT_TRUE(bob.take_events().empty());
    EXPECT_TRUE(alice.take_events().empty());
}

TEST_F(ReadMarks, SendingMovesNoMark) {
    alice.say("bob", "1");
    bob.say("alice", "2");
    EXPECT_EQ(conversation(bob).read_seq, Seq(0));
    EXPECT_EQ(conversation(alice).peer_read_seq, Seq(0));
}

TEST_F(ReadMarks, AConversationThatIsNoneIsRefused) {
    EXPECT_EQ(code_of(bob.ask(mark("alice", 1))), ErrorCode::kUnknownConversation);
    EXPECT_EQ(code_of(bob.ask(mark("nobody", 1))), ErrorCode::kUnknownConversation);
    EXPECT_EQ(code_of(bob.ask(mark("bob", 1))), ErrorCode::kUnknownConversation);
    EXPECT_EQ(code_of(bob.ask(mark("alice", -1))), ErrorCode::kBadField);
}

}  // namespace
}  // namespace kumquat::service
