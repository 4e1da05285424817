// The store: where everything durable lies. One contract, several homes (memory, SQLite, later the
// browser and PostgreSQL); tests/contract holds what all of them must keep.
//
// All calls are asynchronous. A callback runs on the store's executor, never on the stack of the
// call, and exactly once - unless the store is destroyed first, then never. Callbacks of commits
// come in the order of the commits.
//
// Writing: load() the rows of a batch, then commit() its write set. One batch at a time: no load()
// until the commit before it has called back. A commit is durable when its callback reports
// success, and has changed nothing when it reports an error.
//
// Reading (history, feed, snapshots, look-ups) stands beside that: it never waits for a batch, sees
// one consistent state that holds every commit whose callback has run, and has a time budget
// (kReadTimeout).
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "store/rows.h"

namespace kumquat::store {

/// A message with its sender's ID.
struct StoredMessage {
    MessageRow row;
    UserId from;
};

/// A friend with the profile that goes with it.
struct StoredFriend {
    FriendRow row;
    UserRow profile;
};

/// A one-to-one conversation as one member sees it.
struct StoredConversation {
    ConversationRow row;
    MemberRow self;
    MemberRow other;
    UserRow peer;
    std::optional<StoredMessage> last_message;
};

// Pages are cut by `limit` rows and by `bytes_max`, which is held against what the rows take in a
// frame (page_budget.h).

struct HistoryQuery {
    enum class Anchor { kBefore, kAfter, kAround };
    UserKey viewer;
    UserId peer;
    Anchor anchor = Anchor::kBefore;
    /// kBefore with seq 0: from the newest.
    Seq seq;
    std::int64_t limit = 0;
    std::size_t bytes_max = 0;
};
/// Oldest first, without holes. At least one message if there is one, whatever its size. A
/// conversation that does not exist is empty. kAround has `seq` in the middle; what one side lacks,
/// the other gets.
struct HistoryPage {
    std::vector<StoredMessage> messages;
    bool older = false;
    bool newer = false;
};

struct FeedQuery {
    UserKey user;
    FeedNumber since;
    /// Further behind than this: too_far.
    std::int64_t tail_max = 0;
    std::int64_t limit = 0;
    std::size_t bytes_max = 0;
};
/// One entry with what it refers to, looked up in the same consistent state.
struct FeedItem {
    FeedRow row;
    std::optional<StoredMessage> message;    ///< kMessage
    std::optional<StoredFriend> friendship;  ///< kFriend; empty if it has been ended since
    UserRow peer;   ///< kMessage, kRead: the other member of the conversation
    UserId entity;  ///< kRead: whose mark
};
struct FeedPage {
    /// `since` is trimmed away, too far behind, or beyond the last entry: a snapshot is needed.
    /// `items` is then empty.
    bool too_far = false;
    std::vector<FeedItem> items;
    /// There are entries after the page.
    bool more = false;
};

/// Where a snapshot goes on: after a friend or conversation of this key, in this section. Each page
/// shows the state at the time it is read; whatever changed since the first page stands in the feed
/// behind `number`, and is applied again by reading it.
struct SnapshotCursor {
    enum class Section { kFriends, kConversations };
    /// The feed number of the whole snapshot: the head when its first page was read.
    FeedNumber number;
    Section section = Section::kFriends;
    /// Key of the last row of the page before; 0 at the section's start.
    std::int64_t after = 0;
};
struct SnapshotQuery {
    UserKey user;
    std::optional<SnapshotCursor> cursor;  ///< empty: the first page
    std::int64_t limit = 0;
    std::size_t bytes_max = 0;
};
struct SnapshotPage {
    FeedNumber number;
    std::vector<StoredFriend> friends;
    std::vector<StoredConversation> conversations;
    std::optional<SnapshotCursor> next;
};

struct FoundUser {
    UserRow user;
    bool is_friend = false;
};

class Store {
  public:
    template <typename T>
    using Callback = std::function<void(Result<T>)>;

    virtual ~Store() = default;

    virtual void load(ReadKeys keys, Callback<ReadRows> done) = 0;
    /// Errors: kStorageFailed, kDiskFull. Either way the next batch may begin. A write set that
    /// contradicts a key is refused as a whole (kStorageFailed): a message or feed entry whose
    /// place is taken, a client ID that its sender has used, a user ID of another account, a second
    /// conversation for a pair.
    virtual void commit(WriteSet writes, std::function<void(Status)> done) = 0;

    virtual void read_history(HistoryQuery query, Callback<HistoryPage> done) = 0;
    virtual void read_feed(FeedQuery query, Callback<FeedPage> done) = 0;
    virtual void read_snapshot(SnapshotQuery query, Callback<SnapshotPage> done) = 0;
    /// Empty if there is no such user.
    virtual void find_user(UserKey viewer, UserId id, Callback<std::optional<FoundUser>> done) = 0;
    /// Everybody who has `user` as a friend or whom `user` has: whose presence matters to whom.
    virtual void read_friend_keys(UserKey user,
                                  Callback<std::vector<std::pair<UserKey, UserId>>> done) = 0;
};

}  // namespace kumquat::store
