#include "sim/late_store.h"

#include <algorithm>

namespace kumquat::sim {

LateStore::LateStore(EventQueue& queue, Rng rng, store::Store& behind, const StoreFaults& faults,
                     std::function<void()> on_stuck)
    : queue_(queue), rng_(rng), behind_(behind), faults_(faults), on_stuck_(std::move(on_stuck)) {}

void LateStore::later(std::function<void()> task) {
    // Mostly quick; now and then as late as it gets.
    const std::int64_t delay_max_ms =
        rng_.percent(10) ? faults_.delay_max_ms : faults_.delay_max_ms / 20;
    queue_.after(rng_.between(0, delay_max_ms),
                 [alive = std::weak_ptr<const bool>(alive_), task = std::move(task)] {
                     if (!alive.expired()) task();
                 });
}

template <typename T>
std::function<void(T)> LateStore::called_later(std::function<void(T)> done) {
    return [this, done = std::move(done)](T result) {
        later([done, result = std::move(result)]() mutable { done(std::move(result)); });
    };
}

template <typename T>
bool LateStore::fails(const Callback<T>& done) {
    if (!rng_.percent(faults_.read_fails_percent)) return false;
    later([done] { done(Error{ErrorCode::kReadTimeout, "simulated"}); });
    return true;
}

void LateStore::shorten(std::int64_t& limit) const {
    if (faults_.page_entries > 0) limit = std::min(limit, faults_.page_entries);
}

void LateStore::load(store::ReadKeys keys, Callback<store::ReadRows> done) {
    if (fails(done)) return;
    later([this, keys = std::move(keys), done = called_later(std::move(done))] {
        behind_.load(keys, done);
    });
}

void LateStore::commit(store::WriteSet writes, std::function<void(Status)> done) {
    if (rng_.percent(faults_.commit_fails_percent)) {
        const ErrorCode code = rng_.percent(30) ? ErrorCode::kDiskFull : ErrorCode::kStorageFailed;
        return later([done, code] { done(Error{code, "simulated"}); });
    }
    if (rng_.below(1000) < faults_.stuck_per_mille) {
        on_stuck_();
        done = [](Status) {};
        if (rng_.percent(50)) return;
    }
    later([this, writes = std::move(writes), done = called_later(std::move(done))] {
        behind_.commit(writes, done);
    });
}

void LateStore::read_history(store::HistoryQuery query, Callback<store::HistoryPage> done) {
    if (fails(done)) return;
    shorten(query.limit);
    later(
        [this, query, done = called_later(std::move(done))] { behind_.read_history(query, done); });
}

void LateStore::read_feed(store::FeedQuery query, Callback<store::FeedPage> done) {
    if (fails(done)) return;
    shorten(query.limit);
    // A short patience makes resets, and with them snapshots, part of every run.
    if (faults_.page_entries > 0)
        query.tail_max = std::min<std::int64_t>(query.tail_max, 8 * faults_.page_entries);
    later([this, query, done = called_later(std::move(done))] { behind_.read_feed(query, done); });
}

void LateStore::read_snapshot(store::SnapshotQuery query, Callback<store::SnapshotPage> done) {
    if (fails(done)) return;
    shorten(query.limit);
    later([this, query, done = called_later(std::move(done))] {
        behind_.read_snapshot(query, done);
    });
}

void LateStore::search(store::SearchQuery query, Callback<store::SearchStep> done) {
    if (fails(done)) return;
    shorten(query.limit);
    later([this, query, done = called_later(std::move(done))] { behind_.search(query, done); });
}

void LateStore::find_user(UserKey viewer, UserId id,
                          Callback<std::optional<store::FoundUser>> done) {
    if (fails(done)) return;
    later([this, viewer, id, done = called_later(std::move(done))] {
        behind_.find_user(viewer, id, done);
    });
}

void LateStore::read_ties(UserKey user, Callback<std::vector<store::Tie>> done) {
    if (fails(done)) return;
    later([this, user, done = called_later(std::move(done))] { behind_.read_ties(user, done); });
}

void LateStore::read_sessions(UserKey user, Callback<std::vector<store::SessionRow>> done) {
    if (fails(done)) return;
    later(
        [this, user, done = called_later(std::move(done))] { behind_.read_sessions(user, done); });
}

void LateStore::find_session(store::TokenHash token,
                             Callback<std::optional<store::SessionRow>> done) {
    if (fails(done)) return;
    later(
        [this, token, done = called_later(std::move(done))] { behind_.find_session(token, done); });
}

void LateStore::read_orphans(store::OrphanQuery query, Callback<std::vector<BlobId>> done) {
    if (fails(done)) return;
    shorten(query.limit);
    later(
        [this, query, done = called_later(std::move(done))] { behind_.read_orphans(query, done); });
}

}  // namespace kumquat::sim
