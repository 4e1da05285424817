// Rows in the words of the protocol, as one reader sees them.
#pragma once

#include <vector>

#include "base/ids.h"
#include "proto/messages.h"
#include "store/store.h"

namespace kumquat::service {

proto::Profile to_proto(const store::UserRow& user);
/// As the person alone sees it.
proto::Account account_to_proto(const store::UserRow& user);
proto::AllowType to_proto(store::AllowKind allow);
store::AllowKind to_row(proto::AllowType allow);
/// `viewer`: only the sender sees the client message ID.
proto::Message to_proto(const store::StoredMessage& message, UserKey viewer);
proto::Quote to_proto(const store::StoredQuote& quote);
std::vector<proto::Quote> to_proto(const std::vector<store::StoredQuote>& quotes);
proto::Friend to_proto(const store::StoredFriend& friendship);
/// `viewer`: the requester or the target.
proto::FriendRequest to_proto(const store::StoredFriendRequest& request, UserKey viewer);
proto::ConversationState to_proto(const store::MemberRow& member);
proto::Conversation to_proto(const store::StoredConversation& conversation);

}  // namespace kumquat::service
