#include "service/cursor.h"

#include <optional>

namespace kumquat::service {
namespace {

// In the order of SnapshotCursor::Section.
constexpr std::string_view kSections = "frsbc";

// Decimal digits up to 2^53 - 1, without a leading zero; moves `text` behind them.
std::optional<std::int64_t> take_integer(std::string_view& text) {
    std::int64_t value = 0;
    std::size_t digits = 0;
    while (digits < text.size() && text[digits] >= '0' && text[digits] <= '9') {
        value = value * 10 + (text[digits] - '0');
        if (value > kIntegerMax) return std::nullopt;
        ++digits;
    }
    if (digits == 0 || (digits > 1 && text[0] == '0')) return std::nullopt;
    text.remove_prefix(digits);
    return value;
}

// take_integer() behind a point.
std::optional<std::int64_t> take_part(std::string_view& text) {
    if (text.empty() || text[0] != '.') return std::nullopt;
    text.remove_prefix(1);
    return take_integer(text);
}

}  // namespace

std::string cursor_text(const store::SnapshotCursor& cursor) {
    const char section = kSections[static_cast<std::size_t>(cursor.section)];
    return std::string(1, section) + "." + std::to_string(cursor.number.value()) + "." +
           std::to_string(cursor.after);
}

Result<store::SnapshotCursor> parse_cursor(std::string_view text) {
    const Error bad{ErrorCode::kBadField, "cursor"};
    store::SnapshotCursor cursor;
    if (text.empty()) return bad;
    const std::size_t section = kSections.find(text[0]);
    if (section == std::string_view::npos) return bad;
    cursor.section = static_cast<store::SnapshotCursor::Section>(section);
    text.remove_prefix(1);
    const auto number = take_part(text);
    const auto after = number ? take_part(text) : std::nullopt;
    if (!after || !text.empty()) return bad;
    cursor.number = FeedNumber(*number);
    cursor.after = *after;
    return cursor;
}

std::string cursor_text(const store::SearchPlace& place) {
    return "m." + std::to_string(place.time.value()) + "." +
           std::to_string(place.conversation.value()) + "." + std::to_string(place.seq.value());
}

Result<store::SearchPlace> parse_search_cursor(std::string_view text) {
    const Error bad{ErrorCode::kBadField, "cursor"};
    if (text.empty() || text[0] != 'm') return bad;
    text.remove_prefix(1);
    const auto time = take_part(text);
    const auto conversation = time ? take_part(text) : std::nullopt;
    const auto seq = conversation ? take_part(text) : std::nullopt;
    if (!seq || !text.empty()) return bad;
    return store::SearchPlace{TimeMs(*time), ConversationKey(*conversation), Seq(*seq)};
}

}  // namespace kumquat::service
