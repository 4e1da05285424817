#include "service/to_proto.h"

namespace kumquat::service {

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
    if (message.row.sender == viewer) out.client_id = message.row.client_id;
    out.body = proto::Body{message.row.type, message.row.content, message.row.custom};
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
    return out;
}

}  // namespace kumquat::service
