// The answer to an upload, the same over HTTP and over a port.
#pragma once

#include <cstdint>
#include <string>

#include "base/ids.h"

namespace kumquat::proto {

/// {"id":"<32 hex>","width":..,"height":..,"size":..}, see "Upload" in PROTOCOL.md.
inline std::string uploaded_json(const BlobId& id, std::int64_t width, std::int64_t height,
                                 std::int64_t bytes) {
    return "{\"id\":\"" + id.text() + "\",\"width\":" + std::to_string(width) +
           ",\"height\":" + std::to_string(height) + ",\"size\":" + std::to_string(bytes) + "}";
}

}  // namespace kumquat::proto
