#include "base/fold.h"

#include "base/utf8.h"

namespace kumquat {
namespace {

bool within(char32_t c, char32_t first, char32_t last) {
    return c >= first && c <= last;
}

/// Latin, Greek and Cyrillic capitals.
char32_t folded(char32_t c) {
    if (within(c, U'A', U'Z')) return c + 0x20;
    if (within(c, 0x00C0, 0x00DE) && c != 0x00D7) return c + 0x20;
    if (within(c, 0x0391, 0x03A9)) return c + 0x20;
    if (within(c, 0x0410, 0x042F)) return c + 0x20;
    if (within(c, 0x0400, 0x040F)) return c + 0x50;
    return c;
}

}  // namespace

std::string fold_case(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t begin = at;
        const char32_t c = decode_utf8(text, &at);
        const char32_t low = folded(c);
        if (low == c) {
            out.append(text.substr(begin, at - begin));
        } else if (low < 0x80) {
            out.push_back(static_cast<char>(low));
        } else {
            // All of them lie below U+0800.
            out.push_back(static_cast<char>(0xC0 | (low >> 6)));
            out.push_back(static_cast<char>(0x80 | (low & 0x3F)));
        }
    }
    return out;
}

}  // namespace kumquat
