// One connection as the service keeps it: how far it has come, and its requests that have to wait
// for their turn.
#pragma once

#include <deque>
#include <optional>

#include "proto/messages.h"
#include "service/work.h"

namespace kumquat::service {

struct Connection {
    bool greeted = false;
    std::optional<Session> session;
    /// In the order sent. The front waits for what is under way.
    std::deque<proto::ClientFrame> waiting;
    /// In the inbox or a batch.
    std::size_t changes = 0;
    /// With the store's readers.
    std::size_t reads = 0;
    /// sign_in, resume or sign_out is under way: nothing may begin before it is over.
    bool changing_session = false;

    std::size_t in_flight() const { return waiting.size() + changes + reads; }
};

}  // namespace kumquat::service
