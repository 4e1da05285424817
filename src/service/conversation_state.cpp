// set_conversation, delete_conversation: what a person settles about a conversation. The other
// person learns nothing of it.
#include "service/feed.h"
#include "service/handlers.h"
#include "service/to_proto.h"

namespace kumquat::service {
namespace {

bool same_state(const store::MemberRow& a, const store::MemberRow& b) {
    return a.pinned == b.pinned && a.muted == b.muted && a.has_draft == b.has_draft &&
           a.first_visible == b.first_visible && a.unread == b.unread;
}

void change_state(Run& run, const store::MemberRow& member, const store::UserRow& peer) {
    run.rows.put(member);
    store::FeedItem item;
    item.row.user = member.user;
    item.row.kind = store::FeedKind::kConversation;
    item.row.conversation = member.conversation;
    item.member = member;
    item.peer = peer;
    announce(run.rows, run.outcome, std::move(item));
}

store::MemberRow settled(const proto::SetConversation& request, store::MemberRow member) {
    member.pinned = request.pinned.value_or(member.pinned);
    member.muted = request.muted.value_or(member.muted);
    member.has_draft = request.has_draft.value_or(member.has_draft);
    return member;
}

}  // namespace

Status check_set_conversation(const proto::SetConversation& request, Work& work) {
    return check_conversation(request.conversation, work, ErrorCode::kUnknownConversation);
}

void keys_set_conversation(const proto::SetConversation&, const Work& work, store::ReadKeys& keys) {
    add_relation(work, keys);
}

// A conversation is made for the sake of a setting, and never for the sake of none.
Result<proto::Reply> apply_set_conversation(const proto::SetConversation& request, Run& run) {
    const UserKey me = run.work.session->user;
    const store::UserRow* found = run.rows.user(run.work.target);
    if (found == nullptr) return Error{ErrorCode::kUnknownConversation, "conversation"};
    const store::UserRow peer = *found;
    const store::ConversationRow* existing = run.rows.direct(me, peer.key);
    const store::MemberRow before =
        existing == nullptr ? store::MemberRow() : run.rows.member(existing->key, me);
    if (same_state(settled(request, before), before))
        return proto::Reply(proto::SetConversationReply{to_proto(before)});

    const ConversationKey key =
        existing == nullptr ? run.rows.create_direct(me, peer.key) : existing->key;
    const store::MemberRow member = settled(request, run.rows.member(key, me));
    change_state(run, member, peer);
    return proto::Reply(proto::SetConversationReply{to_proto(member)});
}

Status check_delete_conversation(const proto::DeleteConversation& request, Work& work) {
    return check_conversation(request.conversation, work, ErrorCode::kUnknownConversation);
}

void keys_delete_conversation(const proto::DeleteConversation&, const Work& work,
                              store::ReadKeys& keys) {
    add_relation(work, keys);
}

// The read mark stays where it is: what was deleted unread was not read.
Result<proto::Reply> apply_delete_conversation(const proto::DeleteConversation&, Run& run) {
    const UserKey me = run.work.session->user;
    const store::UserRow* peer = run.rows.user(run.work.target);
    const store::ConversationRow* conversation =
        peer == nullptr ? nullptr : run.rows.direct(me, peer->key);
    if (conversation == nullptr) return Error{ErrorCode::kUnknownConversation, "conversation"};
    const store::MemberRow before = run.rows.member(conversation->key, me);
    store::MemberRow member = before;
    member.first_visible = conversation->last_seq.next();
    member.unread = 0;
    member.pinned = false;
    if (!same_state(member, before)) change_state(run, member, *peer);
    return proto::Reply(proto::DeleteConversationReply{to_proto(member)});
}

}  // namespace kumquat::service
