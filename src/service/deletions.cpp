// delete_messages: a person deletes messages for oneself. The other person learns nothing of it.
#include <set>
#include <utility>

#include "base/limits.h"
#include "service/feed.h"
#include "service/named_message.h"

namespace kumquat::service {
namespace {

void hide(Run& run, const store::MessageRow& row, const store::UserRow& peer) {
    const UserKey me = run.work.session->user;
    uncount(run, row, me);
    run.rows.put(store::HiddenRow{row.conversation, me, row.seq});
    store::FeedItem item;
    item.row.user = me;
    item.row.kind = store::FeedKind::kMessageDeleted;
    item.row.conversation = row.conversation;
    item.row.seq = row.seq;
    item.row.value = run.rows.member(row.conversation, me).unread;
    item.peer = peer;
    announce(run.rows, run.outcome, std::move(item));
}

}  // namespace

Status check_delete_messages(const proto::DeleteMessages& request, Work& work) {
    KUMQUAT_TRY(check_conversation(request.conversation, work, ErrorCode::kUnknownConversation));
    if (request.seqs.empty() || request.seqs.size() > limits::kDeletedAtOnce)
        return Error{ErrorCode::kBadField, "seqs"};
    return Status();
}

void keys_delete_messages(const proto::DeleteMessages& request, const Work& work,
                          store::ReadKeys& keys) {
    add_relation(work, keys);
    for (const Seq seq : request.seqs)
        add_message_keys(work, work.target, seq, keys);
}

Result<proto::Reply> apply_delete_messages(const proto::DeleteMessages& request, Run& run) {
    const UserKey me = run.work.session->user;
    const store::UserRow* found = run.rows.user(run.work.target);
    const store::ConversationRow* conversation =
        found == nullptr ? nullptr : run.rows.direct(me, found->key);
    if (conversation == nullptr) return Error{ErrorCode::kUnknownConversation, "conversation"};
    const store::UserRow peer = *found;
    const ConversationKey key = conversation->key;
    const std::set<Seq> seqs(request.seqs.begin(), request.seqs.end());
    for (const Seq seq : seqs) {
        if (run.rows.message(key, seq) == nullptr) return Error{ErrorCode::kUnknownMessage, "seqs"};
    }
    for (const Seq seq : seqs) {
        const store::MessageRow row = *run.rows.message(key, seq);
        if (can_see(run.rows, row, me)) hide(run, row, peer);
    }
    return proto::Reply(proto::DeleteMessagesReply{run.rows.member(key, me).unread});
}

}  // namespace kumquat::service
