// A picture of this device that is to be uploaded, as the client knows it: names and sizes. The
// bytes lie in the device's picture store, which the platform keeps.
#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "base/ids.h"
#include "base/limits.h"

namespace kumquat::client {

struct LocalRendition {
    std::int64_t width = 0;
    std::int64_t height = 0;
    std::int64_t bytes = 0;

    friend bool operator==(const LocalRendition&, const LocalRendition&) = default;
};

struct LocalPicture {
    /// Names the bytes in the picture store; random.
    std::string key;
    /// As proto::Image::format.
    std::int64_t format = 0;
    /// Original, 720, 198. One that is the same file as the one before has the same numbers, and is
    /// uploaded once.
    std::array<LocalRendition, limits::kRenditions> renditions;

    friend bool operator==(const LocalPicture&, const LocalPicture&) = default;
};

/// Names one upload attempt, so that late news of an old one is recognised. Counts from 1.
using UploadNumber = Number<struct UploadNumberTag>;

}  // namespace kumquat::client
