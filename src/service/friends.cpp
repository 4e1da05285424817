// add_friend. Everybody allows everybody for now (TIM's AllowAny): both sides become friends at
// once.
#include "base/limits.h"
#include "service/feed.h"
#include "service/handlers.h"
#include "service/to_proto.h"

namespace kumquat::service {
namespace {

// The entry for `row.user`: `peer` is now a friend.
void announce_friend(Run& run, const store::FriendRow& row, const store::UserRow& peer) {
    store::FeedItem item;
    item.row.user = row.user;
    item.row.kind = store::FeedKind::kFriend;
    item.row.entity = row.peer;
    item.friendship = store::StoredFriend{row, peer};
    announce(run.rows, run.outcome, std::move(item));
}

store::FriendRow new_friend(const proto::AddFriend& request, const Run& run, UserKey user,
                            UserKey peer) {
    store::FriendRow row;
    row.user = user;
    row.peer = peer;
    row.source = request.source;
    row.wording = request.wording;
    row.added = run.now;
    return row;
}

}  // namespace

Status check_add_friend(const proto::AddFriend& request, Work& work) {
    const Result<UserId> target = UserId::parse(request.user_id);
    if (!target) return Error{ErrorCode::kUnknownUser, target.error().context};
    if (*target == work.session->id) return Error{ErrorCode::kFriendRefused, "oneself"};
    KUMQUAT_TRY(check_length(request.remark, limits::kRemarkBytes, "remark"));
    KUMQUAT_TRY(check_length(request.group, limits::kGroupNameBytes, "group"));
    KUMQUAT_TRY(check_length(request.wording, limits::kWordingBytes, "wording"));
    KUMQUAT_TRY(check_length(request.source, limits::kSourceBytes, "source"));
    work.target = *target;
    return Status();
}

void keys_add_friend(const proto::AddFriend&, const Work& work, store::ReadKeys& keys) {
    add_relation(work, keys);
}

Result<proto::Reply> apply_add_friend(const proto::AddFriend& request, Run& run) {
    const UserKey me = run.work.session->user;
    const store::UserRow* found = run.rows.user(run.work.target);
    if (found == nullptr) return Error{ErrorCode::kUnknownUser, "user_id"};
    const store::UserRow peer = *found;
    const store::FriendRow* mine = run.rows.friendship(me, peer.key);
    const bool theirs = run.rows.friendship(peer.key, me) != nullptr;
    // A friendship that is there one way only is completed by adding, as TIM does; both ways there
    // is nothing to add.
    if (mine != nullptr && theirs) return Error{ErrorCode::kFriendRefused, "a friend already"};
    const auto full = static_cast<std::int64_t>(limits::kFriends);
    if (mine == nullptr && run.rows.friend_count(me) >= full)
        return Error{ErrorCode::kFriendListFull, "user_id"};
    if (!theirs && run.rows.friend_count(peer.key) >= full)
        return Error{ErrorCode::kPeerFriendListFull, "user_id"};

    store::FriendRow row;
    if (mine != nullptr) {
        row = *mine;
    } else {
        row = new_friend(request, run, me, peer.key);
        row.remark = request.remark;
        row.group = request.group;
        run.rows.put(row);
        announce_friend(run, row, peer);
    }
    if (!theirs) {
        const store::FriendRow other = new_friend(request, run, peer.key, me);
        run.rows.put(other);
        announce_friend(run, other, *run.rows.user(me));
    }
    run.outcome.befriended.emplace(Person(me, run.work.session->id), Person(peer.key, peer.id));
    return proto::Reply(proto::AddFriendReply{to_proto(store::StoredFriend{row, peer})});
}

}  // namespace kumquat::service
