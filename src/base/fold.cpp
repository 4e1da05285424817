#include "base/fold.h"

#include <locale.h>

#include <wctype.h>

#include "base/utf8.h"

namespace kumquat {
namespace {

// Every C library that we are built with has this one, also where no languages are installed. In
// Emscripten's all locales are the same.
locale_t unicode() {
    static const locale_t locale = newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr);
    return locale;
}

// Up and down again: two small letters of one capital, as σ and ς, become one.
char32_t fold(char32_t c) {
    const locale_t locale = unicode();
    if (locale == nullptr) return c;
    return static_cast<char32_t>(towlower_l(towupper_l(static_cast<wint_t>(c), locale), locale));
}

void append_utf8(char32_t c, std::string& out) {
    const auto put = [&out](char32_t byte) { out += static_cast<char>(byte); };
    if (c < 0x80) {
        put(c);
    } else if (c < 0x800) {
        put(0xC0 | c >> 6);
        put(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
        put(0xE0 | c >> 12);
        put(0x80 | (c >> 6 & 0x3F));
        put(0x80 | (c & 0x3F));
    } else {
        put(0xF0 | c >> 18);
        put(0x80 | (c >> 12 & 0x3F));
        put(0x80 | (c >> 6 & 0x3F));
        put(0x80 | (c & 0x3F));
    }
}

}  // namespace

std::string fold_case(std::string_view utf8) {
    std::string out;
    out.reserve(utf8.size());
    for (std::size_t at = 0; at < utf8.size();) {
        const char c = utf8[at];
        if (static_cast<unsigned char>(c) >= 0x80) {
            append_utf8(fold(decode_utf8(utf8, &at)), out);
            continue;
        }
        out += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        ++at;
    }
    return out;
}

}  // namespace kumquat
