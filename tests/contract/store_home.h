// What a kind of store brings to the contract suite: how to open it, open it again, and let its
// callbacks run.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>

#include "base/executor.h"
#include "store/store.h"

namespace kumquat::store {

/// Runs tasks when the test says so, on the test's thread. post() from any thread.
class TestExecutor final : public Executor {
  public:
    void post(std::function<void()> task) override;
    /// Runs tasks until `done` is true. Aborts if nothing happens for a minute: a callback is lost.
    void run_until(const std::function<bool()>& done);
    /// Runs what has been posted, and what that posts. Does not wait.
    void run_posted();

  private:
    std::function<void()> pop();
    std::function<void()> wait_and_pop();

    std::mutex mutex_;
    std::condition_variable posted_;
    std::deque<std::function<void()>> tasks_;
};

/// A place where a store of some kind keeps what is durable, through any number of opened stores.
class StoreHome {
  public:
    virtual ~StoreHome() = default;
    /// Opens the store on what is durable. One store at a time.
    virtual std::unique_ptr<Store> open(Executor& executor) = 0;
};

/// An empty home. Each test program of the suite defines it, for its kind of store.
std::unique_ptr<StoreHome> make_store_home();

}  // namespace kumquat::store
