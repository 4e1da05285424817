// send_message and get_history.
#include "base/limits.h"
#include "unit/service/world.h"

namespace kumquat::service {
namespace {

struct Messages : ::testing::Test {
    Messages() {
        alice.sign_in("alice", "Alice");
        bob.sign_in("bob", "Bob");
        alice.forget();
        bob.forget();
    }
    World world;
    Tab alice{world};
    Tab bob{world};
};

TEST_F(Messages, AMessageReachesEveryTabOfBoth) {
    Tab second(world);
    second.sign_in("alice");
    second.forget();
    const auto request = alice.text("bob", "你好 👋");
    const auto reply = get<proto::SendMessageReply>(alice.ask(request));
    EXPECT_EQ(reply.seq, Seq(1));
    EXPECT_EQ(reply.time, world.clock.time);

    for (Tab* tab : {&alice, &second}) {
        const auto events = only<proto::MessageEvent>(tab->take_events());
        ASSERT_EQ(events.size(), 1u);
        EXPECT_EQ(events[0].conversation, with("bob"));
        EXPECT_EQ(events[0].peer.nick, "Bob");
        EXPECT_EQ(events[0].message.client_id, request.client_id);
        EXPECT_EQ(events[0].message.from.text(), "alice");
    }
    const auto received = only<proto::MessageEvent>(bob.take_events());
    ASSERT_EQ(received.size(), 1u);
    EXPECT_EQ(received[0].conversation, with("alice"));
    EXPECT_EQ(received[0].peer.nick, "Alice");
    EXPECT_EQ(received[0].message.body.content, "你好 👋");
    EXPECT_FALSE(received[0].message.client_id);
}

TEST_F(Messages, SeqsAreDenseAndTimeNeverRunsBack) {
    const auto first = alice.say("bob", "one");
    world.pass_ms(-60'000);
    const auto second = bob.say("alice", "two");
    world.pass_ms(120'000);
    const auto third = alice.say("bob", "three");
    EXPECT_EQ(second.seq, Seq(2));
    EXPECT_EQ(third.seq, Seq(3));
    EXPECT_EQ(second.time, first.time);
    EXPECT_EQ(third.time, world.clock.time);
}

TEST_F(Messages, TheSameIdIsTheSameMessage) {
    const auto request = alice.text("bob", "once");
    const auto first = get<proto::SendMessageReply>(alice.ask(request));
    world.pass_ms(5000);
    const auto again = get<proto::SendMessageReply>(alice.ask(request));
    EXPECT_EQ(again.seq, first.seq);
    EXPECT_EQ(again.time, first.time);
    EXPECT_EQ(alice.take_events().size(), 1u);
    EXPECT_EQ(bob.take_events().size(), 1u);
    EXPECT_EQ(world.service->counters().messages, 1);
}

TEST_F(Messages, TheSameIdWithOtherContentIsRefused) {
    Tab carol(world);
    carol.sign_in("carol");
    const auto request = alice.text("bob", "once");
    get<proto::SendMessageReply>(alice.ask(request));
    auto other = request;
    other.body.content = "other";
    EXPECT_EQ(code_of(alice.ask(other)), ErrorCode::kClientIdReused);
    other = request;
    other.body.custom = "other";
    EXPECT_EQ(code_of(alice.ask(other)), ErrorCode::kClientIdReused);
    other = request;
    other.conversation = with("carol");
    EXPECT_EQ(code_of(alice.ask(other)), ErrorCode::kClientIdReused);
    // Another sender's IDs are another's.
    other = request;
    other.conversation = with("alice");
    get<proto::SendMessageReply>(bob.ask(other));
}

TEST_F(Messages, TheSameIdTwiceInOneBatchIsOneMessage) {
    alice.send(alice.text("nobody", "keeps the batch before busy"));
    const auto request = alice.text("bob", "once");
    auto other = request;
    other.body.content = "other";
    const RequestId first = alice.send(request);
    const RequestId again = alice.send(request);
    const RequestId reused = alice.send(other);
    world.run();
    EXPECT_EQ(get<proto::SendMessageReply>(alice.answer(first)).seq, Seq(1));
    EXPECT_EQ(get<proto::SendMessageReply>(alice.answer(again)).seq, Seq(1));
    EXPECT_EQ(code_of(alice.answer(reused)), ErrorCode::kClientIdReused);
    EXPECT_EQ(bob.take_events().size(), 1u);
}

TEST_F(Messages, NobodyAndOneselfReceiveNothing) {
    EXPECT_EQ(code_of(alice.try_say("nobody", "hi")), ErrorCode::kUnknownReceiver);
    EXPECT_EQ(code_of(alice.try_say("alice", "hi")), ErrorCode::kUnknownReceiver);
    auto request = alice.text("bob", "hi");
    request.conversation = ConversationId();
    EXPECT_EQ(code_of(alice.ask(request)), ErrorCode::kBadConversationId);
}

TEST_F(Messages, EmptyOverlongAndUnnamedMessagesAreRefused) {
    EXPECT_EQ(code_of(alice.try_say("bob", "")), ErrorCode::kEmptyMessage);
    EXPECT_EQ(code_of(alice.try_say("bob", std::string(limits::kMessageBytes + 1, 'x'))),
              ErrorCode::kTextTooLong);
    auto request = alice.text("bob", std::string(limits::kMessageBytes, 'x'));
    request.body.custom = "x";
    EXPECT_EQ(code_of(alice.ask(request)), ErrorCode::kTextTooLong);
    request.body.custom.clear();
    get<proto::SendMessageReply>(alice.ask(request));

    request = alice.text("bob", "hi");
    request.client_id.counter = 0;
    EXPECT_EQ(code_of(alice.ask(request)), ErrorCode::kBadField);
    request = alice.text("bob", "hi");
    request.body.type = "";
    EXPECT_EQ(code_of(alice.ask(request)), ErrorCode::kBadField);
    request.body.type = std::string(limits::kMessageTypeBytes + 1, 'T');
    EXPECT_EQ(code_of(alice.ask(request)), ErrorCode::kBadField);
}

TEST_F(Messages, AnUnknownTypeIsKeptWordForWord) {
    auto request = alice.text("bob", R"({"data":"x"})");
    request.body.type = "TIMCustomElem";
    request.body.custom = R"({"k":1})";
    get<proto::SendMessageReply>(alice.ask(request));
    const auto events = only<proto::MessageEvent>(bob.take_events());
    ASSERT_EQ(events.size(), 1u);
    EXPECT_EQ(events[0].message.body, request.body);
}

proto::GetHistory history(const std::string& peer, proto::GetHistory::Anchor anchor,
                          std::int64_t seq, std::int64_t limit) {
    proto::GetHistory request;
    request.conversation = with(peer);
    request.anchor = anchor;
    request.seq = Seq(seq);
    request.limit = limit;
    return request;
}

std::vector<std::int64_t> seqs(const proto::GetHistoryReply& page) {
    std::vector<std::int64_t> out;
    for (const auto& message : page.messages)
        out.push_back(message.seq.value());
    return out;
}

TEST_F(Messages, HistoryIsPagedBeforeAfterAndAround) {
    using Anchor = proto::GetHistory::Anchor;
    for (int i = 0; i < 10; ++i)
        (i % 2 ? alice : bob).say(i % 2 ? "bob" : "alice", "x");

    auto page = get<proto::GetHistoryReply>(alice.ask(history("bob", Anchor::kBefore, 0, 3)));
    EXPECT_EQ(seqs(page), (std::vector<std::int64_t>{8, 9, 10}));
    EXPECT_TRUE(page.older);
    EXPECT_FALSE(page.newer);
    EXPECT_TRUE(page.messages[2].client_id);  // one's own
    EXPECT_FALSE(page.messages[1].client_id);

    page = get<proto::GetHistoryReply>(alice.ask(history("bob", Anchor::kAfter, 7, 2)));
    EXPECT_EQ(seqs(page), (std::vector<std::int64_t>{8, 9}));
    EXPECT_TRUE(page.newer);

    page = get<proto::GetHistoryReply>(alice.ask(history("bob", Anchor::kAround, 5, 3)));
    EXPECT_EQ(seqs(page), (std::vector<std::int64_t>{4, 5, 6}));
}

TEST_F(Messages, HistoryWithSomebodyMayBeEmptyButWithNobodyIsAnError) {
    using Anchor = proto::GetHistory::Anchor;
    const auto page = get<proto::GetHistoryReply>(alice.ask(history("bob", Anchor::kBefore, 0, 3)));
    EXPECT_TRUE(page.messages.empty());
    EXPECT_FALSE(page.older || page.newer);
    EXPECT_EQ(code_of(alice.ask(history("nobody", Anchor::kBefore, 0, 3))),
              ErrorCode::kUnknownConversation);
}

TEST_F(Messages, HistoryRefusesWhatMakesNoSense) {
    using Anchor = proto::GetHistory::Anchor;
    EXPECT_EQ(code_of(alice.ask(history("bob", Anchor::kBefore, 0, 0))), ErrorCode::kBadField);
    EXPECT_EQ(code_of(alice.ask(history("bob", Anchor::kBefore, -1, 5))), ErrorCode::kBadField);
    EXPECT_EQ(code_of(alice.ask(history("alice", Anchor::kBefore, 0, 5))),
              ErrorCode::kUnknownConversation);
}

TEST_F(Messages, APageOfHistoryIsBounded) {
    for (int i = 0; i < 20; ++i)
        alice.say("bob", std::string(limits::kMessageBytes, '\x01'));
    auto page = get<proto::GetHistoryReply>(
        bob.ask(history("alice", proto::GetHistory::Anchor::kBefore, 0, 1'000'000)));
    ASSERT_EQ(page.messages.size(), 1u);  // 72 KiB as JSON each
    EXPECT_EQ(page.messages[0].seq, Seq(20));
    EXPECT_TRUE(page.older);
}

TEST_F(Messages, AReadSeesWhatItsConnectionHasSentBefore) {
    world.store->hold = true;
    const RequestId sent = alice.send(alice.text("bob", "first"));
    const RequestId read = alice.send(history("bob", proto::GetHistory::Anchor::kBefore, 0, 5));
    world.run();
    EXPECT_FALSE(alice.answered(read));
    world.store->hold = false;
    world.store->release();
    world.run();
    get<proto::SendMessageReply>(alice.answer(sent));
    EXPECT_EQ(get<proto::GetHistoryReply>(alice.answer(read)).messages.size(), 1u);
}

TEST_F(Messages, AFailedReadIsAnErrorThatMayBeTriedAgain) {
    world.store->read_error = Error{ErrorCode::kReadTimeout, "history"};
    const auto reply = alice.ask(history("bob", proto::GetHistory::Anchor::kBefore, 0, 5));
    EXPECT_EQ(code_of(reply), ErrorCode::kReadTimeout);
    EXPECT_TRUE(reply.error().retry_after_ms.has_value());
    EXPECT_EQ(code_of(alice.ask(proto::Sync{})), ErrorCode::kReadTimeout);
    proto::FindUser find;
    find.user_id = "bob";
    EXPECT_EQ(code_of(alice.ask(find)), ErrorCode::kReadTimeout);
}

}  // namespace
}  // namespace kumquat::service
