#include "client/core/model.h"

#include <algorithm>

namespace kumquat::client {

const Conversation* Model::find(const ConversationId& id) const {
    const auto found = conversations.find(id);
    return found == conversations.end() ? nullptr : &found->second;
}

const Contact* Model::find_friend(const UserId& id) const {
    const auto found = friends.find(id);
    return found == friends.end() ? nullptr : &found->second;
}

bool Model::is_blocked(const UserId& id) const {
    return blocked.count(id) != 0;
}

const proto::Profile* Model::profile_of(const UserId& id) const {
    if (const Contact* contact = find_friend(id)) return &contact->data.profile;
    if (id == me.user_id) return &me;
    for (const auto* requests : {&received, &sent}) {
        const auto request = requests->find(id);
        if (request != requests->end()) return &request->second.peer;
    }
    const auto person = blocked.find(id);
    if (person != blocked.end()) return &person->second;
    const Conversation* conversation = find(ConversationId::with(id));
    return conversation ? &conversation->peer : nullptr;
}

std::string Model::name_of(const UserId& id) const {
    const Contact* contact = find_friend(id);
    if (contact && !contact->data.remark.empty()) return contact->data.remark;
    const proto::Profile* profile = profile_of(id);
    return profile && !profile->nick.empty() ? profile->nick : id.text();
}

std::int64_t Model::unread_total() const {
    std::int64_t total = 0;
    for (const auto& [id, conversation] : conversations) {
        if (!conversation.state.muted) total += conversation.unread;
    }
    return total;
}

std::int64_t Model::requests_unread() const {
    return std::count_if(received.begin(), received.end(),
                         [](const auto& request) { return !request.second.read; });
}

const TaskState* Model::find_task(Task task, std::string_view about) const {
    const auto found = tasks.find(TaskKey{task, std::string(about)});
    return found == tasks.end() ? nullptr : &found->second;
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
