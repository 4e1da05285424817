// Pictures for tests: real files that browsers show, and files of any size and dimensions that hold
// no more than what is looked at.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace kumquat::picture {

/// A file of tests/picture/files: photo.jpg, drawing.png, lossy.webp, lossless.webp and
/// extended.webp of 64 x 48 pixels, moving.gif of 16 x 12.
std::string sample(const std::string& name);

/// A PNG that says it has these dimensions, filled up to `bytes` if it would be shorter.
std::string png_of(std::uint32_t width, std::uint32_t height, std::size_t bytes = 0);

}  // namespace kumquat::picture
