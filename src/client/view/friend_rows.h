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
#include "client/view/name_search.h"

namespace kumquat::client {

/// What the second line of a row shows.
enum class PreviewKind {
    kNone,        ///< a stranger's row without messages (the open chat)
    kNewFriends,  ///< "you are now friends, say hello"
    kText,        ///< `text`
    kPicture,
    kUnsupported,  ///< a message of a kind that cannot be shown here
    kDraft,        ///< `text` behind the word for "draft"
    kTyping,       ///< "typing…"
    kRecalled,     ///< a message was recalled; `state` tells whose
};

struct FriendRow {
    /// Stable: the same person has the same row.
    ConversationId id;
    std::string name;
    std::string initials;
    std::uint32_t color = 0;
    /// Empty: initials and colour stand for the person.
    BlobId avatar;
    bool is_friend = true;
    /// Of a friend; empty: in none.
    std::string group;
    bool blocked = false;
    bool pinned = false;
    /// New messages make no sound, and are not counted outside this row.
    bool muted = false;
    bool online = false;
    /// The open chat.
    bool open = false;
    PreviewKind preview = PreviewKind::kNone;
    /// One line: line breaks and runs of blanks have become one blank. Cut at kPreviewBytes.
    std::string text;
    /// For kText, kPicture, kUnsupported and kRecalled: own messages carry their state's glyph.
    /// Absent: the other person's message.
    std::optional<MessageState> state;
    /// Another device has a draft, this one has none. (The one here is kDraft.)
    bool draft_elsewhere = false;
    std::int64_t unread = 0;
    /// Last activity. Absent: never talked.
    std::optional<TimeMs> time;
    DateKind date = DateKind::kToday;
};

/// More of a preview is never visible.
inline constexpr std::size_t kPreviewBytes = 400;

enum class FriendOrder {
    /// Pinned ones first; then by last activity, newest first; then those never talked to, by group
    /// and name.
    kActivity,
    /// Friends alone, by group and name; those in no group first.
    kGroups,
};

/// Rows under one caption.
struct FriendSection {
    enum class Kind {
        kTalks,    ///< without a caption: pinned, then by last activity
        kNever,    ///< never talked to, in no group
        kGroup,    ///< of the group `group`
        kNoGroup,  ///< in no group; of FriendOrder::kGroups
    };
    Kind kind = Kind::kTalks;
    std::string group;
    /// Index of its first row.
    std::size_t first = 0;
};

/// The row that stands for all friend requests.
struct RequestsRow {
    /// Waiting for one's own answer, and those of them that were not looked at.
    std::int64_t received = 0;
    std::int64_t unread = 0;
    std::int64_t sent = 0;
    /// The newest received one or, if there is none, the newest sent one.
    std::string name;
    TimeMs time;
    DateKind date = DateKind::kToday;
};

struct FriendList {
    enum class Status {
        kLoading,  ///< skeleton rows
        kEmpty,    ///< nobody to show: invite to add a friend
        kNoHits,   ///< the search found nobody
        kRows,
    };
    Status status = Status::kLoading;
    /// In the order asked for.
    std::vector<FriendRow> rows;
    /// In the order of the rows; none is empty.
    std::vector<FriendSection> sections;
    /// Only while something waits, and not while searching.
    std::optional<RequestsRow> requests;
    /// Built from this; also depends on the local date and on `search`.
    Revision list_revision = 0;
};

/// `search`: keeps rows whose nick, remark or ID contains it, without regard to ASCII case, or
/// whose nick or remark is spelled like it (see name_matches); blanks at its ends do not count.
FriendList build_friend_list(const Model& model, std::string_view search, TimeMs now,
                             const OffsetMinutes& offset, const Spelling& spelling = {},
                             FriendOrder order = FriendOrder::kActivity);

}  // namespace kumquat::client
