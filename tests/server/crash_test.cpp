// The promise that counts most: what was acknowledged is still there after the process was killed.
#include <csignal>
#include <map>

#include "server/process.h"
#include "server/running_server.h"

namespace kumquat::server {
namespace {

constexpr std::int64_t kInFlight = 16;

class CrashTest : public testing::Test {
  protected:
    Process::Settings settings() const {
        return {{"--port", "0", "--data-dir", data_.path().string()}, {}, 0};
    }

    static proto::SendMessage message(std::int64_t counter) {
        return proto::SendMessage{
            ConversationId::with(*UserId::parse("bob")), ClientMessageId{DeviceId(1), counter},
            proto::Body{proto::kTextType, "text " + std::to_string(counter), ""}};
    }

    static std::vector<proto::Message> all_messages(Client& client) {
        std::vector<proto::Message> messages;
        proto::GetHistory request;
        request.conversation = ConversationId::with(*UserId::parse("bob"));
        request.anchor = proto::GetHistory::Anchor::kAfter;
        request.limit = 200;
        for (bool more = true; more;) {
            request.seq = messages.empty() ? Seq() : messages.back().seq;
            auto page = client.must<proto::GetHistoryReply>(request);
            more = page.newer && !page.messages.empty();
            for (proto::Message& each : page.messages)
                messages.push_back(std::move(each));
        }
        return messages;
    }

    TemporaryFolder data_;
};

TEST_F(CrashTest, EveryAcknowledgedMessageSurvivesAKill) {
    std::string session;
    std::map<std::int64_t, Seq> acknowledged;  // by counter
    std::int64_t counter = 0;
    for (int round = 0; round < 4; ++round) {
        Process process(settings());
        Client alice(process.wait_ready());
        if (session.empty()) {
            session = alice.enter("alice");
            Client(process.wait_ready()).enter("bob", 2);
        } else {
            alice.resume(session);
        }
        std::map<std::int64_t, RequestId> open;
        for (int sent = 0; sent < 300; ++sent) {
            ++counter;
            open[counter] = alice.start(message(counter));
            if (static_cast<std::int64_t>(open.size()) < kInFlight) continue;
            const auto oldest = open.begin();
            const auto reply = alice.finish(oldest->second);
            ASSERT_TRUE(reply) << reply.error().context;
            acknowledged[oldest->first] = std::get<proto::SendMessageReply>(*reply).seq;
            open.erase(oldest);
        }
        process.signal(SIGKILL);
        EXPECT_EQ(process.wait(), 128 + SIGKILL);
        // Answers that were on their way count as well.
        for (const auto& [number, id] : open) {
            const auto reply = alice.finish(id);
            if (!reply) break;
            acknowledged[number] = std::get<proto::SendMessageReply>(*reply).seq;
        }
    }
    Process process(settings());
    Client alice(process.wait_ready());
    alice.resume(session);
    // What was not acknowledged is sent again, as an outbox does: the same ID is the same message.
    for (std::int64_t number = 1; number <= counter; ++number) {
        if (acknowledged.count(number) != 0) continue;
        const auto reply = alice.must<proto::SendMessageReply>(message(number));
        acknowledged[number] = reply.seq;
    }
    const auto messages = all_messages(alice);
    ASSERT_EQ(static_cast<std::int64_t>(messages.size()), counter);
    std::map<std::int64_t, Seq> found;
    for (std::size_t i = 0; i < messages.size(); ++i) {
        EXPECT_EQ(messages[i].seq, Seq(static_cast<std::int64_t>(i) + 1));
        ASSERT_TRUE(messages[i].client_id);
        const std::int64_t number = messages[i].client_id->counter;
        EXPECT_EQ(messages[i].body.content, "text " + std::to_string(number));
        found[number] = messages[i].seq;
    }
    EXPECT_EQ(found, acknowledged);
}

}  // namespace
}  // namespace kumquat::server
