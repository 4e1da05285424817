// Brings a database file to the current layout, step by step, each step whole or not at all.
#pragma once

#include <string_view>
#include <vector>

#include "store/sqlite/database.h"

namespace kumquat::store {

/// Statements that lead from the layout before to the next. A step that has been released is never
/// changed.
struct Migration {
    std::string_view name;
    std::string_view sql;
};

/// migrations/NNN_name.sql, in order. The number of steps done is the file's user_version.
const std::vector<Migration>& migrations();

/// Runs the steps that are missing. Errors: kDataNewer if the file has more steps than `steps`; kIo
/// if it is no database of ours or damaged; kDiskFull, kStorageFailed. After an error the file has
/// the layout of the last whole step.
Status migrate(Database& database, const std::vector<Migration>& steps);

}  // namespace kumquat::store
