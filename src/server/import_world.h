// `kumquatd import`: fills an empty data directory from a world file, so that what began in a
// browser goes on on a server.
#pragma once

#include <cstdint>
#include <string>

#include "base/result.h"
#include "server/config.h"

namespace kumquat::server {

struct Imported {
    std::int64_t users = 0;
    std::int64_t messages = 0;
    std::int64_t pictures = 0;
};

/// Reads all of `file` and checks it before anything is written. Then the pictures, then every row
/// in one transaction: a data directory is filled whole or not at all, and an import that was cut
/// off may be run again. Waits. Errors, with the option or file that they are about: kDataNotEmpty
/// if there are accounts; kDataDamaged, kDataNewer, kIo for the file; those of open_store().
Result<Imported> import_world(const std::string& file, const Config& config);

}  // namespace kumquat::server
