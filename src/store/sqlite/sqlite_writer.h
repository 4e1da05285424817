// Turns a write set into statements, in one transaction.
#pragma once

#include <cstdint>
#include <memory>

#include "store/rows.h"
#include "store/sqlite/database.h"

namespace kumquat::store {

/// Thread: one at a time, with its connection.
class SqliteWriter {
  public:
    /// `database` must outlive it and have the current layout.
    static Result<std::unique_ptr<SqliteWriter>> create(Database& database);

    /// What a commit took.
    struct Effort {
        std::int64_t rows = 0;
        /// From the first statement to the last.
        std::int64_t total_us = 0;
        /// Of that, for the last statement: writing the log and waiting for the disk.
        std::int64_t sync_us = 0;
    };

    /// All of `writes`, durable, or nothing. Errors: kDiskFull, kStorageFailed.
    Result<Effort> commit(WriteSet writes);

  private:
    struct Statements;

    explicit SqliteWriter(Database& database);
    Status write(const WriteSet& writes);
    Status write_users(const WriteSet& writes);
    Status write_people(const WriteSet& writes);
    Status write_conversations(const WriteSet& writes);
    Status write_messages(const WriteSet& writes);
    Status write_blobs(const WriteSet& writes);
    Status write_feed(const WriteSet& writes);
    void roll_back();

    Database& database_;
    std::shared_ptr<Statements> statements_;
};

}  // namespace kumquat::store
