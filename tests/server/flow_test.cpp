// People who chat through a real server: order, bounds on what waits, slow readers, and a stop.
#include <chrono>
#include <map>
#include <thread>

#include "base/limits.h"
#include "server/running_server.h"

namespace kumquat::server {
namespace {

using std::chrono::milliseconds;

// The seqs of messages among the events that come, up to `last`.
std::vector<std::int64_t> message_seqs(Client& client, std::int64_t last) {
    std::vector<std::int64_t> seqs;
    while (seqs.empty() || seqs.back() != last) {
        const auto event = client.next_event();
        if (!event) break;
        if (const auto* message = std::get_if<proto::MessageEvent>(&event->what)) {
            seqs.push_back(message->message.seq.value());
        }
    }
    return seqs;
}

class FlowTest : public ServerTest {
  protected:
    // alice and bob are there and friends.
    void befriend() {
        alice_ = std::make_unique<Client>(port());
        bob_ = std::make_unique<Client>(port());
        alice_session_ = alice_->enter("alice");
        bob_->enter("bob", 2);
        proto::AddFriend add;
        add.user_id = "bob";
        alice_->must<proto::AddFriendReply>(add);
    }
    // alice says `count` long texts, and bob reads each.
    void chatter(std::int64_t count, std::size_t bytes) {
        for (std::int64_t i = 1; i <= count; ++i) {
            alice_->say("bob", std::string(bytes, 'x'), i);
            ASSERT_FALSE(message_seqs(*bob_, i).empty());
        }
    }
    RequestId start_send(Client& client, const std::string& to, const std::string& text,
                         std::int64_t counter) {
        return client.start(proto::SendMessage{ConversationId::with(*UserId::parse(to)),
                                               ClientMessageId{DeviceId(1), counter},
                                               proto::Body{proto::kTextType, text, ""}});
    }

    std::unique_ptr<Client> alice_;
    std::unique_ptr<Client> bob_;
    std::string alice_session_;
};

TEST_F(FlowTest, TextInAnyScriptArrivesAsItWasSent) {
    start();
    befriend();
    const std::string text =
        "\xe4\xbd\xa0\xe5\xa5\xbd, hello \xf0\x9f\x8d\x8a \xd8\xb3\xd9\x84\xd8\xa7\xd9\x85 "
        "\\\"\n\t";
    const auto sent = alice_->say("bob", text, 1);
    EXPECT_EQ(sent.seq, Seq(1));
    while (const auto event = bob_->next_event()) {
        const auto* message = std::get_if<proto::MessageEvent>(&event->what);
        if (message == nullptr) continue;
        EXPECT_EQ(message->message.body.content, text);
        EXPECT_EQ(message->message.from.text(), "alice");
        EXPECT_EQ(message->message.time, sent.time);
        return;
    }
    FAIL() << "bob has not got it";
}

TEST_F(FlowTest, ManyRequestsAtOnceAreAllAnsweredOnceAndInOrder) {
    start();
    befriend();
    // Four times what may be in flight: the rest waits in the socket.
    constexpr std::int64_t kCount = 4 * limits::kRequestsInFlight;
    std::vector<RequestId> requests;
    for (std::int64_t i = 1; i <= kCount; ++i)
        requests.push_back(start_send(*alice_, "bob", std::to_string(i), i));
    std::int64_t last = 0;
    for (const RequestId id : requests) {
        const auto reply = alice_->finish(id);
        ASSERT_TRUE(reply);
        const std::int64_t seq = std::get<proto::SendMessageReply>(*reply).seq.value();
        EXPECT_EQ(seq, last + 1);
        last = seq;
    }
    const auto seqs = message_seqs(*bob_, kCount);
    ASSERT_EQ(seqs.size(), static_cast<std::size_t>(kCount));
    for (std::int64_t i = 0; i < kCount; ++i)
        EXPECT_EQ(seqs[static_cast<std::size_t>(i)], i + 1);
    EXPECT_EQ(metric("kumquat_messages_total"), kCount);
}

TEST_F(FlowTest, WhoAsksWithoutReadingIsNotReadEither) {
    config_.bounds.queue_pause_bytes = 16 * 1024;
    config_.bounds.socket_send_buffer = 4096;
    start();
    befriend();
    for (std::int64_t i = 1; i <= 5; ++i)
        alice_->say("bob", std::string(12'000, 'x'), i);
    auto options = to_server();
    options.receive_buffer = 4096;
    Client greedy(options);
    greedy.enter("bob", 3);
    // Each answer is 60 KB: were all of them made, the server would hold 12 MB for this connection.
    proto::GetHistory history;
    history.conversation = ConversationId::with(*UserId::parse("alice"));
    history.limit = 5;
    std::vector<RequestId> requests;
    for (int i = 0; i < 200; ++i)
        requests.push_back(greedy.start(history));
    std::this_thread::sleep_for(milliseconds(300));
    const double held = metric("kumquat_queue_bytes");
    EXPECT_GT(held, 16 * 1024);
    EXPECT_LT(held, (limits::kRequestsInFlight + 2) * limits::kPageBytes);
    for (const RequestId id : requests)
        EXPECT_TRUE(greedy.finish(id));
}

TEST_F(FlowTest, ASlowReaderIsTold4408AndTheOthersNoticeNothing) {
    config_.bounds.queue_bytes = 64 * 1024;
    config_.bounds.socket_send_buffer = 4096;
    start();
    befriend();
    auto options = to_server();
    options.receive_buffer = 4096;
    Client slow(options);
    slow.enter("bob", 3);
    chatter(40, 10'000);
    EXPECT_EQ(metric("kumquat_slow_readers_total"), 1);
    const Closed closed = slow.socket().wait_closed();
    EXPECT_EQ(closed.code, 4408);
    // What it missed is still there.
    Client again(port());
    again.enter("bob", 3);
    proto::GetHistory history;
    history.conversation = ConversationId::with(*UserId::parse("alice"));
    history.limit = 1;
    EXPECT_EQ(again.must<proto::GetHistoryReply>(history).messages.at(0).seq, Seq(40));
}

TEST_F(FlowTest, AReaderWhoStopsIsTold4408) {
    config_.bounds.write_stall_ms = 300;
    config_.bounds.socket_handshake_ms = 10'000;
    config_.bounds.socket_send_buffer = 4096;
    start();
    befriend();
    auto options = to_server();
    options.receive_buffer = 4096;
    Client stopped(options);
    stopped.enter("bob", 3);
    chatter(20, 12'000);
    while (metric("kumquat_slow_readers_total") == 0)
        std::this_thread::sleep_for(milliseconds(5));
    EXPECT_EQ(stopped.socket().wait_closed().code, 4408);
}

TEST_F(FlowTest, ASlowReaderWhoNeverReadsAgainIsCutOff) {
    config_.bounds.write_stall_ms = 200;
    config_.bounds.socket_handshake_ms = 200;
    config_.bounds.socket_send_buffer = 4096;
    start();
    befriend();
    auto options = to_server();
    options.receive_buffer = 4096;
    Client gone(options);
    gone.enter("bob", 3);
    chatter(20, 12'000);
    while (metric("kumquat_websockets") > 2)
        std::this_thread::sleep_for(milliseconds(5));
    EXPECT_EQ(metric("kumquat_slow_readers_total"), 1);
}

TEST_F(FlowTest, ManyPeopleAtOnce) {
    start();
    constexpr int kPairs = 10;
    constexpr std::int64_t kEach = 50;
    std::vector<std::unique_ptr<Client>> senders;
    std::vector<std::unique_ptr<Client>> receivers;
    for (int i = 0; i < kPairs; ++i) {
        senders.push_back(std::make_unique<Client>(port()));
        receivers.push_back(std::make_unique<Client>(port()));
        senders.back()->enter("s" + std::to_string(i));
        receivers.back()->enter("r" + std::to_string(i));
        proto::AddFriend add;
        add.user_id = "r" + std::to_string(i);
        senders.back()->must<proto::AddFriendReply>(add);
    }
    for (std::int64_t n = 1; n <= kEach; ++n) {
        for (int i = 0; i < kPairs; ++i) {
            start_send(*senders[static_cast<std::size_t>(i)], "r" + std::to_string(i),
                       std::to_string(n), n);
        }
    }
    for (auto& receiver : receivers) {
        const auto seqs = message_seqs(*receiver, kEach);
        ASSERT_EQ(seqs.size(), static_cast<std::size_t>(kEach));
        for (std::int64_t n = 0; n < kEach; ++n)
            EXPECT_EQ(seqs[static_cast<std::size_t>(n)], n + 1);
    }
    EXPECT_EQ(metric("kumquat_messages_total"), kPairs * kEach);
}

TEST_F(FlowTest, AStopTellsEverybody4503AndASessionOutlivesIt) {
    // Nobody here answers while the test waits for the stop.
    config_.bounds.stop_ms = 200;
    start();
    befriend();
    alice_->say("bob", "before", 1);
    stop();
    EXPECT_EQ(alice_->socket().wait_closed().code, 4503);
    EXPECT_EQ(bob_->socket().wait_closed().code, 4503);
    start();
    Client alice(port());
    alice.resume(alice_session_);
    proto::GetHistory history;
    history.conversation = ConversationId::with(*UserId::parse("bob"));
    history.limit = 10;
    const auto reply = alice.must<proto::GetHistoryReply>(history);
    ASSERT_EQ(reply.messages.size(), 1U);
    EXPECT_EQ(reply.messages[0].body.content, "before");
}

TEST_F(FlowTest, AStopUnderLoadLosesNothingThatWasAcknowledged) {
    config_.bounds.stop_ms = 500;
    start();
    befriend();
    std::vector<RequestId> requests;
    for (std::int64_t i = 1; i <= 200; ++i)
        requests.push_back(start_send(*alice_, "bob", std::to_string(i), i));
    stop();
    std::int64_t acknowledged = 0;
    for (const RequestId id : requests) {
        const auto reply = alice_->finish(id);
        if (!reply) break;
        acknowledged = std::get<proto::SendMessageReply>(*reply).seq.value();
    }
    start();
    Client alice(port());
    alice.resume(alice_session_);
    proto::GetHistory history;
    history.conversation = ConversationId::with(*UserId::parse("bob"));
    history.limit = 200;
    const auto reply = alice.must<proto::GetHistoryReply>(history);
    EXPECT_GE(static_cast<std::int64_t>(reply.messages.size()), acknowledged);
}

}  // namespace
}  // namespace kumquat::server
