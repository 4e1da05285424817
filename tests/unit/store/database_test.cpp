#include "store/sqlite/database.h"

#include <fstream>

#include <gtest/gtest.h>

#include "contract/temporary_directory.h"

namespace kumquat::store {
namespace {

class DatabaseTest : public testing::Test {
  protected:
    void SetUp() override {
        path_ = directory_.path() + "/test.db";
        std::ofstream(path_).close();
        auto opened = Database::open(path_, Database::Access::kReadWrite);
        ASSERT_TRUE(opened);
        database_ = *std::move(opened);
    }

    TemporaryDirectory directory_;
    std::string path_;
    std::unique_ptr<Database> database_;
};

TEST_F(DatabaseTest, OpeningAMissingFileNamesIt) {
    const auto opened =
        Database::open(directory_.path() + "/missing.db", Database::Access::kReadWrite);
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().code, ErrorCode::kIo);
    EXPECT_NE(opened.error().context.find("/missing.db"), std::string::npos);
}

TEST_F(DatabaseTest, ValuesComeBackAsBound) {
    using namespace std::string_literals;
    ASSERT_TRUE(database_->execute("CREATE TABLE t (number INTEGER, word TEXT, bytes BLOB)"));
    auto insert = database_->prepare("INSERT INTO t VALUES (?, ?, ?)");
    ASSERT_TRUE(insert);
    const std::array<std::uint8_t, 3> bytes = {0, 255, 7};
    const std::string word = "a\0é"s;
    ASSERT_TRUE(Query(*insert, kIntegerMax, word, bytes).run());
    ASSERT_TRUE(Query(*insert, Seq(5), std::string_view(), bytes).run());  // used again

    auto select = database_->prepare("SELECT number, word, bytes FROM t ORDER BY number DESC");
    ASSERT_TRUE(select);
    Query query(*select);
    ASSERT_EQ(query.step(), Query::Step::kRow);
    EXPECT_EQ(query.integer(), kIntegerMax);
    EXPECT_EQ(query.text(), word);
    EXPECT_EQ(query.blob(), "\0\xff\x07"s);
    ASSERT_EQ(query.step(), Query::Step::kRow);
    EXPECT_EQ(query.id<Seq>(), Seq(5));
    EXPECT_EQ(query.text(), "");
    EXPECT_EQ(query.step(), Query::Step::kDone);
}

TEST_F(DatabaseTest, FailuresAreErrorsWithTheStatement) {
    EXPECT_FALSE(database_->prepare("SELECT * FROM nothing"));
    const Status status = database_->execute(
        "CREATE TABLE t (n INTEGER UNIQUE);; -- a comment\n"
        "INSERT INTO t VALUES (1); INSERT INTO t VALUES (1)");
    ASSERT_FALSE(status);
    EXPECT_EQ(status.error().code, ErrorCode::kStorageFailed);
    EXPECT_NE(status.error().context.find("INSERT INTO t"), std::string::npos);
    EXPECT_NE(status.error().context.find(path_), std::string::npos);
    EXPECT_EQ(database_->query_integer("SELECT count(*) FROM t").value(), 1);
}

TEST_F(DatabaseTest, TooManyParametersAreAnError) {
    auto statement = database_->prepare("SELECT ?");
    ASSERT_TRUE(statement);
    Query query(*statement, std::int64_t{1}, std::int64_t{2});
    EXPECT_EQ(query.step(), Query::Step::kFailed);
}

TEST_F(DatabaseTest, AStatementPastItsDeadlineEnds) {
    constexpr const char* kEndless =
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n";
    database_->set_deadline(std::chrono::steady_clock::now() + std::chrono::milliseconds(20));
    const auto result = database_->query_integer(kEndless);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, ErrorCode::kReadTimeout);
    database_->set_deadline(std::nullopt);
    EXPECT_EQ(database_->query_integer("SELECT 7").value(), 7);
}

TEST_F(DatabaseTest, ReadOnlyConnectionsDoNotWrite) {
    ASSERT_TRUE(database_->execute("CREATE TABLE t (n INTEGER)"));
    auto reader = Database::open(path_, Database::Access::kReadOnly);
    ASSERT_TRUE(reader);
    EXPECT_FALSE((*reader)->execute("INSERT INTO t VALUES (1)"));
    EXPECT_EQ((*reader)->query_integer("SELECT count(*) FROM t").value(), 0);
}

}  // namespace
}  // namespace kumquat::store
