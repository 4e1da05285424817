// From what is durable to a state in memory: the kept snapshot's chunks, then the journal's
// records.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/result.h"
#include "store/journal/record.h"
#include "store/memory/memory_state.h"

namespace kumquat::store {

/// A state in memory and its place in the journal.
struct JournalState {
    MemoryState rows;
    /// Number of the last record in it; 0 before the first.
    std::int64_t last_record = 0;
    /// Number of the kept snapshot; 0 without one.
    std::int64_t snapshot = 0;
    /// Bytes of the kept snapshot, and of the records behind it; the number of the latter.
    std::int64_t snapshot_bytes = 0;
    std::int64_t journal_bytes = 0;
    std::int64_t journal_records = 0;
};

class Replay {
  public:
    /// The snapshot's chunks, from index 0 on, before any record. Errors: kDataDamaged (also for
    /// one that is not the next), kDataNewer.
    Status load_chunk(std::string_view bytes);
    /// A record; ascending by their numbers, without a hole. One that the snapshot holds already is
    /// passed over. Errors: kDataDamaged (also where a number is missing), kDataNewer.
    Status load_record(std::string_view bytes);
    /// Everything has been loaded; the replay is over. Errors: kDataDamaged if the snapshot is not
    /// complete, or was taken while records changed it that are not there.
    Result<JournalState> finish();

    /// As far as it has been loaded.
    const MemoryState& rows() const { return state_.rows; }

  private:
    bool chunks_missing() const { return chunks_ > 0 && settled_end_ == 0; }

    JournalState state_;
    std::int64_t chunks_ = 0;
    /// As in the last chunk; 0 before it.
    std::int64_t settled_end_ = 0;
    std::int64_t records_seen_ = 0;
};

}  // namespace kumquat::store
