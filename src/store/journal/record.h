// What stands in a journal, a snapshot and a world file: rows as bytes, with a version and a
// checksum. Reading is total: any bytes at all give a record or an error.
//
// A record is
//   4 bytes   checksum of all that follows (checksum.h), little-endian
//   1 byte    version of this format: kRecordVersion, or an earlier one
//   1 byte    what it is: RecordKind
//   fields    of its kind: those of the struct below, in their order
//   sections  to the end, ascending by their number, none twice, none empty:
//             integer section, integer count, then so many rows
// A section is one list of a WriteSet (record.cpp has their numbers). A row is its fields in the
// order of record.cpp. An integer is zigzag-coded in base 128, low group first, at most 10 bytes,
// and below 2^53 either way. A text is its number of bytes and the bytes; a user ID or picture ID
// is one. A token hash is its 32 bytes, a boolean or an enumeration an integer, a pair its halves,
// a list its number of elements and the elements.
//
// Version 1 knew sections up to 18, conversations without pins, and messages without what became of
// them. A later version may have further sections and rows with further fields. It says so in its
// version byte, and is refused here (kDataNewer): half understood, it would be half lost with the
// next snapshot.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

#include "base/result.h"
#include "store/rows.h"

namespace kumquat::store {

/// persisted
inline constexpr std::uint8_t kRecordVersion = 2;

/// persisted, never reorder
enum class RecordKind : std::uint8_t {
    kCommit = 1,
    kChunk = 2,
    kWorldRows = 3,
    kWorldPicture = 4,
    kWorldEnd = 5,
};

/// One commit. Never has a sweep: the sessions that it swept are among `ended_sessions`.
struct CommitRecord {
    std::int64_t number = 0;
    WriteSet writes;
};

/// A part of a snapshot. While its parts are taken commits go on, and so a snapshot shows each row
/// at some moment from record `through` to record `settled_end` - 1: replaying the records between
/// the two, in which rows are whole, makes one state of it.
struct ChunkRecord {
    std::int64_t snapshot = 0;
    std::int64_t index = 0;
    /// The last record before the first chunk was taken: the journal is needed behind it.
    std::int64_t through = 0;
    /// In the last chunk: the record after which it was taken, plus 1. Else 0.
    std::int64_t settled_end = 0;
    WriteSet rows;
};

/// Rows of a world file.
struct WorldRowsRecord {
    WriteSet rows;
};

/// So many bytes of a picture follow the record in the file.
struct WorldPictureRecord {
    BlobId id;
    std::int64_t bytes = 0;
};

/// The end of a world file, with the number of its WorldRowsRecords.
struct WorldEndRecord {
    std::int64_t row_records = 0;
};

using Record =
    std::variant<CommitRecord, ChunkRecord, WorldRowsRecord, WorldPictureRecord, WorldEndRecord>;

/// Requires that no write set in it has a sweep.
std::string encode(const CommitRecord& record);
std::string encode(const ChunkRecord& record);
std::string encode(const WorldRowsRecord& record);
std::string encode(const WorldPictureRecord& record);
std::string encode(const WorldEndRecord& record);

/// Errors: kDataDamaged, kDataNewer.
Result<Record> decode_record(std::string_view bytes);

}  // namespace kumquat::store
