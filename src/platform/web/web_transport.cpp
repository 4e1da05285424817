#include "platform/web/web_transport.h"

#include <utility>

#include <emscripten/html5.h>

#include "base/utf8.h"

extern "C" {
// web/library.js: Emscripten's functions of the same names, with exceptions turned into negative
// results.
int kq_socket_new(EmscriptenWebSocketCreateAttributes* attributes);
int kq_socket_send(int socket, const char* text);
int kq_socket_close(int socket, int code, const char* reason);
void kq_socket_delete(int socket);
}

namespace kumquat::platform::web {
namespace {

constexpr double kCloseWaitMs = 3000;
constexpr double kCloseAfterErrorMs = 1000;
constexpr std::size_t kReasonBytesMax = 123;

// The type of the amount depends on Emscripten's version.
template <typename Socket, typename Amount>
std::size_t buffered(EMSCRIPTEN_RESULT (*read)(Socket, Amount*), int socket) {
    Amount amount = 0;
    return read(socket, &amount) == EMSCRIPTEN_RESULT_SUCCESS ? static_cast<std::size_t>(amount)
                                                              : 0;
}

bool may_be_passed(int code) {
    return code == kCloseNormal || (code >= 3000 && code <= 4999);
}

}  // namespace

void WebTransport::open(const std::string& url, Listener* listener) {
    drop_socket();
    listener_ = listener;
    EmscriptenWebSocketCreateAttributes attributes;
    emscripten_websocket_init_create_attributes(&attributes);
    attributes.url = url.c_str();
    attributes.createOnMainThread = true;
    socket_ = kq_socket_new(&attributes);
    if (socket_ <= 0) {
        // A bad address or a forbidden one. Reported like every other failure: later, and once.
        socket_ = 0;
        timer_ = emscripten_set_timeout(on_failed_to_start, 0, this);
        return;
    }
    emscripten_websocket_set_onopen_callback(socket_, this, on_open);
    emscripten_websocket_set_onmessage_callback(socket_, this, on_message);
    emscripten_websocket_set_onerror_callback(socket_, this, on_error);
    emscripten_websocket_set_onclose_callback(socket_, this, on_close);
}

bool WebTransport::send(std::string_view text) {
    if (!open_ || text.find('\0') != std::string_view::npos) return false;
    outgoing_.assign(text);
    return kq_socket_send(socket_, outgoing_.c_str()) == EMSCRIPTEN_RESULT_SUCCESS;
}

std::size_t WebTransport::buffered_bytes() const {
    return socket_ > 0 ? buffered(emscripten_websocket_get_buffered_amount, socket_) : 0;
}

void WebTransport::close(int code, std::string_view reason) {
    if (socket_ <= 0 || timer_ != 0) return;
    open_ = false;
    std::string cut(truncate_utf8(reason, kReasonBytesMax));
    kq_socket_close(socket_, may_be_passed(code) ? code : kCloseNormal, cut.c_str());
    timer_ = emscripten_set_timeout(on_close_overdue, kCloseWaitMs, this);
}

void WebTransport::drop_socket() {
    open_ = false;
    if (timer_ != 0) emscripten_clear_timeout(std::exchange(timer_, 0));
    int socket = std::exchange(socket_, 0);
    if (socket <= 0) return;
    kq_socket_close(socket, kCloseNormal, "");
    kq_socket_delete(socket);
}

void WebTransport::finish(int code, std::string_view reason) {
    drop_socket();
    Listener* listener = std::exchange(listener_, nullptr);
    if (listener != nullptr) listener->on_close(code, reason);
}

WebTransport::Bool WebTransport::on_open(int, const EmscriptenWebSocketOpenEvent* event,
                                         void* self) {
    auto* transport = static_cast<WebTransport*>(self);
    if (transport->is_current(event->socket) && transport->timer_ == 0) {
        transport->open_ = true;
        transport->listener_->on_open();
    }
    return true;
}

WebTransport::Bool WebTransport::on_message(int, const EmscriptenWebSocketMessageEvent* event,
                                            void* self) {
    auto* transport = static_cast<WebTransport*>(self);
    if (!transport->is_current(event->socket) || !transport->open_ || !event->isText ||
        event->numBytes == 0)
        return true;
    // Counted with the NUL. The bytes live until this call returns.
    transport->listener_->on_text(
        {reinterpret_cast<const char*>(event->data), event->numBytes - 1});
    return true;
}

WebTransport::Bool WebTransport::on_error(int, const EmscriptenWebSocketErrorEvent* event,
                                          void* self) {
    auto* transport = static_cast<WebTransport*>(self);
    if (transport->is_current(event->socket) && transport->timer_ == 0) {
        transport->open_ = false;
        transport->timer_ = emscripten_set_timeout(on_close_overdue, kCloseAfterErrorMs, self);
    }
    return true;
}

WebTransport::Bool WebTransport::on_close(int, const EmscriptenWebSocketCloseEvent* event,
                                          void* self) {
    auto* transport = static_cast<WebTransport*>(self);
    if (!transport->is_current(event->socket)) return true;
    // A copy: the event's memory is Emscripten's, and shared.
    std::string reason(event->reason);
    transport->finish(event->code, reason);
    return true;
}

void WebTransport::on_failed_to_start(void* self) {
    auto* transport = static_cast<WebTransport*>(self);
    transport->timer_ = 0;
    transport->finish(kCloseAbnormal, "");
}

void WebTransport::on_close_overdue(void* self) {
    auto* transport = static_cast<WebTransport*>(self);
    transport->timer_ = 0;
    transport->finish(kCloseAbnormal, "");
}

}  // namespace kumquat::platform::web
