// Which Host and Origin a request may name. This is what keeps a page on somebody else's site from
// talking to a kumquatd on the visitor's machine or in the visitor's network (DNS rebinding,
// cross-site WebSocket hijacking).
//
// Pure: strings in, verdict out. It knows no sockets and no HTTP library.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace kumquat::server {

/// Host name and port as they stand in a Host header or an origin. The name is lower case and has
/// no brackets and no dot at its end; a missing port is 0.
struct Authority {
    std::string name;
    std::uint16_t port = 0;

    friend bool operator==(const Authority& a, const Authority& b) {
        return a.name == b.name && a.port == b.port;
    }
};

/// Reads "name", "name:port", "1.2.3.4:port", "[::1]:port". Empty if it is none of these.
std::optional<Authority> parse_authority(std::string_view text);

/// An origin (RFC 6454): "http://name[:port]" or "https://...", with nothing behind it. A missing
/// port becomes the scheme's.
struct Origin {
    bool https = false;
    Authority authority;

    friend bool operator==(const Origin& a, const Origin& b) {
        return a.https == b.https && a.authority == b.authority;
    }
};

/// Empty for anything else, "null" among it.
std::optional<Origin> parse_origin(std::string_view text);

class HostGuard {
  public:
    struct Rules {
        /// The port that kumquatd listens on.
        std::uint16_t port = 0;
        /// The address that it listens on.
        std::string bind;
        /// Further names under which it is reached ("chat.example.org", "localhost:9090"). Without
        /// a port: the listening port, or none at all as behind a proxy.
        std::vector<Authority> names;
        /// Further origins whose pages may use this service.
        std::vector<Origin> origins;
    };

    explicit HostGuard(Rules rules) : rules_(std::move(rules)) {}

    /// May a request name this host? `local_address` is where its connection came in: an IP address
    /// cannot be rebound, so the connection's own is always fine. Errors: kInvalidArgument, with a
    /// text that tells an operator what to do.
    Status check_host(std::string_view host, std::string_view local_address) const;

    /// May a page of `origin` use this service, under a Host header that has passed check_host()?
    /// An empty origin (no browser) may. Errors as above.
    Status check_origin(std::string_view origin, std::string_view host) const;

  private:
    bool name_allowed(const Authority& host, std::string_view local_address) const;

    Rules rules_;
};

}  // namespace kumquat::server
