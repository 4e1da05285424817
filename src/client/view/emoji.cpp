#include "client/view/emoji.h"

#include "base/utf8.h"

namespace kumquat::client {
namespace {

constexpr char32_t kJoiner = 0x200D;
constexpr char32_t kEmojiStyle = 0xFE0F;
constexpr char32_t kKeycap = 0x20E3;
constexpr std::size_t kBytesMax = 150;  ///< three of the longest sequences

bool is_flag_letter(char32_t c) {
    return c >= 0x1F1E6 && c <= 0x1F1FF;
}
bool is_skin_tone(char32_t c) {
    return c >= 0x1F3FB && c <= 0x1F3FF;
}
bool is_tag(char32_t c) {
    return c >= 0xE0020 && c <= 0xE007F;
}
bool is_keycap_base(char32_t c) {
    return (c >= '0' && c <= '9') || c == '#' || c == '*';
}

/// Drawn as emoji by itself (Emoji_Presentation), in ranges that hold little else.
bool is_emoji(char32_t c) {
    return (c >= 0x1F300 && c <= 0x1F64F) || (c >= 0x1F680 && c <= 0x1F6FF) ||
           (c >= 0x1F7E0 && c <= 0x1F7EB) || (c >= 0x1F90C && c <= 0x1F9FF) ||
           (c >= 0x1FA70 && c <= 0x1FAFF) || c == 0x1F004 || c == 0x1F0CF || c == 0x1F18E ||
           (c >= 0x1F191 && c <= 0x1F19A) || (c >= 0x231A && c <= 0x231B) ||
           (c >= 0x23E9 && c <= 0x23EC) || c == 0x23F0 || c == 0x23F3 ||
           (c >= 0x25FD && c <= 0x25FE) || (c >= 0x2614 && c <= 0x2615) ||
           (c >= 0x2648 && c <= 0x2653) || c == 0x267F || c == 0x2693 || c == 0x26A1 ||
           (c >= 0x26AA && c <= 0x26AB) || (c >= 0x26BD && c <= 0x26BE) ||
           (c >= 0x26C4 && c <= 0x26C5) || c == 0x26CE || c == 0x26D4 || c == 0x26EA ||
           (c >= 0x26F2 && c <= 0x26F3) || c == 0x26F5 || c == 0x26FA || c == 0x26FD ||
           c == 0x2705 || (c >= 0x270A && c <= 0x270B) || c == 0x2728 || c == 0x274C ||
           c == 0x274E || (c >= 0x2753 && c <= 0x2755) || c == 0x2757 ||
           (c >= 0x2795 && c <= 0x2797) || c == 0x27B0 || c == 0x27BF ||
           (c >= 0x2B1B && c <= 0x2B1C) || c == 0x2B50 || c == 0x2B55;
}

/// Letters and signs that become emoji with the emoji variation selector only: ❤, ☺, ✌, ©.
bool becomes_emoji(char32_t c) {
    return c == 0xA9 || c == 0xAE || (c >= 0x203C && c <= 0x3299) || is_emoji(c) ||
           (c >= 0x1F170 && c <= 0x1F251) || (c >= 0x1F300 && c <= 0x1FAFF);
}

class Reader {
  public:
    explicit Reader(std::string_view text) : text_(text) {}
    bool done() const { return offset_ >= text_.size(); }
    char32_t peek() const {
        std::size_t offset = offset_;
        return done() ? 0 : decode_utf8(text_, &offset);
    }
    char32_t take() { return decode_utf8(text_, &offset_); }
    bool take_if(char32_t c) {
        const bool here = peek() == c;
        if (here) take();
        return here;
    }

  private:
    std::string_view text_;
    std::size_t offset_ = 0;
};

/// One emoji with its modifiers, without what is joined to it.
bool take_element(Reader& reader) {
    const char32_t c = reader.take();
    if (is_flag_letter(c)) return is_flag_letter(reader.peek()) && reader.take();
    if (is_keycap_base(c)) return reader.take_if(kEmojiStyle) && reader.take_if(kKeycap);
    const bool styled = reader.take_if(kEmojiStyle);
    if (!is_emoji(c) && !(styled && becomes_emoji(c))) {
        // "✌🏽": a skin tone says it too.
        if (!becomes_emoji(c) || !is_skin_tone(reader.peek())) return false;
    }
    if (is_skin_tone(reader.peek())) reader.take();
    while (is_tag(reader.peek()))
        reader.take();
    return true;
}

}  // namespace

int count_emoji_only(std::string_view text) {
    if (text.size() > kBytesMax) return 0;
    Reader reader(text);
    int count = 0;
    while (!reader.done()) {
        if (reader.take_if(U' ')) continue;
        if (!take_element(reader)) return 0;
        while (reader.take_if(kJoiner)) {
            if (reader.done() || !take_element(reader)) return 0;
        }
        if (++count > 3) return 0;
    }
    return count;
}

}  // namespace kumquat::client
