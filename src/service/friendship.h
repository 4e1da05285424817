// What the handlers of friends, friend requests and blocks share: entries for the feeds, made from
// the rows as they are now, so that an entry read back later is the same.
#pragma once

#include <string_view>

#include "service/handlers.h"

namespace kumquat::service {

/// Notes the person that a request names in the work; `unknown` if there can be nobody of that ID.
Status check_person(std::string_view user_id, Work& work, ErrorCode unknown);

/// The entry for `user`: `peer` is a friend now, or no more.
void announce_friend(Run& run, UserKey user, const store::UserRow& peer);
/// The entry for `user`: the friend request between `user` and `peer`, who has made it if
/// `incoming`, is new, has changed or is over.
void announce_request(Run& run, UserKey user, const store::UserRow& peer, bool incoming);

/// Puts `row`, made now, and announces it to its user.
void make_friend(Run& run, store::FriendRow row, const store::UserRow& peer);
/// The requester's side of what was asked for. The group is left out if the requester has made too
/// many since: the other person cannot do anything about that.
store::FriendRow requested_friend(const Run& run, const store::FriendRequestRow& request);
/// Deletes the friend request, if there is one, and tells both people.
void end_request(Run& run, const store::UserRow& requester, const store::UserRow& target);

/// Friend rows or a block between the sender and `peer` have changed: presence must know.
void note_tie(Run& run, const store::UserRow& peer);

}  // namespace kumquat::service
