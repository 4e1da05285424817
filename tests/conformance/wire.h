// What a home of the service brings to the conformance scripts: a way to connect, and text both
// ways. Nothing here knows what the transport is.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace kumquat::conformance {

struct Incoming {
    enum class Kind {
        kFrame,
        kClosed,   ///< `code` says why
        kNothing,  ///< patience has ended
    };
    Kind kind = Kind::kNothing;
    std::string text;
    int code = 0;
};

/// A client's end of one connection.
class Wire {
  public:
    virtual ~Wire() = default;
    virtual void send(std::string_view text) = 0;
    /// The next frame, or how the connection ended. Waits.
    virtual Incoming receive() = 0;
    virtual void close() = 0;
};

struct Uploaded {
    std::string id;
    std::int64_t bytes = 0;
};

/// A running service that offers sign-in by name alone.
class Home {
  public:
    virtual ~Home() = default;
    virtual std::unique_ptr<Wire> connect() = 0;
    /// The transport itself refuses text that is not UTF-8, by ending the connection with 1007 (RFC
    /// 6455, 8.1): the service never sees it.
    virtual bool transport_checks_utf8() const { return false; }
    /// Uploads a PNG of these dimensions in the name of `session`. Empty if it is refused.
    virtual std::optional<Uploaded> upload(const std::string& session, std::int64_t width,
                                           std::int64_t height) = 0;
};

/// A fresh home. Each program of the suite defines it, for its kind.
std::unique_ptr<Home> make_home();

}  // namespace kumquat::conformance
