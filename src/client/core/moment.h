// Time as the client gets it: passed into every input, read nowhere.
#pragma once

#include <cstdint>

#include "base/ids.h"

namespace kumquat::client {

/// When an input happens. Deadlines use the monotonic clock, message times the wall clock.
struct Moment {
    TimeMs wall;
    /// Milliseconds of a clock that never runs back (performance.now() in a page). Its zero means
    /// nothing.
    std::int64_t monotonic_ms = 0;
};

}  // namespace kumquat::client
