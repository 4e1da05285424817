// Case folding, for finding text whatever the case of its letters.
#pragma once

#include <string>
#include <string_view>

namespace kumquat {

/// The text with each letter that has cases in one and the same of them, code point by code point:
/// also σ and ς, which are one letter. Depends on no locale. Requires valid UTF-8; what is none
/// becomes U+FFFD.
std::string fold_case(std::string_view utf8);

}  // namespace kumquat
