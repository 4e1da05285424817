// What stands for a person without a picture (ui tokens, section 5).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace kumquat::client {

/// Number of discs in the palette.
inline constexpr std::uint32_t kAvatarColors = 8;

/// Which disc: FNV-1a (32 bits) over the user ID, modulo kAvatarColors.
std::uint32_t avatar_color(std::string_view user_id);

/// A name with Han shows its last Han character; otherwise the first letters of its first two
/// words, upper case; a name without letters shows the first character of the ID.
std::string avatar_initials(std::string_view name, std::string_view user_id);

}  // namespace kumquat::client
