#include "store/memory/memory_store.h"

#include <utility>

#include "store/queries.h"

namespace kumquat::store {

MemoryStore::MemoryStore(Executor& executor, std::shared_ptr<State> state)
    : executor_(executor), state_(std::move(state)) {}

template <typename Task>
void MemoryStore::post(Task task) {
    executor_.post([alive = std::weak_ptr<const bool>(alive_), task = std::move(task)]() mutable {
        if (!alive.expired()) task();
    });
}

void MemoryStore::load(ReadKeys keys, Callback<ReadRows> done) {
    post(
        [this, keys = std::move(keys), done = std::move(done)] { done(load_rows(*state_, keys)); });
}

void MemoryStore::commit(WriteSet writes, std::function<void(Status)> done) {
    post([this, writes = std::move(writes), done = std::move(done)] {
        done(state_->apply(writes));
    });
}

void MemoryStore::read_history(HistoryQuery query, Callback<HistoryPage> done) {
    post([this, query = std::move(query), done = std::move(done)] {
        done(history_page(*state_, query));
    });
}

void MemoryStore::read_feed(FeedQuery query, Callback<FeedPage> done) {
    post([this, query, done = std::move(done)] { done(feed_page(*state_, query)); });
}

void MemoryStore::read_snapshot(SnapshotQuery query, Callback<SnapshotPage> done) {
    post([this, query, done = std::move(done)] { done(snapshot_page(*state_, query)); });
}

void MemoryStore::search(SearchQuery query, Callback<SearchStep> done) {
    post([this, query = std::move(query), done = std::move(done)] {
        done(search_step(*state_, query));
    });
}

void MemoryStore::find_user(UserKey viewer, UserId id, Callback<std::optional<FoundUser>> done) {
    post([this, viewer, id = std::move(id), done = std::move(done)] {
        done(found_user(*state_, viewer, id));
    });
}

void MemoryStore::read_ties(UserKey user, Callback<std::vector<Tie>> done) {
    post([this, user, done = std::move(done)] { done(ties(*state_, user)); });
}

void MemoryStore::read_sessions(UserKey user, Callback<std::vector<SessionRow>> done) {
    post([this, user, done = std::move(done)] { done(sessions_of(*state_, user)); });
}

void MemoryStore::find_session(TokenHash token, Callback<std::optional<SessionRow>> done) {
    post([this, token, done = std::move(done)] { done(found_session(*state_, token)); });
}

void MemoryStore::read_orphans(OrphanQuery query, Callback<std::vector<BlobId>> done) {
    post([this, query, done = std::move(done)] { done(orphans(*state_, query)); });
}

}  // namespace kumquat::store
