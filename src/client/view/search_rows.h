// What a search has found: model -> rows. No words and no pixels.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "client/core/model.h"
#include "client/view/local_time.h"
#include "client/view/timeline_rows.h"

namespace kumquat::client {

struct SearchRow {
    ConversationId conversation;
    Seq seq;
    /// The other person of the conversation.
    std::string name;
    std::string initials;
    std::uint32_t color = 0;
    /// Empty: initials and colour stand for the person.
    BlobId avatar;
    /// Sent by oneself, or else by that person.
    bool own = false;
    TimeMs time;
    DateKind date = DateKind::kToday;
    BodyKind kind = BodyKind::kText;
    /// kText: one line of the message around the first match; "…" stands for what is left out.
    std::string text;
    /// Bytes of `text` that match; both 0: nothing was looked for.
    std::size_t match_begin = 0;
    std::size_t match_end = 0;
};

/// A line is wide enough to show the match in what surrounds it.
inline constexpr std::size_t kExcerptBefore = 40;
inline constexpr std::size_t kExcerptBytes = 240;

/// In the order of the hits.
std::vector<SearchRow> build_search_rows(const Model& model, TimeMs now,
                                         const OffsetMinutes& offset);

/// Bytes of a text: the first part of it that equals `wanted`, letters' case aside, by the rule of
/// the service (base/fold.h). Empty: there is none, or nothing is wanted.
struct ByteRange {
    std::size_t begin = 0;
    std::size_t end = 0;

    friend bool operator==(const ByteRange&, const ByteRange&) = default;
};
ByteRange find_folded(std::string_view text, std::string_view wanted);

}  // namespace kumquat::client
