// A thin, checked wrapper of SQLite's C interface: a connection, its prepared statements, and one
// use of a statement.
//
// It knows no table. SQLite's codes become ErrorCodes here and nowhere else.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/ids.h"
#include "base/result.h"

struct sqlite3;
struct sqlite3_stmt;

namespace kumquat::store {

class Statement;

/// A connection to a database file. Used by one thread at a time.
class Database {
  public:
    enum class Access { kReadWrite, kReadOnly };
    using Deadline = std::chrono::steady_clock::time_point;

    /// Opens an existing file. The first statement shows whether it is a database at all. Errors:
    /// kIo, with the path.
    static Result<std::unique_ptr<Database>> open(const std::string& path, Access access);
    ~Database();
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    /// Runs one or more statements without parameters; rows are dropped.
    Status execute(std::string_view sql);
    /// The first column of the first row, which has to be there.
    Result<std::int64_t> query_integer(std::string_view sql);
    Result<std::string> query_text(std::string_view sql);
    /// The statement lives no longer than the connection.
    Result<Statement> prepare(std::string_view sql);

    /// From now on statements fail with kReadTimeout when `deadline` has passed; nullopt: never.
    void set_deadline(std::optional<Deadline> deadline) { deadline_ = deadline; }

    bool in_transaction() const;
    /// Copies finished transactions from the log to the database file as far as readers let it.
    /// Never waits for the writer.
    Status checkpoint();
    /// Pages in the log after this connection's last commit.
    int log_pages() const { return log_pages_; }

    /// What went wrong in the last call, as an Error. Errors: kDiskFull, kReadTimeout,
    /// kStorageFailed.
    Error last_error(std::string_view doing) const;

  private:
    Database(sqlite3* handle, std::string path) : handle_(handle), path_(std::move(path)) {}
    void install_hooks();

    sqlite3* handle_;
    std::string path_;
    std::optional<Deadline> deadline_;
    int log_pages_ = 0;
};

/// A prepared statement, used through Query.
class Statement {
  public:
    Statement() = default;
    Statement(Database& database, sqlite3_stmt* handle) : database_(&database), handle_(handle) {}
    Statement(Statement&& other) noexcept { swap(other); }
    Statement& operator=(Statement&& other) noexcept {
        swap(other);
        return *this;
    }
    ~Statement();

  private:
    friend class Query;
    void swap(Statement& other) noexcept {
        std::swap(database_, other.database_);
        std::swap(handle_, other.handle_);
        std::swap(in_use_, other.in_use_);
    }

    Database* database_ = nullptr;
    sqlite3_stmt* handle_ = nullptr;
    bool in_use_ = false;
};

/// One use of a statement: binds its parameters in order, steps, reads columns in order, and leaves
/// the statement ready for the next use. Bound texts must outlive it. A statement has one use at a
/// time.
class Query {
  public:
    enum class Step { kRow, kDone, kFailed };

    template <typename... Values>
    explicit Query(Statement& statement, const Values&... values) : Query(statement, Open()) {
        (bind(values), ...);
    }
    ~Query();
    Query(const Query&) = delete;
    Query& operator=(const Query&) = delete;

    /// A failed binding shows here as well.
    [[nodiscard]] Step step();
    /// Steps a statement that has no rows to its end.
    Status run();
    /// Requires a Step::kFailed.
    Error error() const;

    // Requires Step::kRow. Each call reads the next column.
    std::int64_t integer();
    std::string text();
    /// Empty if out of memory.
    std::string_view blob();
    template <typename Id>
    Id id() {
        return Id(integer());
    }

  private:
    struct Open {};
    Query(Statement& statement, Open);
    void bind(std::int64_t value);
    void bind(std::string_view text);
    void bind(const std::string& text) { bind(std::string_view(text)); }
    template <typename Tag>
    void bind(Number<Tag> number) {
        bind(number.value());
    }
    template <std::size_t size>
    void bind(const std::array<std::uint8_t, size>& bytes) {
        bind_blob(bytes.data(), bytes.size());
    }
    void bind_blob(const void* bytes, std::size_t size);

    Statement& statement_;
    int parameter_ = 0;
    int column_ = 0;
    int code_ = 0;
};

}  // namespace kumquat::store
