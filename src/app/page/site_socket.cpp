#include "app/page/socket.h"

namespace kumquat::app {

std::unique_ptr<platform::Transport> make_socket() {
    return nullptr;
}

}  // namespace kumquat::app
