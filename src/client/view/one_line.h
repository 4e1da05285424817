// The beginning of a text on one line.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace kumquat::client {

/// Line breaks and runs of blanks have become one blank. At most `bytes_max` bytes, cut between
/// characters.
std::string one_line(std::string_view text, std::size_t bytes_max);

}  // namespace kumquat::client
