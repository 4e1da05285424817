#include "base/utf8.h"

#include <cstring>

#include "base/check.h"

namespace kumquat {
namespace {

constexpr char32_t kReplacement = 0xFFFD;

bool is_continuation(unsigned char byte) {
    return (byte & 0xC0) == 0x80;
}

// Length of the valid sequence at `text[offset]`, and its code point; 0 if there is none.
std::size_t sequence_at(std::string_view text, std::size_t offset, char32_t* code_point) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[offset + i]); };
    const unsigned char first = byte(0);
    if (first < 0x80) {
        *code_point = first;
        return 1;
    }
    const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    if (first < 0xC2 || first > 0xF4 || text.size() - offset < length) return 0;
    char32_t value = first & (0xFF >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) {
        if (!is_continuation(byte(i))) return 0;
        value = (value << 6) | (byte(i) & 0x3F);
    }
    const bool overlong = (length == 3 && value < 0x800) || (length == 4 && value < 0x10000);
    const bool surrogate = value >= 0xD800 && value <= 0xDFFF;
    if (overlong || surrogate || value > 0x10FFFF) return 0;
    *code_point = value;
    return length;
}

// Bytes at the start of `text` that are ASCII, counted in steps of eight.
std::size_t ascii_words(std::string_view text) {
    std::size_t bytes = 0;
    for (std::uint64_t word = 0; bytes + sizeof word <= text.size(); bytes += sizeof word) {
        std::memcpy(&word, text.data() + bytes, sizeof word);
        if ((word & 0x8080808080808080U) != 0) break;
    }
    return bytes;
}

}  // namespace

bool is_valid_utf8(std::string_view text) {
    std::size_t offset = 0;
    while (offset < text.size()) {
        // Frames are ASCII for the most part, and every one of them is checked.
        offset += ascii_words(text.substr(offset));
        if (offset == text.size()) break;
        char32_t code_point = 0;
        const std::size_t length = sequence_at(text, offset, &code_point);
        if (length == 0) return false;
        offset += length;
    }
    return true;
}

std::string_view truncate_utf8(std::string_view text, std::size_t bytes_max) {
    if (text.size() <= bytes_max) return text;
    std::size_t end = bytes_max;
    while (end > 0 && is_continuation(static_cast<unsigned char>(text[end])))
        --end;
    return text.substr(0, end);
}

char32_t decode_utf8(std::string_view text, std::size_t* offset) {
    KUMQUAT_CHECK(*offset < text.size());
    char32_t code_point = kReplacement;
    const std::size_t length = sequence_at(text, *offset, &code_point);
    *offset += length == 0 ? 1 : length;
    return length == 0 ? kReplacement : code_point;
}

bool is_han(char32_t c) {
    return (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3400 && c <= 0x4DBF) ||
           (c >= 0x20000 && c <= 0x323AF) || (c >= 0xF900 && c <= 0xFAFF) || c == 0x3007;
}

}  // namespace kumquat
