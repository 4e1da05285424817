#include "store/stored_message.h"

#include <utility>

#include "base/utf8.h"

namespace kumquat::store {

StoredQuote quote_of(const MessageRow& row, UserId from) {
    return {row.seq, std::move(from), row.type,
            std::string(truncate_utf8(row.content, limits::kQuoteBytes))};
}

StoredMessage deleted_message(const MessageRow& row, UserId from) {
    StoredMessage message;
    message.row.conversation = row.conversation;
    message.row.seq = row.seq;
    message.row.sender = row.sender;
    message.row.time = row.time;
    message.from = std::move(from);
    message.deleted = true;
    return message;
}

}  // namespace kumquat::store
