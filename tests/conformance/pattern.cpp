#include "conformance/pattern.h"

#include <cctype>
#include <cstdlib>

namespace kumquat::conformance {
namespace {

// "x*100" or "bytes ff 00".
std::string expanded(const std::string& short_form) {
    std::string out;
    if (short_form.substr(0, 6) == "bytes ") {
        const char* at = short_form.c_str() + 6;
        for (char* end = nullptr; *at != '\0'; at = end) {
            out += static_cast<char>(std::strtol(at, &end, 16));
            if (end == at) break;
        }
        return out;
    }
    const std::size_t star = short_form.rfind('*');
    const int count = std::atoi(short_form.c_str() + star + 1);
    for (int i = 0; i < count; ++i)
        out += short_form.substr(0, star);
    return out;
}

std::size_t name_end(const std::string& text, std::size_t begin) {
    while (begin < text.size() &&
           (std::isalnum(static_cast<unsigned char>(text[begin])) || text[begin] == '_'))
        ++begin;
    return begin;
}

bool is_empty(const Json& value) {
    return value.is_null() || value == false || value == 0 || value == "" ||
           (value.is_structured() && value.empty());
}

bool matches_member(const Json& pattern, const Json& object, const std::string& key, Kept& kept) {
    const auto found = object.find(key);
    if (pattern == "-") return found == object.end() || is_empty(*found);
    return found != object.end() && matches(pattern, *found, kept);
}

bool matches_text(const std::string& pattern, const Json& value, Kept& kept) {
    if (pattern == "*") return true;
    if (pattern.size() > 1 && pattern[0] == '$') {
        const auto [known, fresh] = kept.try_emplace(pattern, value);
        return fresh || known->second == value;
    }
    return value == pattern;
}

}  // namespace

std::string fill_in(const std::string& text, const std::string& run, const Kept& kept) {
    std::string out;
    for (std::size_t i = 0; i < text.size();) {
        if (text[i] == '@') {
            const std::size_t end = name_end(text, i + 1);
            out += text.substr(i + 1, end - i - 1) + run;
            i = end;
        } else if (text.compare(i, 2, "<<") == 0) {
            const std::size_t end = text.find(">>", i);
            out += expanded(text.substr(i + 2, end - i - 2));
            i = end + 2;
        } else if (text.compare(i, 2, "\"$") == 0) {
            const std::size_t end = name_end(text, i + 2);
            const auto known = kept.find(text.substr(i + 1, end - i - 1));
            out += known == kept.end() ? text.substr(i, end + 1 - i) : known->second.dump();
            i = end + 1;
        } else {
            out += text[i++];
        }
    }
    return out;
}

bool matches(const Json& pattern, const Json& value, Kept& kept) {
    if (pattern.is_string())
        return matches_text(pattern.get_ref<const std::string&>(), value, kept);
    Kept more = kept;
    if (pattern.is_object()) {
        if (!value.is_object()) return false;
        for (const auto& member : pattern.items()) {
            if (!matches_member(member.value(), value, member.key(), more)) return false;
        }
    } else if (pattern.is_array()) {
        if (!value.is_array() || value.size() != pattern.size()) return false;
        for (std::size_t i = 0; i < pattern.size(); ++i) {
            if (!matches(pattern[i], value[i], more)) return false;
        }
    } else if (pattern != value) {
        return false;
    }
    kept = std::move(more);
    return true;
}

}  // namespace kumquat::conformance
