#include "client/core/text_rules.h"

#include "base/utf8.h"

namespace kumquat::client {
namespace {

/// Characters that leave no mark: a message of these alone looks empty.
bool is_blank(char32_t c) {
    switch (c) {
        case U' ':
        case U'\t':
        case U'\n':
        case U'\r':
        case U'\v':
        case U'\f':
        case 0x00A0:  // no-break space
        case 0x200B:  // zero width space
        case 0x2028:  // line separator
        case 0x2029:  // paragraph separator
        case 0x202F:
        case 0x205F:
        case 0x3000:  // ideographic space
        case 0xFEFF:  // zero width no-break space
            return true;
        default:
            return c >= 0x2000 && c <= 0x200A;
    }
}

}  // namespace

bool is_blank_text(std::string_view text) {
    std::size_t offset = 0;
    while (offset < text.size()) {
        if (!is_blank(decode_utf8(text, &offset))) return false;
    }
    return true;
}

std::optional<ErrorCode> refusal_of_text(std::string_view text, std::string_view custom,
                                         std::int64_t bytes_max) {
    if (static_cast<std::int64_t>(text.size() + custom.size()) > bytes_max)
        return ErrorCode::kTextTooLong;
    if (!is_valid_utf8(text) || !is_valid_utf8(custom)) return ErrorCode::kBadUtf8;
    if (is_blank_text(text)) return ErrorCode::kEmptyMessage;
    return std::nullopt;
}

}  // namespace kumquat::client
