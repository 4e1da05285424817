// The store over a MemoryState. Durable as long as somebody keeps the state: destroy the store and
// open another on the same state, and it is as after a crash - what was committed is there, what
// was not has never been.
#pragma once

#include <memory>

#include "base/executor.h"
#include "store/memory/memory_state.h"
#include "store/store.h"

namespace kumquat::store {

/// Thread: that of the executor, for everything.
class MemoryStore final : public Store {
  public:
    using State = MemoryState;

    /// `executor` must outlive the store. Every call does its work in a task of its own, in the
    /// order of the calls.
    explicit MemoryStore(Executor& executor,
                         std::shared_ptr<State> state = std::make_shared<State>());

    void load(ReadKeys keys, Callback<ReadRows> done) override;
    void commit(WriteSet writes, std::function<void(Status)> done) override;
    void read_history(HistoryQuery query, Callback<HistoryPage> done) override;
    void read_feed(FeedQuery query, Callback<FeedPage> done) override;
    void read_snapshot(SnapshotQuery query, Callback<SnapshotPage> done) override;
    void search(SearchQuery query, Callback<SearchStep> done) override;
    void find_user(UserKey viewer, UserId id, Callback<std::optional<FoundUser>> done) override;
    void read_ties(UserKey user, Callback<std::vector<Tie>> done) override;
    void read_sessions(UserKey user, Callback<std::vector<SessionRow>> done) override;
    void find_session(TokenHash token, Callback<std::optional<SessionRow>> done) override;
    void read_orphans(OrphanQuery query, Callback<std::vector<BlobId>> done) override;

  private:
    /// Runs `task` on the executor unless the store is gone by then.
    template <typename Task>
    void post(Task task);

    Executor& executor_;
    std::shared_ptr<State> state_;
    std::shared_ptr<const bool> alive_ = std::make_shared<bool>(true);
};

}  // namespace kumquat::store
