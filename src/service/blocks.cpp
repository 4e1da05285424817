// block_user, unblock_user. What a block refuses is looked at where it is refused: add_friend,
// send_message, set_typing; and it hides presence.
#include "base/limits.h"
#include "service/feed.h"
#include "service/friendship.h"

namespace kumquat::service {
namespace {

// The entry for the sender: `peer` is blocked now, or no more.
void announce_block(Run& run, const store::UserRow& peer) {
    store::FeedItem item;
    item.row.user = run.work.session->user;
    item.row.kind = store::FeedKind::kBlock;
    item.row.entity = peer.key;
    item.peer = peer;
    item.blocked = run.rows.blocks(item.row.user, peer.key);
    announce(run.rows, run.outcome, std::move(item));
}

}  // namespace

Status check_block_user(const proto::BlockUser& request, Work& work) {
    KUMQUAT_TRY(check_person(request.user_id, work, ErrorCode::kUnknownUser));
    if (work.target == work.session->id) return Error{ErrorCode::kBlockedOneself, "user_id"};
    return Status();
}

void keys_block_user(const proto::BlockUser&, const Work& work, store::ReadKeys& keys) {
    add_relation(work, keys);
    keys.friend_requests.emplace(work.session->user, work.target);
    keys.block_counts.insert(work.session->user);
}

Result<proto::Reply> apply_block_user(const proto::BlockUser&, Run& run) {
    const store::UserRow me = *run.rows.user(run.work.session->user);
    const store::UserRow* found = run.rows.user(run.work.target);
    if (found == nullptr) return Error{ErrorCode::kUnknownUser, "user_id"};
    const store::UserRow peer = *found;
    if (run.rows.blocks(me.key, peer.key)) return proto::Reply(proto::BlockUserReply{});
    if (run.rows.block_count(me.key) >= static_cast<std::int64_t>(limits::kBlocked))
        return Error{ErrorCode::kBlocklistFull, "user_id"};
    run.rows.put(store::BlockRow{me.key, peer.key});
    announce_block(run, peer);
    end_request(run, peer, me);
    note_tie(run, peer);
    return proto::Reply(proto::BlockUserReply{});
}

Status check_unblock_user(const proto::UnblockUser& request, Work& work) {
    return check_person(request.user_id, work, ErrorCode::kUnknownUser);
}

void keys_unblock_user(const proto::UnblockUser&, const Work& work, store::ReadKeys& keys) {
    add_relation(work, keys);
    // Counted along, for a later request of the batch that blocks.
    keys.block_counts.insert(work.session->user);
}

Result<proto::Reply> apply_unblock_user(const proto::UnblockUser&, Run& run) {
    const UserKey me = run.work.session->user;
    const store::UserRow* found = run.rows.user(run.work.target);
    if (found == nullptr) return Error{ErrorCode::kUnknownUser, "user_id"};
    const store::UserRow peer = *found;
    if (run.rows.blocks(me, peer.key)) {
        run.rows.end_block(store::BlockRow{me, peer.key});
        announce_block(run, peer);
        note_tie(run, peer);
    }
    return proto::Reply(proto::UnblockUserReply{});
}

}  // namespace kumquat::service
