#include "store/journal/journal_store.h"

#include <gtest/gtest.h>

#include "contract/memory_journal.h"
#include "contract/store_home.h"
#include "contract/store_world.h"

namespace kumquat::store {
namespace {

class JournalStoreTest : public testing::Test {
  protected:
    Status commit(WriteSet writes) {
        std::optional<Status> status;
        store_.commit(std::move(writes), [&](Status done) { status = std::move(done); });
        executor_.run_until([&] { return status.has_value(); });
        return *status;
    }

    TestExecutor executor_;
    DurableJournal durable_;
    MemoryJournal journal_{executor_, durable_};
    JournalStore store_{executor_, journal_, JournalState()};
    StoreWorld world_;
};

TEST_F(JournalStoreTest, AFailedAppendChangesNothingAndItsNumberComesAgain) {
    WriteSet writes;
    world_.add_user(writes, "anna");
    journal_.fail_with(Error{ErrorCode::kDiskFull, "quota"});
    const Status failed = commit(writes);
    ASSERT_FALSE(failed);
    EXPECT_EQ(failed.error().code, ErrorCode::kDiskFull);
    EXPECT_TRUE(store_.rows().empty());
    EXPECT_EQ(store_.last_record(), 0);

    journal_.fail_with(Status());
    EXPECT_TRUE(commit(writes));
    EXPECT_EQ(store_.last_record(), 1);
    EXPECT_EQ(durable_.records.count(1), 1U);
}

TEST_F(JournalStoreTest, AContradictionIsNeverJournaled) {
    WriteSet writes;
    world_.add_user(writes, "anna");
    ASSERT_TRUE(commit(writes));
    writes.users.front().key = UserKey(77);
    EXPECT_FALSE(commit(writes));
    EXPECT_EQ(durable_.records.size(), 1U);
}

TEST_F(JournalStoreTest, NothingToWriteIsNoRecord) {
    EXPECT_TRUE(commit(WriteSet()));
    EXPECT_TRUE(durable_.records.empty());
}

TEST_F(JournalStoreTest, AnAppendThatOutlivesTheStoreCallsNothingBack) {
    struct Late final : Journal {
        void append(std::int64_t, std::string, std::function<void(Status)> done) override {
            waiting = std::move(done);
        }
        std::function<void(Status)> waiting;
    } late;
    auto store = std::make_unique<JournalStore>(executor_, late, JournalState());
    bool called = false;
    WriteSet writes;
    world_.add_user(writes, "anna");
    store->commit(writes, [&](const Status&) { called = true; });
    executor_.run_posted();
    ASSERT_TRUE(late.waiting);
    store.reset();
    late.waiting(Status());
    executor_.run_posted();
    EXPECT_FALSE(called);
}

TEST_F(JournalStoreTest, ASnapshotIsDueWhenTheJournalHasGrown) {
    EXPECT_FALSE(store_.snapshot_due());
    WriteSet first;
    const UserRow anna = world_.add_user(first, "anna");
    const UserRow ben = world_.add_user(first, "ben");
    const ConversationKey key = world_.open_direct(first, anna, ben);
    ASSERT_TRUE(commit(first));
    const std::string text(12'000, 'x');
    for (int i = 0; i < 100 && !store_.snapshot_due(); ++i) {
        WriteSet writes;
        world_.send(writes, key, anna, text);
        ASSERT_TRUE(commit(writes));
    }
    ASSERT_TRUE(store_.snapshot_due());
    durable_.snapshot(store_, 100'000);
    EXPECT_FALSE(store_.snapshot_due());
    // Nor after a restart: it counts from the kept one.
    auto loaded = durable_.load();
    ASSERT_TRUE(loaded);
    const JournalStore again(executor_, journal_, *std::move(loaded));
    EXPECT_FALSE(again.snapshot_due());
}

}  // namespace
}  // namespace kumquat::store
