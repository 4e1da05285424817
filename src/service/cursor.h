// The text of a cursor. To a client it is opaque; to us it comes back as any text may.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "store/store.h"

namespace kumquat::service {

/// "f.<number>.<after>" among the friends; with another letter among the requests to (r) and from
/// (s) the user, the blocked (b), the conversations (c).
std::string cursor_text(const store::SnapshotCursor& cursor);
/// Errors: kBadField.
Result<store::SnapshotCursor> parse_cursor(std::string_view text);

/// "m.<time>.<conversation>.<seq>": a search goes on below this message.
std::string cursor_text(const store::SearchPlace& place);
/// Errors: kBadField.
Result<store::SearchPlace> parse_search_cursor(std::string_view text);

}  // namespace kumquat::service
