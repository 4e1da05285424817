// A browser tab for the stories in this folder: a Client, a clock that stands still until it is
// told, storage and lock that answer at once unless told otherwise, and a service played by the
// test.
#pragma once

#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "client/core/client.h"

namespace kumquat::client {

UserId user(const std::string& id);
ConversationId chat(const std::string& peer);
proto::Profile profile(const std::string& id, const std::string& nick = "");
proto::Account account(const std::string& id, const std::string& nick = "");
proto::Friend friend_of(const std::string& id, const std::string& nick = "",
                        const std::string& remark = "");
proto::Message message(std::int64_t seq, const std::string& from, const std::string& text,
                       std::optional<ClientMessageId> client_id = std::nullopt);
/// A message in the conversation with `peer`.
proto::Event message_event(std::int64_t number, const std::string& peer, proto::Message message);
proto::Event read_event(std::int64_t number, const std::string& peer, const std::string& reader,
                        std::int64_t seq, std::int64_t unread = 0);
proto::Conversation conversation(const std::string& peer, std::int64_t last_seq,
                                 std::int64_t unread = 0);

/// What outlives a tab.
struct Disk {
    std::map<ClientMessageId, OutboxEntry> outbox;
    std::map<ConversationId, std::string> drafts;
    std::optional<StoredSession> session;
    /// Keys of the picture store.
    std::set<std::string> pictures;
};

class Tab {
  public:
    explicit Tab(std::int64_t device = 1, Disk* disk = nullptr);

    Client client;
    Moment now{TimeMs(1'800'000'000'000), 1'000};
    Disk own_disk;
    Disk* disk;
    /// false: LoadStored and HoldOutbox wait for the test.
    bool storage_answers = true;
    bool lock_answers = true;

    // What the client asked for, oldest first.
    std::vector<Effect> effects;
    std::deque<proto::ClientFrame> sent;
    ConnectionNumber connection;
    /// A Connect without end.
    bool connected = false;
    int connects = 0;
    std::optional<std::int64_t> timer_ms;
    std::optional<std::int64_t> load_asked;
    /// Running uploads, oldest first.
    std::vector<UploadPicture> uploads;

    const Model& model() const { return client.model(); }
    const Conversation& in(const std::string& peer) const;

    /// Carries out what the client wants. Every function below ends with it.
    void settle();
    void start();
    void command(const Command& command);
    /// Lets time pass, and timers fire on the way.
    void pass(std::int64_t ms);

    /// Lets time pass, a little at a time, until this is so; fails the test if it never is.
    template <typename Condition>
    void pass_until(Condition condition) {
        for (int step = 0; step < 10'000 && !condition(); ++step)
            pass(100);
        if (!condition()) missing();
    }

    void open();
    void close(std::int32_t code = 1006);
    void frame(const proto::ServerFrame& frame);
    void unknown_event(std::int64_t number);
    /// Answers the oldest request of this kind that was not answered; fails the test if there is
    /// none.
    template <typename Request>
    void reply(const proto::Reply& reply) {
        const auto request = take<Request>();
        if (request) frame(proto::ReplyFrame{request->id, reply});
    }
    template <typename Request>
    void refuse(ErrorCode code, std::optional<std::int64_t> retry_after_ms = std::nullopt) {
        const auto request = take<Request>();
        if (request) frame(proto::ErrorFrame{request->id, Error{code, "", retry_after_ms}});
    }
    /// The oldest unanswered request of this kind; null if there is none.
    template <typename Request>
    const Request* asked() const {
        for (const proto::ClientFrame& frame : sent) {
            if (const auto* request = std::get_if<Request>(&frame.request)) return request;
        }
        return nullptr;
    }
    /// Unanswered requests of this kind.
    template <typename Request>
    int count() const {
        int count = 0;
        for (const proto::ClientFrame& frame : sent)
            count += std::holds_alternative<Request>(frame.request);
        return count;
    }
    template <typename What>
    int effects_of() const {
        int count = 0;
        for (const Effect& effect : effects)
            count += std::holds_alternative<What>(effect);
        return count;
    }
    template <typename What>
    const What* last_effect() const {
        for (auto effect = effects.rbegin(); effect != effects.rend(); ++effect) {
            if (const auto* what = std::get_if<What>(&*effect)) return what;
        }
        return nullptr;
    }

    void say_hello(std::int64_t in_flight = 64);
    /// From nothing to live as `id`, with an empty snapshot at number 0, or the given one.
    void live_as(const std::string& id, const proto::SyncReply& snapshot = empty_snapshot());
    /// Answers the syncs of a connection: the snapshot, then an empty tail.
    void sync_with(const proto::SyncReply& snapshot);
    /// After a lost connection: connect, hello, resume. The sync is asked for then.
    void resume();
    /// After a lost connection: connect, hello, resume, and a tail of `events`.
    void come_back(const std::vector<proto::Event>& events = {});
    void answer_load(bool available = true);

    static proto::SyncReply empty_snapshot();
    static proto::SyncReply tail(std::int64_t number, std::vector<proto::Event> events = {},
                                 bool more = false);

  private:
    template <typename Request>
    std::optional<proto::ClientFrame> take() {
        for (auto frame = sent.begin(); frame != sent.end(); ++frame) {
            if (!std::holds_alternative<Request>(frame->request)) continue;
            proto::ClientFrame taken = *frame;
            sent.erase(frame);
            return taken;
        }
        missing();
        return std::nullopt;
    }
    void missing();
    void carry_out(const Effect& effect);
};

}  // namespace kumquat::client
