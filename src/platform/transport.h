// A connection that carries text frames: a WebSocket to kumquatd, or a port to the service inside
// the browser.
//
// Single-threaded. It knows nothing of the protocol, of reconnecting or of heartbeats: the client
// core decides those.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace kumquat::platform {

/// Close codes that the transport itself makes up, beside those the peer sends (RFC 6455,
/// section 7.4.1).
inline constexpr int kCloseNormal = 1000;
/// No close frame came: refused, cut, bad address, blocked by policy. Browsers tell no more than
/// this.
inline constexpr int kCloseAbnormal = 1006;

class Transport {
  public:
    class Listener {
      public:
        virtual ~Listener() = default;
        virtual void on_open() = 0;
        /// One whole text frame. The view dies when the call returns.
        virtual void on_text(std::string_view text) = 0;
        /// Called exactly once for each open(), also when the attempt failed, and never for an
        /// earlier attempt. The transport may be opened again from inside.
        virtual void on_close(int code, std::string_view reason) = 0;
    };

    virtual ~Transport() = default;

    /// Starts to connect. An attempt or connection that is still there is dropped silently (no
    /// on_close). No listener function is called before open() has returned.
    virtual void open(const std::string& url, Listener* listener) = 0;
    /// False if there is no open connection, or the frame holds a NUL: nothing was sent then. True
    /// does not mean that it arrived.
    virtual bool send(std::string_view text) = 0;
    /// Bytes taken by send() that have not left yet. Senders stop above a limit of their own.
    virtual std::size_t buffered_bytes() const = 0;
    /// Starts the closing handshake; on_close follows, with kCloseAbnormal at the latest when the
    /// peer does not answer. `code` is 1000 or 3000 to 4999, others become 1000; `reason` is cut to
    /// 123 bytes.
    virtual void close(int code, std::string_view reason) = 0;
};

}  // namespace kumquat::platform
