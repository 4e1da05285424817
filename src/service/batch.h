// The batch: the one place where something changes. Requests gather in its inbox; when the batch
// before is durable, they are worked off together: one load of all their rows, every handler in
// order on those rows, one write set, one commit. A handler that learns only from its rows that it
// needs others ends the batch before itself, and begins the next.
//
// It knows no connections. What came of each request is handed to `done`, whole batches at a time,
// after the commit.
#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <vector>

#include "base/clock.h"
#include "service/overlay.h"
#include "service/work.h"
#include "store/store.h"

namespace kumquat::service {

class BatchRunner {
  public:
    struct Finished {
        Work work;
        Outcome outcome;
    };
    /// Whether the whole batch was stored; if not, every outcome is the same error and nothing was
    /// changed.
    using Done = std::function<void(std::vector<Finished> batch, bool stored)>;
    /// Whichever is reached first ends a batch. The time is what the requests themselves take, not
    /// the store: a slow disk must make batches larger, not smaller.
    struct Bounds {
        std::size_t requests = 0;
        std::int64_t ms = 0;
    };

    BatchRunner(store::Store& store, const Clock& clock, Bounds bounds, std::int64_t session_ms,
                Done done);

    /// Requires an errand, or a checked request whose rule has keys and apply.
    void push(Work work);
    /// Drops what still waits in the name of an ended session; it is not answered, its connections
    /// are closed.
    void forget(const store::TokenHash& token);
    std::size_t waiting() const { return inbox_.size(); }
    bool idle() const { return !busy_ && inbox_.empty(); }

  private:
    void start();
    void on_loaded(Result<store::ReadRows> loaded);
    void apply_in_time(Overlay& rows);
    void put_back(std::size_t first);
    void on_committed(const Status& status);
    void fail(const Error& error);
    void finish(bool stored);

    store::Store& store_;
    const Clock& clock_;
    const Bounds bounds_;
    const std::int64_t session_ms_;
    Done done_;
    std::deque<Work> inbox_;
    std::vector<Finished> batch_;
    bool busy_ = false;
    // The store may call back after the service has gone; then nobody is there to be called.
    std::shared_ptr<BatchRunner*> self_;
};

}  // namespace kumquat::service
