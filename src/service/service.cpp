// Puts the service together: takes requests in, finds out when each may begin, and lets replies,
// events and signals out.
#include "service/service.h"

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "base/check.h"
#include "base/limits.h"
#include "service/batch.h"
#include "service/connection.h"
#include "service/credentials.h"
#include "service/hub.h"
#include "service/presence.h"
#include "service/queries.h"
#include "service/rate_limit.h"
#include "service/request_table.h"

namespace kumquat::service {
namespace {

using Kind = RequestRule::Kind;
using SignedIn = RequestRule::SignedIn;

constexpr std::int64_t kDayMs = 24LL * 60 * 60 * 1000;
constexpr std::int64_t kOverloadRetryMs = 1000;
/// What nothing has named for so long goes: time enough for an outbox to send what it has uploaded.
constexpr std::int64_t kOrphanMs = kDayMs;
constexpr std::int64_t kOrphansAtOnce = 200;
constexpr std::int64_t kMinuteMs = 60'000;

proto::Limits announced_limits() {
    proto::Limits out;
    out.frame_bytes = limits::kFrameBytes;
    out.requests_in_flight = limits::kRequestsInFlight;
    out.page_bytes = limits::kPageBytes;
    out.page_entries = limits::kPageEntries;
    out.message_bytes = limits::kMessageBytes;
    out.user_id_bytes = limits::kUserIdBytes;
    out.nick_bytes = limits::kNickBytes;
    out.wording_bytes = limits::kWordingBytes;
    out.remark_bytes = limits::kRemarkBytes;
    out.group_bytes = limits::kGroupNameBytes;
    out.friends = limits::kFriends;
    out.friend_groups = limits::kFriendGroups;
    out.friend_requests = limits::kFriendRequests;
    out.blocked = limits::kBlocked;
    out.picture_bytes = limits::kPictureBytes;
    out.picture_pixels = limits::kPicturePixels;
    out.recall_ms = limits::kRecallMs;
    out.edit_ms = limits::kEditMs;
    out.reaction_kinds = limits::kReactionKinds;
    out.deleted_at_once = limits::kDeletedAtOnce;
    out.pins = limits::kPins;
    return out;
}

}  // namespace

class Service::Impl {
  public:
    Impl(Options options, store::Store& store, const Clock& clock, Crypto& crypto,
         CredentialVerifier* verifier, Outlet& outlet);

    void connect(ConnectionId id);
    void receive(ConnectionId id, proto::ClientFrame frame);
    void disconnect(ConnectionId id);
    void begin_upload(std::string_view session, std::function<void(Result<UserKey>)> done);
    void finish_upload(const store::BlobRow& blob, std::function<void(Status)> done);
    void forget_orphans(std::function<void(Result<std::vector<BlobId>>)> done);
    std::optional<TimeMs> next_tick() const { return presence_.next_tick(); }
    void tick() { presence_.tick(clock_.now()); }
    bool inbox_full() const { return waiting_ + batches_.waiting() >= options_.inbox_requests; }
    bool idle() const { return batches_.idle() && waiting_ == 0 && reads_ == 0; }
    const Counters& counters() const { return counters_; }

  private:
    Connection* find(ConnectionId id);

    // Taking in.
    void pump(ConnectionId id);
    bool may_begin(const Connection& connection, Kind kind) const;
    void begin(ConnectionId id, Connection& connection, proto::ClientFrame frame);
    Status admit(const Connection& connection, const RequestRule& rule) const;
    Status prepare(Work& work);
    Status check_rates(const Work& work);
    void hello(ConnectionId id, Connection& connection, RequestId request,
               const proto::Hello& hello);
    void read(ConnectionId id, Connection& connection, const Work& work);
    void on_answer(ConnectionId id, RequestId request, Result<proto::Reply> answer);

    // Uploads.
    Result<UserKey> uploader(Result<std::optional<store::SessionRow>> found) const;
    void sweep(Result<std::vector<BlobId>> orphans,
               std::function<void(Result<std::vector<BlobId>>)> done);
    Status check_room() const;
    void run_errand(Errand errand, std::function<void(const Outcome&)> done);

    // Letting out.
    void on_batch(std::vector<BatchRunner::Finished> batch, bool stored);
    void deliver(const Work& work, Outcome outcome);
    void change_session(const Work& work, const Outcome& outcome);
    void leave_for_good(ConnectionId id);
    void reply(ConnectionId id, RequestId request, Result<proto::Reply> reply);
    void send(std::vector<ConnectionId> to, proto::ServerFrame frame);
    void close(ConnectionId id, proto::CloseCode code, std::string_view reason);

    const Options options_;
    store::Store& store_;
    const Clock& clock_;
    Crypto& crypto_;
    Outlet& outlet_;
    const std::string epoch_;
    Credentials credentials_;
    RateLimit friend_requests_{limits::kFriendRequestsPerMinute, kMinuteMs};
    RateLimit profile_changes_{limits::kProfileChangesPerMinute, kMinuteMs};
    Hub hub_;
    Presence presence_;
    BatchRunner batches_;
    std::unordered_map<ConnectionId, Connection> connections_;
    std::size_t waiting_ = 0;  ///< of all connections
    std::size_t reads_ = 0;    ///< of all connections
    Counters counters_;
    std::shared_ptr<Impl*> self_;
};

Service::Impl::Impl(Options options, store::Store& store, const Clock& clock, Crypto& crypto,
                    CredentialVerifier* verifier, Outlet& outlet)
    : options_(std::move(options)),
      store_(store),
      clock_(clock),
      crypto_(crypto),
      outlet_(outlet),
      epoch_(crypto.random_token()),
      credentials_(options_.sign_in, verifier, clock),
      presence_(store, hub_,
                [this](std::vector<ConnectionId> to, proto::Signal signal) {
                    send(std::move(to), proto::ServerFrame(std::move(signal)));
                }),
      batches_(store, clock, {options_.batch_requests, options_.batch_ms},
               options_.session_days * kDayMs,
               [this](std::vector<BatchRunner::Finished> batch, bool stored) {
                   on_batch(std::move(batch), stored);
               }),
      self_(std::make_shared<Impl*>(this)) {}

Connection* Service::Impl::find(ConnectionId id) {
    const auto found = connections_.find(id);
    return found == connections_.end() ? nullptr : &found->second;
}

void Service::Impl::connect(ConnectionId id) {
    const bool fresh = connections_.try_emplace(id).second;
    KUMQUAT_CHECK(fresh);
}

void Service::Impl::disconnect(ConnectionId id) {
    const auto found = connections_.find(id);
    if (found == connections_.end()) return;
    waiting_ -= found->second.waiting.size();
    connections_.erase(found);
    if (const auto session = hub_.end(id))
        presence_.left(*session, id, Presence::Leaving::kMayReturn, clock_.now());
}

// --- Taking in
// -----------------------------------------------------------------------------------------------------

void Service::Impl::receive(ConnectionId id, proto::ClientFrame frame) {
    Connection* connection = find(id);
    if (connection == nullptr) return;  // closed by us while the frame was on its way
    ++counters_.requests;
    if (connection->in_flight() >= limits::kRequestsInFlight) {
        return close(id, proto::CloseCode::kTooManyRequests, "too many requests in flight");
    }
    connection->waiting.push_back(std::move(frame));
    ++waiting_;
    pump(id);
}

// Begins everything of the connection that may begin. Changes may overtake reads, which have no
// effect; nothing else overtakes.
void Service::Impl::pump(ConnectionId id) {
    for (Connection* connection = find(id); connection != nullptr && !connection->waiting.empty();
         connection = find(id)) {
        if (!may_begin(*connection, rule_of(connection->waiting.front().request).kind)) return;
        proto::ClientFrame frame = std::move(connection->waiting.front());
        connection->waiting.pop_front();
        --waiting_;
        begin(id, *connection, std::move(frame));
    }
}

bool Service::Impl::may_begin(const Connection& connection, Kind kind) const {
    if (connection.changing_session) return false;
    switch (kind) {
        case Kind::kAnswer:
        case Kind::kChange:
            return true;
        case Kind::kRead:
            // It must see what the connection has changed before.
            return connection.changes == 0;
        case Kind::kSession:
            return connection.changes == 0 && connection.reads == 0;
    }
    return true;
}

void Service::Impl::begin(ConnectionId id, Connection& connection, proto::ClientFrame frame) {
    const RequestRule& rule = rule_of(frame.request);
    if (connection.session && connection.session->expires <= clock_.now()) {
        return close(id, proto::CloseCode::kSessionEnded, "the session has expired");
    }
    if (const Status admitted = admit(connection, rule); !admitted)
        return reply(id, frame.id, admitted.error());
    if (const auto* greeting = std::get_if<proto::Hello>(&frame.request)) {
        return hello(id, connection, frame.id, *greeting);
    }

    Work work;
    work.connection = id;
    work.id = frame.id;
    work.request = std::move(frame.request);
    work.session = connection.session;
    if (const Status prepared = prepare(work); !prepared)
        return reply(id, work.id, prepared.error());
    if (rule.kind == Kind::kRead) return read(id, connection, work);
    ++connection.changes;
    connection.changing_session = rule.kind == Kind::kSession;
    batches_.push(std::move(work));
}

Status Service::Impl::admit(const Connection& connection, const RequestRule& rule) const {
    if (rule.needs_hello && !connection.greeted) return Error{ErrorCode::kHelloRequired, "hello"};
    if (rule.signed_in == SignedIn::kMust && !connection.session)
        return Error{ErrorCode::kNotSignedIn, ""};
    if (rule.signed_in == SignedIn::kMustNot && connection.session)
        return Error{ErrorCode::kAlreadySignedIn, ""};
    return check_room();
}

// The home was asked to stop reading long before; this is for a home that cannot.
Status Service::Impl::check_room() const {
    if (batches_.waiting() >= 2 * options_.inbox_requests) {
        return Error{ErrorCode::kOverloaded, "inbox", kOverloadRetryMs};
    }
    return Status();
}

// The checks that need no rows, and everything random or cryptographic: a batch has none of it.
Status Service::Impl::prepare(Work& work) {
    const RequestRule& rule = rule_of(work.request);
    if (rule.check != nullptr) KUMQUAT_TRY(rule.check(work));
    if (const auto* sign_in = std::get_if<proto::SignIn>(&work.request)) {
        KUMQUAT_TRY(credentials_.check(*sign_in, work));
        work.token = crypto_.random_token();
        work.token_hash = crypto_.hash(work.token);
    } else if (const auto* resume = std::get_if<proto::Resume>(&work.request)) {
        work.token_hash = crypto_.hash(resume->session);
    }
    return check_rates(work);
}

Status Service::Impl::check_rates(const Work& work) {
    if (std::holds_alternative<proto::AddFriend>(work.request)) {
        if (const auto wait_ms = friend_requests_.take(work.session->user, clock_.now()))
            return Error{ErrorCode::kTooManyFriendRequests, "", *wait_ms};
    } else if (std::holds_alternative<proto::UpdateProfile>(work.request)) {
        // Thousands of people may have to be told.
        if (const auto wait_ms = profile_changes_.take(work.session->user, clock_.now()))
            return Error{ErrorCode::kOverloaded, "too many changes of the profile", *wait_ms};
    }
    return Status();
}

void Service::Impl::hello(ConnectionId id, Connection& connection, RequestId request,
                          const proto::Hello& hello) {
    if (hello.version != proto::kVersion) {
        reply(id, request, Error{ErrorCode::kVersionUnsupported, "version"});
        return close(id, proto::CloseCode::kUpgradeClient,
                     "another protocol version is spoken here");
    }
    connection.greeted = true;
    proto::HelloReply out;
    out.server = options_.server;
    out.epoch = epoch_;
    out.time = clock_.now();
    out.sign_in = options_.sign_in;
    out.limits = announced_limits();
    reply(id, request, proto::Reply(std::move(out)));
}

void Service::Impl::read(ConnectionId id, Connection& connection, const Work& work) {
    ++connection.reads;
    ++reads_;
    QueryMoment moment{clock_.now(), {}};
    if (std::holds_alternative<proto::ListSessions>(work.request))
        moment.connected = hub_.sessions_of(work.session->user);
    run_query(
        store_, work, std::move(moment),
        [weak = std::weak_ptr<Impl*>(self_), id, request = work.id](Result<proto::Reply> answer) {
            if (const auto self = weak.lock()) (*self)->on_answer(id, request, std::move(answer));
        });
}

void Service::Impl::on_answer(ConnectionId id, RequestId request, Result<proto::Reply> answer) {
    --reads_;
    if (answer) presence_.retry();
    Connection* connection = find(id);
    if (connection == nullptr) return;
    --connection->reads;
    reply(id, request, std::move(answer));
    pump(id);
}

// --- Uploads
// -----------------------------------------------------------------------------------------------------

void Service::Impl::begin_upload(std::string_view session,
                                 std::function<void(Result<UserKey>)> done) {
    if (session.empty() || session.size() > limits::kSessionTokenBytes)
        return done(Error{ErrorCode::kSessionInvalid, "session"});
    ++reads_;
    store_.find_session(crypto_.hash(session),
                        [weak = std::weak_ptr<Impl*>(self_), done = std::move(done)](auto found) {
                            const auto self = weak.lock();
                            if (!self) return;
                            --(*self)->reads_;
                            done((*self)->uploader(std::move(found)));
                        });
}

Result<UserKey> Service::Impl::uploader(Result<std::optional<store::SessionRow>> found) const {
    KUMQUAT_TRY_ASSIGN(const std::optional<store::SessionRow> session, std::move(found));
    if (!session || session->expires <= clock_.now())
        return Error{ErrorCode::kSessionInvalid, "session"};
    return session->user;
}

void Service::Impl::finish_upload(const store::BlobRow& blob, std::function<void(Status)> done) {
    if (const Status room = check_room(); !room) return done(room);
    run_errand(KeepUpload{blob}, [done = std::move(done)](const Outcome& outcome) {
        done(outcome.reply ? Status(outcome.reply->error()) : Status());
    });
}

void Service::Impl::forget_orphans(std::function<void(Result<std::vector<BlobId>>)> done) {
    ++reads_;
    store_.read_orphans(
        store::OrphanQuery{TimeMs(clock_.now().value() - kOrphanMs), kOrphansAtOnce},
        [weak = std::weak_ptr<Impl*>(self_), done = std::move(done)](auto orphans) mutable {
            const auto self = weak.lock();
            if (!self) return;
            --(*self)->reads_;
            (*self)->sweep(std::move(orphans), std::move(done));
        });
}

void Service::Impl::sweep(Result<std::vector<BlobId>> orphans,
                          std::function<void(Result<std::vector<BlobId>>)> done) {
    if (!orphans || orphans->empty()) return done(std::move(orphans));
    if (const Status room = check_room(); !room) return done(room.error());
    run_errand(ForgetOrphans{*std::move(orphans)},
               [done = std::move(done)](const Outcome& outcome) {
                   if (outcome.reply) return done(outcome.reply->error());
                   done(outcome.forgotten);
               });
}

void Service::Impl::run_errand(Errand errand, std::function<void(const Outcome&)> done) {
    Work work;
    work.errand = std::move(errand);
    work.errand_done = std::move(done);
    batches_.push(std::move(work));
}

// --- Letting out
// ---------------------------------------------------------------------------------------------------

void Service::Impl::on_batch(std::vector<BatchRunner::Finished> batch, bool stored) {
    const auto size = static_cast<std::int64_t>(batch.size());
    ++counters_.batches;
    counters_.batched_requests += size;
    counters_.largest_batch = std::max(counters_.largest_batch, size);
    if (stored) {
        presence_.retry();
    } else {
        ++counters_.failed_commits;
    }

    std::vector<ConnectionId> senders;
    for (BatchRunner::Finished& each : batch) {
        if (each.work.errand) {
            each.work.errand_done(each.outcome);
            continue;
        }
        senders.push_back(each.work.connection);
        if (Connection* connection = find(each.work.connection)) {
            --connection->changes;
            connection->changing_session = false;
        }
        deliver(each.work, std::move(each.outcome));
    }
    for (const ConnectionId id : senders)
        pump(id);
}

void Service::Impl::deliver(const Work& work, Outcome outcome) {
    if (outcome.new_message) ++counters_.messages;
    reply(work.connection, work.id, *std::move(outcome.reply));
    change_session(work, outcome);
    for (auto& [user, event] : outcome.events)
        send(hub_.of_user(user), proto::ServerFrame(std::move(event)));
    for (auto& [user, signal] : outcome.signals)
        send(hub_.of_user(user), proto::ServerFrame(std::move(signal)));
    if (outcome.tie) presence_.changed(*outcome.tie);
}

void Service::Impl::change_session(const Work& work, const Outcome& outcome) {
    Connection* connection = find(work.connection);
    if (outcome.begun && connection != nullptr) {
        connection->session = outcome.begun;
        hub_.begin(work.connection, *outcome.begun);
        presence_.came(*outcome.begun, work.connection);
    }
    if (!outcome.ended) return;
    batches_.forget(*outcome.ended);
    if (outcome.signed_out && connection != nullptr) {
        connection->session.reset();
        leave_for_good(work.connection);
    }
    for (const ConnectionId other : hub_.of_session(*outcome.ended)) {
        leave_for_good(other);
        close(other, proto::CloseCode::kSessionEnded, "signed out");
    }
}

void Service::Impl::leave_for_good(ConnectionId id) {
    if (const auto session = hub_.end(id))
        presence_.left(*session, id, Presence::Leaving::kForGood, clock_.now());
}

void Service::Impl::reply(ConnectionId id, RequestId request, Result<proto::Reply> reply) {
    if (!reply) {
        ++counters_.errors;
        return send({id}, proto::ServerFrame(proto::ErrorFrame{request, reply.error()}));
    }
    send({id}, proto::ServerFrame(proto::ReplyFrame{request, *std::move(reply)}));
}

void Service::Impl::send(std::vector<ConnectionId> to, proto::ServerFrame frame) {
    to.erase(std::remove_if(to.begin(), to.end(),
                            [this](ConnectionId id) { return find(id) == nullptr; }),
             to.end());
    if (to.empty()) return;
    outlet_.send(to, std::make_shared<const proto::ServerFrame>(std::move(frame)));
}

void Service::Impl::close(ConnectionId id, proto::CloseCode code, std::string_view reason) {
    disconnect(id);
    outlet_.close(id, code, reason);
}

// --- Service
// -------------------------------------------------------------------------------------------------------

Service::Service(Options options, store::Store& store, const Clock& clock, Crypto& crypto,
                 CredentialVerifier* verifier, Outlet& outlet)
    : impl_(std::make_unique<Impl>(std::move(options), store, clock, crypto, verifier, outlet)) {}

Service::~Service() = default;

void Service::connect(ConnectionId connection) {
    impl_->connect(connection);
}
void Service::receive(ConnectionId connection, proto::ClientFrame frame) {
    impl_->receive(connection, std::move(frame));
}
void Service::disconnect(ConnectionId connection) {
    impl_->disconnect(connection);
}
void Service::begin_upload(std::string_view session, std::function<void(Result<UserKey>)> done) {
    impl_->begin_upload(session, std::move(done));
}
void Service::finish_upload(const store::BlobRow& blob, std::function<void(Status)> done) {
    impl_->finish_upload(blob, std::move(done));
}
void Service::forget_orphans(std::function<void(Result<std::vector<BlobId>>)> done) {
    impl_->forget_orphans(std::move(done));
}
bool Service::inbox_full() const {
    return impl_->inbox_full();
}
bool Service::idle() const {
    return impl_->idle();
}
std::optional<TimeMs> Service::next_tick() const {
    return impl_->next_tick();
}
void Service::tick() {
    impl_->tick();
}
const Counters& Service::counters() const {
    return impl_->counters();
}

}  // namespace kumquat::service
