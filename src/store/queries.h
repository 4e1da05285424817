// The meaning of every read, written once over RowReader. A store that can do better (one statement
// for all rows of a batch) may answer by itself; tests/contract hold it to the same answers.
#pragma once

#include "store/row_reader.h"
#include "store/store.h"

namespace kumquat::store {

ReadRows load_rows(RowReader& rows, const ReadKeys& keys);
HistoryPage history_page(RowReader& rows, const HistoryQuery& query);
FeedPage feed_page(RowReader& rows, const FeedQuery& query);
SnapshotPage snapshot_page(RowReader& rows, const SnapshotQuery& query);
SearchStep search_step(RowReader& rows, const SearchQuery& query);
std::optional<FoundUser> found_user(RowReader& rows, UserKey viewer, const UserId& id);
/// By peer.
std::vector<Tie> ties(RowReader& rows, UserKey user);
std::vector<SessionRow> sessions_of(RowReader& rows, UserKey user);
std::optional<SessionRow> found_session(RowReader& rows, const TokenHash& token);
std::vector<BlobId> orphans(RowReader& rows, const OrphanQuery& query);

}  // namespace kumquat::store
