#include "store/journal/replay.h"

#include <gtest/gtest.h>

#include "contract/memory_journal.h"
#include "contract/store_home.h"
#include "contract/store_world.h"

namespace kumquat::store {
namespace {

// Anna and Ben, and a message in each record from the second on.
class ReplayTest : public testing::Test {
  protected:
    ReplayTest() : store_(executor_, journal_, JournalState()) {
        WriteSet first;
        anna_ = world_.add_user(first, "anna");
        ben_ = world_.add_user(first, "ben");
        key_ = world_.open_direct(first, anna_, ben_);
        first.counters = world_.counters();
        commit(std::move(first));
    }

    void commit(WriteSet writes) {
        std::optional<Status> status;
        store_.commit(std::move(writes), [&](Status done) { status = std::move(done); });
        executor_.run_until([&] { return status.has_value(); });
        ASSERT_TRUE(*status) << status->error().context;
    }
    void say(const std::string& text) {
        WriteSet writes;
        world_.send(writes, key_, anna_, text);
        commit(std::move(writes));
    }
    static std::string all_rows(const MemoryState& rows) {
        RowPlace place;
        return encode(WorldRowsRecord{rows.rows_after(place, 1 << 30)});
    }
    void expect_whole() {
        const auto loaded = durable_.load();
        ASSERT_TRUE(loaded) << loaded.error().context;
        EXPECT_EQ(all_rows(loaded->rows), all_rows(store_.rows()));
        EXPECT_EQ(loaded->last_record, store_.last_record());
    }
    void expect_damaged(const char* what) {
        const auto loaded = durable_.load();
        ASSERT_FALSE(loaded) << what;
        EXPECT_EQ(loaded.error().code, ErrorCode::kDataDamaged) << what;
        EXPECT_FALSE(loaded.error().context.empty()) << what;
    }

    TestExecutor executor_;
    DurableJournal durable_;
    MemoryJournal journal_{executor_, durable_};
    JournalStore store_;
    StoreWorld world_;
    UserRow anna_;
    UserRow ben_;
    ConversationKey key_;
};

TEST_F(ReplayTest, NothingIsAnEmptyWorld) {
    const auto loaded = DurableJournal().load();
    ASSERT_TRUE(loaded);
    EXPECT_TRUE(loaded->rows.empty());
    EXPECT_EQ(loaded->last_record, 0);
}

TEST_F(ReplayTest, JournalAlone) {
    say("one");
    say("two");
    EXPECT_EQ(durable_.records.size(), 3U);
    expect_whole();
}

TEST_F(ReplayTest, SnapshotAndWhatFollowed) {
    say("one");
    durable_.snapshot(store_, 1);
    EXPECT_GT(durable_.chunks.size(), 5U);
    EXPECT_TRUE(durable_.records.empty());
    expect_whole();
    say("two");
    expect_whole();
}

// The crash comes after the snapshot and before its records are gone.
TEST_F(ReplayTest, RecordsThatTheSnapshotHoldsArePassedOver) {
    say("one");
    const auto records = durable_.records;
    durable_.snapshot(store_, 1);
    say("two");
    durable_.records.insert(records.begin(), records.end());
    expect_whole();
}

// Between each chunk and the next every kind of row changes, goes or comes.
TEST_F(ReplayTest, ASnapshotThatWasTakenWhileRowsChanged) {
    for (int i = 0; i < 20; ++i)
        say("before " + std::to_string(i));
    store_.begin_snapshot();
    std::vector<std::string> taken;
    for (int i = 0;; ++i) {
        auto chunk = store_.next_chunk(1);
        taken.push_back(std::move(chunk.bytes));
        if (chunk.last) break;
        // Chunks of one row would never reach the end if every one of them brought another row.
        if (i >= 100) continue;
        WriteSet writes;
        world_.send(writes, key_, i % 2 == 0 ? anna_ : ben_, "during " + std::to_string(i));
        UserRow renamed = anna_;
        renamed.nick = "anna " + std::to_string(i);
        writes.users.push_back(renamed);
        SessionRow session = make_session(ben_, static_cast<std::uint8_t>(i));
        session.expires = TimeMs(1000 + i);
        writes.sessions.push_back(session);
        writes.sweep = SessionSweep{TimeMs(1000 + i - 3), 1};
        if (i % 3 == 0) {
            writes.blocks.push_back({anna_.key, ben_.key});
        } else {
            writes.ended_blocks.push_back({anna_.key, ben_.key});
        }
        // The older half of the feed goes.
        for (FeedHeadRow& head : writes.heads)
            head.trimmed = FeedNumber(head.last.value() / 2);
        commit(std::move(writes));
    }
    durable_.keep(store_, std::move(taken));
    EXPECT_GT(durable_.records.size(), 20U);
    expect_whole();
    say("after");
    expect_whole();
}

TEST_F(ReplayTest, AMissingRecord) {
    say("one");
    say("two");
    durable_.records.erase(2);
    expect_damaged("a hole");
    durable_.records.erase(1);
    expect_damaged("the beginning");
}

TEST_F(ReplayTest, ATornOrChangedRecord) {
    say("one");
    const std::string good = durable_.records[2];
    durable_.records[2] = good.substr(0, good.size() / 2);
    expect_damaged("torn");
    durable_.records[2] = "";
    expect_damaged("empty");
    durable_.records[2] = durable_.records[1];
    expect_damaged("another one's");
}

TEST_F(ReplayTest, ARecordThatContradictsThoseBeforeIt) {
    say("one");
    auto again = decode_record(durable_.records[2]);
    auto* record = std::get_if<CommitRecord>(&*again);
    record->number = 3;
    durable_.records[3] = encode(*record);
    expect_damaged("a seq twice");
}

TEST_F(ReplayTest, AMissingChunk) {
    say("one");
    durable_.snapshot(store_, 1);
    const auto chunks = durable_.chunks;
    durable_.chunks.pop_back();
    expect_damaged("the last");
    durable_.chunks = chunks;
    durable_.chunks.erase(durable_.chunks.begin() + 1);
    expect_damaged("one amid");
    durable_.chunks = chunks;
    durable_.chunks.push_back(chunks.back());
    expect_damaged("one too many");
    durable_.chunks = {chunks.front()};
    say("two");
    expect_damaged("all but the first, and a record behind");
}

TEST_F(ReplayTest, TheRecordsThatChangedASnapshotAreMissing) {
    store_.begin_snapshot();
    std::vector<std::string> taken;
    for (bool more = true; more;) {
        auto chunk = store_.next_chunk(1);
        taken.push_back(std::move(chunk.bytes));
        more = !chunk.last;
        if (taken.size() == 1) say("during");
    }
    durable_.keep(store_, std::move(taken));
    durable_.records.clear();
    expect_damaged("records of its time");
}

}  // namespace
}  // namespace kumquat::store
