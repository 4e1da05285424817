// mark_read: a member's watermark moves up, and both members learn of it.
#include <algorithm>

#include "service/feed.h"
#include "service/handlers.h"

namespace kumquat::service {
namespace {

// The entry for `viewer`, who has the conversation with `peer`: the sender's mark has moved.
void announce_mark(Run& run, const store::MemberRow& mark, UserKey viewer,
                   const store::UserRow& peer) {
    store::FeedItem item;
    item.row.user = viewer;
    item.row.kind = store::FeedKind::kRead;
    item.row.conversation = mark.conversation;
    item.row.seq = mark.read;
    item.row.entity = mark.user;
    item.row.value = viewer == mark.user ? mark.unread : 0;
    item.peer = peer;
    item.entity = run.work.session->id;
    announce(run.rows, run.outcome, std::move(item));
}

store::MessagePlace mark_of(const proto::MarkRead& request, const Work& work) {
    return store::MessagePlace{work.session->user, work.target, request.seq};
}

}  // namespace

Status check_mark_read(const proto::MarkRead& request, Work& work) {
    KUMQUAT_TRY(check_conversation(request.conversation, work, ErrorCode::kUnknownConversation));
    if (request.seq.value() < 0) return Error{ErrorCode::kBadField, "seq"};
    return Status();
}

void keys_mark_read(const proto::MarkRead& request, const Work& work, store::ReadKeys& keys) {
    add_relation(work, keys);
    keys.marks.insert(mark_of(request, work));
}

Result<proto::Reply> apply_mark_read(const proto::MarkRead& request, Run& run) {
    const UserKey me = run.work.session->user;
    const store::UserRow* found = run.rows.user(run.work.target);
    const store::ConversationRow* conversation =
        found == nullptr ? nullptr : run.rows.direct(me, found->key);
    if (conversation == nullptr) return Error{ErrorCode::kUnknownConversation, "conversation"};
    const store::UserRow peer = *found;

    store::MemberRow mark = run.rows.member(conversation->key, me);
    const Seq seq = std::min(request.seq, conversation->last_seq);
    if (seq > mark.read) {
        mark.read = seq;
        if (seq == conversation->last_seq) {
            mark.unread = 0;
        } else if (seq >= mark.first_visible) {
            mark.unread = run.rows.unread_above(mark_of(request, run.work), conversation->key);
        }
        // Else it passes over nothing but what the reader has deleted, and that was not unread.
        run.rows.put(mark);
        announce_mark(run, mark, me, peer);
        announce_mark(run, mark, peer.key, *run.rows.user(me));
    }
    return proto::Reply(proto::MarkReadReply{mark.read, mark.unread});
}

}  // namespace kumquat::service
