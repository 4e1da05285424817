#include "platform/headless/headless.h"

namespace kumquat::platform::headless {

void ScriptedTransport::open(const std::string& url, Listener* listener) {
    urls.push_back(url);
    listener_ = listener;
    open_ = false;
}

bool ScriptedTransport::send(std::string_view text) {
    if (!open_ || text.find('\0') != std::string_view::npos) return false;
    sent.emplace_back(text);
    return true;
}

void ScriptedTransport::close(int code, std::string_view) {
    close_code = code;
}

void ScriptedTransport::accept() {
    if (listener_ == nullptr || open_) return;
    open_ = true;
    listener_->on_open();
}

void ScriptedTransport::receive(std::string_view text) {
    if (open_) listener_->on_text(text);
}

void ScriptedTransport::drop(int code, std::string_view reason) {
    Listener* listener = std::exchange(listener_, nullptr);
    open_ = false;
    if (listener != nullptr) listener->on_close(code, reason);
}

}  // namespace kumquat::platform::headless
