#include "store/sqlite/sqlite_store.h"

#include <chrono>
#include <functional>
#include <limits>
#include <memory>
#include <mutex>
#include <thread>
#include <type_traits>
#include <utility>
#include <vector>

#include "store/queries.h"
#include "store/sqlite/data_directory.h"
#include "store/sqlite/migration.h"
#include "store/sqlite/sqlite_rows.h"
#include "store/sqlite/sqlite_writer.h"
#include "store/work_queue.h"

namespace kumquat::store {
namespace {

constexpr const char* kFileName = "kumquat.db";
/// How much of a damaged file is found at the start: all of a small one, only what is met on the
/// way of a large one.
constexpr std::int64_t kCheckedPagesMax = 8192;
/// Times `checkpoint_pages` at which the writer itself moves the rest of the log, so that it starts
/// anew. The checkpointing thread alone never catches up with a writer that does not pause.
constexpr int kLogPagesFactor = 4;

// Everything that is not an ErrorCode of its own at the start is told as kIo: what the operator has
// to look at is a file.
Error open_error(const std::string& path, Error error) {
    if (error.code == ErrorCode::kStorageFailed) error.code = ErrorCode::kIo;
    if (error.context.find(path) == std::string::npos) error.context = path + ": " + error.context;
    return error;
}

Status check_whole(Database& database) {
    KUMQUAT_TRY_ASSIGN(const std::int64_t pages, database.query_integer("PRAGMA page_count"));
    if (pages > kCheckedPagesMax) return {};
    KUMQUAT_TRY_ASSIGN(const std::string verdict, database.query_text("PRAGMA quick_check(1)"));
    if (verdict != "ok") return Error{ErrorCode::kIo, "the database is damaged: " + verdict};
    return {};
}

Status prepare_writer(Database& database, const SqliteOptions& options) {
    KUMQUAT_TRY(database.execute(
        "PRAGMA page_size = 4096; PRAGMA cell_size_check = ON; PRAGMA temp_store = MEMORY"));
    KUMQUAT_TRY_ASSIGN(const std::string mode, database.query_text("PRAGMA journal_mode = WAL"));
    if (mode != "wal")
        return Error{ErrorCode::kIo, "the file system does not allow a write-ahead log"};
    // The log shrinks again after a burst. 64 MiB of cache: the tails of all feeds and
    // conversations that a batch may touch.
    KUMQUAT_TRY(
        database.execute("PRAGMA synchronous = FULL; PRAGMA cache_size = -65536; PRAGMA "
                         "journal_size_limit = 67108864"));
    if (options.pages_max > 0) {
        KUMQUAT_TRY(
            database.execute("PRAGMA max_page_count = " + std::to_string(options.pages_max)));
    }
    KUMQUAT_TRY(check_whole(database));
    return migrate(database, migrations());
}

// For readers, and for the checkpointing connection, which would find no log without having read
// once.
Status prepare_reader(Database& database) {
    return database.execute(
        "PRAGMA cell_size_check = ON; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -8192; "
        "SELECT 1 FROM setting LIMIT 1");
}

}  // namespace

class SqliteStore::Impl {
  public:
    Impl(SqliteOptions options, Executor& executor, DataDirectory directory)
        : options_(std::move(options)),
          executor_(executor),
          directory_(std::move(directory)),
          reads_(options_.reads_waiting_max) {}

    ~Impl() { stop(); }

    Status open() {
        KUMQUAT_TRY_ASSIGN(path_, directory_.ensure_file(kFileName));
        Status opened = open_connections();
        if (!opened) return open_error(path_, opened.error());
        KUMQUAT_TRY(directory_.sync());
        start();
        return {};
    }

    void load(ReadKeys keys, Callback<ReadRows> done) {
        write_later([this, keys = std::move(keys), done = std::move(done)]() mutable {
            answer(std::move(done), load_now(keys));
        });
    }

    void commit(WriteSet writes, std::function<void(Status)> done) {
        write_later([this, writes = std::move(writes), done = std::move(done)]() mutable {
            const Status committed = commit_now(std::move(writes));
            answer(std::move(done), committed);
            if (committed) keep_log_short();
        });
    }

    template <typename T>
    void read(std::function<T(RowReader&)> query, Callback<T> done) {
        const auto deadline =
            std::chrono::steady_clock::now() + std::chrono::milliseconds(options_.read_budget_ms);
        ReadJob job = [this, deadline, query = std::move(query),
                       done = std::move(done)](Reader* reader) mutable {
            answer(std::move(done), run_read(reader, deadline, query));
        };
        // push() leaves what it refuses untouched. NOLINTNEXTLINE(bugprone-use-after-move)
        if (!reads_.push(std::move(job))) job(nullptr);
    }

    CommitStats stats() const {
        const std::lock_guard<std::mutex> lock(stats_mutex_);
        return stats_;
    }

    Result<std::optional<std::string>> get_setting(std::string_view name) {
        const std::lock_guard<std::mutex> lock(writer_mutex_);
        KUMQUAT_TRY_ASSIGN(Statement statement,
                           database_->prepare("SELECT value FROM setting WHERE name = ?"));
        Query query(statement, name);
        const Query::Step step = query.step();
        if (step == Query::Step::kFailed) return query.error();
        if (step == Query::Step::kDone) return std::optional<std::string>();
        return std::optional<std::string>(query.text());
    }

    Status put_setting(std::string_view name, std::string_view value) {
        const std::lock_guard<std::mutex> lock(writer_mutex_);
        KUMQUAT_TRY_ASSIGN(Statement statement,
                           database_->prepare("INSERT INTO setting VALUES (?, ?) ON CONFLICT "
                                              "(name) DO UPDATE SET value = excluded.value"));
        return Query(statement, name, value).run();
    }

  private:
    /// A connection of a reading thread.
    struct Reader {
        std::unique_ptr<Database> database;
        std::unique_ptr<SqliteRows> rows;
    };
    /// Without a reader: there is none left for it.
    using ReadJob = std::function<void(Reader*)>;
    using WriteJob = std::function<void()>;
    struct CheckpointJob {};

    Status open_connections() {
        KUMQUAT_TRY_ASSIGN(database_, Database::open(path_, Database::Access::kReadWrite));
        KUMQUAT_TRY(prepare_writer(*database_, options_));
        KUMQUAT_TRY_ASSIGN(loader_, SqliteRows::create(*database_));
        KUMQUAT_TRY_ASSIGN(writer_, SqliteWriter::create(*database_));
        KUMQUAT_TRY_ASSIGN(checkpointer_, Database::open(path_, Database::Access::kReadWrite));
        KUMQUAT_TRY(prepare_reader(*checkpointer_));
        for (int i = 0; i < options_.readers; ++i) {
            Reader reader;
            KUMQUAT_TRY_ASSIGN(reader.database, Database::open(path_, Database::Access::kReadOnly));
            KUMQUAT_TRY(prepare_reader(*reader.database));
            KUMQUAT_TRY_ASSIGN(reader.rows, SqliteRows::create(*reader.database));
            readers_.push_back(std::move(reader));
        }
        return {};
    }

    void start() {
        threads_.emplace_back([this] {
            while (auto job = writes_.pop())
                (*job)();
        });
        threads_.emplace_back([this] {
            while (checkpoints_.pop())
                checkpoint(*checkpointer_);
        });
        for (Reader& reader : readers_) {
            threads_.emplace_back([this, &reader] {
                while (auto job = reads_.pop())
                    (*job)(&reader);
            });
        }
    }

    void stop() {
        writes_.close();
        reads_.close();
        checkpoints_.close();
        for (std::thread& thread : threads_)
            thread.join();
        threads_.clear();
    }

    void write_later(WriteJob job) {
        // One batch at a time: the queue holds a load or a commit, and has no bound of its own.
        KUMQUAT_CHECK(writes_.push(std::move(job)));
    }

    template <typename T>
    Result<T> run_read(Reader* reader, Database::Deadline deadline,
                       const std::function<T(RowReader&)>& query) {
        if (reader == nullptr) return Error{ErrorCode::kOverloaded, "too many reads", 1000};
        // SQLite looks at the clock only now and then; what has waited too long must not even
        // begin.
        if (std::chrono::steady_clock::now() >= deadline)
            return Error{ErrorCode::kReadTimeout, "waiting for a reader"};
        reader->database->set_deadline(deadline);
        return reader->rows->run(query);
    }

    /// `result` goes to `done` on the executor, unless the store is gone by then. `done` is moved
    /// along, so that what it holds is destroyed there and not on a thread of the store.
    template <typename Done, typename Answer>
    void answer(Done&& done, Answer result) {
        static_assert(!std::is_lvalue_reference_v<Done>);
        executor_.post([alive = std::weak_ptr<const bool>(alive_), done = std::forward<Done>(done),
                        result = std::move(result)]() mutable {
            if (!alive.expired()) done(std::move(result));
        });
    }

    Result<ReadRows> load_now(const ReadKeys& keys) {
        const std::lock_guard<std::mutex> lock(writer_mutex_);
        return loader_->run<ReadRows>([&keys](RowReader& rows) { return load_rows(rows, keys); });
    }

    Status commit_now(WriteSet writes) {
        const std::lock_guard<std::mutex> lock(writer_mutex_);
        const auto effort = writer_->commit(std::move(writes));
        count(effort);
        if (!effort) return effort.error();
        return {};
    }

    void count(const Result<SqliteWriter::Effort>& effort) {
        const std::lock_guard<std::mutex> lock(stats_mutex_);
        if (!effort) {
            ++stats_.failed;
            return;
        }
        ++stats_.commits;
        stats_.rows += effort->rows;
        stats_.total_us += effort->total_us;
        stats_.sync_us += effort->sync_us;
        stats_.last_rows = effort->rows;
        stats_.last_total_us = effort->total_us;
        stats_.last_sync_us = effort->sync_us;
    }

    // Beside the commits, so that none of them waits for it; a writer that never pauses does the
    // rest of it from time to time. Not after every commit: a page that many commits have changed
    // is then copied once.
    void keep_log_short() {
        const int pages = database_->log_pages();
        if (pages < log_pages_moved_) log_pages_moved_ = 0;  // the log has started anew
        if (pages - log_pages_moved_ < options_.checkpoint_pages) return;
        if (pages >= kLogPagesFactor * options_.checkpoint_pages) {
            const std::lock_guard<std::mutex> lock(writer_mutex_);
            checkpoint(*database_);
            return;
        }
        log_pages_moved_ = pages;
        // Full: one is waiting already.
        static_cast<void>(checkpoints_.push({}));
    }

    void checkpoint(Database& database) {
        // SQLite would refuse the second of two at once; the writer needs its own to be complete.
        const std::lock_guard<std::mutex> checkpoint_lock(checkpoint_mutex_);
        // A failure leaves the log as it is, complete and valid; the next one tries again.
        if (!database.checkpoint()) return;
        const std::lock_guard<std::mutex> lock(stats_mutex_);
        ++stats_.checkpoints;
    }

    const SqliteOptions options_;
    Executor& executor_;
    /// Declared before the connections: the lock is given back after they are closed.
    DataDirectory directory_;
    std::string path_;

    // Locks are taken in the order in which they stand here.
    /// Guards the writing connection and all that is prepared on it.
    std::mutex writer_mutex_;
    std::unique_ptr<Database> database_;
    std::unique_ptr<SqliteRows> loader_;
    std::unique_ptr<SqliteWriter> writer_;
    std::unique_ptr<Database> checkpointer_;
    /// Of the log, so many pages have been handed to the checkpointing thread. The writer's own.
    int log_pages_moved_ = 0;
    std::vector<Reader> readers_;

    /// Held while the log is moved, by whichever of the two threads.
    std::mutex checkpoint_mutex_;
    mutable std::mutex stats_mutex_;
    CommitStats stats_;

    WorkQueue<WriteJob> writes_{std::numeric_limits<std::size_t>::max()};
    WorkQueue<ReadJob> reads_;
    WorkQueue<CheckpointJob> checkpoints_{1};
    std::vector<std::thread> threads_;
    /// Expires with the store: what has been posted and not run by then is never run.
    std::shared_ptr<const bool> alive_ = std::make_shared<bool>(true);
};

Result<std::unique_ptr<SqliteStore>> SqliteStore::open(SqliteOptions options, Executor& executor) {
    KUMQUAT_TRY_ASSIGN(DataDirectory directory, DataDirectory::open(options.data_dir));
    auto impl = std::make_unique<Impl>(std::move(options), executor, std::move(directory));
    KUMQUAT_TRY(impl->open());
    return std::unique_ptr<SqliteStore>(new SqliteStore(std::move(impl)));
}

SqliteStore::SqliteStore(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
SqliteStore::~SqliteStore() = default;

void SqliteStore::load(ReadKeys keys, Callback<ReadRows> done) {
    impl_->load(std::move(keys), std::move(done));
}

void SqliteStore::commit(WriteSet writes, std::function<void(Status)> done) {
    impl_->commit(std::move(writes), std::move(done));
}

void SqliteStore::read_history(HistoryQuery query, Callback<HistoryPage> done) {
    impl_->read<HistoryPage>(
        [query = std::move(query)](RowReader& rows) { return history_page(rows, query); },
        std::move(done));
}

void SqliteStore::read_feed(FeedQuery query, Callback<FeedPage> done) {
    impl_->read<FeedPage>([query](RowReader& rows) { return feed_page(rows, query); },
                          std::move(done));
}

void SqliteStore::read_snapshot(SnapshotQuery query, Callback<SnapshotPage> done) {
    impl_->read<SnapshotPage>([query](RowReader& rows) { return snapshot_page(rows, query); },
                              std::move(done));
}

void SqliteStore::search(SearchQuery query, Callback<SearchStep> done) {
    impl_->read<SearchStep>(
        [query = std::move(query)](RowReader& rows) { return search_step(rows, query); },
        std::move(done));
}

void SqliteStore::find_user(UserKey viewer, UserId id, Callback<std::optional<FoundUser>> done) {
    impl_->read<std::optional<FoundUser>>(
        [viewer, id = std::move(id)](RowReader& rows) { return found_user(rows, viewer, id); },
        std::move(done));
}

void SqliteStore::read_ties(UserKey user, Callback<std::vector<Tie>> done) {
    impl_->read<std::vector<Tie>>([user](RowReader& rows) { return ties(rows, user); },
                                  std::move(done));
}

void SqliteStore::read_sessions(UserKey user, Callback<std::vector<SessionRow>> done) {
    impl_->read<std::vector<SessionRow>>(
        [user](RowReader& rows) { return sessions_of(rows, user); }, std::move(done));
}

void SqliteStore::find_session(TokenHash token, Callback<std::optional<SessionRow>> done) {
    impl_->read<std::optional<SessionRow>>(
        [token](RowReader& rows) { return found_session(rows, token); }, std::move(done));
}

void SqliteStore::read_orphans(OrphanQuery query, Callback<std::vector<BlobId>> done) {
    impl_->read<std::vector<BlobId>>([query](RowReader& rows) { return orphans(rows, query); },
                                     std::move(done));
}

CommitStats SqliteStore::commit_stats() const {
    return impl_->stats();
}

Result<std::optional<std::string>> SqliteStore::get_setting(std::string_view name) {
    return impl_->get_setting(name);
}

Status SqliteStore::put_setting(std::string_view name, std::string_view value) {
    return impl_->put_setting(name, value);
}

}  // namespace kumquat::store
