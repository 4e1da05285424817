// set_typing: a signal for the other person, never stored. It rides in a batch because its rows say
// who may be told, and so that it stays in order with the messages around it.
#include "service/handlers.h"

namespace kumquat::service {
namespace {

bool may_be_told(const Run& run, UserKey me, UserKey peer) {
    if (run.rows.blocks(me, peer) || run.rows.blocks(peer, me)) return false;
    const store::ConversationRow* conversation = run.rows.direct(me, peer);
    return run.rows.friendship(me, peer) != nullptr || run.rows.friendship(peer, me) != nullptr ||
           (conversation != nullptr && conversation->last_seq);
}

}  // namespace

Status check_set_typing(const proto::SetTyping& request, Work& work) {
    return check_conversation(request.conversation, work, ErrorCode::kUnknownReceiver);
}

void keys_set_typing(const proto::SetTyping&, const Work& work, store::ReadKeys& keys) {
    add_relation(work, keys);
}

// Strangers are not told: before the first message, nobody should learn that somebody is about to
// write. Nor do the two sides of a block learn anything; the sender is not told either.
Result<proto::Reply> apply_set_typing(const proto::SetTyping& request, Run& run) {
    const UserKey me = run.work.session->user;
    const store::UserRow* peer = run.rows.user(run.work.target);
    if (peer == nullptr) return Error{ErrorCode::kUnknownReceiver, "conversation"};
    if (may_be_told(run, me, peer->key)) {
        proto::TypingSignal signal;
        signal.conversation = ConversationId::with(run.work.session->id);
        signal.typing = request.typing;
        run.outcome.signals.emplace_back(peer->key, signal);
    }
    return proto::Reply(proto::SetTypingReply{});
}

}  // namespace kumquat::service
