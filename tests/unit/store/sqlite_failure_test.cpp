// Disks that are full or fail, and directories that are not ours to use.
#include <fstream>
#include <sys/stat.h>

#include "store/sqlite/database.h"
#include "unit/store/file_size_limit.h"
#include "unit/store/sqlite_fixture.h"

namespace kumquat::store {
namespace {

using SqliteFailureTest = SqliteFixture;

TEST_F(SqliteFailureTest, FullDiskRefusesCommitsAndLosesNothing) {
    options_.pages_max = 60;
    ASSERT_TRUE(open());
    open_people();
    std::size_t written = 0;
    Status status;
    while (written < 1000 && (status = send(1, 5000)))
        ++written;
    ASSERT_FALSE(status);
    EXPECT_EQ(status.error().code, ErrorCode::kDiskFull);
    ASSERT_GT(written, 5U);
    EXPECT_EQ(history()->messages.size(), written);
    EXPECT_EQ(read_everything(), 0);
    EXPECT_EQ(send(20, 5000).error().code, ErrorCode::kDiskFull) << "still full";
    EXPECT_GE(store_->commit_stats().failed, 2);

    options_.pages_max = 0;
    ASSERT_TRUE(open());
    EXPECT_EQ(history()->messages.size(), written);
    ASSERT_TRUE(send(1, 5000));
    EXPECT_EQ(history()->messages.size(), written + 1);
}

TEST_F(SqliteFailureTest, FailedWriteOfTheLogRefusesTheCommitAlone) {
    ASSERT_TRUE(open());
    open_people();
    ASSERT_TRUE(send(3));
    struct stat log {};
    ASSERT_EQ(::stat((database_path() + "-wal").c_str(), &log), 0);
    {
        const FileSizeLimit limit(static_cast<rlim_t>(log.st_size) + 5000);
        for (int i = 0; i < 3; ++i) {
            const Status status = send(10, 5000);
            ASSERT_FALSE(status);
            EXPECT_TRUE(status.error().code == ErrorCode::kStorageFailed ||
                        status.error().code == ErrorCode::kDiskFull)
                << status.error().context;
            EXPECT_EQ(history()->messages.size(), 3U);
        }
    }
    ASSERT_TRUE(send(10, 5000)) << "the disk works again";
    EXPECT_EQ(history()->messages.size(), 13U);
    ASSERT_TRUE(open());
    EXPECT_EQ(history()->messages.size(), 13U);
}

TEST_F(SqliteFailureTest, OpeningWithoutRoomIsAnError) {
    ASSERT_TRUE(open());
    close();
    std::filesystem::remove_all(options_.data_dir);
    {
        const FileSizeLimit limit(5000);
        const Status status = open();
        ASSERT_FALSE(status);
        EXPECT_NE(status.error().context.find(options_.data_dir), std::string::npos);
    }
    EXPECT_TRUE(open());
}

TEST_F(SqliteFailureTest, SecondStoreOnADirectoryIsRefused) {
    ASSERT_TRUE(open());
    const auto second = SqliteStore::open(options_, executor_);
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().code, ErrorCode::kDataInUse);
    EXPECT_NE(second.error().context.find(options_.data_dir), std::string::npos);
}

TEST_F(SqliteFailureTest, NewerDatabaseIsRefusedAndKept) {
    ASSERT_TRUE(open());
    close();
    auto database = *Database::open(database_path(), Database::Access::kReadWrite);
    ASSERT_TRUE(database->execute("PRAGMA user_version = 999"));
    database.reset();
    const Status status = open();
    ASSERT_FALSE(status);
    EXPECT_EQ(status.error().code, ErrorCode::kDataNewer);
    EXPECT_NE(status.error().context.find(options_.data_dir), std::string::npos);
    EXPECT_NE(status.error().context.find("999"), std::string::npos);
    database = *Database::open(database_path(), Database::Access::kReadWrite);
    EXPECT_EQ(database->query_integer("PRAGMA user_version").value(), 999);
}

TEST_F(SqliteFailureTest, DirectoryInPlaceOfTheFileIsRefused) {
    std::filesystem::create_directories(database_path());
    const Status status = open();
    ASSERT_FALSE(status);
    EXPECT_EQ(status.error().code, ErrorCode::kIo);
    EXPECT_NE(status.error().context.find(database_path()), std::string::npos);
}

}  // namespace
}  // namespace kumquat::store
