// What makes a text sendable, for the composer and the outbox alike.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/error_code.h"

namespace kumquat::client {

/// Nothing but blanks and line ends, of any script; invalid UTF-8 is not blank.
bool is_blank_text(std::string_view text);

/// Why a text cannot be sent: kEmptyMessage (nothing but blanks and line ends), kTextTooLong (text
/// and custom data together are above `bytes_max`), kBadUtf8; absent: it can.
std::optional<ErrorCode> refusal_of_text(std::string_view text, std::string_view custom,
                                         std::int64_t bytes_max);

}  // namespace kumquat::client
