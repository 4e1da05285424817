#include "platform/web/port_transport.h"

#include <utility>

#include "platform/web/page_calls.h"

namespace kumquat::platform::web {

void PortTransport::open(const std::string&, Listener* listener) {
    if (listener_ != nullptr) kq_local_forget(number_);
    open_ = false;
    listener_ = listener;
    kq_local_open(++number_);
}

bool PortTransport::send(std::string_view text) {
    if (!open_ || text.find('\0') != std::string_view::npos) return false;
    return kq_local_send(number_, text.data(), size_of(text)) != 0;
}

void PortTransport::close(int, std::string_view) {
    // The service is told that it is over, not why; it has no use for that.
    if (listener_ == nullptr) return;
    open_ = false;
    kq_local_close(number_);
}

void PortTransport::on_opened(double number) {
    if (!is_current(number)) return;
    open_ = true;
    listener_->on_open();
}

void PortTransport::on_text(double number, std::string_view text) {
    if (is_current(number) && open_) listener_->on_text(text);
}

void PortTransport::on_closed(double number, int code, std::string_view reason) {
    if (!is_current(number)) return;
    open_ = false;
    // It may be opened again from inside.
    std::exchange(listener_, nullptr)->on_close(code, reason);
}

}  // namespace kumquat::platform::web
