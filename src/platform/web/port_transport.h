// The transport to the service inside this browser: frames as strings over a port, by
// web/page/local.js.
//
// Each attempt has a number of its own; what is heard of an earlier one is dropped here.
#pragma once

#include "platform/transport.h"

namespace kumquat::platform::web {

class PortTransport : public Transport {
  public:
    /// The address means nothing: there is one service in this browser.
    void open(const std::string& url, Listener* listener) override;
    bool send(std::string_view text) override;
    /// A port takes everything at once.
    std::size_t buffered_bytes() const override { return 0; }
    void close(int code, std::string_view reason) override;

    void on_opened(double number);
    void on_text(double number, std::string_view text);
    void on_closed(double number, int code, std::string_view reason);

  private:
    bool is_current(double number) const { return listener_ != nullptr && number == number_; }

    double number_ = 0;
    bool open_ = false;
    Listener* listener_ = nullptr;
};

}  // namespace kumquat::platform::web
