// Several texts in one block on their way between C++ and the page's scripts: each with its 32-bit
// length before it. Kumquat.storage.pack() makes the same.
#pragma once

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace kumquat::platform::web {

inline void append_piece(std::string& block, std::string_view piece) {
    std::uint32_t size = static_cast<std::uint32_t>(piece.size());
    block.append(reinterpret_cast<const char*>(&size), sizeof size);
    block.append(piece);
}

/// Cuts a text with its length from the front; false at the end.
inline bool take_piece(std::string_view& block, std::string* piece) {
    std::uint32_t size = 0;
    if (block.size() < sizeof size) return false;
    std::memcpy(&size, block.data(), sizeof size);
    block.remove_prefix(sizeof size);
    if (size > block.size()) return false;
    *piece = std::string(block.substr(0, size));
    block.remove_prefix(size);
    return true;
}

}  // namespace kumquat::platform::web
