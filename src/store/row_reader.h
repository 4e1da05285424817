// One consistent state of a store, row by row: what a store has to offer so that queries.h can
// answer every read.
//
// Implementations report a failure once, through status(), and answer "nothing there" from then on.
// So the queries stay readable, and whoever runs one has a single place to check.
#pragma once

#include <functional>
#include <optional>

#include "base/result.h"
#include "store/rows.h"

namespace kumquat::store {

class RowReader {
  public:
    /// Told one row; false ends the walk.
    template <typename Row>
    using Visit = std::function<bool(const Row&)>;

    virtual ~RowReader() = default;

    /// The first failure since the state was opened. What was answered after it means nothing.
    virtual Status status() const = 0;

    virtual KeyCounters counters() = 0;
    virtual std::optional<SessionRow> session(const TokenHash& token) = 0;
    virtual std::optional<UserRow> user(UserKey key) = 0;
    virtual std::optional<UserRow> user(const UserId& id) = 0;
    virtual std::optional<FriendRow> friend_row(UserKey user, UserKey peer) = 0;
    virtual std::int64_t friend_count(UserKey user) = 0;
    virtual std::optional<FriendRequestRow> friend_request(UserKey requester, UserKey target) = 0;
    /// How many wait for the target's answer.
    virtual std::int64_t request_count(UserKey target) = 0;
    virtual bool blocks(UserKey user, UserKey peer) = 0;
    virtual std::int64_t block_count(UserKey user) = 0;
    virtual std::optional<ConversationKey> direct(UserPair pair) = 0;
    virtual std::optional<ConversationRow> conversation(ConversationKey key) = 0;
    virtual std::optional<MemberRow> member(ConversationKey conversation, UserKey user) = 0;
    virtual std::optional<MessageRow> message(ConversationKey conversation, Seq seq) = 0;
    virtual std::optional<MessageRow> sent(UserKey sender, ClientMessageId id) = 0;
    /// `user` has deleted the message for oneself.
    virtual bool hides(ConversationKey conversation, UserKey user, Seq seq) = 0;
    /// Messages from `first` to `last`, both included, that `user` did not send, and that are
    /// neither recalled nor deleted by `user`.
    virtual std::int64_t count_received(ConversationKey conversation, UserKey user, Seq first,
                                        Seq last) = 0;
    virtual std::optional<BlobRow> blob(const BlobId& id) = 0;
    /// Empty if no entry was ever written.
    virtual std::optional<FeedHeadRow> head(UserKey user) = 0;

    /// Members of a conversation, by user.
    virtual void members(ConversationKey conversation, const Visit<MemberRow>& visit) = 0;
    /// Memberships of a user in conversations above `after`, by conversation.
    virtual void memberships(UserKey user, ConversationKey after,
                             const Visit<MemberRow>& visit) = 0;
    /// Friends of a user above `after`, by friend.
    virtual void friends(UserKey user, UserKey after, const Visit<FriendRow>& visit) = 0;
    /// Who has `user` as a friend.
    virtual void befriended_by(UserKey user, const Visit<UserKey>& visit) = 0;
    /// Friend requests that wait for a user's answer, by requester above `after`.
    virtual void requests_to(UserKey target, UserKey after,
                             const Visit<FriendRequestRow>& visit) = 0;
    /// Friend requests that a user has made, by target above `after`.
    virtual void requests_from(UserKey requester, UserKey after,
                               const Visit<FriendRequestRow>& visit) = 0;
    /// Whom a user has blocked, above `after`.
    virtual void blocked(UserKey user, UserKey after, const Visit<UserKey>& visit) = 0;
    /// Who has blocked `user`.
    virtual void blocked_by(UserKey user, const Visit<UserKey>& visit) = 0;
    /// The other members of a user's conversations, newest conversation first.
    virtual void peers(UserKey user, const Visit<UserKey>& visit) = 0;
    /// A user's sessions, by token.
    virtual void sessions(UserKey user, const Visit<SessionRow>& visit) = 0;
    /// Messages below `seq`, newest first.
    virtual void messages_before(ConversationKey conversation, Seq seq,
                                 const Visit<MessageRow>& visit) = 0;
    /// Messages from `seq` on, oldest first.
    virtual void messages_from(ConversationKey conversation, Seq seq,
                               const Visit<MessageRow>& visit) = 0;
    /// What a user has deleted below `seq`, newest first.
    virtual void hidden_before(ConversationKey conversation, UserKey user, Seq seq,
                               const Visit<Seq>& visit) = 0;
    /// Blobs that nothing has named since some time before `before`, longest first.
    virtual void orphans(TimeMs before, const Visit<BlobRow>& visit) = 0;
    /// Feed entries above `after`, oldest first.
    virtual void feed(UserKey user, FeedNumber after, const Visit<FeedRow>& visit) = 0;
};

}  // namespace kumquat::store
