#include "service/friendship.h"

#include <utility>

#include "service/feed.h"

namespace kumquat::service {

Status check_person(std::string_view user_id, Work& work, ErrorCode unknown) {
    Result<UserId> target = UserId::parse(user_id);
    if (!target) return Error{unknown, "user_id: " + target.error().context};
    work.target = *std::move(target);
    return Status();
}

void announce_friend(Run& run, UserKey user, const store::UserRow& peer) {
    store::FeedItem item;
    item.row.user = user;
    item.row.kind = store::FeedKind::kFriend;
    item.row.entity = peer.key;
    item.entity = peer.id;
    if (const store::FriendRow* row = run.rows.friendship(user, peer.key))
        item.friendship = store::StoredFriend{*row, peer};
    announce(run.rows, run.outcome, std::move(item));
}

void announce_request(Run& run, UserKey user, const store::UserRow& peer, bool incoming) {
    const store::FriendRequestRow* row = incoming ? run.rows.friend_request(peer.key, user)
                                                  : run.rows.friend_request(user, peer.key);
    store::FeedItem item;
    item.row.user = user;
    item.row.kind = store::FeedKind::kFriendRequest;
    item.row.entity = peer.key;
    item.row.value = incoming ? 1 : 0;
    item.entity = peer.id;
    if (row != nullptr) item.request = store::StoredFriendRequest{*row, peer};
    announce(run.rows, run.outcome, std::move(item));
}

void make_friend(Run& run, store::FriendRow row, const store::UserRow& peer) {
    const UserKey user = row.user;
    row.peer = peer.key;
    row.added = run.now;
    run.rows.put(std::move(row));
    announce_friend(run, user, peer);
}

store::FriendRow requested_friend(const Run& run, const store::FriendRequestRow& request) {
    store::FriendRow row;
    row.user = request.requester;
    row.peer = request.target;
    row.remark = request.remark;
    if (run.rows.group_fits(request.requester, "", request.group)) row.group = request.group;
    row.source = request.source;
    row.wording = request.wording;
    return row;
}

void end_request(Run& run, const store::UserRow& requester, const store::UserRow& target) {
    if (run.rows.friend_request(requester.key, target.key) == nullptr) return;
    run.rows.end_request(requester.key, target.key);
    announce_request(run, requester.key, target, /*incoming=*/false);
    announce_request(run, target.key, requester, /*incoming=*/true);
}

void note_tie(Run& run, const store::UserRow& peer) {
    const UserKey me = run.work.session->user;
    const bool blocked = run.rows.blocks(me, peer.key) || run.rows.blocks(peer.key, me);
    TieChange tie;
    tie.a = Person(me, run.work.session->id);
    tie.b = Person(peer.key, peer.id);
    tie.a_has_b = !blocked && run.rows.friendship(me, peer.key) != nullptr;
    tie.b_has_a = !blocked && run.rows.friendship(peer.key, me) != nullptr;
    run.outcome.tie = std::move(tie);
}

}  // namespace kumquat::service
