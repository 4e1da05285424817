#include "service/handlers.h"

namespace kumquat::service {

void add_relation(const Work& work, store::ReadKeys& keys) {
    keys.users.insert(work.session->id);
    keys.relations.emplace(work.session->user, work.target);
}

Status check_conversation(const ConversationId& conversation, Work& work, ErrorCode no_peer) {
    if (conversation.empty()) return Error{ErrorCode::kBadConversationId, "conversation"};
    if (conversation.peer() == work.session->id) return Error{no_peer, "oneself"};
    work.target = conversation.peer();
    return Status();
}

Status check_place(const ConversationId& conversation, Seq seq, Work& work) {
    KUMQUAT_TRY(check_conversation(conversation, work, ErrorCode::kUnknownConversation));
    if (seq.value() < 0) return Error{ErrorCode::kBadField, "seq"};
    return Status();
}

Status check_length(std::string_view text, std::size_t bytes_max, const char* field) {
    if (text.size() > bytes_max)
        return Error{ErrorCode::kBadField, std::string(field) + " is too long"};
    return Status();
}

}  // namespace kumquat::service
