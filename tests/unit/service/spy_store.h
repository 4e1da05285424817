// A store in front of a store: counts what goes through, and holds commits back or lets them fail
// as a test asks for.
#pragma once

#include <deque>
#include <functional>
#include <optional>
#include <utility>
#include <vector>

#include "base/executor.h"
#include "store/store.h"

namespace kumquat::service {

class SpyStore final : public store::Store {
  public:
    SpyStore(Executor& executor, store::Store& behind) : executor_(executor), behind_(behind) {}

    void load(store::ReadKeys keys, Callback<store::ReadRows> done) override {
        ++loads;
        if (load_error) return executor_.post([done, error = *load_error] { done(error); });
        behind_.load(std::move(keys), std::move(done));
    }
    void commit(store::WriteSet writes, std::function<void(Status)> done) override {
        commits.push_back(writes);
        if (commit_error) return executor_.post([done, error = *commit_error] { done(error); });
        if (hold) return held_.push_back({std::move(writes), std::move(done)});
        behind_.commit(std::move(writes), std::move(done));
    }
    void read_history(store::HistoryQuery query, Callback<store::HistoryPage> done) override {
        if (!fail_read(done)) behind_.read_history(std::move(query), std::move(done));
    }
    void read_feed(store::FeedQuery query, Callback<store::FeedPage> done) override {
        if (!fail_read(done)) behind_.read_feed(query, std::move(done));
    }
    void read_snapshot(store::SnapshotQuery query, Callback<store::SnapshotPage> done) override {
        if (!fail_read(done)) behind_.read_snapshot(query, std::move(done));
    }
    void search(store::SearchQuery query, Callback<store::SearchStep> done) override {
        ++searches;
        if (search_step_ms) query.step_ms = *search_step_ms;
        if (!fail_read(done)) behind_.search(std::move(query), std::move(done));
    }
    void find_user(UserKey viewer, UserId id,
                   Callback<std::optional<store::FoundUser>> done) override {
        if (!fail_read(done)) behind_.find_user(viewer, std::move(id), std::move(done));
    }
    void read_ties(UserKey user, Callback<std::vector<store::Tie>> done) override {
        if (fail_read(done)) return;
        if (!hold_ties) return behind_.read_ties(user, std::move(done));
        // Read now, told later.
        behind_.read_ties(user, [this, done = std::move(done)](auto ties) {
            held_ties_.push_back([done, ties = std::move(ties)] { done(ties); });
        });
    }
    void read_sessions(UserKey user, Callback<std::vector<store::SessionRow>> done) override {
        if (!fail_read(done)) behind_.read_sessions(user, std::move(done));
    }
    void find_session(store::TokenHash token,
                      Callback<std::optional<store::SessionRow>> done) override {
        if (!fail_read(done)) behind_.find_session(token, std::move(done));
    }
    void read_orphans(store::OrphanQuery query, Callback<std::vector<BlobId>> done) override {
        if (!fail_read(done)) behind_.read_orphans(query, std::move(done));
    }

    /// Lets go of what was held, in order.
    void release() {
        while (!held_.empty()) {
            auto [writes, done] = std::move(held_.front());
            held_.pop_front();
            behind_.commit(std::move(writes), std::move(done));
        }
    }

    /// Lets go of the ties that were held.
    void release_ties() {
        hold_ties = false;
        for (auto& answer : std::exchange(held_ties_, {}))
            executor_.post(std::move(answer));
    }

    int loads = 0;
    int searches = 0;
    /// Instead of what the service gives a step of a search.
    std::optional<std::int64_t> search_step_ms;
    std::vector<store::WriteSet> commits;
    /// Every load, commit or read answers with this while it is set.
    std::optional<Error> load_error;
    std::optional<Error> commit_error;
    std::optional<Error> read_error;
    /// Commits do not reach the store behind until release().
    bool hold = false;
    /// Ties are read, but not told until release_ties().
    bool hold_ties = false;

  private:
    template <typename T>
    bool fail_read(const Callback<T>& done) {
        if (read_error) executor_.post([done, error = *read_error] { done(error); });
        return read_error.has_value();
    }

    Executor& executor_;
    store::Store& behind_;
    std::deque<std::pair<store::WriteSet, std::function<void(Status)>>> held_;
    std::vector<std::function<void()>> held_ties_;
};

}  // namespace kumquat::service
