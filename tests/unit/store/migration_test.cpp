#include "store/sqlite/migration.h"

#include <fstream>

#include <gtest/gtest.h>

#include "contract/temporary_directory.h"

namespace kumquat::store {
namespace {

class MigrationTest : public testing::Test {
  protected:
    void SetUp() override {
        path_ = directory_.path() + "/test.db";
        std::ofstream(path_).close();
        reopen();
    }
    void reopen() {
        database_.reset();
        auto opened = Database::open(path_, Database::Access::kReadWrite);
        ASSERT_TRUE(opened);
        database_ = *std::move(opened);
    }
    std::int64_t version() { return database_->query_integer("PRAGMA user_version").value(); }
    std::int64_t count(const std::string& from) {
        return database_->query_integer("SELECT count(*) FROM " + from).value();
    }

    const Migration first_{"001_one", "CREATE TABLE a (n INTEGER); INSERT INTO a VALUES (1);"};
    const Migration second_{"002_two", "ALTER TABLE a ADD COLUMN m INTEGER NOT NULL DEFAULT 7;"};
    const Migration broken_{"002_broken",
                            "CREATE TABLE b (n INTEGER); DELETE FROM a; INSERT INTO c VALUES (1);"};

    TemporaryDirectory directory_;
    std::string path_;
    std::unique_ptr<Database> database_;
};

TEST_F(MigrationTest, NewFileGetsTheNewestLayout) {
    ASSERT_TRUE(migrate(*database_, migrations()));
    EXPECT_EQ(version(), static_cast<std::int64_t>(migrations().size()));
    EXPECT_EQ(count("message"), 0);
    EXPECT_EQ(count("counters"), 1);
}

TEST_F(MigrationTest, DoneStepsAreNotDoneAgain) {
    ASSERT_TRUE(migrate(*database_, {first_}));
    reopen();
    ASSERT_TRUE(migrate(*database_, {first_}));
    EXPECT_EQ(count("a"), 1);
}

TEST_F(MigrationTest, LaterStepsKeepWhatThereIs) {
    ASSERT_TRUE(migrate(*database_, {first_}));
    reopen();
    ASSERT_TRUE(migrate(*database_, {first_, second_}));
    EXPECT_EQ(version(), 2);
    EXPECT_EQ(database_->query_integer("SELECT n + m FROM a").value(), 8);
}

TEST_F(MigrationTest, HalfDoneStepLeavesNoTrace) {
    ASSERT_TRUE(migrate(*database_, {first_}));
    const Status status = migrate(*database_, {first_, broken_});
    ASSERT_FALSE(status);
    EXPECT_NE(status.error().context.find("002_broken"), std::string::npos);
    for (int opened = 0; opened < 2; ++opened) {
        EXPECT_EQ(version(), 1);
        EXPECT_EQ(count("a"), 1);
        EXPECT_EQ(count("sqlite_schema WHERE name = 'b'"), 0);
        reopen();
    }
    EXPECT_TRUE(migrate(*database_, {first_, second_}));
}

TEST_F(MigrationTest, BrokenFirstStepLeavesAnEmptyFile) {
    ASSERT_FALSE(migrate(*database_, {broken_}));
    reopen();
    EXPECT_EQ(version(), 0);
    EXPECT_EQ(count("sqlite_schema"), 0);
    EXPECT_TRUE(migrate(*database_, {first_}));
}

TEST_F(MigrationTest, NewerFileIsLeftAlone) {
    ASSERT_TRUE(migrate(*database_, {first_, second_}));
    const Status status = migrate(*database_, {first_});
    ASSERT_FALSE(status);
    EXPECT_EQ(status.error().code, ErrorCode::kDataNewer);
    EXPECT_EQ(version(), 2);
}

TEST_F(MigrationTest, OtherProgramsFilesAreLeftAlone) {
    ASSERT_TRUE(database_->execute("CREATE TABLE theirs (n INTEGER)"));
    const Status status = migrate(*database_, {first_});
    ASSERT_FALSE(status);
    EXPECT_EQ(status.error().code, ErrorCode::kIo);
    EXPECT_EQ(count("sqlite_schema"), 1);
}

}  // namespace
}  // namespace kumquat::store
