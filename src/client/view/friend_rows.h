// The friends pane: model -> rows with stable ids. No words: codes and values, the UI owns the
// words.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "client/core/model.h"
#include "client/view/local_time.h"

namespace kumquat::client {

/// What the second line of a row shows.
enum class PreviewKind {
    kNone,         ///< a stranger's row without messages (the open chat)
    kNewFriends,   ///< "you are now friends, say hello"
    kText,         ///< `text`
    kUnsupported,  ///< a message of a kind that cannot be shown here
    kDraft,        ///< `text` behind the word for "draft"
    kTyping,       ///< "typing…"
};

struct FriendRow {
    /// Stable: the same person has the same row.
    ConversationId id;
    std::string name;
    std::string initials;
    std::uint32_t color = 0;
    bool is_friend = true;
    bool online = false;
    /// The open chat.
    bool open = false;
    PreviewKind preview = PreviewKind::kNone;
    /// One line: line breaks and runs of blanks have become one blank. Cut at kPreviewBytes.
    std::string text;
    /// For kText and kUnsupported: own messages carry their state's glyph. Absent: the other
    /// person's message.
    std::optional<MessageState> state;
    std::int64_t unread = 0;
    bool pinned = false;
    bool muted = false;
    /// Last activity. Absent: never talked.
    std::optional<TimeMs> time;
    DateKind date = DateKind::kToday;
};

/// More of a preview is never visible.
inline constexpr std::size_t kPreviewBytes = 400;

struct FriendList {
    enum class Status {
        kLoading,  ///< skeleton rows
        kEmpty,    ///< nobody to show: invite to add a friend
        kNoHits,   ///< the search found nobody
        kRows,
    };
    Status status = Status::kLoading;
    /// By last activity, newest first; then those never talked to, by name.
    std::vector<FriendRow> rows;
    /// Index of the first row never talked to (its caption stands above it); rows.size() if there
    /// is none.
    std::size_t never_talked_from = 0;
    /// Built from this; also depends on the local date and on `search`.
    Revision list_revision = 0;
};

/// `search`: keeps rows whose name, nick, remark or ID contains it, without regard to ASCII case;
/// blanks at its ends do not count.
FriendList build_friend_list(const Model& model, std::string_view search, TimeMs now,
                             const OffsetMinutes& offset);

}  // namespace kumquat::client
