// What survives a reload: the shapes that the app keeps in browser storage for the client.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/ids.h"
#include "client/core/picture.h"
#include "proto/messages.h"

namespace kumquat::client {

/// A session of this tab. Kept per tab (sessionStorage), so that two tabs are two people.
struct StoredSession {
    std::string token;
    /// Whose it is, with the nick as last known: the panes are drawn before the service has
    /// answered.
    proto::Profile me;
    /// The person asked that new tabs may use it too.
    bool stay_signed_in = false;
};

/// A message that the service has not acknowledged yet. Its ID never changes: sending it twice
/// makes one message.
struct OutboxEntry {
    ConversationId conversation;
    ClientMessageId client_id;
    proto::Body body;
    /// The picture of this device that a picture message shows. Until its upload is done the body's
    /// image has its sizes, and no IDs.
    std::optional<LocalPicture> picture;
    TimeMs created;
    /// The last message of the conversation when this was written: where a failed message keeps its
    /// place.
    Seq after;
    /// Refused for good; waits for the person. Absent: to be sent.
    std::optional<ErrorCode> failed;
    /// What it answers.
    std::optional<proto::Quote> quote;
    /// What it is a copy of.
    std::optional<proto::MessageRef> forward_of;
};

struct StoredDraft {
    ConversationId conversation;
    std::string text;
};

/// The answer to a LoadStored effect.
struct StoredData {
    UserId user;
    /// LoadStored::number.
    std::int64_t number = 0;
    /// false: storage cannot be read. Nothing is concluded from what is missing.
    bool available = true;
    /// In any order.
    std::vector<OutboxEntry> outbox;
    std::vector<StoredDraft> drafts;
    /// Records that cannot be read here, of another version or damaged. They stay in storage as
    /// they are.
    std::int64_t unreadable = 0;
};

}  // namespace kumquat::client
