// The chat pane's history: model -> rows with stable ids. No words and no pixels: heights and lines
// are the UI's.
#pragma once

#include <compare>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "client/core/model.h"
#include "client/view/local_time.h"

namespace kumquat::client {

enum class RowKind {
    kHistoryStart,   ///< top of everything: the person's avatar and name, and since when they are
                     ///< friends
    kLoadingOlder,   ///< skeleton bubbles at the top
    kLoading,        ///< nothing is there yet: skeleton bubbles
    kDay,            ///< day pill
    kUnreadDivider,  ///< "new messages"
    kMessage,
    kRecalled,      ///< "… recalled a message", in the place of the message
    kTyping,        ///< the peer's three dots
    kLoadingNewer,  ///< skeleton bubbles at the bottom
};

enum class BodyKind {
    kText,         ///< body->content
    kPicture,      ///< body->image, and `picture` while this device has it
    kUnsupported,  ///< "cannot be shown here"
};

/// An emoji under a message.
struct ReactionShown {
    std::string emoji;
    std::int64_t count = 0;
    /// One's own is among them.
    bool own = false;

    friend bool operator==(const ReactionShown&, const ReactionShown&) = default;
};

/// The line above a reply.
struct QuoteShown {
    Seq seq;
    /// Own, or else the other person's.
    bool own = false;
    /// The message is gone: nothing else is set.
    bool gone = false;
    BodyKind kind = BodyKind::kText;
    /// kText: the beginning of it, on one line.
    std::string text;

    friend bool operator==(const QuoteShown&, const QuoteShown&) = default;
};

/// Stays with a row as long as it is the same thing: an own message keeps its key from the first
/// echo on.
struct RowKey {
    RowKind kind = RowKind::kMessage;
    /// Own messages with a client id: device and counter. Others: 0 and the seq. Days: 0 and the
    /// LocalDay.
    std::int64_t a = 0;
    std::int64_t b = 0;

    friend constexpr auto operator<=>(const RowKey&, const RowKey&) = default;
};

struct TimelineRow {
    RowKey key;
    RowKind kind = RowKind::kMessage;

    /// kDay: of that day; kMessage and kRecalled: when it was sent; kHistoryStart: friends since
    /// (absent for a stranger).
    std::optional<TimeMs> time;
    /// kDay.
    DateKind date = DateKind::kToday;

    // kMessage; kRecalled has the first two of them:
    bool own = false;
    /// 0 while unsent.
    Seq seq;
    /// Set for own messages that are unsent: what RetryMessage and DiscardMessage name.
    std::optional<ClientMessageId> client_id;
    BodyKind body_kind = BodyKind::kText;
    /// Never null in a kMessage row.
    std::shared_ptr<const proto::Body> body;
    MessageState state = MessageState::kReceived;
    /// kPicture: the bytes are on this device, in its picture store.
    std::optional<LocalPicture> picture;
    /// kUploading: bytes.
    std::int64_t uploaded = 0;
    std::int64_t upload_total = 0;
    /// kFailed only.
    std::optional<ErrorCode> error;
    /// kQueued and kSending: monotonic time of writing; the glyph appears 400 ms after it.
    std::int64_t created_ms = 0;
    /// A group: same sender, same day, each less than three minutes after the one before, nothing
    /// between.
    bool first_in_group = true;
    bool last_in_group = true;
    /// Time and state stand in the bubble: last of its group, or not settled (sending, failed).
    bool shows_time = true;
    /// 1 to 3: the text is that many emoji and nothing else, drawn large and without a bubble. 0:
    /// ordinary.
    int emoji_only = 0;
    std::optional<QuoteShown> quote;
    bool forwarded = false;
    bool edited = false;
    bool pinned = false;
    std::vector<ReactionShown> reactions;
    // What can be done with it now; those with a time limit are decided by `now`.
    bool can_recall = false;
    bool can_edit = false;

    /// kRecalled: own, and its text is still here (Conversation::recalled_texts).
    bool can_rewrite = false;
};

struct TimelineRows {
    ConversationId conversation;
    /// Oldest first.
    std::vector<TimelineRow> rows;
    /// Index of the unread divider, if there is one: a chat opens there.
    std::optional<std::size_t> unread_divider;
    /// The window does not reach to the newest message.
    bool more_below = false;
    /// The person behind the avatar of received messages.
    std::string peer_name;
    std::string peer_initials;
    std::uint32_t peer_color = 0;
    BlobId peer_avatar;
    /// The last pinned first.
    std::vector<QuoteShown> pins;
    /// Built from these, ...
    Revision revision = 0;
    std::int64_t recall_ms = 0;
    std::int64_t edit_ms = 0;
    /// ... at this time, and the same until that one: then another day begins, or a message can not
    /// be recalled or edited any more.
    TimeMs built;
    TimeMs until;
};

/// Messages of one sender closer together than this stand in one group.
inline constexpr std::int64_t kGroupMs = 3 * 60 * 1000;

/// Rows of a conversation that may not exist yet (then: the start of its history).
TimelineRows build_timeline_rows(const Model& model, const ConversationId& conversation, TimeMs now,
                                 const OffsetMinutes& offset);

/// Whether rows that were built from an earlier model would be built the same now, whatever else
/// has happened there; but for `peer_...`.
bool rows_stand(const TimelineRows& rows, const Model& model, TimeMs now);
/// Only `peer_...`.
void update_peer(const Model& model, TimelineRows* rows);

}  // namespace kumquat::client
