// What a person looks for in the messages.
#pragma once

#include <optional>
#include <string>

#include "base/ids.h"

namespace kumquat::client {

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

    friend bool operator==(const SearchQuery&, const SearchQuery&) = default;
};

}  // namespace kumquat::client
