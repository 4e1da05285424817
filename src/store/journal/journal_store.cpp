#include "store/journal/journal_store.h"

#include <algorithm>
#include <utility>

#include "base/check.h"

namespace kumquat::store {
namespace {

// A snapshot is written when the journal behind the last one has grown to half of it, so that all
// snapshots together cost a small multiple of what is ever written; and not for less than this.
constexpr std::int64_t kJournalBytesMin = 1024 * 1024;
// Reading many small records costs more than their bytes.
constexpr std::int64_t kJournalRecordsMax = 4096;

}  // namespace

JournalStore::JournalStore(Executor& executor, Journal& journal, JournalState state)
    : executor_(executor),
      journal_(journal),
      rows_(std::make_shared<MemoryState>(std::move(state.rows))),
      reads_(executor, rows_),
      last_record_(state.last_record),
      last_snapshot_(state.snapshot),
      snapshot_bytes_(state.snapshot_bytes),
      journal_bytes_(state.journal_bytes),
      journal_records_(state.journal_records) {}

void JournalStore::post(std::function<void()> task) {
    executor_.post([alive = std::weak_ptr<const bool>(alive_), task = std::move(task)] {
        if (!alive.expired()) task();
    });
}

// --- Commits

void JournalStore::commit(WriteSet writes, std::function<void(Status)> done) {
    commits_.push_back({std::move(writes), std::move(done)});
    if (commits_.size() == 1) post([this] { next_commit(); });
}

// One after the other: whether a commit contradicts a key shows in the rows of those before it.
void JournalStore::next_commit() {
    if (commits_.empty()) return;
    WriteSet& writes = commits_.front().writes;
    const Status sound = rows_->check(writes);
    if (!sound || writes.empty()) return finish_commit(sound);
    writes = rows_->without_sweep(std::move(writes));
    CommitRecord record{last_record_ + 1, std::move(writes)};
    std::string bytes = encode(record);
    writes = std::move(record.writes);
    const auto size = static_cast<std::int64_t>(bytes.size());
    journal_.append(last_record_ + 1, std::move(bytes),
                    [this, size, alive = std::weak_ptr<const bool>(alive_)](const Status& status) {
                        if (!alive.expired()) on_appended(status, size);
                    });
}

void JournalStore::on_appended(const Status& status, std::int64_t bytes) {
    if (status) {
        // Checked before the record was written; nothing else has changed the rows since.
        KUMQUAT_CHECK(rows_->apply(commits_.front().writes));
        ++last_record_;
        ++journal_records_;
        journal_bytes_ += bytes;
        ++taken_.journal_records;
        taken_.journal_bytes += bytes;
    }
    finish_commit(status);
}

void JournalStore::finish_commit(const Status& status) {
    const auto done = std::move(commits_.front().done);
    commits_.pop_front();
    if (!commits_.empty()) post([this] { next_commit(); });
    done(status);
}

// --- Snapshots

bool JournalStore::snapshot_due() const {
    return journal_records_ >= kJournalRecordsMax ||
           journal_bytes_ >= std::max(kJournalBytesMin, snapshot_bytes_ / 2);
}

std::int64_t JournalStore::begin_snapshot() {
    taken_ = Snapshot();
    taken_.number = ++last_snapshot_;
    taken_.through = last_record_;
    return taken_.number;
}

JournalStore::Chunk JournalStore::next_chunk(std::size_t bytes_max) {
    KUMQUAT_CHECK(taken_.number != 0 && !taken_.place.at_end);
    ChunkRecord record;
    record.snapshot = taken_.number;
    record.index = taken_.chunks++;
    record.through = taken_.through;
    record.rows = rows_->rows_after(taken_.place, bytes_max);
    if (taken_.place.at_end) record.settled_end = last_record_ + 1;
    Chunk chunk{encode(record), record.index, taken_.place.at_end};
    taken_.bytes += static_cast<std::int64_t>(chunk.bytes.size());
    return chunk;
}

void JournalStore::snapshot_kept() {
    KUMQUAT_CHECK(taken_.place.at_end);
    snapshot_bytes_ = taken_.bytes;
    journal_bytes_ = taken_.journal_bytes;
    journal_records_ = taken_.journal_records;
    taken_ = Snapshot();
}

// --- Reads

void JournalStore::load(ReadKeys keys, Callback<ReadRows> done) {
    reads_.load(std::move(keys), std::move(done));
}

void JournalStore::read_history(HistoryQuery query, Callback<HistoryPage> done) {
    reads_.read_history(std::move(query), std::move(done));
}

void JournalStore::read_feed(FeedQuery query, Callback<FeedPage> done) {
    reads_.read_feed(query, std::move(done));
}

void JournalStore::read_snapshot(SnapshotQuery query, Callback<SnapshotPage> done) {
    reads_.read_snapshot(query, std::move(done));
}

void JournalStore::search(SearchQuery query, Callback<SearchStep> done) {
    reads_.search(std::move(query), std::move(done));
}

void JournalStore::find_user(UserKey viewer, UserId id, Callback<std::optional<FoundUser>> done) {
    reads_.find_user(viewer, std::move(id), std::move(done));
}

void JournalStore::read_ties(UserKey user, Callback<std::vector<Tie>> done) {
    reads_.read_ties(user, std::move(done));
}

void JournalStore::read_sessions(UserKey user, Callback<std::vector<SessionRow>> done) {
    reads_.read_sessions(user, std::move(done));
}

void JournalStore::find_session(TokenHash token, Callback<std::optional<SessionRow>> done) {
    reads_.find_session(token, std::move(done));
}

void JournalStore::read_orphans(OrphanQuery query, Callback<std::vector<BlobId>> done) {
    reads_.read_orphans(query, std::move(done));
}

}  // namespace kumquat::store
