// A world file: accounts, friendships, conversations, messages, marks and pictures of one home, to
// be taken to another.
//
//   24 bytes  kWorldMagic
//   then, each as 4 bytes length (little-endian) and so many bytes, records of store/journal/
//   record.h:
//     kWorldRows     one or more; rows in the order of MemoryState::rows_after()
//     kWorldPicture  one for each picture that something names, each followed by the picture's
//                    bytes, as they were uploaded; 0 bytes: the picture is lost
//     kWorldEnd      nothing follows it: a file without it was cut short
//
// What is not in it: sessions (they are secrets of the browser that it comes from), feed entries (a
// client that comes from there starts with a snapshot; the heads are there, so that numbers go on)
// and pictures that nothing names.
//
// The file is not signed and not secret. Whoever has it can read it all.
#pragma once

#include <cstddef>
#include <string_view>

namespace kumquat::world {

/// persisted
inline constexpr std::string_view kWorldMagic = "Kumquat world, format 1\n";
/// Records of a world file have fewer bytes.
inline constexpr std::size_t kWorldRecordBytes = 8 * 1024 * 1024;
/// About so many bytes of rows in one record.
inline constexpr std::size_t kWorldStepBytes = 256 * 1024;

}  // namespace kumquat::world
