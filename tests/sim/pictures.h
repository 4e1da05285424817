// The home's side of pictures: uploads that are late, are cut and meet a crash between any two of
// their steps, the sweep of orphans, and of the bytes the names alone.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <string>

#include "base/limits.h"
#include "client/core/picture.h"
#include "service/service.h"
#include "sim/event_queue.h"

namespace kumquat::sim {

struct NetworkFaults;
class WorkerSide;

class Pictures {
  public:
    using Ids = std::array<BlobId, limits::kRenditions>;
    using Done = std::function<void(const Result<Ids>&)>;

    Pictures(EventQueue& queue, Rng rng, const NetworkFaults& faults)
        : queue_(queue), rng_(rng), faults_(faults) {}

    /// A service has come up, which leaves the bytes to us.
    void serve(service::Service& service);
    /// The browser home has come up, which takes in bytes itself.
    void serve(WorkerSide& worker);
    /// The home is gone, and so is every upload.
    void stop();
    /// All renditions of `picture`, one after the other. `done` is called once, later.
    void upload(const std::string& session, const client::LocalPicture& picture, Done done);
    /// Asks the service, if there is one, for orphans and removes their bytes, until there are none
    /// or it fails. The browser home does so by itself.
    void sweep();

    bool idle() const { return uploads_.empty(); }
    /// The bytes are there.
    bool has(const BlobId& id) const;
    /// Every ID ever made, whether it came to anything or not.
    const std::set<BlobId>& made() const { return made_; }

  private:
    struct Upload {
        client::LocalPicture picture;
        std::string session;
        Done done;
        UserKey owner;
        Ids ids;
        /// Renditions that have their ID.
        std::size_t finished = 0;
    };

    /// Runs `task` late, unless the service is another one by then.
    void later(std::function<void()> task);
    void begin(std::int64_t number);
    void go_on(std::int64_t number);
    void keep(std::int64_t number);
    void publish(std::int64_t number, const BlobId& id);
    void take_in(std::int64_t number);
    void finish_one(std::int64_t number, const BlobId& id);
    void end(std::int64_t number, const Result<Ids>& result);
    void remove(const std::vector<BlobId>& ids);

    EventQueue& queue_;
    Rng rng_;
    const NetworkFaults& faults_;
    bool up_ = false;
    service::Service* service_ = nullptr;
    WorkerSide* worker_ = nullptr;
    /// Counts the homes.
    std::int64_t life_ = 0;
    std::int64_t last_ = 0;
    std::map<std::int64_t, Upload> uploads_;
    std::set<BlobId> made_;
    std::set<BlobId> blobs_;
};

}  // namespace kumquat::sim
