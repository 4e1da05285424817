// The beginning of a message, as the service tells it where another message points to it.
#pragma once

#include "proto/messages.h"

namespace kumquat::client {

/// Nobody can read anything of it any more: it was recalled, or the reader has deleted it.
bool is_gone(const proto::Message& message);

/// Of a message that is gone nothing but its seq.
proto::Quote quote_of(const proto::Message& message);

}  // namespace kumquat::client
