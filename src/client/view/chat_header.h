// The line above a chat: who it is, and what is known about them right now.
#pragma once

#include <cstdint>
#include <string>

#include "client/core/model.h"

namespace kumquat::client {

enum class PeerStatus {
    kUnknown,  ///< not connected, or not a friend: say nothing
    kOnline,
    kOffline,
    kTyping,
};

struct ChatHeader {
    ConversationId conversation;
    std::string name;
    std::string initials;
    std::uint32_t color = 0;
    PeerStatus status = PeerStatus::kUnknown;
    /// false: the "not a friend yet" banner stands below.
    bool is_friend = true;
};

ChatHeader build_chat_header(const Model& model, const ConversationId& conversation);

}  // namespace kumquat::client
