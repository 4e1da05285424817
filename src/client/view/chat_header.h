// The line above a chat: who it is, and what is known about them right now.
#pragma once

#include <cstdint>
#include <string>

#include "client/core/model.h"

namespace kumquat::client {

enum class PeerStatus {
    kUnknown,  ///< not connected, not a friend or blocked: say nothing
    kOnline,
    kOffline,
    kTyping,
};

struct ChatHeader {
    ConversationId conversation;
    std::string name;
    std::string initials;
    std::uint32_t color = 0;
    /// Empty: initials and colour stand for the person.
    BlobId avatar;
    PeerStatus status = PeerStatus::kUnknown;
    /// false: the "not a friend yet" banner stands below.
    bool is_friend = true;
    /// By this person; the other way round nobody is told.
    bool blocked = false;
    bool pinned = false;
    bool muted = false;
};

ChatHeader build_chat_header(const Model& model, const ConversationId& conversation);

}  // namespace kumquat::client
