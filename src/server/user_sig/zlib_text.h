// Small texts packed as a zlib stream (RFC 1950) and unpacked again. The only file that knows zlib
// here.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace kumquat::server {

/// `text` as a zlib stream.
std::string deflate_text(std::string_view text);

/// What `packed` holds; nothing if it is not exactly one whole zlib stream, or holds more than
/// `bytes_max`. Memory never grows beyond that.
std::optional<std::string> inflate_text(std::string_view packed, std::size_t bytes_max);

}  // namespace kumquat::server
