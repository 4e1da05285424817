// Random numbers that follow from a seed, so that a run can be repeated; and waits made of them.
#pragma once

#include <algorithm>
#include <cstdint>

namespace kumquat::client {

/// SplitMix64 (Steele, Lea, Flood: "Fast Splittable Pseudorandom Number Generators", 2014). Spreads
/// retries; keeps no secrets.
class Random {
  public:
    explicit Random(std::uint64_t seed) : state_(seed) {}

    std::uint64_t next() {
        std::uint64_t z = (state_ += 0x9E3779B97F4A7C15u);
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
        return z ^ (z >> 31);
    }

    /// 0 to `max`, both included. Requires max >= 0.
    std::int64_t up_to(std::int64_t max) {
        return static_cast<std::int64_t>(next() % (static_cast<std::uint64_t>(max) + 1));
    }

  private:
    std::uint64_t state_;
};

/// Full jitter: each wait lies between 0 and a bound that doubles up to `max_ms` ("Exponential
/// Backoff And Jitter", AWS Architecture Blog, 2015): many clients that lost one service do not
/// come back all at once.
class Backoff {
  public:
    Backoff(std::int64_t first_ms, std::int64_t max_ms)
        : first_ms_(first_ms), max_ms_(max_ms), bound_ms_(first_ms) {}

    std::int64_t next_wait_ms(Random& random) {
        const std::int64_t wait_ms = random.up_to(bound_ms_);
        bound_ms_ = std::min(max_ms_, bound_ms_ * 2);
        return wait_ms;
    }
    void reset() { bound_ms_ = first_ms_; }

  private:
    std::int64_t first_ms_;
    std::int64_t max_ms_;
    std::int64_t bound_ms_;
};

}  // namespace kumquat::client
