// An SQLite store in a directory of its own, called as if it were synchronous.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "contract/store_home.h"
#include "contract/store_world.h"
#include "contract/temporary_directory.h"
#include "store/sqlite/sqlite_store.h"

namespace kumquat::store {

class SqliteFixture : public testing::Test {
  protected:
    /// Opens the store with `options_`, closing the one before.
    Status open();
    void close();

    Status commit(WriteSet writes);
    /// A page of at most 1000 messages between the two people of open_people(), newest last.
    Result<HistoryPage> history();
    /// Two people with a conversation.
    void open_people();
    /// Commits `count` messages of `bytes` bytes each, numbered by their content's start.
    Status send(int count, std::size_t bytes = 10);
    /// Calls everything there is to read. Errors of single reads are fine; they are counted.
    int read_everything();

    std::string database_path() const { return options_.data_dir + "/kumquat.db"; }

    TemporaryDirectory directory_;
    TestExecutor executor_;
    SqliteOptions options_{.data_dir = directory_.path() + "/data"};
    std::unique_ptr<SqliteStore> store_;
    StoreWorld world_;
    UserRow anna_;
    UserRow ben_;
    ConversationKey key_;
};

/// Waits for one callback of a store.
template <typename T, typename Call>
Result<T> wait_for(TestExecutor& executor, Call call) {
    std::optional<Result<T>> result;
    call([&](Result<T> done) { result.emplace(std::move(done)); });
    executor.run_until([&] { return result.has_value(); });
    return *std::move(result);
}

}  // namespace kumquat::store
