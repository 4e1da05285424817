#include "client/view/chat_header.h"

#include "client/view/avatar.h"

namespace kumquat::client {

ChatHeader build_chat_header(const Model& model, const ConversationId& conversation) {
    const UserId& peer = conversation.peer();
    ChatHeader header;
    header.conversation = conversation;
    header.name = model.name_of(peer);
    header.initials = avatar_initials(header.name, peer.text());
    header.color = avatar_color(peer.text());
    const Contact* contact = model.find_friend(peer);
    header.is_friend = contact != nullptr || !model.loaded;
    if (model.connection.phase != ConnectionPhase::kLive) return header;
    const Conversation* state = model.find(conversation);
    if (state && state->typing_until_ms) {
        header.status = PeerStatus::kTyping;
    } else if (contact) {
        header.status = contact->online ? PeerStatus::kOnline : PeerStatus::kOffline;
    }
    return header;
}

}  // namespace kumquat::client
