// The rows of a batch as its requests see them: what was loaded, and over it what earlier requests
// of the batch have changed.
//
// It remembers which rows have changed, and in the end gives each of them once as a write set. It
// knows rows, not rules.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "store/rows.h"

namespace kumquat::service {

class Overlay {
  public:
    explicit Overlay(store::ReadRows loaded) : rows_(std::move(loaded)) {}

    // Looking: null (or zero) for what is not there. Pointers hold until the next change.
    const store::UserRow* user(UserKey key) const;
    const store::UserRow* user(const UserId& id) const;
    const store::SessionRow* session(const store::TokenHash& token) const;
    bool session_ended(const store::TokenHash& token) const { return ended_.count(token) != 0; }
    const store::FriendRow* friendship(UserKey user, UserKey peer) const;
    std::int64_t friend_count(UserKey user) const;
    /// Whether a friend of `user` may move from one group to another (empty: none) without making
    /// one group too many. Requires that the user's groups were asked for.
    bool group_fits(UserKey user, const std::string& from, const std::string& to) const;
    const store::FriendRequestRow* friend_request(UserKey requester, UserKey target) const;
    /// How many friend requests wait for the target's answer.
    std::int64_t request_count(UserKey target) const;
    /// All of them. Requires that they were asked for.
    std::vector<store::FriendRequestRow> requests_to(UserKey target) const;
    bool blocks(UserKey user, UserKey peer) const;
    std::int64_t block_count(UserKey user) const;
    /// Who is told of the user's new profile. Requires that it was asked for.
    const std::vector<UserKey>& audience(UserKey user) const;
    const store::ConversationRow* direct(UserKey a, UserKey b) const;
    /// Requires that the conversation exists, like member().
    const store::ConversationRow& conversation(ConversationKey key) const;
    /// Requires that the conversation exists and `user` is in it.
    const store::MemberRow& member(ConversationKey conversation, UserKey user) const;
    const store::MessageRow* sent(UserKey sender, ClientMessageId id) const;
    /// Requires that the message was asked for, or is of this batch.
    const store::MessageRow* message(ConversationKey conversation, Seq seq) const;
    /// Whether `user` has deleted the message for oneself. Requires the same.
    bool hides(ConversationKey conversation, UserKey user, Seq seq) const;
    const store::BlobRow* blob(const BlobId& id) const;
    /// Messages above `mark.seq` in `conversation` that `mark.user` has not sent, but for those
    /// that are recalled, or deleted by `mark.user`. Requires that the mark was asked for.
    std::int64_t unread_above(const store::MessagePlace& mark, ConversationKey conversation) const;

    // Changing.
    UserKey new_user_key();
    void put(store::UserRow row);
    void put(store::SessionRow row);
    void end_session(const store::TokenHash& token);
    /// Sessions that have expired by `now` are deleted, `count` more of them: rows that no request
    /// has loaded.
    void sweep_sessions(TimeMs now, std::int64_t count);
    void put(store::FriendRow row);
    void end_friendship(UserKey user, UserKey peer);
    void put(store::FriendRequestRow row);
    void end_request(UserKey requester, UserKey target);
    void put(store::BlockRow row);
    void end_block(store::BlockRow row);
    /// A new one-to-one conversation, empty, with its two members.
    ConversationKey create_direct(UserKey a, UserKey b);
    void put(store::ConversationRow row);
    void put(store::MemberRow row);
    void add(store::MessageRow row);
    /// A message that is there has changed.
    void change(store::MessageRow row);
    void put(store::RevisionRow row);
    /// Of a message that is there.
    void end_revisions(ConversationKey conversation, Seq seq);
    void put(store::HiddenRow row);
    void put(store::BlobRow row);
    void end_blob(const BlobId& id);
    /// Gives the entry the next number of its user's feed, and trims the feed where it has grown
    /// too long.
    FeedNumber append(store::FeedRow row);

    /// Everything changed, each row once. The overlay is spent.
    store::WriteSet take_writes();

  private:
    void add_audience(UserKey user, UserKey reader);
    void count_group(UserKey user, const std::string& group, std::int64_t step);

    store::ReadRows rows_;
    bool counters_changed_ = false;
    std::set<UserKey> users_;
    std::set<store::TokenHash> sessions_;
    std::set<store::TokenHash> ended_;
    std::optional<store::SessionSweep> sweep_;
    // Written or deleted, as the loaded rows now have them or not.
    std::set<std::pair<UserKey, UserKey>> friends_;
    std::set<std::pair<UserKey, UserKey>> requests_;
    std::set<store::BlockRow> blocks_;
    std::vector<std::pair<store::UserPair, ConversationKey>> direct_;
    std::set<ConversationKey> conversations_;
    std::set<std::pair<ConversationKey, UserKey>> members_;
    using MessageKey = std::pair<ConversationKey, Seq>;
    bool counts(const store::MessageRow& row, bool hidden, UserKey reader) const {
        return row.sender != reader && !row.recalled && !hidden;
    }
    std::map<MessageKey, store::MessageRow> messages_;  ///< new ones
    std::map<MessageKey, store::MessageRow> changed_messages_;
    std::vector<store::RevisionRow> revisions_;
    std::set<MessageKey> ended_revisions_;
    std::set<store::HiddenRow> hidden_;
    std::set<BlobId> blobs_;  ///< written or deleted
    std::vector<store::FeedRow> feed_;
    std::set<UserKey> heads_;
};

}  // namespace kumquat::service
