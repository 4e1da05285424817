// Which texts are emoji and nothing else: those are drawn large.
#pragma once

#include <string_view>

namespace kumquat::client {

/// 1 to 3 if the text is that many emoji and nothing else, otherwise 0. Sequences (skin tones,
/// joined families, flags, keycaps) count as one (UTS #51, section 1.4.9).
int count_emoji_only(std::string_view text);

}  // namespace kumquat::client
