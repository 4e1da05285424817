#include "client/view/links.h"

#include <algorithm>

#include "base/utf8.h"

namespace kumquat::client {
namespace {

bool is_alphanumeric(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// Printable ASCII that may stand in an address (RFC 3986, and what browsers take beyond it).
bool is_address_character(char c) {
    return c > ' ' && c < 0x7F && std::string_view("<>\"\\^`{|}").find(c) == std::string_view::npos;
}

/// Blanks and punctuation beyond ASCII: general, CJK and full-width.
bool is_separator(char32_t c) {
    return c <= 0xA0 || (c >= 0x2000 && c <= 0x206F) || (c >= 0x3000 && c <= 0x303F) ||
           (c >= 0xFF01 && c <= 0xFF0F) || (c >= 0xFF1A && c <= 0xFF20) ||
           (c >= 0xFF3B && c <= 0xFF40) || (c >= 0xFF5B && c <= 0xFF65) || c == 0xFEFF ||
           c == 0xFFFD;
}

/// The length of "http://" or "https://" at the beginning of `text`; 0: there is neither.
std::size_t scheme_size(std::string_view text) {
    for (const std::string_view scheme : {"https://", "http://"}) {
        const bool same =
            text.size() >= scheme.size() &&
            std::equal(scheme.begin(), scheme.end(), text.begin(), [](char a, char b) {
                return a == (b >= 'A' && b <= 'Z' ? b - 'A' + 'a' : b);
            });
        if (same) return scheme.size();
    }
    return 0;
}

/// Without the sentence's own punctuation. A bracket that the address opened belongs to it.
std::size_t trimmed_end(std::string_view text, std::size_t begin, std::size_t end) {
    while (end > begin) {
        const char last = text[end - 1];
        const std::string_view address = text.substr(begin, end - begin);
        if (last == ')' || last == ']') {
            const char opening = last == ')' ? '(' : '[';
            const auto opened = std::count(address.begin(), address.end(), opening);
            if (opened >= std::count(address.begin(), address.end(), last)) return end;
        } else if (std::string_view(".,:;!?'*_~").find(last) == std::string_view::npos) {
            return end;
        }
        --end;
    }
    return end;
}

/// Where the address ends that begins at `begin` with a scheme of `scheme` bytes; its host's
/// beginning: there is none.
std::size_t address_end(std::string_view text, std::size_t begin, std::size_t scheme) {
    const std::size_t host = begin + scheme;
    std::size_t at = host;
    bool in_host = true;
    while (at < text.size()) {
        const char c = text[at];
        if (static_cast<unsigned char>(c) < 0x80) {
            if (!is_address_character(c)) break;
            if (c == '/' || c == '?' || c == '#') in_host = false;
            ++at;
            continue;
        }
        std::size_t next = at;
        if (in_host || is_separator(decode_utf8(text, &next))) break;
        at = next;
    }
    const std::size_t end = trimmed_end(text, host, at);
    return end > host && is_alphanumeric(text[host]) ? end : host;
}

}  // namespace

std::vector<LinkRange> find_links(std::string_view text) {
    std::vector<LinkRange> links;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const bool inside_word = at > 0 && is_alphanumeric(text[at - 1]);
        const std::size_t scheme = inside_word ? 0 : scheme_size(text.substr(at));
        if (scheme == 0) continue;
        const std::size_t end = address_end(text, at, scheme);
        if (end > at + scheme) links.push_back({at, end});
        at = end - 1;
    }
    return links;
}

}  // namespace kumquat::client
