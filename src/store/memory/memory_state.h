// All rows of a store in ordinary containers: what is durable, as a value. Copy it to take a
// snapshot, keep it to survive a "crash" of the store that worked on it.
#pragma once

#include <cstddef>
#include <map>
#include <set>
#include <tuple>
#include <utility>
#include <variant>

#include "store/row_reader.h"

namespace kumquat::store {

/// Conversation, seq and MessageRow::edits.
using RevisionKey = std::tuple<ConversationKey, Seq, std::int64_t>;

/// Where a walk over all rows stands: behind this row of this table.
struct RowPlace {
    /// Counts up; the walk's own.
    int table = 0;
    std::variant<std::monostate, UserKey, TokenHash, std::pair<UserKey, UserKey>, BlockRow,
                 UserPair, ConversationKey, std::pair<ConversationKey, UserKey>,
                 std::pair<ConversationKey, Seq>, RevisionKey, HiddenRow, BlobId,
                 std::pair<UserKey, FeedNumber>>
        after;
    /// Every row has been given.
    bool at_end = false;
};

/// Not thread-safe.
class MemoryState final : public RowReader {
  public:
    /// All of `writes`, or nothing. Errors: kStorageFailed for rows that contradict a key, as
    /// store.h says of commit().
    Status apply(const WriteSet& writes);
    /// Whether apply() would refuse it. Errors: as apply().
    Status check(const WriteSet& writes) const;
    /// Applies without a check what may stand here already: rows of a snapshot that was taken while
    /// they changed, and the commits that changed them.
    void apply_again(const WriteSet& writes);
    /// `writes` with its sweep replaced by the sessions that it would sweep now.
    WriteSet without_sweep(WriteSet writes) const;

    bool has_blob(const BlobId& id) const { return blobs_.count(id) != 0; }
    /// No account has ever been made.
    bool empty() const { return users_.empty() && counters_.next_user == UserKey(1); }
    /// The rows behind `place`, about `bytes_max` bytes of them and one at least, and moves `place`
    /// behind them. A walk from the beginning to `at_end` gives every row that is there throughout;
    /// commits may come between its steps.
    WriteSet rows_after(RowPlace& place, std::size_t bytes_max) const;

    Status status() const override { return {}; }
    KeyCounters counters() override { return counters_; }
    std::optional<SessionRow> session(const TokenHash& token) override;
    std::optional<UserRow> user(UserKey key) override;
    std::optional<UserRow> user(const UserId& id) override;
    std::optional<FriendRow> friend_row(UserKey user, UserKey peer) override;
    std::int64_t friend_count(UserKey user) override;
    std::optional<FriendRequestRow> friend_request(UserKey requester, UserKey target) override;
    std::int64_t request_count(UserKey target) override;
    bool blocks(UserKey user, UserKey peer) override;
    std::int64_t block_count(UserKey user) override;
    std::optional<ConversationKey> direct(UserPair pair) override;
    std::optional<ConversationRow> conversation(ConversationKey key) override;
    std::optional<MemberRow> member(ConversationKey conversation, UserKey user) override;
    std::optional<MessageRow> message(ConversationKey conversation, Seq seq) override;
    std::optional<MessageRow> sent(UserKey sender, ClientMessageId id) override;
    bool hides(ConversationKey conversation, UserKey user, Seq seq) override;
    std::int64_t count_received(ConversationKey conversation, UserKey user, Seq first,
                                Seq last) override;
    std::optional<BlobRow> blob(const BlobId& id) override;
    std::optional<FeedHeadRow> head(UserKey user) override;
    void members(ConversationKey conversation, const Visit<MemberRow>& visit) override;
    void memberships(UserKey user, ConversationKey after, const Visit<MemberRow>& visit) override;
    void friends(UserKey user, UserKey after, const Visit<FriendRow>& visit) override;
    void befriended_by(UserKey user, const Visit<UserKey>& visit) override;
    void requests_to(UserKey target, UserKey after, const Visit<FriendRequestRow>& visit) override;
    void requests_from(UserKey requester, UserKey after,
                       const Visit<FriendRequestRow>& visit) override;
    void blocked(UserKey user, UserKey after, const Visit<UserKey>& visit) override;
    void blocked_by(UserKey user, const Visit<UserKey>& visit) override;
    void peers(UserKey user, const Visit<UserKey>& visit) override;
    void sessions(UserKey user, const Visit<SessionRow>& visit) override;
    void messages_before(ConversationKey conversation, Seq seq,
                         const Visit<MessageRow>& visit) override;
    void messages_from(ConversationKey conversation, Seq seq,
                       const Visit<MessageRow>& visit) override;
    void hidden_before(ConversationKey conversation, UserKey user, Seq seq,
                       const Visit<Seq>& visit) override;
    void orphans(TimeMs before, const Visit<BlobRow>& visit) override;
    void feed(UserKey user, FeedNumber after, const Visit<FeedRow>& visit) override;

  private:
    Status check_users(const WriteSet& writes) const;
    Status check_direct(const WriteSet& writes) const;
    Status check_messages(const WriteSet& writes) const;
    Status check_changed_messages(const WriteSet& writes) const;
    Status check_feed(const WriteSet& writes) const;
    void apply_users(const WriteSet& writes);
    void apply_people(const WriteSet& writes);
    void apply_sessions(const WriteSet& writes);
    void end_session(const TokenHash& token);
    void apply_conversations(const WriteSet& writes);
    void apply_changes(const WriteSet& writes);
    void apply_blobs(const WriteSet& writes);
    void apply_feed(const WriteSet& writes);

    KeyCounters counters_;
    std::map<UserKey, UserRow> users_;
    std::map<UserId, UserKey> user_keys_;
    std::map<TokenHash, SessionRow> sessions_;
    std::set<std::pair<TimeMs, TokenHash>> expiries_;
    std::map<std::pair<UserKey, UserKey>, FriendRow> friends_;
    /// (peer, user) for each row (user, peer) of `friends_`.
    std::set<std::pair<UserKey, UserKey>> befriended_;
    std::map<UserKey, std::int64_t> friend_counts_;
    /// By target and requester.
    std::map<std::pair<UserKey, UserKey>, FriendRequestRow> requests_;
    /// (requester, target) for each row of `requests_`.
    std::set<std::pair<UserKey, UserKey>> requested_;
    std::set<BlockRow> blocks_;
    /// (peer, user) for each row (user, peer) of `blocks_`.
    std::set<std::pair<UserKey, UserKey>> blocked_by_;
    std::map<UserPair, ConversationKey> direct_;
    std::map<ConversationKey, ConversationRow> conversations_;
    std::map<std::pair<ConversationKey, UserKey>, MemberRow> members_;
    std::set<std::pair<UserKey, ConversationKey>> memberships_;
    std::map<std::pair<ConversationKey, Seq>, MessageRow> messages_;
    std::map<std::pair<UserKey, ClientMessageId>, std::pair<ConversationKey, Seq>> sent_;
    std::map<RevisionKey, RevisionRow> revisions_;
    std::set<HiddenRow> hidden_;
    std::map<BlobId, BlobRow> blobs_;
    /// Since when, and which: rows of `blobs_` that nothing names.
    std::set<std::pair<TimeMs, BlobId>> unnamed_;
    std::map<std::pair<UserKey, FeedNumber>, FeedRow> feed_;
    std::map<UserKey, FeedHeadRow> heads_;
};

}  // namespace kumquat::store
