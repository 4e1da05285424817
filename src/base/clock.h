// Time as a value that is passed in. Nothing outside the homes reads the system's clock.
#pragma once

#include "base/ids.h"

namespace kumquat {

class Clock {
  public:
    virtual ~Clock() = default;
    /// Wall clock. May jump, in both directions.
    virtual TimeMs now() const = 0;
};

}  // namespace kumquat
