#include "ui/share_link.h"

namespace kumquat::ui {

namespace {

constexpr std::string_view kPrefix = "add=";

/// What RFC 3986 calls unreserved needs no escape anywhere.
bool is_unreserved(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '.' || c == '_' || c == '~';
}

}  // namespace

std::string share_link(std::string_view page_address, const UserId& user) {
    constexpr char kDigits[] = "0123456789ABCDEF";
    std::string link(page_address);
    link += '#';
    link += kPrefix;
    for (char c : user.text()) {
        if (is_unreserved(c)) {
            link += c;
            continue;
        }
        unsigned byte = static_cast<unsigned char>(c);
        link += '%';
        link += kDigits[byte >> 4];
        link += kDigits[byte & 15];
    }
    return link;
}

std::optional<UserId> shared_user(std::string_view fragment) {
    if (fragment.substr(0, kPrefix.size()) != kPrefix) return std::nullopt;
    Result<UserId> user = UserId::parse(fragment.substr(kPrefix.size()));
    if (!user) return std::nullopt;
    return *std::move(user);
}

}  // namespace kumquat::ui
