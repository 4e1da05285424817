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
    if (const proto::Profile* profile = model.profile_of(peer)) header.avatar = profile->avatar;
    header.is_friend = contact != nullptr || !model.loaded;
    header.blocked = model.is_blocked(peer);
    const Conversation* state = model.find(conversation);
    if (state) {
        header.pinned = state->state.pinned;
        header.muted = state->state.muted;
    }
    if (model.connection.phase != ConnectionPhase::kLive || header.blocked) return header;
    if (state && state->typing_until_ms) {
        header.status = PeerStatus::kTyping;
    } else if (contact) {
        header.status = contact->online ? PeerStatus::kOnline : PeerStatus::kOffline;
    }
    return header;
}

}  // namespace kumquat::client
