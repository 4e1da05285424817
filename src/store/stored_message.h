// What readers see of messages, whoever looks them up.
#pragma once

#include "store/store.h"

namespace kumquat::store {

/// Of a message that its reader can see.
StoredQuote quote_of(const MessageRow& row, UserId from);
/// Of a message that its reader has deleted.
StoredMessage deleted_message(const MessageRow& row, UserId from);

}  // namespace kumquat::store
