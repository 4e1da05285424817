#include "base/ids.h"

#include "base/limits.h"

namespace kumquat {

Result<UserId> UserId::parse(std::string_view text) {
    if (text.empty()) return Error{ErrorCode::kNoUserId, ""};
    if (text.size() > limits::kUserIdBytes)
        return Error{ErrorCode::kBadUserId, "longer than 32 bytes"};
    for (const char c : text) {
        if (c < 0x20 || c > 0x7e) return Error{ErrorCode::kBadUserId, "not printable ASCII"};
    }
    // TIM allows blanks; at an end they cannot be seen, and would make two people look like one.
    if (text.front() == ' ' || text.back() == ' ')
        return Error{ErrorCode::kBadUserId, "blank at an end"};
    return UserId(std::string(text));
}

Result<BlobId> BlobId::parse(std::string_view text) {
    constexpr std::size_t kDigits = 32;
    if (text.size() != kDigits ||
        text.find_first_not_of("0123456789abcdef") != std::string_view::npos)
        return Error{ErrorCode::kUnknownPicture, "not 32 hexadecimal digits"};
    return BlobId(std::string(text));
}

Result<ConversationId> ConversationId::parse(std::string_view text) {
    constexpr std::string_view kPrefix = "C2C";
    if (text.substr(0, kPrefix.size()) != kPrefix)
        return Error{ErrorCode::kBadConversationId, "no known kind"};
    const auto peer = UserId::parse(text.substr(kPrefix.size()));
    if (!peer) return Error{ErrorCode::kBadConversationId, peer.error().context};
    return ConversationId(*peer);
}

}  // namespace kumquat
