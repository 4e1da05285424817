#include "service/to_proto.h"

#include <algorithm>

namespace kumquat::service {
namespace {

// Whoever has put the same emoji there stands with the first who has.
std::vector<proto::Reaction> reactions_to_proto(const store::StoredMessage& message) {
    std::vector<proto::Reaction> out;
    for (std::size_t i = 0; i < message.reacted.size(); ++i) {
        const std::string& emoji = message.row.reactions[i].emoji;
        auto kind = std::find_if(out.begin(), out.end(), [&](const proto::Reaction& reaction) {
            return reaction.emoji == emoji;
        });
        if (kind == out.end()) kind = out.insert(out.end(), proto::Reaction{emoji, {}});
        kind->users.push_back(message.reacted[i]);
    }
    return out;
}

}  // namespace

proto::Profile to_proto(const store::UserRow& user) {
    proto::Profile profile;
    profile.user_id = user.id;
    profile.nick = user.nick;
    profile.avatar = user.avatar;
    return profile;
}

proto::Account account_to_proto(const store::UserRow& user) {
    proto::Account account;
    account.profile = to_proto(user);
    account.allow = to_proto(user.allow);
    account.friends_only = user.friends_only;
    return account;
}

proto::AllowType to_proto(store::AllowKind allow) {
    switch (allow) {
        case store::AllowKind::kAny:
            return proto::AllowType::kAny;
        case store::AllowKind::kConfirm:
            return proto::AllowType::kConfirm;
        case store::AllowKind::kDeny:
            break;
    }
    // Also for what a later version may have stored: the strictest.
    return proto::AllowType::kDeny;
}

store::AllowKind to_row(proto::AllowType allow) {
    switch (allow) {
        case proto::AllowType::kAny:
            return store::AllowKind::kAny;
        case proto::AllowType::kConfirm:
            return store::AllowKind::kConfirm;
        case proto::AllowType::kDeny:
            break;
    }
    return store::AllowKind::kDeny;
}

proto::Message to_proto(const store::StoredMessage& message, UserKey viewer) {
    proto::Message out;
    out.seq = message.row.seq;
    out.from = message.from;
    out.time = message.row.time;
    out.recalled = message.row.recalled;
    out.deleted = message.deleted;
    if (message.row.sender == viewer && !message.deleted) out.client_id = message.row.client_id;
    if (out.recalled || out.deleted) {
        out.body = proto::Body{proto::kGoneType, "{}", ""};
        return out;
    }
    out.body = proto::Body{message.row.type, message.row.content, message.row.custom};
    if (message.quote) out.quote = to_proto(*message.quote);
    out.forwarded = message.row.forwarded;
    out.edits = message.row.edits;
    out.edited = message.row.edited;
    out.reactions = reactions_to_proto(message);
    return out;
}

proto::Quote to_proto(const store::StoredQuote& quote) {
    proto::Quote out;
    out.seq = quote.seq;
    if (quote.from.empty()) return out;
    out.from = quote.from;
    out.type = quote.type;
    if (quote.type == proto::kTextType) out.text = quote.text;
    return out;
}

std::vector<proto::Quote> to_proto(const std::vector<store::StoredQuote>& quotes) {
    std::vector<proto::Quote> out;
    for (const store::StoredQuote& quote : quotes)
        out.push_back(to_proto(quote));
    return out;
}

proto::Friend to_proto(const store::StoredFriend& friendship) {
    proto::Friend out;
    out.profile = to_proto(friendship.profile);
    out.remark = friendship.row.remark;
    out.group = friendship.row.group;
    out.source = friendship.row.source;
    out.added = friendship.row.added;
    return out;
}

proto::FriendRequest to_proto(const store::StoredFriendRequest& request, UserKey viewer) {
    proto::FriendRequest out;
    out.peer = to_proto(request.peer);
    out.incoming = request.row.target == viewer;
    out.wording = request.row.wording;
    out.source = request.row.source;
    out.time = request.row.time;
    if (out.incoming) {
        out.read = request.row.read;
    } else {
        out.remark = request.row.remark;
        out.group = request.row.group;
    }
    return out;
}

proto::ConversationState to_proto(const store::MemberRow& member) {
    proto::ConversationState out;
    out.pinned = member.pinned;
    out.muted = member.muted;
    out.has_draft = member.has_draft;
    out.first_seq = member.first_visible;
    return out;
}

proto::Conversation to_proto(const store::StoredConversation& conversation) {
    proto::Conversation out;
    out.id = ConversationId::with(conversation.peer.id);
    out.peer = to_proto(conversation.peer);
    out.last_seq = conversation.row.last_seq;
    if (conversation.last_message)
        out.last_message = to_proto(*conversation.last_message, conversation.self.user);
    out.unread = conversation.self.unread;
    out.read_seq = conversation.self.read;
    out.peer_read_seq = conversation.other.read;
    out.state = to_proto(conversation.self);
    out.pins = to_proto(conversation.pins);
    return out;
}

}  // namespace kumquat::service
