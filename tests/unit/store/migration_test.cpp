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

TEST_F(MigrationTest, MessagesOfTheThirdLayoutStayAsTheyWere) {
    const auto& all = migrations();
    ASSERT_TRUE(migrate(*database_, {all.begin(), all.begin() + 3}));
    ASSERT_TRUE(
        database_->execute("INSERT INTO conversation VALUES (7, 1, 1, 5);"
                           "INSERT INTO message VALUES (1, 7, 1, 2, 5, 3, 4, 'T', 'hi', '')"));
    reopen();
    ASSERT_TRUE(migrate(*database_, all));
    EXPECT_EQ(count("conversation WHERE key = 7 AND last_seq = 1 AND pins = ''"), 1);
    EXPECT_EQ(count("message WHERE seq = 1 AND content = 'hi' AND reply_to = 0 AND forwarded = 0 "
                    "AND recalled = 0 AND edits = 0 AND edited = 0 AND reactions = ''"),
              1);
    EXPECT_EQ(count("revision"), 0);
    EXPECT_EQ(count("hidden"), 0);
}

// What the first layout held goes on: everybody may be added and written to, as before.
TEST_F(MigrationTest, PeopleOfTheFirstLayoutKeepWhatTheyHad) {
    ASSERT_TRUE(migrate(*database_, {migrations().front()}));
    ASSERT_TRUE(
        database_->execute("INSERT INTO user VALUES (1, 'anna', 'Anna', 0, 5);"
                           "INSERT INTO member VALUES (7, 1, 3, 2, 1)"));
    reopen();
    ASSERT_TRUE(migrate(*database_, migrations()));
    EXPECT_EQ(count("user WHERE id = 'anna' AND nick = 'Anna' AND avatar = '' AND allow = 0 AND "
                    "friends_only = 0"),
              1);
    EXPECT_EQ(count("member WHERE conversation = 7 AND read_seq = 3 AND unread = 2 AND pinned = 0 "
                    "AND muted = 0 AND has_draft = 0"),
              1);
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
