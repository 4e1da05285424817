#include "client/view/name_search.h"

#include <algorithm>
#include <vector>

namespace kumquat::client {
namespace {

char ascii_lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool is_ascii(std::string_view text) {
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

std::vector<std::string_view> words_of(std::string_view text) {
    std::vector<std::string_view> words;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(' '), text.size());
        if (end > 0) words.push_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return words;
}

/// Beginnings of some words from `first` on, none left out between, make up `wanted`. For each
/// word: the lengths of `wanted` that can be made up with the words before it.
bool starts_at(const std::vector<std::string_view>& words, std::size_t first,
               std::string_view wanted) {
    std::vector<bool> reached(wanted.size() + 1, false);
    reached[0] = true;
    for (std::size_t word = first; word < words.size(); ++word) {
        std::vector<bool> next(wanted.size() + 1, false);
        bool any = false;
        for (std::size_t from = 0; from < wanted.size(); ++from) {
            if (!reached[from]) continue;
            for (std::size_t used = 0; used < words[word].size(); ++used) {
                if (words[word][used] != wanted[from + used]) break;
                if (from + used + 1 == wanted.size()) return true;
                next[from + used + 1] = any = true;
            }
        }
        if (!any) return false;
        reached = std::move(next);
    }
    return false;
}

}  // namespace

std::string folded(std::string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(), ascii_lower);
    return out;
}

bool name_matches(std::string_view name, std::string_view wanted, const Spelling& spelling) {
    if (folded(name).find(wanted) != std::string::npos) return true;
    // How a name is spelled matters only where it is not spelled that way already.
    if (!spelling || is_ascii(name) || !is_ascii(wanted)) return false;
    std::string letters;
    for (const char c : wanted) {
        if (c != ' ' && c != '\'') letters.push_back(c);
    }
    const std::string spelled = spelling(name);
    const std::vector<std::string_view> words = words_of(spelled);
    if (letters.empty()) return false;
    for (std::size_t first = 0; first < words.size(); ++first) {
        if (starts_at(words, first, letters)) return true;
    }
    return false;
}

}  // namespace kumquat::client
