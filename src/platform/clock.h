// Time and randomness of the page. Everything else gets them passed in.
#pragma once

#include <cstddef>
#include <cstdint>

#include "base/clock.h"

namespace kumquat::platform {

/// kumquat::Clock (the wall clock) and the time since the page began, which never jumps.
class PageClock : public Clock {
  public:
    /// Milliseconds, monotonic; the same time base as the scheduler's and every event's.
    virtual double monotonic_ms() const = 0;
};

class Random {
  public:
    virtual ~Random() = default;
    /// Fills `bytes` from a source fit for cryptography.
    virtual void fill(std::uint8_t* bytes, std::size_t count) = 0;
};

}  // namespace kumquat::platform
