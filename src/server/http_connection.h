// One HTTP connection: reads requests within bounds of size and time, answers them, and hands a
// WebSocket upgrade on.
#pragma once

#include <memory>

#include "server/asio_types.h"
#include "server/context.h"

namespace kumquat::server {

/// Goes on by itself. `connection_guard` lives as long as the connection, in whatever form.
void run_http_connection(const Context& context, TcpSocket socket,
                         std::shared_ptr<void> connection_guard);

}  // namespace kumquat::server
