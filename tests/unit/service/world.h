// A service over a memory store, with a clock and an executor that the test turns by hand, and tabs
// that talk to it in structs.
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include <gtest/gtest.h>

#include "service/service.h"
#include "store/memory/memory_store.h"
#include "unit/service/spy_store.h"

namespace kumquat::service {

class ManualExecutor final : public Executor {
  public:
    void post(std::function<void()> task) override { tasks_.push_back(std::move(task)); }
    /// Until nothing is left.
    void run() {
        while (!tasks_.empty()) {
            auto task = std::move(tasks_.front());
            tasks_.pop_front();
            task();
        }
    }

  private:
    std::deque<std::function<void()>> tasks_;
};

struct ManualClock final : Clock {
    TimeMs now() const override {
        const TimeMs shown = time;
        time = TimeMs(time.value() + ms_per_look);
        return shown;
    }
    mutable TimeMs time = TimeMs(1'700'000'000'000);
    /// Moves on by this much whenever somebody looks: for work that takes long.
    std::int64_t ms_per_look = 0;
};

/// Tokens that count up, and a hash that is none: enough to tell tokens apart.
class CountingCrypto final : public Crypto {
  public:
    std::string random_token() override;
    store::TokenHash hash(std::string_view text) override;

  private:
    int tokens_ = 0;
};

/// Lets in whoever brings "sig of <user>".
class PlainVerifier final : public CredentialVerifier {
  public:
    Status verify(const UserId& user, std::string_view user_sig, TimeMs now) override;
};

/// What a connection was sent.
class Outbox final : public Outlet {
  public:
    void send(const std::vector<ConnectionId>& to,
              std::shared_ptr<const proto::ServerFrame> frame) override;
    void close(ConnectionId connection, proto::CloseCode code, std::string_view reason) override;

    std::map<ConnectionId, std::deque<proto::ServerFrame>> frames;
    std::map<ConnectionId, proto::CloseCode> closed;
};

inline UserId user_id(std::string_view text) {
    return *UserId::parse(text);
}
inline ConversationId with(std::string_view peer) {
    return ConversationId::with(user_id(peer));
}

class World {
  public:
    explicit World(Options options = default_options());
    static Options default_options();

    void run() { executor.run(); }
    /// The service starts anew on what was committed; the old one loses everything under way.
    void restart();
    /// Advances the clock, and calls the service when it has asked for it.
    void pass_ms(std::int64_t ms);

    // Uploads, as a home takes them in. Each runs the world until all is quiet.
    Result<UserKey> begin_upload(const std::string& session);
    Status finish_upload(const store::BlobRow& blob);
    Result<std::vector<BlobId>> forget_orphans();
    /// A picture of whoever is signed in with `session`, with the next ID or this one.
    store::BlobRow upload(const std::string& session, const std::string& id = "");
    /// How many messages and profiles name the picture; -1 if it is not there.
    std::int64_t references(const BlobId& id) const;

    ManualExecutor executor;
    ManualClock clock;
    CountingCrypto crypto;
    PlainVerifier verifier;
    Outbox outbox;
    Options options;
    std::shared_ptr<store::MemoryState> state = std::make_shared<store::MemoryState>();
    std::unique_ptr<store::MemoryStore> memory;
    std::unique_ptr<SpyStore> store;
    std::unique_ptr<Service> service;
    std::int64_t last_connection = 0;
};

/// One connection, with the shortest words for what a client does.
class Tab {
  public:
    /// Connects; says nothing yet.
    explicit Tab(World& world);

    /// Sends without waiting; the id of the request.
    RequestId send(proto::Request request);
    /// Sends and runs the world until all is quiet; the reply or error.
    Result<proto::Reply> ask(proto::Request request);
    /// The reply or error to `id`, taken out of what has come; a test failure if there is none.
    Result<proto::Reply> answer(RequestId id);
    bool answered(RequestId id) const;

    void hello();
    void sign_in(const std::string& user, const std::string& nick = "");
    proto::SendMessage text(const std::string& peer, const std::string& text);
    Result<proto::Reply> try_say(const std::string& peer, const std::string& text) {
        return ask(this->text(peer, text));
    }
    proto::SendMessageReply say(const std::string& peer, const std::string& text);
    void befriend(const std::string& peer);
    /// Asks, and an error is a test failure.
    proto::Reply must(proto::Request request);
    void leave();

    /// All that came except replies, and forgets it.
    std::vector<proto::Event> take_events();
    std::vector<proto::Signal> take_signals();
    void forget() { frames().clear(); }
    std::optional<proto::CloseCode> closed() const;

    ConnectionId id;
    std::string session;

  private:
    std::deque<proto::ServerFrame>& frames() { return world_.outbox.frames[id]; }

    World& world_;
    std::int64_t last_request_ = 0;
    std::int64_t last_message_ = 0;
};

/// The reply as a T; a test failure and an empty T if it is an error.
template <typename T>
T get(const Result<proto::Reply>& reply) {
    if (!reply) {
        ADD_FAILURE() << error_text(reply.error().code) << ": " << reply.error().context;
        return T{};
    }
    const T* found = std::get_if<T>(&*reply);
    if (found == nullptr) {
        ADD_FAILURE() << "another reply than expected";
        return T{};
    }
    return *found;
}

/// The error code; kInternal and a test failure if it is a reply.
inline ErrorCode code_of(const Result<proto::Reply>& reply) {
    if (reply) ADD_FAILURE() << "a reply where an error was expected";
    return reply ? ErrorCode::kInternal : reply.error().code;
}

template <typename T>
std::vector<T> only(const std::vector<proto::Event>& events) {
    std::vector<T> found;
    for (const auto& event : events) {
        if (const T* what = std::get_if<T>(&event.what)) found.push_back(*what);
    }
    return found;
}

template <typename T>
std::vector<T> only(const std::vector<proto::Signal>& signals) {
    std::vector<T> found;
    for (const auto& signal : signals) {
        if (const T* what = std::get_if<T>(&signal)) found.push_back(*what);
    }
    return found;
}

}  // namespace kumquat::service
