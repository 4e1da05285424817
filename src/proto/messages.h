// What travels between a page and a service, as plain structs. PROTOCOL.md is the book of it; codec.h makes JSON text of them.
//
// Both ends compile this file. It knows nothing of JSON, sockets or storage. Every struct is named after its JSON name:
// `send_message` -> SendMessage, its reply SendMessageReply.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/ids.h"
#include "base/result.h"

namespace kumquat::proto {

/// The version of the protocol that this code speaks. A change that old clients cannot ignore raises it.
inline constexpr std::int64_t kVersion = 1;

// --- Parts ---------------------------------------------------------------------------------------------------------

/// A person as others see them.
struct Profile {
    UserId user_id;
    /// Any script; may be empty, then the user ID is shown.
    std::string nick;
};

/// What a message says. `type` is TIM's name; `custom` is TIM's cloudCustomData, kept word for word.
struct Body {
    /// "TIMTextElem" for text. A type that a client does not know is stored and shown as "cannot be shown here".
    std::string type;
    /// For "TIMTextElem": the text. For every other type: its payload as the JSON text of an object.
    std::string content;
    std::string custom;

    friend bool operator==(const Body& a, const Body& b) {
        return a.type == b.type && a.content == b.content && a.custom == b.custom;
    }
};

/// The type of a text message.
inline constexpr const char* kTextType = "TIMTextElem";

struct Message {
    Seq seq;
    UserId from;
    /// Never runs back within a conversation.
    TimeMs time;
    /// Only in messages of the reader's own, so that a device can settle its local echo.
    std::optional<ClientMessageId> client_id;
    Body body;
};

/// One side's view of a friendship.
struct Friend {
    Profile profile;
    std::string remark;
    std::string group;
    std::string source;
    TimeMs added;
};

/// One side's view of a conversation.
struct Conversation {
    ConversationId id;
    /// The other person, friend or not.
    Profile peer;
    Seq last_seq;
    std::optional<Message> last_message;
    std::int64_t unread = 0;
    /// The reader has read up to here.
    Seq read_seq;
    /// The other person has read up to here.
    Seq peer_read_seq;
};

/// Bounds a client has to keep; the numbers of base/limits.h.
struct Limits {
    std::int64_t frame_bytes = 0;
    std::int64_t requests_in_flight = 0;
    std::int64_t page_bytes = 0;
    std::int64_t page_entries = 0;
    std::int64_t message_bytes = 0;
    std::int64_t user_id_bytes = 0;
    std::int64_t nick_bytes = 0;
    std::int64_t wording_bytes = 0;
    std::int64_t remark_bytes = 0;
    std::int64_t group_bytes = 0;
    std::int64_t friends = 0;
};

/// Ways to sign in that a service offers.
enum class SignInMode {
    /// With a user ID alone, for trying things out. "name" on the wire.
    kName,
    /// With a TIM UserSig. "usersig" on the wire.
    kUserSig,
};

// --- Requests and their replies ------------------------------------------------------------------------------------

/// The first request of every connection.
struct Hello {
    std::int64_t version = kVersion;
    /// Name and version of the client, for the log.
    std::string client;
};
struct HelloReply {
    std::int64_t version = kVersion;
    std::string server;
    /// Random per start of the service. A client that sees another one than before knows that ephemeral state is gone.
    std::string epoch;
    TimeMs time;
    std::vector<SignInMode> sign_in;
    Limits limits;
};

/// Creates the account if there is none. Errors: kNoUserId, kBadUserId, kSignInModeOff, kCredentialRequired, the UserSig codes.
struct SignIn {
    /// As typed: the service checks it, so that a bad one gets its own code.
    std::string user_id;
    /// Empty: by name alone.
    std::string user_sig;
    /// For a new account; ignored for an old one.
    std::string nick;
    DeviceId device;
    /// For "my sessions": browser and system.
    std::string device_name;
};
struct SignInReply {
    /// The session's bearer token. The service keeps its hash alone.
    std::string session;
    TimeMs expires;
    Profile me;
    /// This sign-in created the account.
    bool created = false;
};

/// Goes on with a session after a lost connection, a reload or a restart of the service. Errors: kSessionInvalid.
struct Resume {
    std::string session;
    DeviceId device;
};
struct ResumeReply {
    TimeMs expires;
    Profile me;
};

/// Ends the session of this connection and deletes its token; its other connections are closed.
struct SignOut {};
struct SignOutReply {};

/// Numbered changes after `since`, or a snapshot. See PROTOCOL.md, "The feed".
struct Sync {
    /// The number of the last entry the client has applied; absent in a new client.
    std::optional<FeedNumber> since;
    /// Continues a snapshot: the cursor of the page before, word for word.
    std::string cursor;
};
struct Event;
struct SyncReply {
    /// true: this is a page of a snapshot, what the client knew is void from its first page on. false: a page of the tail.
    bool reset = false;
    /// Tail: number of the last entry in `events` (or `since` if none). Snapshot: every page has the same number; the tail
    /// after it follows the last page.
    FeedNumber number;
    /// There are further pages.
    bool more = false;
    /// Snapshot only: asks for the next page. Empty on the last.
    std::string cursor;
    // Tail.
    std::vector<Event> events;
    // Snapshot.
    std::vector<Friend> friends;
    std::vector<Conversation> conversations;
};

/// Looks a person up by ID. Errors: kUnknownUser.
struct FindUser {
    std::string user_id;
};
struct FindUserReply {
    Profile profile;
    bool is_friend = false;
};

/// Errors: kUnknownUser, kFriendRefused (oneself, a friend already), kFriendListFull, kPeerFriendListFull.
struct AddFriend {
    std::string user_id;
    /// The requester's own name for the friend.
    std::string remark;
    /// The requester's own group for the friend; made on the fly.
    std::string group;
    /// A greeting for the other person.
    std::string wording;
    /// TIM's "AddSource_Type_" + keyword.
    std::string source;
};
struct AddFriendReply {
    Friend added;
};

/// Errors: kUnknownReceiver, kEmptyMessage, kTextTooLong, kClientIdReused.
struct SendMessage {
    ConversationId conversation;
    ClientMessageId client_id;
    Body body;
};
struct SendMessageReply {
    Seq seq;
    TimeMs time;
};

/// A page of a conversation, oldest first.
struct GetHistory {
    enum class Anchor {
        kBefore,  ///< seqs below `seq`; seq 0: the newest. "before" on the wire.
        kAfter,   ///< seqs above `seq`. "after"
        kAround,  ///< `seq` in the middle. "around"
    };
    ConversationId conversation;
    Anchor anchor = Anchor::kBefore;
    Seq seq;
    /// At most this many; the service may give fewer, but at least one if there is one.
    std::int64_t limit = 0;
};
struct GetHistoryReply {
    std::vector<Message> messages;
    bool older = false;  ///< there are messages before the page
    bool newer = false;  ///< there are messages after the page
};

/// Everything up to `seq` is read. A seq below the mark changes nothing.
struct MarkRead {
    ConversationId conversation;
    Seq seq;
};
struct MarkReadReply {
    Seq read_seq;
    std::int64_t unread = 0;
};

/// Tells the other person; never stored.
struct SetTyping {
    ConversationId conversation;
    bool typing = false;
};
struct SetTypingReply {};

using Request = std::variant<Hello, SignIn, Resume, SignOut, Sync, FindUser, AddFriend, SendMessage, GetHistory, MarkRead,
                             SetTyping>;
using Reply = std::variant<HelloReply, SignInReply, ResumeReply, SignOutReply, SyncReply, FindUserReply, AddFriendReply,
                           SendMessageReply, GetHistoryReply, MarkReadReply, SetTypingReply>;

// --- Events: numbered, durable -------------------------------------------------------------------------------------

/// A message in one of the reader's conversations, the reader's own included.
struct MessageEvent {
    ConversationId conversation;
    /// The other person, so that a message from a stranger can be shown without a further request.
    Profile peer;
    Message message;
};

/// A read mark has moved.
struct ReadEvent {
    ConversationId conversation;
    /// Whose mark: the reader's own (on another device) or the peer's.
    UserId reader;
    Seq seq;
    /// The reader's own mark only: what is still unread.
    std::int64_t unread = 0;
};

/// A friend was added or has changed.
struct FriendEvent {
    Friend changed;
};

/// One entry of the reader's feed. Sent live or read back later, it is the same.
struct Event {
    FeedNumber number;
    std::variant<MessageEvent, ReadEvent, FriendEvent> what;
};

// --- Signals: ephemeral, unnumbered, never stored ------------------------------------------------------------------

struct TypingSignal {
    ConversationId conversation;
    bool typing = false;
};

/// Who of the reader's friends is there.
struct PresenceSignal {
    /// true: everybody not in `online` is offline (sent when a session begins). false: a change.
    bool complete = false;
    std::vector<UserId> online;
    std::vector<UserId> offline;
};

using Signal = std::variant<TypingSignal, PresenceSignal>;

// --- Frames --------------------------------------------------------------------------------------------------------

/// From a client.
struct ClientFrame {
    RequestId id;
    Request request;
};

struct ReplyFrame {
    RequestId id;
    Reply reply;
};

/// Instead of a reply. `id` is 0 where the request was too broken to have one.
struct ErrorFrame {
    RequestId id;
    Error error;
};

/// From a service.
using ServerFrame = std::variant<ReplyFrame, ErrorFrame, Event, Signal>;

// X(name, number on the wire, what the client should do)
#define KUMQUAT_CLOSE_CODES(X)                                                                       \
    X(kBadFrame, 4400, "frames that cannot be read; do not reconnect at once")                       \
    X(kSessionEnded, 4401, "the session was ended elsewhere or has expired; sign in again")          \
    X(kSlowReader, 4408, "the client did not read what it was sent; reconnect and sync")             \
    X(kFrameTooLarge, 4413, "a frame above the limit; do not send it again")                         \
    X(kUpgradeClient, 4426, "the protocol version is not spoken here; load the page anew")           \
    X(kTooManyRequests, 4429, "more requests in flight than announced; reconnect and wait for them") \
    X(kStopping, 4503, "the service stops or restarts; reconnect")

/// Why a service closes a connection.
enum class CloseCode : std::int32_t {
#define KUMQUAT_X(name, number, text) name = number,
    KUMQUAT_CLOSE_CODES(KUMQUAT_X)
#undef KUMQUAT_X
};

}  // namespace kumquat::proto
