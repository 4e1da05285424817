#include "store/sqlite/packed_columns.h"

#include <charconv>

namespace kumquat::store {
namespace {

// An integer of 1 or more and the blank behind it; moves `text` behind both.
std::optional<std::int64_t> take_integer(std::string_view& text) {
    std::int64_t value = 0;
    const char* const end = text.data() + text.size();
    const auto [behind, failure] = std::from_chars(text.data(), end, value);
    if (failure != std::errc() || value < 1 || behind == end || *behind != ' ') return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(behind - text.data()) + 1);
    return value;
}

}  // namespace

std::string pack(const std::vector<Seq>& seqs) {
    std::string out;
    for (const Seq seq : seqs)
        out += std::to_string(seq.value()) + ' ';
    return out;
}

std::string pack(const std::vector<ReactionPart>& reactions) {
    std::string out;
    for (const ReactionPart& part : reactions) {
        out += std::to_string(part.user.value()) + ' ' + std::to_string(part.emoji.size()) + ' ' +
               part.emoji;
    }
    return out;
}

std::optional<std::vector<Seq>> unpack_seqs(std::string_view text) {
    std::vector<Seq> seqs;
    while (!text.empty()) {
        const auto seq = take_integer(text);
        if (!seq) return std::nullopt;
        seqs.emplace_back(*seq);
    }
    return seqs;
}

std::optional<std::vector<ReactionPart>> unpack_reactions(std::string_view text) {
    std::vector<ReactionPart> reactions;
    while (!text.empty()) {
        const auto user = take_integer(text);
        const auto bytes = user ? take_integer(text) : std::nullopt;
        if (!bytes || static_cast<std::size_t>(*bytes) > text.size()) return std::nullopt;
        const auto size = static_cast<std::size_t>(*bytes);
        reactions.push_back({std::string(text.substr(0, size)), UserKey(*user)});
        text.remove_prefix(size);
    }
    return reactions;
}

}  // namespace kumquat::store
