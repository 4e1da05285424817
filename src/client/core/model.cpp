#include "client/core/model.h"

namespace kumquat::client {

const Conversation* Model::find(const ConversationId& id) const {
    const auto found = conversations.find(id);
    return found == conversations.end() ? nullptr : &found->second;
}

const Contact* Model::find_friend(const UserId& id) const {
    const auto found = friends.find(id);
    return found == friends.end() ? nullptr : &found->second;
}

std::string Model::name_of(const UserId& id) const {
    const proto::Profile* profile = nullptr;
    if (const Contact* contact = find_friend(id)) {
        if (!contact->data.remark.empty()) return contact->data.remark;
        profile = &contact->data.profile;
    } else if (id == me.user_id) {
        profile = &me;
    } else if (const Conversation* conversation = find(ConversationId::with(id))) {
        profile = &conversation->peer;
    }
    return profile && !profile->nick.empty() ? profile->nick : id.text();
}

std::int64_t Model::unread_total() const {
    std::int64_t total = 0;
    for (const auto& [id, conversation] : conversations)
        total += conversation.unread;
    return total;
}

std::size_t Model::unsent_total() const {
    std::size_t total = 0;
    for (const auto& [id, conversation] : conversations) {
        for (const Echo& echo : conversation.echoes)
            total += echo.state != MessageState::kSent;
    }
    return total;
}

MessageState state_of(const Conversation& conversation, const proto::Message& message,
                      const UserId& me) {
    if (message.from != me) return MessageState::kReceived;
    return message.seq <= conversation.peer_read_seq ? MessageState::kRead : MessageState::kSent;
}

}  // namespace kumquat::client
