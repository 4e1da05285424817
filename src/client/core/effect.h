// What the client wants done, as data. The app carries effects out, in their order, and reports
// back through Client's inputs.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/error_code.h"
#include "base/ids.h"
#include "client/core/command.h"
#include "client/core/picture.h"
#include "client/core/stored.h"
#include "proto/messages.h"

namespace kumquat::client {

/// Names one connection attempt, so that late news of an old one is recognised. Counts from 1.
using ConnectionNumber = Number<struct ConnectionNumberTag>;

// --- Connection
// ----------------------------------------------------------------------------------------------------

/// Open a connection; answer with on_opened or on_closed. There is never more than one that was not
/// closed.
struct Connect {
    ConnectionNumber connection;
};
/// Close it (WebSocket code 1000). Nothing more is expected of it; what it still reports is
/// ignored.
struct CloseConnection {
    ConnectionNumber connection;
};
struct Send {
    ConnectionNumber connection;
    proto::ClientFrame frame;
};

// --- Time
// ----------------------------------------------------------------------------------------------------------

/// Call on_timer at (or any time after) `at_ms` of the monotonic clock. Replaces the timer set
/// before; absent: no timer.
struct SetTimer {
    std::optional<std::int64_t> at_ms;
};

// --- Storage
// -------------------------------------------------------------------------------------------------------

/// Keep the session for a reload of this tab.
struct StoreSession {
    StoredSession session;
};
struct ForgetSession {};

/// Read outbox and drafts of `user`, after every storage effect before this one; answer with
/// on_stored, also on failure.
struct LoadStored {
    UserId user;
    std::int64_t number = 0;
};
/// Insert or replace by client id. When done, tell the other tabs of `user` (on_outbox_changed
/// there). On failure: on_store_failed.
struct StoreOutboxEntry {
    UserId user;
    OutboxEntry entry;
};
/// As StoreOutboxEntry.
struct RemoveOutboxEntry {
    UserId user;
    ClientMessageId client_id;
};
/// An empty text removes the draft.
struct StoreDraft {
    UserId user;
    ConversationId conversation;
    std::string text;
};
/// Erase outbox, drafts and pictures of `user`, unless another tab is signed in as the same user.
struct EraseStored {
    UserId user;
};

/// Ask for the right to send what earlier runs of `user` have left (a Web Lock named after the
/// user); say on_outbox_lock(user, true) when it is held. May take for ever: another tab may hold
/// it. Without such locks say it at once.
struct HoldOutbox {
    UserId user;
};
/// Give the right back, or stop asking.
struct ReleaseOutbox {
    UserId user;
};

// --- Pictures
// ------------------------------------------------------------------------------------------------------

/// Upload the renditions of a stored picture, each different one once; report on_upload_progress,
/// then on_uploaded or on_upload_failed, once.
struct UploadPicture {
    UploadNumber number;
    LocalPicture picture;
    /// The session's token.
    std::string session;
};
/// Give it up; nothing more is expected of it.
struct CancelUpload {
    UploadNumber number;
};
/// The bytes are not needed any more.
struct ForgetPicture {
    UserId user;
    std::string key;
};

// --- For the person
// ------------------------------------------------------------------------------------------------

/// A message by somebody else came in while the page is visible and its chat is open: for the live
/// region.
struct Announce {
    ConversationId conversation;
    Seq seq;
};
/// A message by somebody else came in elsewhere, or while the page is hidden: for sound, title
/// badge, desktop notification. Not said for messages that an other device has read already.
struct Notify {
    ConversationId conversation;
    Seq seq;
};

enum class NoticeKind {
    kFriendAdded,          ///< `user` is a friend now, by the person's own doing
    kMessageRefused,       ///< SendText was refused before it was queued; `code` says why
    kMessageFailed,        ///< the service has refused a message for good; it is shown as failed
    kStorageFailed,        ///< this device cannot keep unsent messages: a reload would lose them
    kUnreadable,           ///< Model::unreadable_stored has grown
    kHistoryFailed,        ///< a page of history could not be loaded; `code`
    kFriendAsked,          ///< the request to `conversation`'s person waits for the answer
    kFriendAccepted,       ///< `conversation`'s person has accepted one's own request
    kTaskFailed,           ///< Model::tasks has the task and `code`
    kMessageChangeFailed,  ///< a recall, edit, deletion, reaction or pin was refused; `code`
};
/// Something to say once (a toast); never the only place where it shows, except kFriendAdded and
/// kMessageRefused.
struct Notice {
    NoticeKind kind = NoticeKind::kFriendAdded;
    std::optional<ErrorCode> code;
    std::optional<ConversationId> conversation;
};

/// A page of a chat that is being exported. The pages of one chat come oldest first and one chat
/// after the other; the app makes text of each as it comes and gives the person a file when it has
/// the last.
struct ExportPage {
    enum class Place {
        kMore,     ///< further pages follow
        kLast,     ///< this was all
        kGivenUp,  ///< nothing more comes: drop what there is
    };
    ConversationId conversation;
    ExportFormat format = ExportFormat::kText;
    /// Of the person who exports; what both are called there.
    UserId me;
    std::string my_name;
    std::string peer_name;
    /// The first page: a chat begins.
    bool first = false;
    Place place = Place::kMore;
    std::vector<proto::Message> messages;
};

using Effect = std::variant<Connect, CloseConnection, Send, SetTimer, StoreSession, ForgetSession,
                            LoadStored, StoreOutboxEntry, RemoveOutboxEntry, StoreDraft,
                            EraseStored, HoldOutbox, ReleaseOutbox, Announce, Notify, Notice,
                            UploadPicture, CancelUpload, ForgetPicture, ExportPage>;

}  // namespace kumquat::client
