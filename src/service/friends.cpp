// add_friend, update_friend, delete_friend. What waits for somebody's answer is in
// friend_requests.cpp.
#include "base/limits.h"
#include "service/friendship.h"
#include "service/to_proto.h"

namespace kumquat::service {
namespace {

constexpr auto kFull = static_cast<std::int64_t>(limits::kFriends);

// The two sides between the sender and somebody, and which of them adding makes.
struct Sides {
    bool mine = false;
    bool theirs = false;
    /// The other person waits for the sender's answer, and adding gives it.
    bool answers = false;
    bool make_mine = false;
    bool make_theirs = false;
};

Sides sides_between(const proto::AddFriend& request, const Run& run, UserKey me, UserKey peer) {
    Sides sides;
    sides.mine = run.rows.friendship(me, peer) != nullptr;
    sides.theirs = run.rows.friendship(peer, me) != nullptr;
    sides.answers = run.rows.friend_request(peer, me) != nullptr;
    sides.make_mine = !sides.mine;
    sides.make_theirs = !sides.theirs && (!request.one_way || sides.answers);
    return sides;
}

Status check_sides(const proto::AddFriend& request, const Run& run, const Sides& sides, UserKey me,
                   UserKey peer) {
    if (!sides.make_mine && !sides.make_theirs)
        return Error{ErrorCode::kFriendRefused, "a friend already"};
    if (run.rows.blocks(me, peer)) return Error{ErrorCode::kFriendIsBlocked, "user_id"};
    if (run.rows.blocks(peer, me)) return Error{ErrorCode::kBlockedByPeer, "user_id"};
    if (sides.make_mine && run.rows.friend_count(me) >= kFull)
        return Error{ErrorCode::kFriendListFull, "user_id"};
    if (sides.make_theirs && run.rows.friend_count(peer) >= kFull)
        return Error{ErrorCode::kPeerFriendListFull, "user_id"};
    if (sides.make_mine && !run.rows.group_fits(me, "", request.group))
        return Error{ErrorCode::kFriendGroupsFull, "group"};
    return Status();
}

// Asking again replaces what was asked before, and is unread again.
Result<proto::Reply> ask(const proto::AddFriend& request, Run& run, const store::UserRow& peer) {
    const store::UserRow me = *run.rows.user(run.work.session->user);
    if (run.rows.friend_request(me.key, peer.key) == nullptr &&
        run.rows.request_count(peer.key) >= static_cast<std::int64_t>(limits::kFriendRequests))
        return Error{ErrorCode::kPeerRequestsFull, "user_id"};
    store::FriendRequestRow row;
    row.requester = me.key;
    row.target = peer.key;
    row.wording = request.wording;
    row.source = request.source;
    row.remark = request.remark;
    row.group = request.group;
    row.one_way = request.one_way;
    row.time = run.now;
    run.rows.put(row);
    announce_request(run, me.key, peer, /*incoming=*/false);
    announce_request(run, peer.key, me, /*incoming=*/true);
    proto::AddFriendReply reply;
    reply.waits = to_proto(store::StoredFriendRequest{row, peer}, me.key);
    return proto::Reply(std::move(reply));
}

store::FriendRow new_friend(const proto::AddFriend& request, UserKey user) {
    store::FriendRow row;
    row.user = user;
    row.source = request.source;
    row.wording = request.wording;
    return row;
}

// A side that is there stays as it is.
Result<proto::Reply> befriend(const proto::AddFriend& request, Run& run, const Sides& sides,
                              const store::UserRow& peer) {
    const store::UserRow me = *run.rows.user(run.work.session->user);
    store::FriendRow theirs = new_friend(request, peer.key);
    if (sides.answers) theirs = requested_friend(run, *run.rows.friend_request(peer.key, me.key));
    end_request(run, peer, me);
    end_request(run, me, peer);
    if (sides.make_mine) {
        store::FriendRow mine = new_friend(request, me.key);
        mine.remark = request.remark;
        mine.group = request.group;
        make_friend(run, std::move(mine), peer);
    }
    if (sides.make_theirs) make_friend(run, std::move(theirs), me);
    note_tie(run, peer);
    proto::AddFriendReply reply;
    reply.added = to_proto(store::StoredFriend{*run.rows.friendship(me.key, peer.key), peer});
    return proto::Reply(std::move(reply));
}

}  // namespace

Status check_add_friend(const proto::AddFriend& request, Work& work) {
    KUMQUAT_TRY(check_person(request.user_id, work, ErrorCode::kUnknownUser));
    if (work.target == work.session->id) return Error{ErrorCode::kFriendRefused, "oneself"};
    KUMQUAT_TRY(check_length(request.remark, limits::kRemarkBytes, "remark"));
    KUMQUAT_TRY(check_length(request.group, limits::kGroupNameBytes, "group"));
    KUMQUAT_TRY(check_length(request.wording, limits::kWordingBytes, "wording"));
    KUMQUAT_TRY(check_length(request.source, limits::kSourceBytes, "source"));
    return Status();
}

void keys_add_friend(const proto::AddFriend&, const Work& work, store::ReadKeys& keys) {
    add_relation(work, keys);
    keys.friend_requests.emplace(work.session->user, work.target);
    // The sender's, and the other person's for a request of theirs that this answers.
    keys.friend_groups.insert(work.session->id);
    keys.friend_groups.insert(work.target);
}

Result<proto::Reply> apply_add_friend(const proto::AddFriend& request, Run& run) {
    const UserKey me = run.work.session->user;
    const store::UserRow* found = run.rows.user(run.work.target);
    if (found == nullptr) return Error{ErrorCode::kUnknownUser, "user_id"};
    const store::UserRow peer = *found;
    const Sides sides = sides_between(request, run, me, peer.key);
    KUMQUAT_TRY(check_sides(request, run, sides, me, peer.key));
    // Who has the sender as a friend, or waits for the sender, has consented already.
    const bool consented = sides.theirs || sides.answers;
    if (consented || peer.allow == store::AllowKind::kAny)
        return befriend(request, run, sides, peer);
    if (peer.allow == store::AllowKind::kDeny)
        return Error{ErrorCode::kPeerDeniesFriends, "user_id"};
    return ask(request, run, peer);
}

Status check_update_friend(const proto::UpdateFriend& request, Work& work) {
    KUMQUAT_TRY(check_person(request.user_id, work, ErrorCode::kNotAFriend));
    KUMQUAT_TRY(check_length(request.remark.value_or(""), limits::kRemarkBytes, "remark"));
    return check_length(request.group.value_or(""), limits::kGroupNameBytes, "group");
}

void keys_update_friend(const proto::UpdateFriend& request, const Work& work,
                        store::ReadKeys& keys) {
    add_relation(work, keys);
    if (request.group) keys.friend_groups.insert(work.session->id);
}

Result<proto::Reply> apply_update_friend(const proto::UpdateFriend& request, Run& run) {
    const UserKey me = run.work.session->user;
    const store::UserRow* peer = run.rows.user(run.work.target);
    const store::FriendRow* before = peer == nullptr ? nullptr : run.rows.friendship(me, peer->key);
    if (before == nullptr) return Error{ErrorCode::kNotAFriend, "user_id"};
    store::FriendRow row = *before;
    row.remark = request.remark.value_or(row.remark);
    row.group = request.group.value_or(row.group);
    if (!run.rows.group_fits(me, before->group, row.group))
        return Error{ErrorCode::kFriendGroupsFull, "group"};
    if (row.remark != before->remark || row.group != before->group) {
        run.rows.put(row);
        announce_friend(run, me, *peer);
    }
    return proto::Reply(proto::UpdateFriendReply{to_proto(store::StoredFriend{row, *peer})});
}

Status check_delete_friend(const proto::DeleteFriend& request, Work& work) {
    return check_person(request.user_id, work, ErrorCode::kNotAFriend);
}

void keys_delete_friend(const proto::DeleteFriend&, const Work& work, store::ReadKeys& keys) {
    add_relation(work, keys);
}

Result<proto::Reply> apply_delete_friend(const proto::DeleteFriend& request, Run& run) {
    const store::UserRow me = *run.rows.user(run.work.session->user);
    const store::UserRow* found = run.rows.user(run.work.target);
    if (found == nullptr || run.rows.friendship(me.key, found->key) == nullptr)
        return Error{ErrorCode::kNotAFriend, "user_id"};
    const store::UserRow peer = *found;
    run.rows.end_friendship(me.key, peer.key);
    announce_friend(run, me.key, peer);
    if (!request.one_way && run.rows.friendship(peer.key, me.key) != nullptr) {
        run.rows.end_friendship(peer.key, me.key);
        announce_friend(run, peer.key, me);
    }
    note_tie(run, peer);
    return proto::Reply(proto::DeleteFriendReply{});
}

}  // namespace kumquat::service
