// Makes write sets as the service makes them: whole, with every row that belongs to a change.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "store/rows.h"

namespace kumquat::store {

/// Remembers what it has written, as the batch's in-memory state would.
class StoreWorld {
  public:
    /// Adds to `writes` an account named `id`.
    UserRow add_user(WriteSet& writes, std::string_view id);
    /// Both friend rows.
    void befriend(WriteSet& writes, const UserRow& a, const UserRow& b);
    /// A conversation without messages, with its pair and members.
    ConversationKey open_direct(WriteSet& writes, const UserRow& a, const UserRow& b);
    /// A message with its feed entries, and the rows that move with it. `from` must be a member.
    MessageRow send(WriteSet& writes, ConversationKey conversation, const UserRow& from,
                    std::string_view content, std::string_view custom = "");
    /// A feed entry of `user`, with the head.
    FeedRow feed(WriteSet& writes, const UserRow& user, FeedRow entry);

    const std::map<UserKey, FeedHeadRow>& heads() const { return heads_; }
    const ConversationRow& conversation(ConversationKey key) const {
        return conversations_.at(key);
    }
    const MemberRow& member(ConversationKey key, const UserRow& user) const {
        return members_.at({key, user.key});
    }
    const KeyCounters& counters() const { return counters_; }

  private:
    KeyCounters counters_;
    std::int64_t next_client_counter_ = 1;
    std::map<ConversationKey, ConversationRow> conversations_;
    std::map<ConversationKey, UserPair> pairs_;
    std::map<std::pair<ConversationKey, UserKey>, MemberRow> members_;
    std::map<UserKey, FeedHeadRow> heads_;
};

/// A friend request with every field set.
FriendRequestRow make_request(const UserRow& requester, const UserRow& target);

/// A session of `user` whose token is `byte` throughout.
SessionRow make_session(const UserRow& user, std::uint8_t byte);

/// UserId::parse() of what must be one.
UserId user_id(std::string_view text);

}  // namespace kumquat::store
