#include "client/core/quote.h"

#include "base/limits.h"
#include "base/utf8.h"

namespace kumquat::client {

bool is_gone(const proto::Message& message) {
    return message.recalled || message.deleted;
}

proto::Quote quote_of(const proto::Message& message) {
    proto::Quote quote;
    quote.seq = message.seq;
    if (is_gone(message)) return quote;
    quote.from = message.from;
    quote.type = message.body.type;
    if (message.body.type == proto::kTextType)
        quote.text = truncate_utf8(message.body.content, limits::kQuoteBytes);
    return quote;
}

}  // namespace kumquat::client
