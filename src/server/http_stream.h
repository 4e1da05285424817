// The stream under an HTTP connection: a socket with a deadline, on the connection's strand.
#pragma once

#include <boost/beast/core/basic_stream.hpp>

#include "server/asio_types.h"

namespace kumquat::server {

using HttpStream = boost::beast::basic_stream<Tcp, Strand>;

}  // namespace kumquat::server
