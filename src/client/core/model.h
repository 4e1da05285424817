// Everything that a page can show, as plain data. The client alone changes it; views and panes read
// it.
//
// Revisions: every change takes the next number of one counter, and what it touched carries that
// number. A view is up to date while the revision it was built from stands.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "base/error_code.h"
#include "base/ids.h"
#include "base/limits.h"
#include "client/core/picture.h"
#include "client/core/search_query.h"
#include "client/core/timeline.h"
#include "proto/messages.h"

namespace kumquat::client {

using Revision = std::uint64_t;

// --- Sign-in and connection
// ------------------------------------------------------------------------------------------

enum class SignInPhase {
    kSignedOut,  ///< the login pane
    kSigningIn,  ///< the login pane, busy
    kSignedIn,   ///< the panes, connected or not
    kEnded,      ///< the panes under a dialog: the session is over, see SignInState::end
};
enum class SessionEnd {
    kNone,
    kExpired,  ///< or ended elsewhere (close code 4401, or resume refused): sign in again
    kBanned,   ///< close code 4403: no use to try again
};

struct SignInState {
    SignInPhase phase = SignInPhase::kSignedOut;
    /// Who is signing in or has tried last, as typed.
    std::string user_id;
    /// Why the last try was refused: a local check or the service's code.
    std::optional<ErrorCode> error;
    /// The last try found no service.
    bool unreachable = false;
    SessionEnd end = SessionEnd::kNone;
    /// This sign-in made the account.
    bool created = false;
};

enum class ConnectionPhase {
    kIdle,        ///< signed out and nothing to ask
    kWaiting,     ///< for next_attempt_ms
    kConnecting,  ///< until the session is live: socket, hello, resume, sync
    kLive,        ///< in step with the service (signed out: hello is done)
    kUpgrade,     ///< close code 4426: this page is too old, load it anew
    kStopped,     ///< the session is over, see SignInState
};

/// All times are of the monotonic clock. connection_notice() in client/view makes a banner of it.
struct ConnectionState {
    ConnectionPhase phase = ConnectionPhase::kIdle;
    /// Has been live since the page was loaded or somebody signed in.
    bool was_live = false;
    /// When the current time without a live connection began; meaningful unless kLive.
    std::int64_t down_since_ms = 0;
    /// When it became live, and how long it had been down before; meaningful while kLive.
    std::int64_t live_since_ms = 0;
    std::int64_t last_outage_ms = 0;
    /// Meaningful while kWaiting.
    std::int64_t next_attempt_ms = 0;
    /// From hello; empty until the first.
    std::vector<proto::SignInMode> sign_in_modes;
    std::string server;
    std::string epoch;
    /// Frames that could not be read, since the page was loaded.
    std::int64_t bad_frames = 0;
};

// --- People
// ------------------------------------------------------------------------------------------------------------

struct Contact {
    proto::Friend data;
    /// Only known while live; false otherwise.
    bool online = false;
};

enum class AddFriendPhase { kIdle, kFinding, kFound, kAdding, kAdded, kAsked, kFailed };
struct AddFriendState {
    AddFriendPhase phase = AddFriendPhase::kIdle;
    /// What the outcome is about, as typed.
    std::string user_id;
    /// kFound and later, if it was looked up.
    std::optional<proto::Profile> found;
    bool is_friend = false;
    proto::AllowType allow = proto::AllowType::kAny;
    /// kFailed. kFriendRefused for oneself and for a friend already: compare user_id with the own
    /// one.
    std::optional<ErrorCode> error;
};

// --- Conversations
// -----------------------------------------------------------------------------------------------------

enum class MessageState {
    kReceived,
    kQueued,     ///< waits for the connection or for those before it
    kUploading,  ///< its picture is on its way
    kSending,    ///< on its way
    kSent,
    kRead,
    kFailed,
};

/// An own message that has not come back through the feed. Once it has, it stands in the timeline.
struct Echo {
    ClientMessageId client_id;
    std::shared_ptr<const proto::Body> body;
    /// Wall clock when written. The service's time replaces it.
    TimeMs created;
    /// Monotonic clock when written or restored: a glyph is drawn only some time after it.
    std::int64_t created_ms = 0;
    Seq after;
    /// Once acknowledged: its place, and the service's time.
    Seq seq;
    TimeMs time;
    /// A picture of this device: shown until its upload is done, and from then on instead of
    /// downloading it.
    std::optional<LocalPicture> picture;
    /// kUploading: bytes.
    std::int64_t uploaded = 0;
    std::int64_t upload_total = 0;
    /// kQueued, kUploading, kSending, kSent or kFailed.
    MessageState state = MessageState::kQueued;
    /// Only kFailed.
    std::optional<ErrorCode> error;
    /// What it answers.
    std::optional<proto::Quote> quote;
    /// What it is a copy of.
    std::optional<proto::MessageRef> forward_of;
};

struct Conversation {
    ConversationId id;
    /// The nick is empty until it is known.
    proto::Profile peer;
    /// 0: no messages yet.
    Seq last_seq;
    MessagePtr last_message;
    std::int64_t unread = 0;
    /// Read here, told to the service or not yet.
    Seq read_seq;
    Seq peer_read_seq;
    Timeline timeline;
    /// In the order in which they will be sent.
    std::vector<Echo> echoes;
    std::string draft;
    /// The peer is typing, until this monotonic time at the latest; the client clears it.
    std::optional<std::int64_t> typing_until_ms;
    /// Set while open, if there was anything unread then: the divider stands behind this seq. (Seq
    /// 0 is before all messages.)
    std::optional<Seq> unread_after;
    proto::ConversationState state;
    /// Messages that either person has pinned, the last pinned first.
    std::vector<proto::Quote> pins;
    /// Texts that were recalled in this tab, for those who want to write them anew.
    std::map<Seq, std::string> recalled_texts;
    Revision revision = 0;
};

// --- Search
// ----------------------------------------------------------------------------------------------------------------

enum class SearchPhase {
    kIdle,     ///< nothing is looked for
    kRunning,  ///< a page is on its way, or waits for the connection
    kPaused,   ///< there is more: SearchMore
    kDone,     ///< everything was looked at
    kFailed,   ///< see `error`; SearchMore tries again
};
struct SearchState {
    SearchPhase phase = SearchPhase::kIdle;
    SearchQuery query;
    /// Newest first; so far. They stay as they were found.
    std::vector<proto::SearchHit> hits;
    /// Everything at this time and later has been looked at.
    TimeMs reached;
    std::optional<ErrorCode> error;
};

// --- Tasks
// -----------------------------------------------------------------------------------------------------------------

/// Something that was asked for and is not done.
enum class Task {
    kAcceptFriend,
    kRefuseFriend,
    kWithdrawFriend,
    kUpdateFriend,
    kDeleteFriend,
    kBlock,
    kProfile,
    kAvatar,
    kSetConversation,
    kDeleteConversation,
    kSessions,
    kEndSession,
    kExport,
};
struct TaskKey {
    Task task = Task::kProfile;
    /// The user ID, conversation or session it is about, as text; empty for what is one's own.
    std::string about;

    friend bool operator==(const TaskKey&, const TaskKey&) = default;
    friend bool operator<(const TaskKey& a, const TaskKey& b) {
        return std::tie(a.task, a.about) < std::tie(b.task, b.about);
    }
};
struct TaskState {
    /// Absent: it is on its way, or waits for the connection. Present: it has failed, and stands
    /// here until it is asked for again.
    std::optional<ErrorCode> error;
};

// --- All
// -----------------------------------------------------------------------------------------------------------------

struct Model {
    ConnectionState connection;
    SignInState sign_in;
    AddFriendState add_friend;
    /// Empty user ID: nobody is signed in.
    proto::Profile me;
    /// One's own settings, beside the profile.
    proto::AllowType allow = proto::AllowType::kAny;
    bool friends_only = false;
    /// Friends and conversations are those of the service (as of the last contact). Until then:
    /// skeletons.
    bool loaded = false;
    std::map<UserId, Contact> friends;
    /// Friend requests that wait for one's own answer, and those that wait for the other person's.
    std::map<UserId, proto::FriendRequest> received;
    std::map<UserId, proto::FriendRequest> sent;
    std::map<UserId, proto::Profile> blocked;
    /// What was asked for and is not done; what is done is not in here.
    std::map<TaskKey, TaskState> tasks;
    std::array<SearchState, kSearchScopes> searches;
    /// Answers LoadSessions; absent until then.
    std::optional<std::vector<proto::SessionInfo>> sessions;
    /// Also those with a draft or an unsent message alone, and the open one.
    std::map<ConversationId, Conversation> conversations;
    std::optional<ConversationId> open;
    bool visible = true;
    /// Unsent messages cannot be stored on this device.
    bool storage_failed = false;
    /// Unsent messages and drafts in storage that cannot be read here.
    std::int64_t unreadable_stored = 0;
    /// From hello; base/limits.h until then.
    std::int64_t message_bytes_max = static_cast<std::int64_t>(limits::kMessageBytes);
    /// From hello; 0: the service cannot do it.
    std::int64_t recall_ms = 0;
    std::int64_t edit_ms = 0;
    std::int64_t reaction_kinds = 0;
    std::int64_t pins_max = 0;
    /// Messages deleted with one request.
    std::int64_t deleted_at_once = 0;

    /// Of any change at all.
    Revision revision = 0;
    /// Of anything that the friends pane shows: friends, presence, previews, unread, drafts,
    /// typing, order.
    Revision list_revision = 0;

    /// Null if there is none.
    const Conversation* find(const ConversationId& id) const;
    const Contact* find_friend(const UserId& id) const;
    bool is_blocked(const UserId& id) const;
    /// Null if nothing is known of the person beyond the ID.
    const proto::Profile* profile_of(const UserId& id) const;
    /// What to call a person: the remark, else the nick, else the ID.
    std::string name_of(const UserId& id) const;
    /// Unread messages of all conversations that are not muted.
    std::int64_t unread_total() const;
    /// Friend requests that were not looked at.
    std::int64_t requests_unread() const;
    /// Null if it is done or was never asked for.
    SearchState& search(SearchScope scope) { return searches[static_cast<std::size_t>(scope)]; }
    const SearchState& search(SearchScope scope) const {
        return searches[static_cast<std::size_t>(scope)];
    }
    const TaskState* find_task(Task task, std::string_view about = {}) const;
    /// Unsent messages of all conversations, failed ones included.
    std::size_t unsent_total() const;
    /// What a sign-out would lose: unsent messages, and what is stored and cannot be read.
    std::int64_t lost_by_sign_out() const {
        return static_cast<std::int64_t>(unsent_total()) + unreadable_stored;
    }
};

/// How far an own, acknowledged message has come.
MessageState state_of(const Conversation& conversation, const proto::Message& message,
                      const UserId& me);

}  // namespace kumquat::client
