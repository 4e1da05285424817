// What the SQLite store promises beyond the contract of all stores.
#include "store/sqlite/sqlite_store.h"

#include <csignal>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "store/sqlite/database.h"
#include "unit/store/sqlite_fixture.h"

namespace kumquat::store {
namespace {

using SqliteStoreTest = SqliteFixture;

TEST_F(SqliteStoreTest, SettingsAreKept) {
    using namespace std::string_literals;
    ASSERT_TRUE(open());
    EXPECT_FALSE(store_->get_setting("server_id").value().has_value());
    ASSERT_TRUE(store_->put_setting("server_id", "one"));
    ASSERT_TRUE(store_->put_setting("server_id", "two\0!"s));
    ASSERT_TRUE(store_->put_setting("empty", ""));
    EXPECT_EQ(store_->get_setting("server_id").value(), "two\0!"s);
    ASSERT_TRUE(open());
    EXPECT_EQ(store_->get_setting("server_id").value(), "two\0!"s);
    EXPECT_EQ(store_->get_setting("empty").value(), "");
    EXPECT_FALSE(store_->get_setting("other").value().has_value());
}

TEST_F(SqliteStoreTest, CommitsAreCounted) {
    ASSERT_TRUE(open());
    open_people();
    const CommitStats before = store_->commit_stats();
    EXPECT_EQ(before.commits, 1);
    ASSERT_TRUE(send(100));
    const CommitStats after = store_->commit_stats();
    EXPECT_EQ(after.commits, 2);
    EXPECT_EQ(after.failed, 0);
    // 100 messages, 200 feed entries, and once for all of them: conversation, two members, two
    // heads.
    EXPECT_EQ(after.last_rows, 305);
    EXPECT_EQ(after.rows, before.rows + 305);
    EXPECT_EQ(after.total_us, before.total_us + after.last_total_us);
    EXPECT_EQ(after.sync_us, before.sync_us + after.last_sync_us);
    EXPECT_LE(after.last_sync_us, after.last_total_us);

    WriteSet refused;
    refused.feed = {FeedRow{.user = anna_.key, .number = FeedNumber(1)}};
    ASSERT_FALSE(commit(refused));
    EXPECT_EQ(store_->commit_stats().failed, 1);
    EXPECT_EQ(store_->commit_stats().commits, 2);
}

TEST_F(SqliteStoreTest, LogStaysShort) {
    options_.checkpoint_pages = 20;
    ASSERT_TRUE(open());
    open_people();
    // Without a pause, each some ten pages: without checkpoints the log would hold 1000 and more.
    for (int i = 0; i < 100; ++i)
        ASSERT_TRUE(send(4, 2000));
    struct stat log {};
    ASSERT_EQ(::stat((database_path() + "-wal").c_str(), &log), 0);
    EXPECT_LT(log.st_size, 500 * 4120);
    EXPECT_GT(store_->commit_stats().checkpoints, 0);
    EXPECT_EQ(history()->messages.size(), 400U);
}

TEST_F(SqliteStoreTest, AReaderDoesNotHoldUpCommits) {
    ASSERT_TRUE(open());
    open_people();
    auto other = Database::open(database_path(), Database::Access::kReadOnly);
    ASSERT_TRUE(other);
    ASSERT_TRUE((*other)->execute("BEGIN"));
    ASSERT_EQ((*other)->query_integer("SELECT count(*) FROM message").value(), 0);
    ASSERT_TRUE(send(3));
    EXPECT_EQ((*other)->query_integer("SELECT count(*) FROM message").value(), 0);
    ASSERT_TRUE((*other)->execute("COMMIT"));
    EXPECT_EQ((*other)->query_integer("SELECT count(*) FROM message").value(), 3);
}

TEST_F(SqliteStoreTest, AWriterDoesNotHoldUpReads) {
    ASSERT_TRUE(open());
    open_people();
    ASSERT_TRUE(send(3));
    auto other = Database::open(database_path(), Database::Access::kReadWrite);
    ASSERT_TRUE(other);
    ASSERT_TRUE((*other)->execute("BEGIN IMMEDIATE; DELETE FROM message"));
    EXPECT_EQ(history()->messages.size(), 3U);
    EXPECT_EQ(read_everything(), 0);
    ASSERT_TRUE((*other)->execute("ROLLBACK"));
}

TEST_F(SqliteStoreTest, ReadsHaveABudget) {
    options_.read_budget_ms = 0;
    ASSERT_TRUE(open());
    open_people();
    const auto page = history();
    ASSERT_FALSE(page);
    EXPECT_EQ(page.error().code, ErrorCode::kReadTimeout);
    EXPECT_TRUE(send(1)) << "commits have none";
}

TEST_F(SqliteStoreTest, ReadsBeyondTheQueueAreRefused) {
    options_.reads_waiting_max = 0;
    ASSERT_TRUE(open());
    open_people();
    const auto page = history();
    ASSERT_FALSE(page);
    EXPECT_EQ(page.error().code, ErrorCode::kOverloaded);
    EXPECT_TRUE(page.error().retry_after_ms.has_value());
}

TEST_F(SqliteStoreTest, ReadsGoOnBesideManyCommits) {
    options_.readers = 3;
    options_.checkpoint_pages = 30;
    ASSERT_TRUE(open());
    open_people();
    int commits_left = 60;
    int reads_under_way = 0;
    std::size_t acknowledged = 0;
    std::function<void()> next = [&] {
        if (commits_left-- == 0) return;
        WriteSet writes;
        for (int i = 0; i < 5; ++i)
            world_.send(writes, key_, anna_, "text");
        store_->commit(writes, [&](const Status& status) {
            ASSERT_TRUE(status);
            acknowledged += 5;
            for (int i = 0; i < 4; ++i) {
                ++reads_under_way;
                const HistoryQuery query{
                    .viewer = anna_.key, .peer = ben_.id, .limit = 1000, .bytes_max = 1 << 20};
                store_->read_history(query, [&, seen = acknowledged](const auto& page) {
                    --reads_under_way;
                    ASSERT_TRUE(page);
                    // Whole commits, and all that were acknowledged before the read was asked for.
                    EXPECT_EQ(page->messages.size() % 5, 0U);
                    EXPECT_GE(page->messages.size(), seen);
                });
            }
            static_cast<void>(store_->commit_stats());
            next();
        });
    };
    next();
    executor_.run_until([&] { return commits_left < 0 && reads_under_way == 0; });
    EXPECT_EQ(history()->messages.size(), 300U);
}

// A process is killed while it commits; whatever it has acknowledged is there.
TEST_F(SqliteStoreTest, AcknowledgedCommitsSurviveAKilledProcess) {
    ASSERT_TRUE(open());
    open_people();
    close();
    int acknowledged[2];
    ASSERT_EQ(::pipe(acknowledged), 0);
    const pid_t child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
        if (!open()) ::_exit(1);
        while (send(3) && ::write(acknowledged[1], ".", 1) == 1) {
        }
        ::_exit(1);
    }
    ::close(acknowledged[1]);
    std::size_t commits = 0;
    char byte = 0;
    while (commits < 30 && ::read(acknowledged[0], &byte, 1) == 1)
        ++commits;
    ASSERT_EQ(::kill(child, SIGKILL), 0);
    while (::read(acknowledged[0], &byte, 1) == 1)
        ++commits;
    ::close(acknowledged[0]);
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    ASSERT_TRUE(WIFSIGNALED(status));

    ASSERT_GE(commits, 30U);
    ASSERT_TRUE(open());
    const std::size_t messages = history()->messages.size();
    EXPECT_GE(messages, commits * 3);
    EXPECT_EQ(messages % 3, 0U) << "part of a commit";
}

}  // namespace
}  // namespace kumquat::store
