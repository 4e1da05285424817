// A checksum against accidental damage; no protection against intent.
#pragma once

#include <cstdint>
#include <string_view>

namespace kumquat::store {

/// CRC-32 as in zlib, PNG and Ethernet (polynomial 0x04C11DB7, reflected).
std::uint32_t checksum(std::string_view bytes);

}  // namespace kumquat::store
