// The feed: how a change becomes an entry of a user's feed, and an entry an event on the wire.
//
// Live events and entries read back later are made by the same function, so they are the same.
#pragma once

#include <optional>

#include "proto/messages.h"
#include "service/overlay.h"
#include "service/work.h"
#include "store/store.h"

namespace kumquat::service {

/// The event that `item` stands for; empty if what it refers to is gone for the reader (a message
/// of a deleted chat): the number then stands alone.
std::optional<proto::Event> to_event(const store::FeedItem& item);

/// Appends an entry to the feed of `item.row.user` and lets its event leave with `outcome`. `item`
/// without a number.
void announce(Overlay& rows, Outcome& outcome, store::FeedItem item);

}  // namespace kumquat::service
