// UTF-8 as RFC 3629 has it: no overlong forms, no surrogates, nothing above U+10FFFF.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace kumquat {

bool is_valid_utf8(std::string_view text);

/// The longest prefix of at most `bytes_max` bytes that does not cut a code point. Requires valid
/// UTF-8.
std::string_view truncate_utf8(std::string_view text, std::size_t bytes_max);

/// Decodes the code point at `*offset` and moves `*offset` behind it. An invalid byte yields U+FFFD
/// and moves by one. Requires *offset < text.size().
char32_t decode_utf8(std::string_view text, std::size_t* offset);

/// Han characters: the unified ideographs with their extensions and compatibility forms.
bool is_han(char32_t c);

}  // namespace kumquat
