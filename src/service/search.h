// search_messages: looks through one's own conversations, step by step, so that no reader of the
// store is held for long.
#pragma once

#include "service/queries.h"

namespace kumquat::service {

Status check_search_messages(const proto::SearchMessages& request, Work& work);
/// Answers a checked request of `user`. `answer` runs later, once.
void run_search(store::Store& store, const proto::SearchMessages& request, UserKey user,
                Answer answer);

}  // namespace kumquat::service
