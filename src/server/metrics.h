// What a running server counts, and its Prometheus text form (exposition format 0.0.4).
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <mutex>
#include <string>
#include <vector>

#include "service/service.h"

namespace kumquat::server {

/// Counts values in buckets. Thread-safe.
class Histogram {
  public:
    struct Reading {
        std::vector<std::int64_t> counts;  ///< per bucket, one more than there are bounds
        std::int64_t count = 0;
        double sum = 0;
        double max = 0;
    };

    /// `bounds`: the buckets' upper bounds, rising.
    explicit Histogram(std::vector<double> bounds);

    void observe(double value);
    Reading read() const;
    const std::vector<double>& bounds() const { return bounds_; }

  private:
    const std::vector<double> bounds_;
    mutable std::mutex mutex_;
    Reading reading_;
};

struct Metrics {
    /// Rows of messages in one commit.
    Histogram batch_messages{{0, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000}};
    /// From commit() to its callback.
    Histogram commit_seconds{{0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 5}};
    std::atomic<std::int64_t> commits_failed = 0;
    std::atomic<std::int64_t> connections_accepted = 0;
    std::atomic<std::int64_t> connections_open = 0;
    std::atomic<std::int64_t> accept_failures = 0;
    std::atomic<std::int64_t> sockets_open = 0;
    std::atomic<std::int64_t> http_requests = 0;
    std::atomic<std::int64_t> refused_hosts = 0;
    std::atomic<std::int64_t> refused_origins = 0;
    std::atomic<std::int64_t> frames_in = 0;
    std::atomic<std::int64_t> frames_out = 0;
    std::atomic<std::int64_t> bytes_out = 0;
    std::atomic<std::int64_t> writes_out = 0;
    std::atomic<std::int64_t> bad_frames = 0;
    std::atomic<std::int64_t> slow_readers = 0;
    std::atomic<std::int64_t> queue_bytes = 0;
    std::atomic<std::int64_t> uploads_open = 0;
    std::atomic<std::int64_t> uploads = 0;
    std::atomic<std::int64_t> uploads_refused = 0;
    std::atomic<std::int64_t> uploads_cut = 0;
    std::atomic<std::int64_t> upload_bytes = 0;
    std::atomic<std::int64_t> pictures_served = 0;
    std::atomic<std::int64_t> picture_bytes_served = 0;
    std::atomic<std::int64_t> orphans_removed = 0;
};

std::string prometheus_text(const Metrics& metrics, const service::Counters& counters);

}  // namespace kumquat::server
