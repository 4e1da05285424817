// Transport over Emscripten's WebSocket API, with the traps of that API behind a wall:
//  - `new WebSocket`, send and close may throw in JavaScript, straight through our frames: they are
//  called through
//    web/library.js, which catches.
//  - 3.1.6 never frees a socket's slot, writes the buffered amount as 64 bits (later: size_t), and
//  has EM_BOOL as int (later:
//    bool).
//  - Received text is counted with its closing NUL; sent text ends at the first NUL.
//  - A connection that the page's policy forbids ends in Chromium with an error event and no close
//  event.
//  - A peer that never answers a close keeps the socket "closing" for minutes: we stop waiting.
#pragma once

#include <string>

#include <emscripten/websocket.h>

#include "platform/transport.h"

namespace kumquat::platform::web {

class WebTransport : public Transport {
  public:
    void open(const std::string& url, Listener* listener) override;
    bool send(std::string_view text) override;
    std::size_t buffered_bytes() const override;
    void close(int code, std::string_view reason) override;

  private:
    using Bool = decltype(EmscriptenWebSocketMessageEvent::isText);
    static Bool on_open(int, const EmscriptenWebSocketOpenEvent* event, void* self);
    static Bool on_message(int, const EmscriptenWebSocketMessageEvent* event, void* self);
    static Bool on_error(int, const EmscriptenWebSocketErrorEvent* event, void* self);
    static Bool on_close(int, const EmscriptenWebSocketCloseEvent* event, void* self);
    static void on_failed_to_start(void* self);
    static void on_close_overdue(void* self);

    bool is_current(int socket) const { return socket_ > 0 && socket == socket_; }
    void drop_socket();
    void finish(int code, std::string_view reason);

    int socket_ = 0;
    bool open_ = false;
    Listener* listener_ = nullptr;
    // Timer of a start that failed at once, of an error that no close follows, or of a close that
    // waits for the peer.
    long timer_ = 0;
    std::string outgoing_;
};

}  // namespace kumquat::platform::web
