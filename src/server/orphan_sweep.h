// Removes the pictures that nothing has named for a day: every few minutes, in steps that the
// service bounds.
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <vector>

#include "server/asio_types.h"
#include "server/config.h"
#include "server/metrics.h"
#include "server/service_host.h"
#include "store/blob_store.h"

namespace kumquat::server {

class OrphanSweep {
  public:
    struct Parts {
        Strand strand;
        ServiceHost* host = nullptr;
        store::BlobStore* blobs = nullptr;
        const Bounds* bounds = nullptr;
        Metrics* metrics = nullptr;
    };

    /// The parts outlive the threads that run the strand.
    explicit OrphanSweep(const Parts& parts);
    ~OrphanSweep();
    OrphanSweep(const OrphanSweep&) = delete;
    OrphanSweep& operator=(const OrphanSweep&) = delete;

    /// Looks for the first time after one interval.
    void start();
    /// Begins no further step. Thread-safe.
    void stop();

  private:
    class Impl;
    std::shared_ptr<Impl> impl_;
};

}  // namespace kumquat::server
