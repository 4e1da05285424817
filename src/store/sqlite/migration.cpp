#include "store/sqlite/migration.h"

#include <string>

#include "store/sqlite/embedded_migrations.h"

namespace kumquat::store {
namespace {

/// "Kqat" in the file's header: tells our files from other databases. Persisted, never change.
constexpr std::int64_t kApplicationId = 0x4b716174;

// A file without tables and version is new; anything else must be ours.
Status check_ours(Database& database, std::int64_t version) {
    KUMQUAT_TRY_ASSIGN(const std::int64_t application,
                       database.query_integer("PRAGMA application_id"));
    KUMQUAT_TRY_ASSIGN(const std::int64_t tables,
                       database.query_integer("SELECT count(*) FROM sqlite_schema"));
    const bool is_new = application == 0 && version == 0 && tables == 0;
    if (is_new || application == kApplicationId) return {};
    return Error{ErrorCode::kIo, "the file is a database of another program"};
}

Status run_step(Database& database, const Migration& step, std::int64_t version) {
    KUMQUAT_TRY(database.execute("BEGIN IMMEDIATE"));
    Status done = database.execute(step.sql);
    if (done) done = database.execute("PRAGMA application_id = " + std::to_string(kApplicationId));
    if (done) done = database.execute("PRAGMA user_version = " + std::to_string(version));
    if (done) done = database.execute("COMMIT");
    if (done) return {};
    Error error = done.error();
    error.context = "migration " + std::string(step.name) + ": " + error.context;
    // Without the commit nothing of the step lasts, whatever becomes of the rollback.
    if (database.in_transaction()) static_cast<void>(database.execute("ROLLBACK").has_value());
    return error;
}

}  // namespace

const std::vector<Migration>& migrations() {
    static const std::vector<Migration> steps = {
        {"001_first", migrations_sql::k001FirstSql},
        {"002_people", migrations_sql::k002PeopleSql},
        {"003_pictures", migrations_sql::k003PicturesSql},
        {"004_changes", migrations_sql::k004ChangesSql},
    };
    return steps;
}

Status migrate(Database& database, const std::vector<Migration>& steps) {
    const auto newest = static_cast<std::int64_t>(steps.size());
    KUMQUAT_TRY_ASSIGN(const std::int64_t version, database.query_integer("PRAGMA user_version"));
    KUMQUAT_TRY(check_ours(database, version));
    if (version < 0 || version > newest) {
        return Error{ErrorCode::kDataNewer, "layout " + std::to_string(version) +
                                                ", this program knows layouts up to " +
                                                std::to_string(newest)};
    }
    for (std::int64_t done = version; done < newest; ++done) {
        KUMQUAT_TRY(run_step(database, steps[static_cast<std::size_t>(done)], done + 1));
    }
    return {};
}

}  // namespace kumquat::store
