// One WebSocket: frames in to the service, frames out to the client, and every bound on what a
// client may cost. It knows nothing of what the frames mean beyond "this answers a request".
//
// It lives on its socket's strand. Reading stops while the service is full, while the connection
// has its maximum of requests in flight, and while too much waits to be written: the client then
// waits on TCP. Writing has a bound in bytes and one in time; who does not read is told 4408 and
// cut off.
//
// Nothing is compressed (permessage-deflate): chat frames are short, a compressor costs each
// connection more memory than all else together, and secrets would share a window with what others
// write.
#pragma once

#include <memory>

#include <boost/beast/http/message.hpp>
#include <boost/beast/http/string_body.hpp>

#include "server/asio_types.h"
#include "server/context.h"

namespace kumquat::server {

using HttpRequest = boost::beast::http::request<boost::beast::http::string_body>;

/// Answers a WebSocket upgrade that has passed every check, and goes on by itself.
/// `connection_guard` lives as long as the connection. On the socket's strand.
void run_socket_connection(const Context& context, TcpSocket socket, HttpRequest upgrade,
                           std::shared_ptr<void> connection_guard);

}  // namespace kumquat::server
