// The store in one SQLite file of a data directory.
//
// Threads: one writes (loads and commits, in the order of the calls), a few read, one moves the log
// into the database file. Each has a connection of its own. Callbacks come through the executor.
//
// Durability: write-ahead log with synchronous=FULL. A commit has reached the disk before its
// callback is posted.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/executor.h"
#include "store/store.h"

namespace kumquat::store {

struct SqliteOptions {
    /// Made if it is missing. The database is "kumquat.db" in it.
    std::string data_dir;
    int readers = 2;
    /// A read that is not done this long after it was asked for fails with kReadTimeout.
    std::int64_t read_budget_ms = 5000;
    /// Reads waiting; above it they are refused with kOverloaded.
    std::size_t reads_waiting_max = 4096;
    /// Pages in the log (4 KiB each) at which it is moved into the database file.
    int checkpoint_pages = 4000;
    /// Size of the database in pages at most; above it commits fail with kDiskFull. 0: as much as
    /// the disk holds.
    std::int64_t pages_max = 0;
};

/// Counted since start. "Sync" is a commit's last statement: writing the log and waiting for the
/// disk.
struct CommitStats {
    std::int64_t commits = 0;
    std::int64_t failed = 0;
    std::int64_t rows = 0;
    std::int64_t total_us = 0;
    std::int64_t sync_us = 0;
    std::int64_t last_rows = 0;
    std::int64_t last_total_us = 0;
    std::int64_t last_sync_us = 0;
    /// Times that the log was moved into the database file.
    std::int64_t checkpoints = 0;
};

/// Thread: that of the executor for construction, calls and destruction; commit_stats() any.
class SqliteStore final : public Store {
  public:
    /// `executor` must outlive the store, and its post() must be callable from any thread. Opening
    /// is synchronous. Errors, all of them with the path: kDataInUse (another process has the
    /// directory), kDataNewer, kIo (cannot be written, is damaged, is no database of ours),
    /// kDiskFull, kStorageFailed.
    static Result<std::unique_ptr<SqliteStore>> open(SqliteOptions options, Executor& executor);
    /// Waits for the commit and the reads under way. What has not begun never happens.
    ~SqliteStore() override;

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

    CommitStats commit_stats() const;

    // What the data directory remembers. Synchronous: meant for the start, waits for a commit under
    // way.
    Result<std::optional<std::string>> get_setting(std::string_view name);
    /// Durable when it returns.
    Status put_setting(std::string_view name, std::string_view value);

  private:
    class Impl;
    explicit SqliteStore(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace kumquat::store
