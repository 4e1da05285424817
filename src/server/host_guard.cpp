#include "server/host_guard.h"

#include <algorithm>
#include <charconv>

namespace kumquat::server {
namespace {

constexpr std::size_t kNameBytesMax = 253;  // RFC 1035, 2.3.4

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool is_name_character(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_';
}

bool is_ipv6_character(char c) {
    return (c >= 'a' && c <= 'f') || (c >= '0' && c <= '9') || c == ':' || c == '.';
}

std::optional<std::uint16_t> parse_port(std::string_view text) {
    unsigned port = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    if (port == 0 || port > 65535) return std::nullopt;
    return static_cast<std::uint16_t>(port);
}

bool is_loopback_name(std::string_view name) {
    return name == "localhost" || name == "127.0.0.1" || name == "::1";
}

}  // namespace

std::optional<Authority> parse_authority(std::string_view text) {
    std::string_view name = text;
    std::string_view rest;
    bool ipv6 = false;
    if (!text.empty() && text.front() == '[') {
        const std::size_t end = text.find(']');
        if (end == std::string_view::npos) return std::nullopt;
        name = text.substr(1, end - 1);
        rest = text.substr(end + 1);
        ipv6 = true;
    } else if (const std::size_t colon = text.find(':'); colon != std::string_view::npos) {
        name = text.substr(0, colon);
        rest = text.substr(colon);
    }
    Authority authority;
    if (!rest.empty()) {
        if (rest.front() != ':') return std::nullopt;
        const auto port = parse_port(rest.substr(1));
        if (!port) return std::nullopt;
        authority.port = *port;
    }
    if (!ipv6 && !name.empty() && name.back() == '.') name.remove_suffix(1);
    if (name.empty() || name.size() > kNameBytesMax) return std::nullopt;
    authority.name.assign(name);
    std::transform(name.begin(), name.end(), authority.name.begin(), lower);
    const bool valid = std::all_of(authority.name.begin(), authority.name.end(),
                                   ipv6 ? is_ipv6_character : is_name_character);
    if (!valid) return std::nullopt;
    return authority;
}

std::optional<Origin> parse_origin(std::string_view text) {
    constexpr std::string_view kHttp = "http://";
    constexpr std::string_view kHttps = "https://";
    Origin origin;
    if (text.substr(0, kHttps.size()) == kHttps) {
        origin.https = true;
        text.remove_prefix(kHttps.size());
    } else if (text.substr(0, kHttp.size()) == kHttp) {
        text.remove_prefix(kHttp.size());
    } else {
        return std::nullopt;
    }
    auto authority = parse_authority(text);
    if (!authority) return std::nullopt;
    origin.authority = std::move(*authority);
    if (origin.authority.port == 0) origin.authority.port = origin.https ? 443 : 80;
    return origin;
}

bool HostGuard::name_allowed(const Authority& host, std::string_view local_address) const {
    // A browser leaves the port out if it is the scheme's own.
    const bool own_port = host.port == rules_.port || (host.port == 0 && rules_.port == 80);
    if (own_port &&
        (is_loopback_name(host.name) || host.name == rules_.bind || host.name == local_address)) {
        return true;
    }
    return std::any_of(rules_.names.begin(), rules_.names.end(), [&](const Authority& name) {
        if (name.name != host.name) return false;
        // Behind a proxy the port is the proxy's: a page on another port of a name that the
        // operator has vouched for is not a stranger.
        return name.port == 0 ? host.port == 0 || host.port == rules_.port : host.port == name.port;
    });
}

Status HostGuard::check_host(std::string_view host, std::string_view local_address) const {
    const auto authority = parse_authority(host);
    if (authority && name_allowed(*authority, local_address)) return {};
    return Error{ErrorCode::kInvalidArgument,
                 "this server does not answer to the name in the Host header; if the name is "
                 "right, start kumquatd with --host-name NAME[:PORT]"};
}

Status HostGuard::check_origin(std::string_view origin, std::string_view host) const {
    if (origin.empty()) return {};
    const auto parsed = parse_origin(origin);
    auto own = parse_authority(host);
    if (parsed && own) {
        if (own->port == 0) own->port = parsed->https ? 443 : 80;
        if (parsed->authority == *own) return {};
        const auto& allowed = rules_.origins;
        if (std::find(allowed.begin(), allowed.end(), *parsed) != allowed.end()) return {};
    }
    return Error{ErrorCode::kInvalidArgument,
                 "pages of this origin may not use this server; if they should, start kumquatd "
                 "with --allow-origin ORIGIN"};
}

}  // namespace kumquat::server
