// The store of a home that keeps bytes and knows no rows: the rows lie in memory, and each commit
// is one record that is appended to a journal. Acknowledged when the journal has said that the
// record is durable.
//
// Now and then the home takes a snapshot of the rows, so that the journal may be cut: begin_
// snapshot(), next_chunk() until it says it was the last, and snapshot_kept() when all of it is
// durable. Commits go on meanwhile.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "base/executor.h"
#include "store/journal/replay.h"
#include "store/memory/memory_store.h"
#include "store/store.h"

namespace kumquat::store {

/// Where records go.
class Journal {
  public:
    virtual ~Journal() = default;
    /// Appends a record under its number, one at a time, ascending without a hole. `done` is called
    /// later, on the store's thread, once: with success when the record is durable, or with an
    /// error when nothing is there; then the number comes again. Never after the store is gone.
    virtual void append(std::int64_t number, std::string record,
                        std::function<void(Status)> done) = 0;
};

/// Thread: that of the executor, for everything.
class JournalStore final : public Store {
  public:
    /// `executor` and `journal` must outlive the store.
    JournalStore(Executor& executor, Journal& journal, JournalState state);

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

    /// Every commit that has called back.
    const MemoryState& rows() const { return *rows_; }
    /// Number of the last record.
    std::int64_t last_record() const { return last_record_; }

    /// So much journal lies behind the kept snapshot that a new one pays.
    bool snapshot_due() const;
    /// Begins a snapshot; one that was under way is given up. Gives its number, never given before.
    std::int64_t begin_snapshot();
    struct Chunk {
        std::string bytes;
        std::int64_t index = 0;
        bool last = false;
    };
    /// The next chunk, about `bytes_max` bytes. Requires a snapshot under way whose last chunk has
    /// not been given.
    Chunk next_chunk(std::size_t bytes_max);
    /// The records up to this one are not needed once the snapshot under way is kept.
    std::int64_t snapshot_through() const { return taken_.through; }
    /// The snapshot under way is the kept one now.
    void snapshot_kept();

  private:
    struct Commit {
        WriteSet writes;
        std::function<void(Status)> done;
    };
    struct Snapshot {
        std::int64_t number = 0;
        std::int64_t through = 0;
        std::int64_t chunks = 0;
        std::int64_t bytes = 0;
        /// Of the journal behind `through`.
        std::int64_t journal_bytes = 0;
        std::int64_t journal_records = 0;
        RowPlace place;
    };

    void post(std::function<void()> task);
    void next_commit();
    void on_appended(const Status& status, std::int64_t bytes);
    void finish_commit(const Status& status);

    Executor& executor_;
    Journal& journal_;
    const std::shared_ptr<MemoryState> rows_;
    MemoryStore reads_;
    /// The front is under way.
    std::deque<Commit> commits_;
    std::int64_t last_record_ = 0;
    std::int64_t last_snapshot_ = 0;
    std::int64_t snapshot_bytes_ = 0;
    std::int64_t journal_bytes_ = 0;
    std::int64_t journal_records_ = 0;
    Snapshot taken_;
    std::shared_ptr<const bool> alive_ = std::make_shared<bool>(true);
};

}  // namespace kumquat::store
