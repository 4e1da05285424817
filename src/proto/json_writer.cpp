#include "proto/json_writer.h"

#include <array>
#include <charconv>
#include <cstddef>

#include "base/utf8.h"

namespace kumquat::proto {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

// Appends `byte`, which is a quote, a backslash or below 0x20.
void append_escaped(std::string* text, char byte) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    switch (byte) {
        case '"':
            *text += "\\\"";
            return;
        case '\\':
            *text += "\\\\";
            return;
        case '\b':
            *text += "\\b";
            return;
        case '\f':
            *text += "\\f";
            return;
        case '\n':
            *text += "\\n";
            return;
        case '\r':
            *text += "\\r";
            return;
        case '\t':
            *text += "\\t";
            return;
        default:
            break;
    }
    const auto value = static_cast<unsigned char>(byte);
    *text += "\\u00";
    *text += kDigits[value >> 4U];
    *text += kDigits[value & 0xFU];
}

bool needs_escape(char byte) {
    return byte == '"' || byte == '\\' || static_cast<unsigned char>(byte) < 0x20;
}

std::string with_replacements(std::string_view value) {
    std::string valid;
    for (std::size_t offset = 0; offset < value.size();) {
        const std::size_t start = offset;
        decode_utf8(value, &offset);
        const std::string_view sequence = value.substr(start, offset - start);
        valid += is_valid_utf8(sequence) ? sequence : kReplacement;
    }
    return valid;
}

}  // namespace

void JsonWriter::name(std::string_view member) {
    separate();
    quoted(member);
    text_ += ':';
    first_ = true;
}

void JsonWriter::string(std::string_view value) {
    separate();
    if (is_valid_utf8(value)) {
        quoted(value);
    } else {
        quoted(with_replacements(value));
    }
}

void JsonWriter::integer(std::int64_t value) {
    separate();
    std::array<char, 24> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
    text_.append(digits.data(), end);
}

void JsonWriter::boolean(bool value) {
    raw(value ? "true" : "false");
}

void JsonWriter::raw(std::string_view json) {
    separate();
    text_ += json;
}

void JsonWriter::open(char bracket) {
    separate();
    text_ += bracket;
    first_ = true;
}

void JsonWriter::close(char bracket) {
    text_ += bracket;
    first_ = false;
}

void JsonWriter::separate() {
    if (!first_) text_ += ',';
    first_ = false;
}

void JsonWriter::quoted(std::string_view value) {
    text_ += '"';
    std::size_t plain = 0;
    for (std::size_t i = 0; i < value.size(); ++i) {
        if (!needs_escape(value[i])) continue;
        text_ += value.substr(plain, i - plain);
        append_escaped(&text_, value[i]);
        plain = i + 1;
    }
    text_ += value.substr(plain);
    text_ += '"';
}

}  // namespace kumquat::proto
