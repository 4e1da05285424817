// What travels between a page and a service, as plain structs. PROTOCOL.md is the book of it;
// codec.h makes JSON text of them.
//
// Both ends compile this file. It knows nothing of JSON, sockets or storage. Every struct is named
// after its JSON name: `send_message` -> SendMessage, its reply SendMessageReply.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/ids.h"
#include "base/result.h"

namespace kumquat::proto {

/// The version of the protocol that this code speaks. A change that old clients cannot ignore
/// raises it.
inline constexpr std::int64_t kVersion = 1;

// --- Parts
// ---------------------------------------------------------------------------------------------------------

/// A person as others see them.
struct Profile {
    UserId user_id;
    /// Any script; may be empty, then the user ID is shown.
    std::string nick;
    /// Empty: a generated one is shown.
    BlobId avatar;
};

/// Who may make friends with a person; TIM's allowType.
enum class AllowType {
    kAny,      ///< everybody, at once. "AllowType_Type_AllowAny" on the wire.
    kConfirm,  ///< by a request that waits for the person's answer. "AllowType_Type_NeedConfirm"
    kDeny,     ///< nobody. "AllowType_Type_DenyAny"
};

/// A person as the person alone sees it.
struct Account {
    Profile profile;
    AllowType allow = AllowType::kAny;
    /// Messages of strangers are refused (20010).
    bool friends_only = false;
};

/// One size of a picture. TIM's imageInfoArray has three of them.
struct Rendition {
    /// 1 original, 2 the shorter side at most 720, 3 the shorter side at most 198.
    std::int64_t type = 0;
    BlobId id;
    std::int64_t width = 0;
    std::int64_t height = 0;
    /// Bytes.
    std::int64_t size = 0;
};

/// The payload of a picture message.
struct Image {
    /// TIM's: 1 JPEG, 2 GIF, 3 PNG, 255 other (WebP).
    std::int64_t format = 0;
    /// Original, 720, 198, in this order. Where there is only an original, all three name it.
    std::vector<Rendition> renditions;
};

/// What a message says. `type` is TIM's name; `custom` is TIM's cloudCustomData, kept word for
/// word.
struct Body {
    /// "TIMTextElem" for text. A type that a client does not know is stored and shown as "cannot be
    /// shown here".
    std::string type;
    /// For "TIMTextElem": the text. For every other type: its payload as the JSON text of an
    /// object.
    std::string content;
    std::string custom;
    /// For "TIMImageElem": `content`, read. Sent, `content` is made from it if it is empty.
    std::optional<Image> image;

    friend bool operator==(const Body& a, const Body& b) {
        return a.type == b.type && a.content == b.content && a.custom == b.custom;
    }
};

/// The type of a text message.
inline constexpr const char* kTextType = "TIMTextElem";
/// The type of a picture message.
inline constexpr const char* kImageType = "TIMImageElem";
/// The type of a message of which nothing is left; its payload is an empty object. Clients that do
/// not know recalled and deleted messages show it as they show what they do not know.
inline constexpr const char* kGoneType = "TIMCustomElem";

/// The beginning of a message, for a line that points to it: above a reply, or of a pinned message.
/// It tells of the message as it is now.
struct Quote {
    Seq seq;
    /// Empty, like `type` and `text`: the message is gone, recalled or deleted for the reader.
    std::optional<UserId> from;
    /// As in Body.
    std::string type;
    /// Of a text: at most limits::kQuoteBytes of it, cut between characters.
    std::string text;
};

/// One emoji under a message, and who has put it there; each person once.
struct Reaction {
    std::string emoji;
    /// The first one first.
    std::vector<UserId> users;
};

struct Message {
    Seq seq;
    UserId from;
    /// Never runs back within a conversation.
    TimeMs time;
    /// Only in messages of the reader's own, so that a device can settle its local echo.
    std::optional<ClientMessageId> client_id;
    /// Of a message that is recalled or deleted: kGoneType without anything in it.
    Body body;
    /// What it replies to.
    std::optional<Quote> quote;
    /// Copied from another conversation by its sender.
    bool forwarded = false;
    /// Its sender has taken it back, for everybody.
    bool recalled = false;
    /// The reader has deleted it, for the reader alone. Its seq stands in the history all the same,
    /// which therefore has no holes.
    bool deleted = false;
    /// How often it was edited, and when the last time.
    std::int64_t edits = 0;
    TimeMs edited;
    /// The first one first.
    std::vector<Reaction> reactions;
};

/// A message in a conversation of the reader's.
struct MessageRef {
    ConversationId conversation;
    Seq seq;
};

/// One side's view of a friendship.
struct Friend {
    Profile profile;
    std::string remark;
    std::string group;
    std::string source;
    TimeMs added;
};

/// A friendship that waits for somebody's answer.
struct FriendRequest {
    /// The other person: who asks (`incoming`) or is asked.
    Profile peer;
    bool incoming = false;
    std::string wording;
    std::string source;
    /// The requester's own, for when it is accepted; only in the requester's own view.
    std::string remark;
    std::string group;
    TimeMs time;
    /// Incoming only: the person has looked at it.
    bool read = false;
};

/// What a person has settled about a conversation; the same on all of the person's devices.
struct ConversationState {
    bool pinned = false;
    bool muted = false;
    /// Some device has a draft. The draft itself stays there.
    bool has_draft = false;
    /// Messages below it are gone for this person (the chat was deleted). A conversation whose
    /// last_seq is below it is not listed.
    Seq first_seq = Seq(1);
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
    ConversationState state;
    /// Messages that either person has pinned, the last pinned first.
    std::vector<Quote> pins;
};

/// One of a person's sessions: a device that is signed in.
struct SessionInfo {
    /// Names it for end_session; not the token.
    std::string id;
    std::string device_name;
    TimeMs created;
    TimeMs last_seen;
    TimeMs expires;
    /// The session that asks.
    bool current = false;
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
    std::int64_t friend_groups = 0;
    std::int64_t friend_requests = 0;
    std::int64_t blocked = 0;
    std::int64_t picture_bytes = 0;
    std::int64_t picture_pixels = 0;
    // 0, also from a service that cannot do it: not at all.
    std::int64_t recall_ms = 0;
    std::int64_t edit_ms = 0;
    std::int64_t reaction_kinds = 0;
    std::int64_t deleted_at_once = 0;
    std::int64_t pins = 0;
};

/// Ways to sign in that a service offers.
enum class SignInMode {
    /// With a user ID alone, for trying things out. "name" on the wire.
    kName,
    /// With a TIM UserSig. "usersig" on the wire.
    kUserSig,
};

// --- Requests and their replies
// ------------------------------------------------------------------------------------

/// The first request of every connection.
struct Hello {
    std::int64_t version = kVersion;
    /// Name and version of the client, for the log.
    std::string client;
};
struct HelloReply {
    std::int64_t version = kVersion;
    std::string server;
    /// Random per start of the service. A client that sees another one than before knows that
    /// ephemeral state is gone.
    std::string epoch;
    TimeMs time;
    std::vector<SignInMode> sign_in;
    Limits limits;
};

/// Creates the account if there is none. Errors: kNoUserId, kBadUserId, kSignInModeOff,
/// kCredentialRequired, the UserSig codes.
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
    Account me;
    /// This sign-in created the account.
    bool created = false;
};

/// Goes on with a session after a lost connection, a reload or a restart of the service. Errors:
/// kSessionInvalid.
struct Resume {
    std::string session;
    DeviceId device;
};
struct ResumeReply {
    TimeMs expires;
    Account me;
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
    /// true: this is a page of a snapshot, what the client knew is void from its first page on.
    /// false: a page of the tail.
    bool reset = false;
    /// Tail: number of the last entry in `events` (or `since` if none). Snapshot: every page has
    /// the same number; the tail after it follows the last page.
    FeedNumber number;
    /// There are further pages.
    bool more = false;
    /// Snapshot only: asks for the next page. Empty on the last.
    std::string cursor;
    // Tail.
    std::vector<Event> events;
    // Snapshot.
    std::vector<Friend> friends;
    std::vector<FriendRequest> requests;
    std::vector<Profile> blocked;
    std::vector<Conversation> conversations;
    /// On the first page.
    std::optional<Account> me;
};

/// Looks a person up by ID. Errors: kUnknownUser.
struct FindUser {
    std::string user_id;
};
struct FindUserReply {
    Profile profile;
    bool is_friend = false;
    AllowType allow = AllowType::kAny;
};

/// Makes a friend, or asks for the other person's consent, as the other person's AllowType has it.
/// If the other person waits for the sender's answer already, this gives it. Errors: kUnknownUser,
/// kFriendRefused (oneself, a friend already), kFriendListFull, kPeerFriendListFull,
/// kFriendGroupsFull, kPeerRequestsFull, kFriendIsBlocked, kPeerDeniesFriends, kBlockedByPeer,
/// kTooManyFriendRequests.
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
    /// Only the sender gets a friend (TIM's Add_Type_Single).
    bool one_way = false;
};
/// One of the two is there.
struct AddFriendReply {
    std::optional<Friend> added;
    /// TIM's 30539.
    std::optional<FriendRequest> waits;
};

/// Accepts a request. Errors: kNoFriendRequest, kFriendListFull, kPeerFriendListFull,
/// kFriendGroupsFull.
struct AcceptFriend {
    std::string user_id;
    /// The accepter's own.
    std::string remark;
    std::string group;
    /// Only the requester gets a friend (TIM's Response_Action_Agree).
    bool one_way = false;
};
struct AcceptFriendReply {
    /// Absent if `one_way`.
    std::optional<Friend> added;
};
/// Errors: kNoFriendRequest.
struct RefuseFriend {
    std::string user_id;
};
struct RefuseFriendReply {};
/// Takes one's own request back. Errors: kNoFriendRequest.
struct WithdrawFriend {
    std::string user_id;
};
struct WithdrawFriendReply {};
/// Everything that waits for one's answer has been looked at: the badge goes.
struct ReadFriendRequests {};
struct ReadFriendRequestsReply {};

/// Changes one's own view of a friend. What is absent stays. Errors: kNotAFriend,
/// kFriendGroupsFull.
struct UpdateFriend {
    std::string user_id;
    std::optional<std::string> remark;
    std::optional<std::string> group;
};
struct UpdateFriendReply {
    Friend changed;
};
/// Errors: kNotAFriend.
struct DeleteFriend {
    std::string user_id;
    /// The other person keeps the friend (TIM's Delete_Type_Single).
    bool one_way = false;
};
struct DeleteFriendReply {};

/// Messages and requests of a blocked person are refused, presence is hidden from each other;
/// friendship and history stay. Blocking twice is no error. Errors: kUnknownUser, kBlockedOneself,
/// kBlocklistFull.
struct BlockUser {
    std::string user_id;
};
struct BlockUserReply {};
/// Errors: kUnknownUser.
struct UnblockUser {
    std::string user_id;
};
struct UnblockUserReply {};

/// Changes one's own account. What is absent stays. Errors: kUnknownPicture.
struct UpdateProfile {
    std::optional<std::string> nick;
    /// A blob of one's own; empty removes the picture.
    std::optional<std::string> avatar;
    std::optional<AllowType> allow;
    std::optional<bool> friends_only;
};
struct UpdateProfileReply {
    Account me;
};

/// Settles something about a conversation; makes it if there is none yet. What is absent stays.
/// Errors: kUnknownConversation.
struct SetConversation {
    ConversationId conversation;
    std::optional<bool> pinned;
    std::optional<bool> muted;
    std::optional<bool> has_draft;
};
struct SetConversationReply {
    ConversationState state;
};
/// Forgets the history for oneself: first_seq moves behind the last message, nothing is unread,
/// nothing pinned. The other person keeps everything. Errors: kUnknownConversation.
struct DeleteConversation {
    ConversationId conversation;
};
struct DeleteConversationReply {
    ConversationState state;
};

/// One's own sessions, last seen first.
struct ListSessions {};
struct ListSessionsReply {
    std::vector<SessionInfo> sessions;
};
/// Signs another device of one's own out. Errors: kUnknownSession.
struct EndSession {
    std::string id;
};
struct EndSessionReply {};

/// Errors: kUnknownReceiver, kEmptyMessage, kTextTooLong, kClientIdReused, kRefusedByPeer,
/// kPeerIsBlocked, kNotPeersFriend, kUnknownPicture, kUnknownMessage.
struct SendMessage {
    ConversationId conversation;
    ClientMessageId client_id;
    Body body;
    /// A message of the same conversation that this one answers; 0: none.
    Seq reply_to{};
    /// The message whose body this is a copy of: its pictures may be another person's.
    std::optional<MessageRef> forward_of{};
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
        kAt,      ///< the first message at or after `time` in the middle; "at"
    };
    ConversationId conversation;
    Anchor anchor = Anchor::kBefore;
    Seq seq;
    /// At most this many; the service may give fewer, but at least one if there is one.
    std::int64_t limit = 0;
    /// kAt only.
    TimeMs time{};
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

/// Takes a message of one's own back, for everybody. Recalling twice is no error. Errors:
/// kUnknownConversation, kUnknownMessage, kNotOwnMessage, kRecallTooLate.
struct RecallMessage {
    ConversationId conversation;
    Seq seq;
};
struct RecallMessageReply {
    Message message;
};

/// Gives a text message of one's own another text. Errors: kUnknownConversation, kUnknownMessage,
/// kNotOwnMessage, kEditUnsupported, kEditTooLate, kEditConflict, kEmptyMessage, kTextTooLong,
/// kRefusedByPeer, kPeerIsBlocked.
struct EditMessage {
    ConversationId conversation;
    Seq seq;
    /// Message::edits as the editor has seen it. If there are more by now: kEditConflict.
    std::int64_t edits = 0;
    /// A text.
    Body body;
};
struct EditMessageReply {
    Message message;
};

/// Deletes messages for oneself; the other person keeps them. What is deleted already is no error.
/// Errors: kUnknownConversation, kUnknownMessage.
struct DeleteMessages {
    ConversationId conversation;
    /// At most limits::kDeletedAtOnce.
    std::vector<Seq> seqs;
};
struct DeleteMessagesReply {
    std::int64_t unread = 0;
};

/// Puts an emoji under a message, or takes one's own away. Errors: kUnknownConversation,
/// kUnknownMessage, kTooManyReactions, kRefusedByPeer, kPeerIsBlocked.
struct SetReaction {
    ConversationId conversation;
    Seq seq;
    std::string emoji;
    bool on = false;
};
struct SetReactionReply {
    Message message;
};

/// Pins a message for both people, on top of those that are; pinning again brings it there. Errors:
/// kUnknownConversation, kUnknownMessage, kTooManyPins, kRefusedByPeer, kPeerIsBlocked.
struct PinMessage {
    ConversationId conversation;
    Seq seq;
    bool pinned = false;
};
struct PinMessageReply {
    std::vector<Quote> pins;
};

/// Looks through one's own conversations, the newest message first. A message is a hit if all that
/// is given holds. Errors: kUnknownConversation, kUnknownUser, kReadTimeout.
struct SearchMessages {
    /// Absent: all.
    std::optional<ConversationId> conversation;
    /// Part of the text, letters' case aside. Empty: any message.
    std::string text;
    /// Sent by this person. Empty: by anybody.
    std::string from;
    bool pictures = false;  ///< pictures only
    TimeMs since{};         ///< sent at this time or later
    TimeMs until{};         ///< sent before this time; 0: now
    /// The cursor of the page before, word for word.
    std::string cursor;
    std::int64_t limit = 0;
};
struct SearchHit {
    ConversationId conversation;
    Message message;
};
/// May have fewer hits than wanted, or none, and there are more all the same: a page also ends when
/// it has taken long enough.
struct SearchMessagesReply {
    std::vector<SearchHit> hits;
    bool more = false;
    std::string cursor;
    /// Everything at this time and later has been looked at.
    TimeMs reached{};
};

using Request = std::variant<Hello, SignIn, Resume, SignOut, Sync, FindUser, AddFriend, SendMessage,
                             GetHistory, MarkRead, SetTyping, AcceptFriend, RefuseFriend,
                             WithdrawFriend, ReadFriendRequests, UpdateFriend, DeleteFriend,
                             BlockUser, UnblockUser, UpdateProfile, SetConversation,
                             DeleteConversation, ListSessions, EndSession, RecallMessage,
                             EditMessage, DeleteMessages, SetReaction, PinMessage, SearchMessages>;
using Reply =
    std::variant<HelloReply, SignInReply, ResumeReply, SignOutReply, SyncReply, FindUserReply,
                 AddFriendReply, SendMessageReply, GetHistoryReply, MarkReadReply, SetTypingReply,
                 AcceptFriendReply, RefuseFriendReply, WithdrawFriendReply, ReadFriendRequestsReply,
                 UpdateFriendReply, DeleteFriendReply, BlockUserReply, UnblockUserReply,
                 UpdateProfileReply, SetConversationReply, DeleteConversationReply,
                 ListSessionsReply, EndSessionReply, RecallMessageReply, EditMessageReply,
                 DeleteMessagesReply, SetReactionReply, PinMessageReply, SearchMessagesReply>;

// --- Events: numbered, durable
// -------------------------------------------------------------------------------------

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

/// A friendship has ended.
struct FriendGoneEvent {
    UserId user_id;
};

/// A friend request was made or looked at.
struct FriendRequestEvent {
    FriendRequest changed;
};
/// A friend request is over: accepted (a friend event says so), refused or withdrawn.
struct FriendRequestGoneEvent {
    UserId peer;
    bool incoming = false;
};

struct BlockEvent {
    Profile profile;
    bool blocked = false;
};

/// Somebody whom the reader knows has another nick or picture: it holds for old messages too.
struct ProfileEvent {
    Profile changed;
};
/// The reader's own account has changed.
struct AccountEvent {
    Account changed;
};

/// The reader has settled something about a conversation, or deleted it.
struct ConversationEvent {
    ConversationId conversation;
    /// The other person.
    Profile peer;
    ConversationState state;
};

/// A message is not as it was: edited, recalled, or with other reactions.
struct MessageChangedEvent {
    ConversationId conversation;
    Message message;
    /// What is still unread: a message that is recalled is not unread any more.
    std::int64_t unread = 0;
};
/// The reader has deleted a message.
struct MessageDeletedEvent {
    ConversationId conversation;
    Seq seq;
    /// What is still unread.
    std::int64_t unread = 0;
};
/// Other messages are pinned than before.
struct PinsEvent {
    ConversationId conversation;
    std::vector<Quote> pins;
};

/// One entry of the reader's feed. Entries are references: read back later, an entry tells of what
/// it refers to as it is then. So a friend entry whose friendship has ended since reads as
/// friend_gone.
struct Event {
    FeedNumber number;
    std::variant<MessageEvent, ReadEvent, FriendEvent, FriendGoneEvent, FriendRequestEvent,
                 FriendRequestGoneEvent, BlockEvent, ProfileEvent, AccountEvent, ConversationEvent,
                 MessageChangedEvent, MessageDeletedEvent, PinsEvent>
        what;
};

// --- Signals: ephemeral, unnumbered, never stored
// ------------------------------------------------------------------

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

// --- Frames
// --------------------------------------------------------------------------------------------------------

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
#define KUMQUAT_CLOSE_CODES(X)                                                              \
    X(kBadFrame, 4400, "frames that cannot be read; do not reconnect at once")              \
    X(kSessionEnded, 4401, "the session was ended elsewhere or has expired; sign in again") \
    X(kSlowReader, 4408, "the client did not read what it was sent; reconnect and sync")    \
    X(kFrameTooLarge, 4413, "a frame above the limit; do not send it again")                \
    X(kUpgradeClient, 4426, "the protocol version is not spoken here; load the page anew")  \
    X(kTooManyRequests, 4429,                                                               \
      "more requests in flight than announced; reconnect and wait for them")                \
    X(kStopping, 4503, "the service stops or restarts; reconnect")

/// Why a service closes a connection.
enum class CloseCode : std::int32_t {
#define KUMQUAT_X(name, number, text) name = number,
    KUMQUAT_CLOSE_CODES(KUMQUAT_X)
#undef KUMQUAT_X
};

}  // namespace kumquat::proto
