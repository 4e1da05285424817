// A store that behaves as badly as its contract allows: late, out of the caller's stack, in small
// pages, failing, or silent until the service crashes.
#pragma once

#include <functional>
#include <memory>
#include <utility>
#include <vector>

#include "base/executor.h"
#include "sim/event_queue.h"
#include "store/store.h"

namespace kumquat::sim {

struct StoreFaults {
    /// Each of up to this long: before a call takes effect, and after it until the callback.
    std::int64_t delay_max_ms = 0;
    std::int64_t commit_fails_percent = 0;
    std::int64_t read_fails_percent = 0;
    /// Of a thousand commits so many never call back, having taken effect or not.
    std::int64_t stuck_per_mille = 0;
    /// Entries of a page at most; 0: as asked.
    std::int64_t page_entries = 0;
};

/// Runs tasks through the queue, in order.
class QueueExecutor final : public Executor {
  public:
    explicit QueueExecutor(EventQueue& queue) : queue_(queue) {}
    void post(std::function<void()> task) override { queue_.after(0, std::move(task)); }

  private:
    EventQueue& queue_;
};

class LateStore final : public store::Store {
  public:
    /// `faults` may change under way. `on_stuck` is told of a commit that will never call back.
    LateStore(EventQueue& queue, Rng rng, store::Store& behind, const StoreFaults& faults,
              std::function<void()> on_stuck);

    void load(store::ReadKeys keys, Callback<store::ReadRows> done) override;
    void commit(store::WriteSet writes, std::function<void(Status)> done) override;
    void read_history(store::HistoryQuery query, Callback<store::HistoryPage> done) override;
    void read_feed(store::FeedQuery query, Callback<store::FeedPage> done) override;
    void read_snapshot(store::SnapshotQuery query, Callback<store::SnapshotPage> done) override;
    void search(store::SearchQuery query, Callback<store::SearchStep> done) override;
    void find_user(UserKey viewer, UserId id,
                   Callback<std::optional<store::FoundUser>> done) override;
    void read_ties(UserKey user, Callback<std::vector<store::Tie>> done) override;
    void read_sessions(UserKey user, Callback<std::vector<store::SessionRow>> done) override;
    void find_session(store::TokenHash token,
                      Callback<std::optional<store::SessionRow>> done) override;
    void read_orphans(store::OrphanQuery query, Callback<std::vector<BlobId>> done) override;

  private:
    /// Runs `task` late, unless the store is gone by then.
    void later(std::function<void()> task);
    template <typename T>
    std::function<void(T)> called_later(std::function<void(T)> done);
    template <typename T>
    bool fails(const Callback<T>& done);
    void shorten(std::int64_t& limit) const;

    EventQueue& queue_;
    Rng rng_;
    store::Store& behind_;
    const StoreFaults& faults_;
    std::function<void()> on_stuck_;
    std::shared_ptr<const bool> alive_ = std::make_shared<bool>(true);
};

}  // namespace kumquat::sim
