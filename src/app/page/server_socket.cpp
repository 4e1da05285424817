#include "app/page/socket.h"
#include "platform/web/web_transport.h"

namespace kumquat::app {

std::unique_ptr<platform::Transport> make_socket() {
    return std::make_unique<platform::web::WebTransport>();
}

}  // namespace kumquat::app
