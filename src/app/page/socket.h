// How a page's program reaches its service: each program is linked with one definition, so that none
// carries what only the other needs.
#pragma once

#include <memory>

#include "platform/transport.h"

namespace kumquat::app {

/// Null in the static site: its service runs in the browser.
std::unique_ptr<platform::Transport> make_socket();

}  // namespace kumquat::app
