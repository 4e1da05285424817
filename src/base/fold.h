// Texts without regard to the case of their letters.
#pragma once

#include <string>
#include <string_view>

namespace kumquat {

/// Texts that differ in their letters' case alone become the same. Each character is folded by
/// itself.
std::string fold_case(std::string_view text);

}  // namespace kumquat
