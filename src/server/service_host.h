// The service's home in a server: one strand on which the service runs, an inbox in front of it,
// and the way back to the connections.
//
// Connections live on other threads. They hand in decoded frames and get frames back; neither side
// waits for the other. It knows no sockets.
#pragma once

#include <atomic>
#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <variant>
#include <vector>

#include <boost/asio/steady_timer.hpp>

#include "base/clock.h"
#include "base/executor.h"
#include "server/asio_types.h"
#include "server/out_frame.h"
#include "service/service.h"

namespace kumquat::server {

using service::ConnectionId;

/// A connection as the service's home sees it. All calls come from the service's strand and return
/// at once; the connection does the work on its own.
class Peer {
  public:
    virtual ~Peer() = default;
    virtual void deliver(std::shared_ptr<const OutFrame> frame) = 0;
    /// To be closed after what was delivered before.
    virtual void end(proto::CloseCode code, std::string reason) = 0;
    /// submit() returned false earlier; reading may go on.
    virtual void resume() = 0;
    /// To be cut off without a word.
    virtual void abort() = 0;
};

/// Runs tasks one by one on a strand.
class StrandExecutor final : public Executor {
  public:
    explicit StrandExecutor(asio::io_context& io) : strand_(asio::make_strand(io)) {}

    void post(std::function<void()> task) override;
    const Strand& strand() const { return strand_; }
    /// Called after every task. Set before the first one is posted.
    void set_after_task(std::function<void()> after_task) { after_task_ = std::move(after_task); }

  private:
    Strand strand_;
    std::function<void()> after_task_;
};

class ServiceHost final : private service::Outlet {
  public:
    struct Parts {
        service::Options options;
        store::Store* store = nullptr;
        const Clock* clock = nullptr;
        service::Crypto* crypto = nullptr;
        /// May be null.
        service::CredentialVerifier* verifier = nullptr;
        /// On which the store calls back as well.
        StrandExecutor* executor = nullptr;
    };

    explicit ServiceHost(Parts parts);
    ~ServiceHost() override;

    // Thread-safe, for connections:

    ConnectionId attach(std::shared_ptr<Peer> peer);
    /// False: read no more from the connection until Peer::resume().
    bool submit(ConnectionId connection, proto::ClientFrame frame);
    void detach(ConnectionId connection);

    // Thread-safe, for uploads: as the service's functions of the same names, but that they answer
    // kUnavailable behind refuse_requests(). `done` runs on the service's strand.

    void begin_upload(std::string session, std::function<void(Result<UserKey>)> done);
    void finish_upload(store::BlobRow blob, std::function<void(Status)> done);
    void forget_orphans(std::function<void(Result<std::vector<BlobId>>)> done);

    // Thread-safe, for whoever runs the server:

    service::Counters counters() const;
    std::size_t connections() const { return connections_; }
    /// No request waits or is under way.
    bool idle() const;
    /// Requests of connections that arrive from now on are dropped, unanswered; what is under way
    /// goes on.
    void refuse_requests();
    /// Closes every connection, and each that still comes, with `code`.
    void end_all(proto::CloseCode code, std::string_view reason);
    void abort_all();

  private:
    struct Attach {
        std::shared_ptr<Peer> peer;
    };
    struct Detach {};
    struct Arrival {
        ConnectionId connection;
        std::variant<Attach, proto::ClientFrame, Detach> what;
    };

    /// False: the inbox is full, and the connection noted in `paused_`.
    bool enqueue(Arrival arrival);
    void drain();
    /// Runs `ask` on the strand, or tells `done` that the service stops.
    template <typename Done, typename Ask>
    void post_request(Done done, Ask ask);
    void after_task();
    void schedule_tick();
    void send(const std::vector<ConnectionId>& to,
              std::shared_ptr<const proto::ServerFrame> frame) override;
    void close(ConnectionId connection, proto::CloseCode code, std::string_view reason) override;

    const Strand strand_;
    std::atomic<std::int64_t> last_connection_ = 0;
    std::atomic<std::size_t> connections_ = 0;
    std::atomic<bool> full_ = false;

    mutable std::mutex inbox_mutex_;
    std::vector<Arrival> inbox_;
    bool drain_posted_ = false;
    std::vector<ConnectionId> paused_;

    mutable std::mutex state_mutex_;  // never nested with inbox_mutex_
    service::Counters counters_;
    bool service_idle_ = true;

    // On the strand alone:
    std::unordered_map<ConnectionId, std::shared_ptr<Peer>> peers_;
    bool refusing_ = false;
    bool ending_ = false;
    proto::CloseCode ending_code_ = proto::CloseCode::kStopping;
    std::string ending_reason_;
    const Clock& clock_;
    service::Service service_;
    asio::steady_timer tick_timer_;
    /// For when `tick_timer_` is set.
    std::optional<TimeMs> tick_at_;
};

}  // namespace kumquat::server
