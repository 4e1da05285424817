// Tasks of the home: run by its own calls, before they return to the host.
#pragma once

#include <deque>
#include <functional>
#include <utility>

#include "base/executor.h"

namespace kumquat::worker {

class TaskQueue final : public Executor {
  public:
    void post(std::function<void()> task) override { tasks_.push_back(std::move(task)); }
    /// Runs what has been posted, and what that posts.
    void run() {
        while (!tasks_.empty()) {
            const auto task = std::move(tasks_.front());
            tasks_.pop_front();
            task();
        }
    }

  private:
    std::deque<std::function<void()>> tasks_;
};

}  // namespace kumquat::worker
