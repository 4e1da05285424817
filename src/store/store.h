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

#include "base/limits.h"
#include "base/result.h"
#include "store/rows.h"

namespace kumquat::store {

/// The beginning of a message, as a reader sees it now.
struct StoredQuote {
    Seq seq;
    /// Empty, like `type` and `text`: recalled, or deleted by the reader.
    UserId from;
    std::string type;
    /// At most limits::kQuoteBytes of the message's content.
    std::string text;
};

/// A message as a reader sees it.
struct StoredMessage {
    MessageRow row;
    UserId from;
    /// Of MessageRow::reply_to.
    std::optional<StoredQuote> quote;
    /// The reader has deleted it: `row` has its place, its sender and its time, and nothing else.
    bool deleted = false;
    /// Whose MessageRow::reactions are, in their order.
    std::vector<UserId> reacted;
};

/// A friend with the profile that goes with it.
struct StoredFriend {
    FriendRow row;
    UserRow profile;
};

/// A friend request with the profile of the other person, as the requester or the target sees it.
struct StoredFriendRequest {
    FriendRequestRow row;
    UserRow peer;
};

/// A one-to-one conversation as one member sees it.
struct StoredConversation {
    ConversationRow row;
    MemberRow self;
    MemberRow other;
    UserRow peer;
    /// The newest that the member has not deleted.
    std::optional<StoredMessage> last_message;
    std::vector<StoredQuote> pins;
};

// Pages are cut by `limit` rows and by `bytes_max`, which is held against what the rows take in a
// frame (page_budget.h).

struct HistoryQuery {
    enum class Anchor { kBefore, kAfter, kAround, kAt };
    UserKey viewer;
    UserId peer;
    Anchor anchor = Anchor::kBefore;
    /// kBefore with seq 0: from the newest.
    Seq seq;
    std::int64_t limit = 0;
    std::size_t bytes_max = 0;
    /// kAt only.
    TimeMs time;
};
/// Oldest first, without holes. At least one message if there is one, whatever its size. A
/// conversation that does not exist is empty. kAround has `seq` in the middle; what one side lacks,
/// the other gets. kAt is kAround the first message at or after
/// `time`, or the newest.
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
    /// kMessage, kMessageChanged; empty if the reader has deleted it since
    std::optional<StoredMessage> message;
    std::vector<StoredQuote> pins;               ///< kPins: those of now
    std::optional<StoredFriend> friendship;      ///< kFriend; empty if it has been ended since
    std::optional<StoredFriendRequest> request;  ///< kFriendRequest; empty if it is over
    bool blocked = false;                        ///< kBlock: still, or again
    MemberRow member;                            ///< kConversation: the reader's own
    /// kMessage, kRead, kConversation, kMessageChanged, kMessageDeleted, kPins: the other member of
    /// the conversation. kBlock, kProfile: the entity. kAccount: the reader.
    UserRow peer;
    UserId entity;  ///< kRead: whose mark. kFriend, kFriendRequest: the other person
};
struct FeedPage {
    /// `since` is trimmed away, too far behind, or beyond the last entry: a snapshot is needed.
    /// `items` is then empty.
    bool too_far = false;
    std::vector<FeedItem> items;
    /// There are entries after the page.
    bool more = false;
};

/// Where a snapshot goes on: after the person or conversation of this key, in this section. Each
/// page shows the state at the time it is read; whatever changed since the first page stands in the
/// feed behind `number`, and is applied again by reading it.
struct SnapshotCursor {
    enum class Section { kFriends, kRequestsTo, kRequestsFrom, kBlocked, kConversations };
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
    /// On the first page: the reader.
    std::optional<UserRow> self;
    std::vector<StoredFriend> friends;
    /// Those that wait for the reader's answer, then those that the reader has made.
    std::vector<StoredFriendRequest> requests;
    std::vector<UserRow> blocked;
    std::vector<StoredConversation> conversations;
    std::optional<SnapshotCursor> next;
};

/// A message among all of a user's, in the order in which they are searched: by time, then by
/// conversation and seq.
struct SearchPlace {
    TimeMs time;
    ConversationKey conversation;
    Seq seq;

    friend constexpr auto operator<=>(const SearchPlace&, const SearchPlace&) = default;
};
/// One step of a search through the conversations of `viewer`, from the newest message to the
/// oldest. A message is a hit if all that is given holds; never one that is recalled, or deleted by
/// the viewer.
struct SearchQuery {
    UserKey viewer;
    std::optional<UserId> peer;  ///< only the conversation with this person
    std::string text;            ///< somewhere in the content, as fold_case() makes it; empty: any
    std::string type;            ///< empty: any
    std::optional<UserKey> from;
    TimeMs since;
    TimeMs until;                       ///< before it; 0: no bound
    std::optional<SearchPlace> cursor;  ///< goes on below it; empty: at the newest
    std::int64_t limit = 0;
    std::size_t bytes_max = 0;
    /// Of the page that the hits are added to, so many bytes are taken.
    std::size_t bytes_taken = 0;
    /// How long a step may look; it looks at one message at least.
    std::int64_t step_ms = limits::kSearchStepMs;
};
struct StoredHit {
    StoredMessage message;
    UserId peer;  ///< whose conversation with the viewer it stands in
};
struct SearchStep {
    std::vector<StoredHit> hits;
    /// The next hit found no room.
    bool full = false;
    /// Where to go on; empty: everything has been looked at.
    std::optional<SearchPlace> next;
};

struct FoundUser {
    UserRow user;
    bool is_friend = false;
};

/// Whose presence matters to whom: a friendship, whichever way it goes. Where one has blocked the
/// other there is none.
struct Tie {
    UserKey peer;
    UserId id;
    bool has = false;     ///< the user has the peer as a friend
    bool had_by = false;  ///< the peer has the user as a friend

    friend bool operator==(const Tie& a, const Tie& b) {
        return a.peer == b.peer && a.id == b.id && a.has == b.has && a.had_by == b.had_by;
    }
};

/// Blobs that nothing has named since some time before `before`, longest first.
struct OrphanQuery {
    TimeMs before;
    /// At most so many.
    std::int64_t limit = 0;
};

class Store {
  public:
    template <typename T>
    using Callback = std::function<void(Result<T>)>;

    virtual ~Store() = default;

    virtual void load(ReadKeys keys, Callback<ReadRows> done) = 0;
    /// Errors: kStorageFailed, kDiskFull. Either way the next batch may begin. A write set that
    /// contradicts a key is refused as a whole (kStorageFailed): a message or feed entry whose
    /// place is taken, a client ID that its sender has used, a changed message that is not there or
    /// is another one, a user ID of another account, a second conversation for a pair.
    virtual void commit(WriteSet writes, std::function<void(Status)> done) = 0;

    virtual void read_history(HistoryQuery query, Callback<HistoryPage> done) = 0;
    virtual void read_feed(FeedQuery query, Callback<FeedPage> done) = 0;
    virtual void read_snapshot(SnapshotQuery query, Callback<SnapshotPage> done) = 0;
    virtual void search(SearchQuery query, Callback<SearchStep> done) = 0;
    /// Empty if there is no such user.
    virtual void find_user(UserKey viewer, UserId id, Callback<std::optional<FoundUser>> done) = 0;
    /// By peer.
    virtual void read_ties(UserKey user, Callback<std::vector<Tie>> done) = 0;
    /// All of the user's sessions, expired ones too, by token.
    virtual void read_sessions(UserKey user, Callback<std::vector<SessionRow>> done) = 0;
    /// Empty if there is no such session, or its account is gone. An expired one is there.
    virtual void find_session(TokenHash token, Callback<std::optional<SessionRow>> done) = 0;
    virtual void read_orphans(OrphanQuery query, Callback<std::vector<BlobId>> done) = 0;
};

}  // namespace kumquat::store
