// The service and the wires to it: a home that can crash and come back, and links that are late,
// are cut, or die unnoticed.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "client/core/effect.h"
#include "service/service.h"
#include "sim/event_queue.h"
#include "sim/late_store.h"
#include "sim/pictures.h"
#include "sim/worker_side.h"
#include "store/memory/memory_store.h"

namespace kumquat::sim {

struct NetworkFaults {
    std::int64_t delay_max_ms = 20;
    std::int64_t connect_fails_percent = 0;
    /// How long either end may fail to notice that a link is dead.
    std::int64_t unnoticed_max_ms = 0;
    /// Frames go through the JSON codec.
    bool json = false;
};

/// The page's end of a link.
class LinkEnd {
  public:
    virtual ~LinkEnd() = default;
    virtual void on_opened(client::ConnectionNumber number) = 0;
    virtual void on_closed(client::ConnectionNumber number, std::int32_t code) = 0;
    virtual void on_frame(client::ConnectionNumber number, const proto::ServerFrame& frame) = 0;
};

class Home final : public service::Outlet, public Clock {
  public:
    using LinkId = service::ConnectionId;
    using Log = std::function<void(const std::string&)>;

    Home(EventQueue& queue, Rng rng, const StoreFaults& store_faults,
         const NetworkFaults& network_faults, Log log, bool log_frames);
    ~Home() override;

    store::MemoryState& state() { return *state_; }
    /// From the next start on the service runs in its browser home, over a journal.
    void use_worker();
    /// What was found wrong with the durable state at a start; empty: nothing.
    std::string storage_fault() const { return worker_ ? worker_->fault() : std::string(); }
    bool up() const { return worker_ ? worker_->up() : service_ != nullptr; }
    bool idle() const {
        if (!up()) return true;
        return pictures_.idle() && (worker_ ? worker_->idle() : service_->idle());
    }
    void start();
    /// Everything not committed is lost; links die.
    void crash();
    /// A day and an hour pass by the wall clock alone.
    void skip_day();
    /// Frames go through the JSON codec, without which nobody knows what a picture message shows.
    bool codec() const { return network_faults_.json || worker_; }

    // The page's side of links.

    /// `end` must outlive the home.
    LinkId open(LinkEnd& end, client::ConnectionNumber number);
    /// The frame as the service will read it.
    proto::ClientFrame on_wire(const proto::ClientFrame& frame) const;
    /// `frame` as of on_wire().
    void send(LinkId link, const proto::ClientFrame& frame);
    /// By the page: what it has sent still arrives.
    void close(LinkId link);
    /// By the world: what is on its way may or may not arrive, and either end notices when it does.
    void cut(LinkId link);
    std::vector<LinkId> live_links() const;
    Pictures& pictures() { return pictures_; }

    // Outlet, Clock.
    void send(const std::vector<service::ConnectionId>& to,
              std::shared_ptr<const proto::ServerFrame> frame) override;
    void close(service::ConnectionId connection, proto::CloseCode code,
               std::string_view reason) override;
    TimeMs now() const override;

  private:
    struct Link {
        LinkEnd* end = nullptr;
        client::ConnectionNumber number;
        /// Each end may be gone while the other still believes.
        bool page_end = true;
        bool service_end = false;
        /// Delivery times: never out of order within a link.
        std::int64_t up_ms = 0;
        std::int64_t down_ms = 0;
        /// What would arrive later than this is lost.
        std::optional<std::int64_t> up_lost_ms;
        std::optional<std::int64_t> down_lost_ms;
    };
    class Crypto;

    std::int64_t up_time(Link& link);
    std::int64_t down_time(Link& link);
    void arrive_up(LinkId id, const proto::ClientFrame& frame);
    void arrive_down(LinkId id, const proto::ServerFrame& frame);
    void end_service_side(LinkId id);
    void schedule_tick();
    /// What hangs is killed and started again, by a person or a supervisor.
    void on_stuck();
    void end_page_side(LinkId id, std::int32_t code);
    Link* find(LinkId id);

    EventQueue& queue_;
    Rng rng_;
    const StoreFaults& store_faults_;
    const NetworkFaults& network_faults_;
    Log log_;
    const bool log_frames_;
    QueueExecutor executor_;
    std::shared_ptr<store::MemoryState> state_ = std::make_shared<store::MemoryState>();
    std::unique_ptr<Crypto> crypto_;
    std::unique_ptr<store::MemoryStore> memory_;
    std::unique_ptr<LateStore> store_;
    std::unique_ptr<service::Service> service_;
    /// In place of the service and its store.
    std::unique_ptr<WorkerSide> worker_;
    Pictures pictures_;
    std::int64_t skipped_ms_ = 0;
    /// For when a tick of the service is in the queue.
    std::optional<TimeMs> tick_at_;
    std::map<LinkId, Link> links_;
    LinkId last_link_;
};

}  // namespace kumquat::sim
