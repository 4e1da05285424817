#include "client/view/search_rows.h"

#include <algorithm>

#include "base/fold.h"
#include "base/utf8.h"
#include "client/core/picture_rules.h"
#include "client/view/avatar.h"

namespace kumquat::client {
namespace {

constexpr std::string_view kLeftOut = "…";

bool is_blank(char c) {
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

/// The beginning of the first character at or behind `at`.
std::size_t character_from(std::string_view text, std::size_t at) {
    while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80)
        ++at;
    return at;
}

/// Fills in text and match: like one_line(), but around the match.
void show_excerpt(std::string_view text, ByteRange match, SearchRow* row) {
    const std::size_t from = match.begin > kExcerptBefore ? match.begin - kExcerptBefore : 0;
    const std::size_t begin = character_from(text, from);
    const std::size_t end = std::max(match.end, begin + kExcerptBytes);
    const std::string_view part = truncate_utf8(text, std::min(end, text.size()));
    std::string& line = row->text;
    if (begin > 0) line += kLeftOut;
    bool blank = false;
    for (std::size_t i = begin; i < part.size(); ++i) {
        // A match may begin or end with a blank: it is written before anything is marked.
        if (blank && (i == match.begin || i == match.end || !is_blank(part[i]))) {
            if (!line.empty()) line += ' ';
            blank = false;
        }
        if (i == match.begin) row->match_begin = line.size();
        if (i == match.end) row->match_end = line.size();
        if (is_blank(part[i])) {
            blank = true;
        } else {
            line += part[i];
        }
    }
    if (match.end == part.size()) {
        if (blank) line += ' ';
        row->match_end = line.size();
    }
    if (part.size() < text.size()) line += kLeftOut;
}

SearchRow row_of(const Model& model, const proto::SearchHit& hit, TimeMs now,
                 const OffsetMinutes& offset) {
    const UserId& peer = hit.conversation.peer();
    const proto::Message& message = hit.message;
    SearchRow row;
    row.conversation = hit.conversation;
    row.seq = message.seq;
    row.name = model.name_of(peer);
    row.initials = avatar_initials(row.name, peer.text());
    row.color = avatar_color(peer.text());
    if (const proto::Profile* profile = model.profile_of(peer)) row.avatar = profile->avatar;
    row.own = message.from == model.me.user_id;
    row.time = message.time;
    row.date = date_kind(message.time, now, offset);
    if (message.body.type == proto::kTextType) {
        const std::string& text = message.body.content;
        show_excerpt(text, find_folded(text, model.search(SearchScope::kAllChats).query.text),
                     &row);
    } else {
        row.kind = shows_picture(message.body) ? BodyKind::kPicture : BodyKind::kUnsupported;
    }
    return row;
}

}  // namespace

ByteRange find_folded(std::string_view text, std::string_view wanted) {
    if (wanted.empty()) return {};
    // Folding may change how many bytes a character has, so each is folded by itself.
    std::string folded;
    std::vector<std::size_t> origin;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t begin = at;
        decode_utf8(text, &at);
        folded += fold_case(text.substr(begin, at - begin));
        origin.resize(folded.size(), begin);
    }
    origin.push_back(text.size());
    const std::string wanted_folded = fold_case(wanted);
    const std::size_t found = folded.find(wanted_folded);
    if (found == std::string::npos) return {};
    return {origin[found], origin[found + wanted_folded.size()]};
}

std::vector<SearchRow> build_search_rows(const Model& model, TimeMs now,
                                         const OffsetMinutes& offset) {
    const SearchState& search = model.search(SearchScope::kAllChats);
    std::vector<SearchRow> rows;
    rows.reserve(search.hits.size());
    for (const proto::SearchHit& hit : search.hits)
        rows.push_back(row_of(model, hit, now, offset));
    return rows;
}

}  // namespace kumquat::client
