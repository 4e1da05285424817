#include "store/page_budget.h"

namespace kumquat::store {
namespace {

// Names of fields, punctuation and numbers of the largest width, rounded up. tests/unit/store holds
// them against the codec's output.
constexpr std::size_t kMessageFrame = 320;
constexpr std::size_t kChangeFrame = 128;
constexpr std::size_t kQuoteFrame = 80;
constexpr std::size_t kReactionFrame = 40;
constexpr std::size_t kHitFrame = 48;
constexpr std::size_t kProfileFrame = 160;
constexpr std::size_t kFriendFrame = 160;
constexpr std::size_t kRequestFrame = 160;
constexpr std::size_t kConversationFrame = 352;
constexpr std::size_t kFeedFrame = 256;

}  // namespace

std::size_t encoded_bytes(std::string_view text) {
    std::size_t bytes = text.size();
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x20 || byte == 0x7f) {
            bytes += 5;
        } else if (c == '"' || c == '\\') {
            bytes += 1;
        }
    }
    return bytes;
}

std::size_t encoded_bytes(const StoredMessage& message) {
    // The content of a message that is no text is JSON itself; taken as a string it is only longer.
    std::size_t bytes = kMessageFrame + encoded_bytes(message.from.text()) +
                        encoded_bytes(message.row.type) + encoded_bytes(message.row.content) +
                        encoded_bytes(message.row.custom);
    if (message.deleted || message.row.recalled || message.row.forwarded || message.row.edits > 0)
        bytes += kChangeFrame;
    if (message.quote) bytes += encoded_bytes(*message.quote);
    // As if each of them stood alone.
    for (const ReactionPart& part : message.row.reactions)
        bytes += kReactionFrame + encoded_bytes(part.emoji);
    for (const UserId& user : message.reacted)
        bytes += encoded_bytes(user.text());
    return bytes;
}

std::size_t encoded_bytes(const StoredQuote& quote) {
    return kQuoteFrame + encoded_bytes(quote.from.text()) + encoded_bytes(quote.type) +
           encoded_bytes(quote.text);
}

std::size_t encoded_bytes(const StoredHit& hit) {
    return kHitFrame + encoded_bytes(hit.peer.text()) + encoded_bytes(hit.message);
}

std::size_t encoded_bytes(const std::vector<StoredQuote>& quotes) {
    std::size_t bytes = 0;
    for (const StoredQuote& quote : quotes)
        bytes += encoded_bytes(quote);
    return bytes;
}

std::size_t encoded_bytes(const UserRow& user) {
    return kProfileFrame + encoded_bytes(user.id.text()) + encoded_bytes(user.nick) +
           encoded_bytes(user.avatar.text());
}

std::size_t encoded_bytes(const StoredFriendRequest& stored) {
    return kRequestFrame + encoded_bytes(stored.peer) + encoded_bytes(stored.row.wording) +
           encoded_bytes(stored.row.source) + encoded_bytes(stored.row.remark) +
           encoded_bytes(stored.row.group);
}

std::size_t encoded_bytes(const StoredFriend& stored) {
    return kFriendFrame + encoded_bytes(stored.profile) + encoded_bytes(stored.row.remark) +
           encoded_bytes(stored.row.group) + encoded_bytes(stored.row.source);
}

std::size_t encoded_bytes(const StoredConversation& conversation) {
    return kConversationFrame + 2 * encoded_bytes(conversation.peer) +
           (conversation.last_message ? encoded_bytes(*conversation.last_message) : 0) +
           encoded_bytes(conversation.pins);
}

std::size_t encoded_bytes(const FeedItem& item) {
    return kFeedFrame + 2 * encoded_bytes(item.peer) + encoded_bytes(item.entity.text()) +
           (item.message ? encoded_bytes(*item.message) : 0) + encoded_bytes(item.pins) +
           (item.friendship ? encoded_bytes(*item.friendship) : 0) +
           (item.request ? encoded_bytes(*item.request) : 0);
}

}  // namespace kumquat::store
