// What a store keeps, row by row, and the two shapes in which a batch moves them: the rows it reads
// and the set it writes.
//
// Rows speak of accounts and conversations by key; user IDs and conversation strings are what
// people and frames use. A conversation is an integer with a kind and member rows; a one-to-one
// conversation has two members.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "base/ids.h"

namespace kumquat::store {

/// SHA-256 of a session token. The token itself is never stored.
using TokenHash = std::array<std::uint8_t, 32>;

/// Who may make friends with somebody. persisted, never reorder
enum class AllowKind : std::int32_t { kAny = 0, kConfirm = 1, kDeny = 2 };

struct UserRow {
    UserKey key;
    UserId id;
    std::string nick;
    /// Empty: none.
    BlobId avatar;
    AllowKind allow = AllowKind::kAny;
    /// Messages of people whom the user does not have as friends are refused.
    bool friends_only = false;
    /// The account has once been entered with a credential; it is never entered without one again.
    bool has_credential = false;
    TimeMs created;
};

struct SessionRow {
    TokenHash token;
    UserKey user;
    DeviceId device;
    std::string device_name;
    TimeMs created;
    TimeMs expires;
    TimeMs last_seen;
};

/// `user` has `peer` as a friend. A two-way friendship is two rows.
struct FriendRow {
    UserKey user;
    UserKey peer;
    std::string remark;
    std::string group;
    std::string source;
    /// The greeting with which the friendship was asked for; the same in both rows.
    std::string wording;
    TimeMs added;
};

/// `requester` waits for the answer of `target`.
struct FriendRequestRow {
    UserKey requester;
    UserKey target;
    std::string wording;
    std::string source;
    /// The requester's own, for when it is accepted.
    std::string remark;
    std::string group;
    /// The target shall not get the requester as a friend.
    bool one_way = false;
    TimeMs time;
    /// The target has looked at it.
    bool read = false;
};

/// `user` has blocked `peer`.
struct BlockRow {
    UserKey user;
    UserKey peer;

    friend constexpr auto operator<=>(const BlockRow&, const BlockRow&) = default;
};

/// An uploaded picture. Its bytes lie in a BlobStore (blob_store.h).
struct BlobRow {
    BlobId id;
    UserKey owner;
    /// As proto::Image::format.
    std::int64_t format = 0;
    std::int64_t width = 0;
    std::int64_t height = 0;
    std::int64_t bytes = 0;
    TimeMs created;
    /// Messages and profiles that name it. At 0 for a day: an orphan.
    std::int64_t references = 0;
    /// Since when nothing names it: the upload, or the end of the last name. Means nothing while
    /// something does.
    TimeMs released;
};

/// persisted, never reorder
enum class ConversationKind : std::int32_t { kDirect = 1 };

struct ConversationRow {
    ConversationKey key;
    ConversationKind kind = ConversationKind::kDirect;
    /// Of the last message; 0 before the first.
    Seq last_seq;
    TimeMs last_time;
    /// Pinned messages, the last pinned first; at most limits::kPins.
    std::vector<Seq> pins;
};

struct MemberRow {
    ConversationKey conversation;
    UserKey user;
    /// Everything up to here is read.
    Seq read;
    std::int64_t unread = 0;
    /// Messages below this one are not shown to the member.
    Seq first_visible = Seq(1);
    bool pinned = false;
    bool muted = false;
    /// Some device of the member has a draft.
    bool has_draft = false;
};

/// An emoji that somebody has put under a message.
struct ReactionPart {
    std::string emoji;
    UserKey user;

    friend bool operator==(const ReactionPart&, const ReactionPart&) = default;
};

struct MessageRow {
    ConversationKey conversation;
    Seq seq;
    UserKey sender;
    TimeMs time;
    /// Unique per sender.
    ClientMessageId client_id;
    std::string type;
    /// Empty, like `custom`, once it is recalled.
    std::string content;
    std::string custom;
    /// The message of the same conversation that it answers; 0: none.
    Seq reply_to;
    bool forwarded = false;
    bool recalled = false;
    /// How often it was edited, and when the last time.
    std::int64_t edits = 0;
    TimeMs edited;
    /// In the order in which they came; an emoji once for each person.
    std::vector<ReactionPart> reactions;
};

/// What a message was before an edit. Kept, and shown to nobody; a recall deletes it.
struct RevisionRow {
    ConversationKey conversation;
    Seq seq;
    /// MessageRow::edits at that time.
    std::int64_t edits = 0;
    std::string content;
    std::string custom;
};

/// `user` has deleted the message for oneself.
struct HiddenRow {
    ConversationKey conversation;
    UserKey user;
    Seq seq;

    friend constexpr auto operator<=>(const HiddenRow&, const HiddenRow&) = default;
};

/// The newest and the oldest entry of a user's feed. `last` 0: no entry was ever written.
struct FeedHeadRow {
    UserKey user;
    FeedNumber last;
    /// Entries up to and including this one have been trimmed away.
    FeedNumber trimmed;
};

/// persisted, never reorder
enum class FeedKind : std::int32_t {
    kMessage = 1,  ///< conversation, seq
    kRead = 2,     ///< conversation, seq, entity = whose mark, value = unread after it (the feed
                   ///< owner's own mark only)
    kFriend = 3,   ///< entity = the friend
    kFriendRequest = 4,    ///< entity = the other person, value = 1 if that person asks, 0 if asked
    kBlock = 5,            ///< entity = who was blocked or unblocked
    kProfile = 6,          ///< entity = whose profile has changed
    kAccount = 7,          ///< the owner's own account
    kConversation = 8,     ///< conversation: what the owner has settled about it
    kMessageChanged = 9,   ///< conversation, seq, value = unread after it
    kMessageDeleted = 10,  ///< conversation, seq, value = unread after it: the owner has deleted it
    kPins = 11,            ///< conversation: other messages are pinned
};

/// A small reference to what changed; what it refers to is looked up when the entry is read.
struct FeedRow {
    UserKey user;
    FeedNumber number;
    FeedKind kind = FeedKind::kMessage;
    ConversationKey conversation;
    Seq seq;
    UserKey entity;
    std::int64_t value = 0;
};

/// The next keys to give. Monotone for ever, also when rows are deleted.
struct KeyCounters {
    UserKey next_user = UserKey(1);
    ConversationKey next_conversation = ConversationKey(1);
};

/// A pair of accounts, smaller key first: what a one-to-one conversation belongs to.
struct UserPair {
    UserKey low;
    UserKey high;

    static UserPair of(UserKey a, UserKey b) { return a < b ? UserPair{a, b} : UserPair{b, a}; }
    friend constexpr auto operator<=>(const UserPair&, const UserPair&) = default;
};

/// A place in the one-to-one conversation of an account and somebody.
struct MessagePlace {
    UserKey user;
    UserId peer;
    Seq seq;

    friend bool operator<(const MessagePlace& a, const MessagePlace& b) {
        return std::tie(a.user, a.peer, a.seq) < std::tie(b.user, b.peer, b.seq);
    }
};

/// What the requests of a batch need to see. Sets, so that a store reads them sorted, which is also
/// its lock order.
struct ReadKeys {
    /// Sessions by token, with their users.
    std::set<TokenHash> sessions;
    /// Users by ID, with their feed heads.
    std::set<UserId> users;
    /// Everything between an account and somebody: the other user, both friend rows, both friend
    /// counts, who has blocked whom, the one-to-one conversation with both member rows, both feed
    /// heads.
    std::set<std::pair<UserKey, UserId>> relations;
    /// Friend requests between an account and somebody, whoever asked, and how many wait for the
    /// answer of each of the two. Requires the same in `relations`.
    std::set<std::pair<UserKey, UserId>> friend_requests;
    /// Every friend request that waits for the account's answer, with who asked.
    std::set<UserKey> requests_to;
    /// The groups of a user's friends.
    std::set<UserId> friend_groups;
    /// How many people an account has blocked.
    std::set<UserKey> block_counts;
    /// Who is told of an account's new profile, with their feed heads: those who have the account
    /// as a friend, then the other members of its conversations, newest conversation first; at most
    /// limits::kProfileAudience.
    std::set<UserKey> audiences;
    /// Messages by sender and client ID: has this one been sent before?
    std::set<std::pair<UserKey, ClientMessageId>> client_ids;
    /// Marks about to move: how many messages of the other person lie above the mark in the
    /// one-to-one conversation?
    std::set<MessagePlace> marks;
    /// Messages, with their conversations, what they answer, and which of both members have deleted
    /// them.
    std::set<MessagePlace> messages;
    /// The pinned messages of the one-to-one conversation of an account and somebody, as
    /// `messages`.
    std::set<std::pair<UserKey, UserId>> pins;
    /// Uploaded pictures.
    std::set<BlobId> blobs;
    /// The pictures that users have as their own.
    std::set<UserId> avatars;
};

/// The rows found for ReadKeys. What was not found is not there.
struct ReadRows {
    KeyCounters counters;
    std::map<TokenHash, SessionRow> sessions;
    std::map<UserKey, UserRow> users;
    std::map<UserId, UserKey> user_keys;
    std::map<std::pair<UserKey, UserKey>, FriendRow> friends;
    /// Only for accounts of `relations`.
    std::map<UserKey, std::int64_t> friend_counts;
    std::set<BlockRow> blocks;
    /// By requester and target.
    std::map<std::pair<UserKey, UserKey>, FriendRequestRow> friend_requests;
    /// How many wait for the account's answer. Only for accounts of ReadKeys::friend_requests.
    std::map<UserKey, std::int64_t> request_counts;
    /// How many friends an account has in each group. Friends without a group are not counted.
    std::map<UserKey, std::map<std::string, std::int64_t>> friend_groups;
    std::map<UserKey, std::int64_t> block_counts;
    std::map<UserKey, std::vector<UserKey>> audiences;
    std::map<UserPair, ConversationKey> direct;
    std::map<ConversationKey, ConversationRow> conversations;
    std::map<std::pair<ConversationKey, UserKey>, MemberRow> members;
    std::map<std::pair<UserKey, ClientMessageId>, MessageRow> sent;
    /// For every one of `marks` whose conversation exists and that lies above the user's mark so
    /// far: the number of messages above it that `user` did not send, which is what stays unread.
    /// What is recalled, or deleted by `user`, does not count.
    std::map<MessagePlace, std::int64_t> unread_above;
    /// Those of ReadKeys::messages and of ReadKeys::pins, and what they answer.
    std::map<std::pair<ConversationKey, Seq>, MessageRow> messages;
    /// Members of their conversations who have deleted one of `messages`.
    std::set<HiddenRow> hidden;
    /// Those of ReadKeys::blobs and of ReadKeys::avatars.
    std::map<BlobId, BlobRow> blobs;
    std::map<UserKey, FeedHeadRow> heads;
};

/// Deletes sessions that had expired by `expired_by`, the longest expired first (of two at once the
/// one with the smaller token), `at_most` of them. Not by their keys: nobody asks for them any
/// more, so no batch has loaded them.
struct SessionSweep {
    TimeMs expired_by;
    std::int64_t at_most = 0;
};

/// What a batch changes: every row at most once, all of it or nothing. Rows are written whole
/// (insert or replace). A row to delete need not be there.
struct WriteSet {
    std::optional<KeyCounters> counters;
    std::vector<UserRow> users;
    std::vector<SessionRow> sessions;
    std::vector<TokenHash> ended_sessions;
    /// Done after the sessions of this set are written and ended.
    std::optional<SessionSweep> sweep;
    std::vector<FriendRow> friends;
    /// User and peer of friend rows to delete.
    std::vector<std::pair<UserKey, UserKey>> ended_friends;
    std::vector<FriendRequestRow> friend_requests;
    /// Requester and target of friend requests to delete.
    std::vector<std::pair<UserKey, UserKey>> ended_friend_requests;
    std::vector<BlockRow> blocks;
    std::vector<BlockRow> ended_blocks;
    /// New one-to-one conversations; each also has its ConversationRow and two MemberRows in this
    /// set.
    std::vector<std::pair<UserPair, ConversationKey>> direct;
    std::vector<ConversationRow> conversations;
    std::vector<MemberRow> members;
    /// New ones.
    std::vector<MessageRow> messages;
    /// Messages that are there and are not as they were. Their places, senders and client IDs are.
    std::vector<MessageRow> changed_messages;
    std::vector<RevisionRow> revisions;
    /// Messages whose revisions are deleted, those of this set too.
    std::vector<std::pair<ConversationKey, Seq>> ended_revisions;
    std::vector<HiddenRow> hidden;
    std::vector<BlobRow> blobs;
    std::vector<BlobId> ended_blobs;
    std::vector<FeedRow> feed;
    /// A head whose `trimmed` has moved: the store deletes the entries up to it.
    std::vector<FeedHeadRow> heads;

    bool empty() const {
        return !counters && users.empty() && sessions.empty() && ended_sessions.empty() && !sweep &&
               friends.empty() && ended_friends.empty() && friend_requests.empty() &&
               ended_friend_requests.empty() && blocks.empty() && ended_blocks.empty() &&
               direct.empty() && conversations.empty() && members.empty() && messages.empty() &&
               changed_messages.empty() && revisions.empty() && ended_revisions.empty() &&
               hidden.empty() && blobs.empty() && ended_blobs.empty() && feed.empty() &&
               heads.empty();
    }
};

}  // namespace kumquat::store
