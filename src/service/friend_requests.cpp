// accept_friend, refuse_friend, withdraw_friend, read_friend_requests: what becomes of a friendship
// that waits for somebody's answer. add_friend (friends.cpp) makes it wait.
#include "base/limits.h"
#include "service/friendship.h"
#include "service/to_proto.h"

namespace kumquat::service {
namespace {

constexpr auto kFull = static_cast<std::int64_t>(limits::kFriends);

void add_requests(const Work& work, store::ReadKeys& keys) {
    add_relation(work, keys);
    keys.friend_requests.emplace(work.session->user, work.target);
}

Status check_room(const proto::AcceptFriend& request, const Run& run, bool make_mine,
                  UserKey requester) {
    const UserKey me = run.work.session->user;
    if (make_mine && run.rows.friend_count(me) >= kFull)
        return Error{ErrorCode::kFriendListFull, "user_id"};
    if (make_mine && !run.rows.group_fits(me, "", request.group))
        return Error{ErrorCode::kFriendGroupsFull, "group"};
    if (run.rows.friendship(requester, me) == nullptr && run.rows.friend_count(requester) >= kFull)
        return Error{ErrorCode::kPeerFriendListFull, "user_id"};
    return Status();
}

}  // namespace

Status check_accept_friend(const proto::AcceptFriend& request, Work& work) {
    KUMQUAT_TRY(check_person(request.user_id, work, ErrorCode::kNoFriendRequest));
    KUMQUAT_TRY(check_length(request.remark, limits::kRemarkBytes, "remark"));
    return check_length(request.group, limits::kGroupNameBytes, "group");
}

void keys_accept_friend(const proto::AcceptFriend&, const Work& work, store::ReadKeys& keys) {
    add_requests(work, keys);
    keys.friend_groups.insert(work.session->id);
    keys.friend_groups.insert(work.target);
}

Result<proto::Reply> apply_accept_friend(const proto::AcceptFriend& request, Run& run) {
    const store::UserRow me = *run.rows.user(run.work.session->user);
    const store::UserRow* found = run.rows.user(run.work.target);
    const store::FriendRequestRow* waits =
        found == nullptr ? nullptr : run.rows.friend_request(found->key, me.key);
    if (waits == nullptr) return Error{ErrorCode::kNoFriendRequest, "user_id"};
    const store::UserRow requester = *found;
    const store::FriendRequestRow asked = *waits;
    const bool one_way = request.one_way || asked.one_way;
    const bool make_mine = !one_way && run.rows.friendship(me.key, requester.key) == nullptr;
    KUMQUAT_TRY(check_room(request, run, make_mine, requester.key));

    end_request(run, requester, me);
    if (run.rows.friendship(requester.key, me.key) == nullptr)
        make_friend(run, requested_friend(run, asked), me);
    if (make_mine) {
        store::FriendRow mine;
        mine.user = me.key;
        mine.remark = request.remark;
        mine.group = request.group;
        mine.source = asked.source;
        mine.wording = asked.wording;
        make_friend(run, std::move(mine), requester);
    }
    note_tie(run, requester);
    proto::AcceptFriendReply reply;
    if (!one_way) {
        reply.added =
            to_proto(store::StoredFriend{*run.rows.friendship(me.key, requester.key), requester});
    }
    return proto::Reply(std::move(reply));
}

Status check_refuse_friend(const proto::RefuseFriend& request, Work& work) {
    return check_person(request.user_id, work, ErrorCode::kNoFriendRequest);
}

void keys_refuse_friend(const proto::RefuseFriend&, const Work& work, store::ReadKeys& keys) {
    add_requests(work, keys);
}

Result<proto::Reply> apply_refuse_friend(const proto::RefuseFriend&, Run& run) {
    const store::UserRow me = *run.rows.user(run.work.session->user);
    const store::UserRow* requester = run.rows.user(run.work.target);
    if (requester == nullptr || run.rows.friend_request(requester->key, me.key) == nullptr)
        return Error{ErrorCode::kNoFriendRequest, "user_id"};
    end_request(run, *requester, me);
    return proto::Reply(proto::RefuseFriendReply{});
}

Status check_withdraw_friend(const proto::WithdrawFriend& request, Work& work) {
    return check_person(request.user_id, work, ErrorCode::kNoFriendRequest);
}

void keys_withdraw_friend(const proto::WithdrawFriend&, const Work& work, store::ReadKeys& keys) {
    add_requests(work, keys);
}

Result<proto::Reply> apply_withdraw_friend(const proto::WithdrawFriend&, Run& run) {
    const store::UserRow me = *run.rows.user(run.work.session->user);
    const store::UserRow* target = run.rows.user(run.work.target);
    if (target == nullptr || run.rows.friend_request(me.key, target->key) == nullptr)
        return Error{ErrorCode::kNoFriendRequest, "user_id"};
    end_request(run, me, *target);
    return proto::Reply(proto::WithdrawFriendReply{});
}

Status check_read_friend_requests(const proto::ReadFriendRequests&, Work&) {
    return Status();
}

void keys_read_friend_requests(const proto::ReadFriendRequests&, const Work& work,
                               store::ReadKeys& keys) {
    keys.users.insert(work.session->id);
    keys.requests_to.insert(work.session->user);
}

// Only the sender's devices learn of it: who asked is not told.
Result<proto::Reply> apply_read_friend_requests(const proto::ReadFriendRequests&, Run& run) {
    const UserKey me = run.work.session->user;
    for (store::FriendRequestRow& row : run.rows.requests_to(me)) {
        if (row.read) continue;
        row.read = true;
        const store::UserRow requester = *run.rows.user(row.requester);
        run.rows.put(std::move(row));
        announce_request(run, me, requester, /*incoming=*/true);
    }
    return proto::Reply(proto::ReadFriendRequestsReply{});
}

}  // namespace kumquat::service
