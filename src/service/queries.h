// The requests that only read: sync, find_user, get_history, list_sessions, search_messages. They
// go to the store's readers and never enter a batch.
#pragma once

#include <functional>
#include <set>

#include "base/result.h"
#include "proto/messages.h"
#include "service/work.h"
#include "store/store.h"

namespace kumquat::service {

Status check_sync(const proto::Sync& request, Work& work);
Status check_find_user(const proto::FindUser& request, Work& work);
Status check_get_history(const proto::GetHistory& request, Work& work);
Status check_list_sessions(const proto::ListSessions& request, Work& work);

using Answer = std::function<void(Result<proto::Reply>)>;

/// A failed read, which may always be tried again: it has changed nothing.
Error with_retry(Error error);

/// What an answer may use beside the store.
struct QueryMoment {
    TimeMs now;
    /// The sender's sessions that have a connection.
    std::set<store::TokenHash> connected;
};

/// Answers `work`, a checked request of a signed-in connection that rule_of() calls kRead. `answer`
/// runs later, once.
void run_query(store::Store& store, const Work& work, QueryMoment moment, Answer answer);

}  // namespace kumquat::service
