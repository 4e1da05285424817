// What a browser's storage holds for the journal store, in memory: a journal and one kept snapshot.
// Tests crash on it at will: what is in here is what was durable.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "base/executor.h"
#include "store/journal/journal_store.h"

namespace kumquat::store {

struct DurableJournal {
    std::vector<std::string> chunks;
    std::map<std::int64_t, std::string> records;

    /// What a start finds. Errors: those of Replay.
    Result<JournalState> load() const {
        Replay replay;
        for (const std::string& chunk : chunks)
            KUMQUAT_TRY(replay.load_chunk(chunk));
        for (const auto& [number, record] : records)
            KUMQUAT_TRY(replay.load_record(record));
        return replay.finish();
    }

    /// Takes a whole snapshot of `store` and keeps it, in chunks of about `bytes_max` bytes.
    void snapshot(JournalStore& store, std::size_t bytes_max) {
        store.begin_snapshot();
        std::vector<std::string> taken;
        for (bool more = true; more;) {
            auto chunk = store.next_chunk(bytes_max);
            taken.push_back(std::move(chunk.bytes));
            more = !chunk.last;
        }
        keep(store, std::move(taken));
    }
    void keep(JournalStore& store, std::vector<std::string> taken) {
        chunks = std::move(taken);
        records.erase(records.begin(), records.upper_bound(store.snapshot_through()));
        store.snapshot_kept();
    }
};

class MemoryJournal final : public Journal {
  public:
    /// Both outlive it.
    MemoryJournal(Executor& executor, DurableJournal& durable)
        : executor_(executor), durable_(durable) {}

    /// The next appends fail with this, until it is success again.
    void fail_with(Status status) { status_ = std::move(status); }

    void append(std::int64_t number, std::string record,
                std::function<void(Status)> done) override {
        executor_.post([this, number, record = std::move(record), done = std::move(done)] {
            if (status_) durable_.records[number] = record;
            done(status_);
        });
    }

  private:
    Executor& executor_;
    DurableJournal& durable_;
    Status status_;
};

}  // namespace kumquat::store
