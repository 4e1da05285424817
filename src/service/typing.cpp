// set_typing: a signal for the other person, never stored. It rides in a batch because its rows say
// who may be told, and so that it stays in order with the messages around it.
#include "service/handlers.h"

namespace kumquat::service {

Status check_set_typing(const proto::SetTyping& request, Work& work) {
    return check_conversation(request.conversation, work, ErrorCode::kUnknownReceiver);
}

void keys_set_typing(const proto::SetTyping&, const Work& work, store::ReadKeys& keys) {
    add_relation(work, keys);
}

// Strangers are not told: before the first message, nobody should learn that somebody is about to
// write.
Result<proto::Reply> apply_set_typing(const proto::SetTyping& request, Run& run) {
    const UserKey me = run.work.session->user;
    const store::UserRow* peer = run.rows.user(run.work.target);
    if (peer == nullptr) return Error{ErrorCode::kUnknownReceiver, "conversation"};
    const bool known = run.rows.friendship(me, peer->key) != nullptr ||
                       run.rows.friendship(peer->key, me) != nullptr ||
                       run.rows.direct(me, peer->key) != nullptr;
    if (known) {
        proto::TypingSignal signal;
        signal.conversation = ConversationId::with(run.work.session->id);
        signal.typing = request.typing;
        run.outcome.signals.emplace_back(peer->key, signal);
    }
    return proto::Reply(proto::SetTypingReply{});
}

}  // namespace kumquat::service
