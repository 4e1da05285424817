#include "store/sqlite/database.h"

#include <sqlite3.h>

static_assert(SQLITE_VERSION_NUMBER >= 3037000, "strict tables need SQLite 3.37");

namespace kumquat::store {
namespace {

/// Steps of SQLite's machine between two looks at the clock: a few microseconds.
constexpr int kStepsPerLook = 1000;
/// How long a statement waits for another process, for example a backup made with the sqlite3 tool.
constexpr int kBusyTimeoutMs = 5000;

ErrorCode error_code(int code) {
    switch (code & 0xff) {
        case SQLITE_FULL:
            return ErrorCode::kDiskFull;
        case SQLITE_INTERRUPT:
            return ErrorCode::kReadTimeout;
        default:
            return ErrorCode::kStorageFailed;
    }
}

int on_progress(void* deadline) {
    const auto& until = *static_cast<const std::optional<Database::Deadline>*>(deadline);
    return until && std::chrono::steady_clock::now() >= *until ? 1 : 0;
}

int on_log_grown(void* pages, sqlite3*, const char*, int count) {
    *static_cast<int*>(pages) = count;
    return SQLITE_OK;
}

}  // namespace

// --- Database

Result<std::unique_ptr<Database>> Database::open(const std::string& path, Access access) {
    sqlite3* handle = nullptr;
    const int flags = access == Access::kReadOnly ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
    const int code = sqlite3_open_v2(path.c_str(), &handle, flags | SQLITE_OPEN_NOMUTEX, nullptr);
    // A handle comes also with most errors, and has to be closed.
    std::unique_ptr<Database> database(new Database(handle, path));
    if (code != SQLITE_OK) return Error{ErrorCode::kIo, path + ": " + sqlite3_errstr(code)};
    database->install_hooks();
    return database;
}

Database::~Database() {
    sqlite3_close_v2(handle_);
}

void Database::install_hooks() {
    sqlite3_extended_result_codes(handle_, 1);
    sqlite3_busy_timeout(handle_, kBusyTimeoutMs);
    sqlite3_progress_handler(handle_, kStepsPerLook, on_progress, &deadline_);
    // Takes the place of SQLite's own checkpoint inside of a commit.
    sqlite3_wal_hook(handle_, on_log_grown, &log_pages_);
    // A damaged or forged file must not make SQLite do more than read and write tables.
    sqlite3_db_config(handle_, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(handle_, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
}

Status Database::execute(std::string_view sql) {
    const std::string text(sql);
    const char* rest = text.c_str();
    while (*rest != '\0') {
        sqlite3_stmt* handle = nullptr;
        if (sqlite3_prepare_v2(handle_, rest, -1, &handle, &rest) != SQLITE_OK)
            return last_error("prepare");
        if (handle == nullptr) continue;  // blanks or a comment
        Statement statement(*this, handle);
        Query query(statement);
        Query::Step step = Query::Step::kRow;
        while (step == Query::Step::kRow)
            step = query.step();
        if (step == Query::Step::kFailed) return query.error();
    }
    return {};
}

Result<std::int64_t> Database::query_integer(std::string_view sql) {
    KUMQUAT_TRY_ASSIGN(Statement statement, prepare(sql));
    Query query(statement);
    if (query.step() != Query::Step::kRow) return last_error(sql);
    return query.integer();
}

Result<std::string> Database::query_text(std::string_view sql) {
    KUMQUAT_TRY_ASSIGN(Statement statement, prepare(sql));
    Query query(statement);
    if (query.step() != Query::Step::kRow) return last_error(sql);
    return query.text();
}

Result<Statement> Database::prepare(std::string_view sql) {
    sqlite3_stmt* handle = nullptr;
    const int code = sqlite3_prepare_v3(handle_, sql.data(), static_cast<int>(sql.size()),
                                        SQLITE_PREPARE_PERSISTENT, &handle, nullptr);
    if (code != SQLITE_OK) return last_error(sql);
    return Statement(*this, handle);
}

bool Database::in_transaction() const {
    return sqlite3_get_autocommit(handle_) == 0;
}

Status Database::checkpoint() {
    const int code =
        sqlite3_wal_checkpoint_v2(handle_, nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
    // Busy: another connection is at it, which serves as well.
    if (code == SQLITE_OK || (code & 0xff) == SQLITE_BUSY) return {};
    return last_error("checkpoint");
}

Error Database::last_error(std::string_view doing) const {
    const int code = sqlite3_extended_errcode(handle_);
    std::string context = path_;
    context.append(": ").append(doing).append(": ").append(sqlite3_errmsg(handle_));
    context.append(" (SQLite ").append(std::to_string(code)).append(")");
    return Error{error_code(code), std::move(context)};
}

// --- Statement

Statement::~Statement() {
    sqlite3_finalize(handle_);
}

// --- Query

Query::Query(Statement& statement, Open) : statement_(statement) {
    KUMQUAT_CHECK(statement_.handle_ != nullptr && !statement_.in_use_);
    statement_.in_use_ = true;
}

Query::~Query() {
    // Repeats the code of the last step, which has been looked at.
    static_cast<void>(sqlite3_reset(statement_.handle_));
    statement_.in_use_ = false;
}

Query::Step Query::step() {
    column_ = 0;
    if (code_ != SQLITE_OK) return Step::kFailed;
    const int code = sqlite3_step(statement_.handle_);
    if (code == SQLITE_ROW) return Step::kRow;
    if (code == SQLITE_DONE) return Step::kDone;
    code_ = code;
    return Step::kFailed;
}

Status Query::run() {
    const Step reached = step();
    KUMQUAT_CHECK(reached != Step::kRow);
    if (reached == Step::kFailed) return error();
    return {};
}

Error Query::error() const {
    KUMQUAT_CHECK(code_ != SQLITE_OK);
    return statement_.database_->last_error(sqlite3_sql(statement_.handle_));
}

std::int64_t Query::integer() {
    return sqlite3_column_int64(statement_.handle_, column_++);
}

std::string Query::text() {
    const int column = column_++;
    const unsigned char* text = sqlite3_column_text(statement_.handle_, column);
    if (text == nullptr) return {};
    return std::string(reinterpret_cast<const char*>(text),
                       static_cast<std::size_t>(sqlite3_column_bytes(statement_.handle_, column)));
}

std::string_view Query::blob() {
    const int column = column_++;
    const void* bytes = sqlite3_column_blob(statement_.handle_, column);
    if (bytes == nullptr) return {};
    return {static_cast<const char*>(bytes),
            static_cast<std::size_t>(sqlite3_column_bytes(statement_.handle_, column))};
}

void Query::bind(std::int64_t value) {
    const int code = sqlite3_bind_int64(statement_.handle_, ++parameter_, value);
    if (code_ == SQLITE_OK) code_ = code;
}

void Query::bind(std::string_view text) {
    // A null pointer would be NULL, and an empty view may have one.
    const int code =
        sqlite3_bind_text64(statement_.handle_, ++parameter_, text.empty() ? "" : text.data(),
                            text.size(), SQLITE_STATIC, SQLITE_UTF8);
    if (code_ == SQLITE_OK) code_ = code;
}

void Query::bind_blob(const void* bytes, std::size_t size) {
    const int code =
        sqlite3_bind_blob64(statement_.handle_, ++parameter_, bytes, size, SQLITE_STATIC);
    if (code_ == SQLITE_OK) code_ = code;
}

}  // namespace kumquat::store
