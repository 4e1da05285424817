#include "service/to_proto.h"

namespace kumquat::service {

proto::Profile to_proto(const store::UserRow& user) {
    proto::Profile profile;
    profile.user_id = user.id;
    profile.nick = user.nick;
    return profile;
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
    return out;
}

}  // namespace kumquat::service
