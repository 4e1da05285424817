// Rows in the words of the protocol, as one reader sees them.
#pragma once

#include "base/ids.h"
#include "proto/messages.h"
#include "store/store.h"

namespace kumquat::service {

proto::Profile to_proto(const store::UserRow& user);
/// `viewer`: only the sender sees the client message ID.
proto::Message to_proto(const store::StoredMessage& message, UserKey viewer);
proto::Friend to_proto(const store::StoredFriend& friendship);
proto::Conversation to_proto(const store::StoredConversation& conversation);

}  // namespace kumquat::service
