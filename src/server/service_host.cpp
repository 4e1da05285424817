#include "server/service_host.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include <boost/asio/post.hpp>

namespace kumquat::server {
namespace {

// Arrivals that may wait for the strand, before the service itself counts them.
constexpr std::size_t kInboxArrivals = 4096;

}  // namespace

void StrandExecutor::post(std::function<void()> task) {
    asio::post(strand_, [this, task = std::move(task)] {
        task();
        if (after_task_) after_task_();
    });
}

ServiceHost::ServiceHost(Parts parts)
    : strand_(parts.executor->strand()),
      clock_(*parts.clock),
      service_(std::move(parts.options), *parts.store, *parts.clock, *parts.crypto, parts.verifier,
               *this),
      tick_timer_(strand_) {
    parts.executor->set_after_task([this] { after_task(); });
}

ServiceHost::~ServiceHost() = default;

ConnectionId ServiceHost::attach(std::shared_ptr<Peer> peer) {
    const ConnectionId connection(++last_connection_);
    ++connections_;
    enqueue({connection, Attach{std::move(peer)}});
    return connection;
}

bool ServiceHost::submit(ConnectionId connection, proto::ClientFrame frame) {
    return enqueue({connection, std::move(frame)});
}

void ServiceHost::detach(ConnectionId connection) {
    --connections_;
    enqueue({connection, Detach{}});
}

template <typename Done, typename Ask>
void ServiceHost::post_request(Done done, Ask ask) {
    asio::post(strand_, [this, done = std::move(done), ask = std::move(ask)]() mutable {
        if (refusing_) {
            done(Error{ErrorCode::kUnavailable, ""});
            return;
        }
        ask(std::move(done));
        after_task();
    });
}

void ServiceHost::begin_upload(std::string session, std::function<void(Result<UserKey>)> done) {
    post_request(std::move(done), [this, session = std::move(session)](auto then) {
        service_.begin_upload(session, std::move(then));
    });
}

void ServiceHost::finish_upload(store::BlobRow blob, std::function<void(Status)> done) {
    post_request(std::move(done), [this, blob = std::move(blob)](auto then) {
        service_.finish_upload(blob, std::move(then));
    });
}

void ServiceHost::forget_orphans(std::function<void(Result<std::vector<BlobId>>)> done) {
    post_request(std::move(done), [this](auto then) { service_.forget_orphans(std::move(then)); });
}

bool ServiceHost::enqueue(Arrival arrival) {
    const ConnectionId connection = arrival.connection;
    bool post_drain = false;
    bool keep_reading = true;
    {
        const std::lock_guard lock(inbox_mutex_);
        inbox_.push_back(std::move(arrival));
        post_drain = !std::exchange(drain_posted_, true);
        // Noted under the lock under which after_task() takes the list: no wake-up is missed.
        if (full_ || inbox_.size() >= kInboxArrivals) {
            paused_.push_back(connection);
            keep_reading = false;
        }
    }
    if (post_drain) asio::post(strand_, [this] { drain(); });
    return keep_reading;
}

void ServiceHost::drain() {
    std::vector<Arrival> arrivals;
    {
        const std::lock_guard lock(inbox_mutex_);
        arrivals.swap(inbox_);
        drain_posted_ = false;
    }
    for (Arrival& arrival : arrivals) {
        const ConnectionId connection = arrival.connection;
        if (auto* frame = std::get_if<proto::ClientFrame>(&arrival.what)) {
            // A connection that the service has ended may still have had frames on the way.
            if (!refusing_ && peers_.count(connection) != 0) {
                service_.receive(connection, std::move(*frame));
            }
        } else if (auto* attached = std::get_if<Attach>(&arrival.what)) {
            if (ending_) {
                attached->peer->end(ending_code_, ending_reason_);
                continue;
            }
            peers_[connection] = std::move(attached->peer);
            service_.connect(connection);
        } else if (peers_.erase(connection) != 0) {
            service_.disconnect(connection);
        }
    }
    after_task();
}

void ServiceHost::after_task() {
    schedule_tick();
    full_ = service_.inbox_full();
    {
        const std::lock_guard lock(state_mutex_);
        counters_ = service_.counters();
        service_idle_ = service_.idle();
    }
    if (full_) return;
    std::vector<ConnectionId> paused;
    {
        const std::lock_guard lock(inbox_mutex_);
        if (inbox_.size() < kInboxArrivals) paused.swap(paused_);
    }
    for (const ConnectionId connection : paused) {
        if (const auto peer = peers_.find(connection); peer != peers_.end()) peer->second->resume();
    }
}

// The timer runs by another clock than the service: fired too early, it is set again.
void ServiceHost::schedule_tick() {
    const std::optional<TimeMs> next = service_.next_tick();
    if (next == tick_at_) return;
    tick_at_ = next;
    if (!next) {
        tick_timer_.cancel();
        return;
    }
    const std::int64_t wait_ms = std::max<std::int64_t>(0, next->value() - clock_.now().value());
    tick_timer_.expires_after(std::chrono::milliseconds(wait_ms));
    tick_timer_.async_wait([this](const boost::system::error_code& error) {
        if (error) return;
        tick_at_.reset();
        service_.tick();
        after_task();
    });
}

void ServiceHost::send(const std::vector<ConnectionId>& to,
                       std::shared_ptr<const proto::ServerFrame> frame) {
    const auto out = std::make_shared<const OutFrame>(std::move(frame));
    for (const ConnectionId connection : to) {
        if (const auto peer = peers_.find(connection); peer != peers_.end()) {
            peer->second->deliver(out);
        }
    }
}

void ServiceHost::close(ConnectionId connection, proto::CloseCode code, std::string_view reason) {
    // What still arrives from it is dropped: the service need not remember whom it has closed.
    const auto peer = peers_.find(connection);
    if (peer == peers_.end()) return;
    peer->second->end(code, std::string(reason));
    peers_.erase(peer);
}

service::Counters ServiceHost::counters() const {
    const std::lock_guard lock(state_mutex_);
    return counters_;
}

bool ServiceHost::idle() const {
    {
        const std::lock_guard lock(inbox_mutex_);
        if (!inbox_.empty() || drain_posted_) return false;
    }
    const std::lock_guard lock(state_mutex_);
    return service_idle_;
}

void ServiceHost::refuse_requests() {
    asio::post(strand_, [this] { refusing_ = true; });
}

void ServiceHost::end_all(proto::CloseCode code, std::string_view reason) {
    asio::post(strand_, [this, code, reason = std::string(reason)] {
        ending_ = true;
        ending_code_ = code;
        ending_reason_ = reason;
        for (const auto& [connection, peer] : peers_)
            peer->end(code, reason);
    });
}

void ServiceHost::abort_all() {
    asio::post(strand_, [this] {
        for (const auto& [connection, peer] : peers_)
            peer->abort();
    });
}

}  // namespace kumquat::server
