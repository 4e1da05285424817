// Where work goes that must not run on the caller's stack.
#pragma once

#include <functional>

namespace kumquat {

class Executor {
  public:
    virtual ~Executor() = default;
    /// Runs `task` later, never before post() has returned; tasks run one at a time, in the order they were posted.
    virtual void post(std::function<void()> task) = 0;
};

}  // namespace kumquat
