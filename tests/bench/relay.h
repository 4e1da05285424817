// The yardstick: the least that a chat server on this WebSocket library can do. It hands each text
// to the partner and acknowledges it, keeps nothing, checks nothing, and knows its people by the
// address they connect to.
#pragma once

namespace kumquat::bench {

/// Prints the port on a line of its own, and runs until it is killed.
[[noreturn]] void run_relay(int threads);

}  // namespace kumquat::bench
