// How one of a person's sessions is named on the wire: by the hash of its token, which opens
// nothing.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "store/rows.h"

namespace kumquat::service {

/// 64 lower-case hexadecimal digits.
std::string session_name(const store::TokenHash& token);
/// Errors: kUnknownSession.
Result<store::TokenHash> parse_session_name(std::string_view text);

}  // namespace kumquat::service
