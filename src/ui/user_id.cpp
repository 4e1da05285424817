#include "ui/user_id.h"

#include <cstdint>

#include "base/limits.h"

namespace kumquat::ui {

namespace {

constexpr std::string_view kIdeographicSpace = "\xE3\x80\x80";

bool is_letter_or_digit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/// Who types maya.okafor means just that.
bool joins_words(char c) {
    return c == '.' || c == '_' || c == '-';
}

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool is_ascii(std::string_view text) {
    for (char c : text) {
        if (static_cast<unsigned char>(c) >= 0x80) return false;
    }
    return true;
}

/// FNV-1a, 64 bits (Fowler, Noll, Vo).
std::uint64_t fnv1a(std::string_view text) {
    std::uint64_t hash = 14695981039346656037u;
    for (char c : text) {
        hash ^= static_cast<unsigned char>(c);
        hash *= 1099511628211u;
    }
    return hash;
}

/// Syllables that can be read aloud: 5 pairs of 16 consonants and 4 vowels are 30 bits.
std::string pronounceable(std::uint64_t hash) {
    constexpr char kConsonants[] = "bdfghjklmnprstwz";
    constexpr char kVowels[] = "aiou";
    std::string word;
    for (int i = 0; i < 5; ++i) {
        word += kConsonants[hash & 15];
        word += kVowels[(hash >> 4) & 3];
        hash >>= 6;
    }
    return word;
}

}  // namespace

std::string_view trim(std::string_view text) {
    auto is_blank = [](char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; };
    for (;;) {
        if (!text.empty() && is_blank(text.front())) {
            text.remove_prefix(1);
        } else if (!text.empty() && is_blank(text.back())) {
            text.remove_suffix(1);
        } else if (text.substr(0, 3) == kIdeographicSpace) {
            text.remove_prefix(3);
        } else if (text.size() >= 3 && text.substr(text.size() - 3) == kIdeographicSpace) {
            text.remove_suffix(3);
        } else {
            return text;
        }
    }
}

std::string suggest_user_id(std::string_view name, const platform::Pinyin& pinyin) {
    name = trim(name);
    if (name.empty()) return {};
    std::string spelled = is_ascii(name) ? std::string(name) : pinyin.spell(name);
    std::string id;
    bool readable = false;
    for (char c : spelled) {
        if (id.size() == limits::kUserIdBytes) break;
        if (!is_letter_or_digit(c) && !joins_words(c)) continue;
        readable = readable || is_letter_or_digit(c);
        id += lower(c);
    }
    return readable ? id : pronounceable(fnv1a(name));
}

}  // namespace kumquat::ui
