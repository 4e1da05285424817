// What a person looks for in the messages.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "base/ids.h"

namespace kumquat::client {

/// Where is looked. A search in a chat and one over all of them go on side by side.
enum class SearchScope : std::uint8_t { kAllChats, kOneChat };
inline constexpr std::size_t kSearchScopes = 2;

/// A message is a hit if all that is given holds.
struct SearchQuery {
    /// Absent: all conversations.
    std::optional<ConversationId> conversation;
    /// Any part of a text, of one character or more, letters' case aside. Empty: any message.
    std::string text;
    /// Sent by this person; absent: by anybody.
    std::optional<UserId> from;
    bool pictures = false;
    /// Sent at this time or later, and before that; 0: no bound.
    TimeMs since{};
    TimeMs until{};

    SearchScope scope() const {
        return conversation ? SearchScope::kOneChat : SearchScope::kAllChats;
    }
    friend bool operator==(const SearchQuery&, const SearchQuery&) = default;
};

}  // namespace kumquat::client
