#include "store/journal/replay.h"

#include <string>
#include <utility>

namespace kumquat::store {
namespace {

Error damaged(std::string what) {
    return Error{ErrorCode::kDataDamaged, std::move(what)};
}

}  // namespace

Status Replay::load_chunk(std::string_view bytes) {
    const std::string name = "chunk " + std::to_string(chunks_) + " of the snapshot: ";
    auto decoded = decode_record(bytes);
    if (!decoded) return Error{decoded.error().code, name + decoded.error().context};
    auto* chunk = std::get_if<ChunkRecord>(&*decoded);
    if (chunk == nullptr) return damaged(name + "it is none");
    if (records_seen_ > 0 || (chunks_ > 0 && settled_end_ != 0))
        return damaged(name + "it comes too late");
    if (chunk->index != chunks_ || chunk->snapshot < 1 || chunk->through < 0 ||
        (chunks_ > 0 &&
         (chunk->snapshot != state_.snapshot || chunk->through != state_.last_record)))
        return damaged(name + "another one is in its place");
    if (chunk->settled_end != 0 && chunk->settled_end <= chunk->through)
        return damaged(name + "it ends before it begins");
    state_.snapshot = chunk->snapshot;
    state_.last_record = chunk->through;
    state_.snapshot_bytes += static_cast<std::int64_t>(bytes.size());
    settled_end_ = chunk->settled_end;
    ++chunks_;
    state_.rows.apply_again(chunk->rows);
    return {};
}

Status Replay::load_record(std::string_view bytes) {
    const std::string name =
        "the record behind number " + std::to_string(state_.last_record) + " of the journal: ";
    if (chunks_missing()) return damaged(name + "chunks of the snapshot before it are missing");
    const auto decoded = decode_record(bytes);
    if (!decoded) return Error{decoded.error().code, name + decoded.error().context};
    const auto* record = std::get_if<CommitRecord>(&*decoded);
    if (record == nullptr || record->number < 1) return damaged(name + "it is none");
    const std::int64_t number = record->number;
    // Left over where a crash came between a snapshot and the end of the records that it holds.
    if (number <= state_.last_record && records_seen_ == 0) return {};
    if (number != state_.last_record + 1)
        return damaged(name + "number " + std::to_string(number) + " is in its place");
    if (number < settled_end_) {
        state_.rows.apply_again(record->writes);
    } else if (const Status applied = state_.rows.apply(record->writes); !applied) {
        return damaged(name + "it contradicts those before it: " + applied.error().context);
    }
    ++records_seen_;
    state_.last_record = number;
    ++state_.journal_records;
    state_.journal_bytes += static_cast<std::int64_t>(bytes.size());
    return {};
}

Result<JournalState> Replay::finish() {
    if (chunks_missing()) return damaged("the last chunks of the snapshot are missing");
    if (state_.last_record + 1 < settled_end_)
        return damaged("record " + std::to_string(state_.last_record + 1) +
                       " of the journal is missing");
    return std::move(state_);
}

}  // namespace kumquat::store
