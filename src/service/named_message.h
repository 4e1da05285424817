// The message that a request of its sender's names, and how both people come to see what has become
// of it.
#pragma once

#include <optional>
#include <vector>

#include "base/result.h"
#include "service/handlers.h"
#include "store/store.h"

namespace kumquat::service {

struct NamedMessage {
    store::UserRow peer;
    store::MessageRow row;
};

/// The rows that find_message() looks at, in the conversation with `peer`.
void add_message_keys(const Work& work, const UserId& peer, Seq seq, store::ReadKeys& keys);
/// The message `seq` in the sender's conversation with `work.target`, as long as the sender has not
/// deleted it. Errors: kUnknownConversation, kUnknownMessage.
Result<NamedMessage> find_message(const Run& run, Seq seq);
/// find_message() of what is not recalled.
Result<NamedMessage> find_whole_message(const Run& run, Seq seq);
/// A message of the sender's own; recalled is well. Errors: also kNotOwnMessage.
Result<NamedMessage> find_own_message(const Run& run, Seq seq);

/// Whether the member can see the message at all: it is not deleted.
bool can_see(const Overlay& rows, const store::MessageRow& row, UserKey viewer);
/// The message as the viewer sees it. Requires can_see().
store::StoredMessage seen_message(const Overlay& rows, const store::MessageRow& row,
                                  UserKey viewer);
std::vector<store::StoredQuote> seen_pins(const Overlay& rows, ConversationKey conversation,
                                          UserKey viewer);

/// The message is not as it was: both people are told who can see it. The sender's reply has it as
/// the sender sees it.
proto::Message change_message(Run& run, const store::UserRow& peer, const store::MessageRow& row);
/// Other messages are pinned: both people are told.
void change_pins(Run& run, const store::UserRow& peer, const store::ConversationRow& row);
/// The message is not unread any more for `reader`, if it was.
void uncount(Run& run, const store::MessageRow& row, UserKey reader);

/// Between people of whom neither has blocked the other. Errors: kPeerIsBlocked, kRefusedByPeer.
Status check_not_blocked(const Run& run, UserKey peer);

}  // namespace kumquat::service
