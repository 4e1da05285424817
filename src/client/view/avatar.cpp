#include "client/view/avatar.h"

#include "base/utf8.h"

namespace kumquat::client {
namespace {

bool is_separator(char32_t c) {
    if (c < 0x80) {
        const bool digit = c >= '0' && c <= '9';
        const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        return !digit && !letter;
    }
    // Latin-1 signs, general punctuation with its spaces, CJK punctuation, fullwidth signs.
    return (c >= 0x80 && c <= 0xBF) || (c >= 0x2000 && c <= 0x206F) ||
           (c >= 0x3000 && c <= 0x3003) || (c >= 0x3008 && c <= 0x303F) ||
           (c >= 0xFF01 && c <= 0xFF0F);
}

constexpr char32_t kJoiner = 0x200D;

bool is_flag_letter(char32_t c) {
    return c >= 0x1F1E6 && c <= 0x1F1FF;
}

/// What continues the character before: combining marks, variation selectors, skin tones, the
/// joiner and what it joins, the second letter of a flag.
bool is_continuation(char32_t c, char32_t before) {
    if (before == kJoiner || (is_flag_letter(c) && is_flag_letter(before))) return true;
    return (c >= 0x0300 && c <= 0x036F) || (c >= 0xFE00 && c <= 0xFE0F) || c == kJoiner ||
           (c >= 0x1F3FB && c <= 0x1F3FF) || (c >= 0x20D0 && c <= 0x20FF);
}

/// Upper case for the scripts in which one letter stays one letter: Latin, Greek, Cyrillic.
char32_t upper(char32_t c) {
    if (c >= 'a' && c <= 'z') return c - 32;
    if (c >= 0xE0 && c <= 0xFE && c != 0xF7) return c - 32;
    if (c >= 0x100 && c <= 0x137) return c & ~char32_t{1};
    if (c >= 0x14A && c <= 0x177) return c & ~char32_t{1};
    if (c >= 0x3B1 && c <= 0x3C9 && c != 0x3C2) return c - 32;
    if (c >= 0x430 && c <= 0x44F) return c - 32;
    if (c >= 0x450 && c <= 0x45F) return c - 80;
    return c;
}

void append_utf8(char32_t c, std::string* out) {
    const auto byte = [out](char32_t value) { out->push_back(static_cast<char>(value)); };
    if (c < 0x80) {
        byte(c);
    } else if (c < 0x800) {
        byte(0xC0 | (c >> 6));
        byte(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
        byte(0xE0 | (c >> 12));
        byte(0x80 | ((c >> 6) & 0x3F));
        byte(0x80 | (c & 0x3F));
    } else {
        byte(0xF0 | (c >> 18));
        byte(0x80 | ((c >> 12) & 0x3F));
        byte(0x80 | ((c >> 6) & 0x3F));
        byte(0x80 | (c & 0x3F));
    }
}

}  // namespace

std::uint32_t avatar_color(std::string_view user_id) {
    std::uint32_t hash = 2166136261u;
    for (const char c : user_id) {
        hash = (hash ^ static_cast<unsigned char>(c)) * 16777619u;
    }
    return hash % kAvatarColors;
}

std::string avatar_initials(std::string_view name, std::string_view user_id) {
    std::string han;
    std::string letters;
    int words = 0;
    bool in_word = false;
    bool take_marks = false;
    char32_t before = 0;
    for (std::size_t offset = 0; offset < name.size();) {
        const char32_t c = decode_utf8(name, &offset);
        if (is_han(c)) {
            han.clear();
            append_utf8(c, &han);
        }
        const bool continues = is_continuation(c, before);
        // A third letter begins another flag.
        before = continues && is_flag_letter(c) ? 0 : c;
        if (continues) {
            // Belongs to the letter that was just taken: é as e + accent, flags and families as
            // one.
            if (take_marks) append_utf8(c, &letters);
            continue;
        }
        take_marks = false;
        if (is_separator(c)) {
            in_word = false;
        } else if (!in_word) {
            in_word = true;
            if (++words <= 2) {
                append_utf8(upper(c), &letters);
                take_marks = true;
            }
        }
    }
    if (!han.empty()) return han;
    if (!letters.empty()) return letters;
    if (user_id.empty()) return {};
    std::string first;
    std::size_t offset = 0;
    append_utf8(upper(decode_utf8(user_id, &offset)), &first);
    return first;
}

}  // namespace kumquat::client
