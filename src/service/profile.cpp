// update_profile: one's own account changes, and everybody who knows the person learns of a new
// nick or picture.
#include "base/limits.h"
#include "service/feed.h"
#include "service/handlers.h"
#include "service/pictures.h"
#include "service/to_proto.h"

namespace kumquat::service {
namespace {

void announce_account(Run& run, const store::UserRow& user) {
    store::FeedItem item;
    item.row.user = user.key;
    item.row.kind = store::FeedKind::kAccount;
    item.peer = user;
    announce(run.rows, run.outcome, std::move(item));
}

void announce_profile(Run& run, const store::UserRow& user) {
    for (const UserKey reader : run.rows.audience(user.key)) {
        store::FeedItem item;
        item.row.user = reader;
        item.row.kind = store::FeedKind::kProfile;
        item.row.entity = user.key;
        item.peer = user;
        announce(run.rows, run.outcome, std::move(item));
    }
}

Result<BlobId> avatar_of(const std::string& text) {
    if (text.empty()) return BlobId();
    return BlobId::parse(text);
}

}  // namespace

Status check_update_profile(const proto::UpdateProfile& request, Work&) {
    KUMQUAT_TRY(check_length(request.nick.value_or(""), limits::kNickBytes, "nick"));
    if (request.avatar) KUMQUAT_TRY(avatar_of(*request.avatar));
    return Status();
}

void keys_update_profile(const proto::UpdateProfile& request, const Work& work,
                         store::ReadKeys& keys) {
    keys.users.insert(work.session->id);
    if (const auto avatar = avatar_of(request.avatar.value_or("")); avatar && !avatar->empty())
        keys.blobs.insert(*avatar);
    if (request.avatar) keys.avatars.insert(work.session->id);
    if (request.nick || request.avatar) keys.audiences.insert(work.session->user);
}

Result<proto::Reply> apply_update_profile(const proto::UpdateProfile& request, Run& run) {
    const store::UserRow before = *run.rows.user(run.work.session->user);
    store::UserRow user = before;
    user.nick = request.nick.value_or(user.nick);
    if (request.avatar) {
        KUMQUAT_TRY_ASSIGN(user.avatar, avatar_of(*request.avatar));
        KUMQUAT_TRY(check_own_avatar(run, user.avatar));
    }
    if (request.allow) user.allow = to_row(*request.allow);
    user.friends_only = request.friends_only.value_or(user.friends_only);

    const bool seen = user.nick != before.nick || user.avatar != before.avatar;
    if (seen || user.allow != before.allow || user.friends_only != before.friends_only) {
        move_avatar(run, before.avatar, user.avatar);
        run.rows.put(user);
        announce_account(run, user);
    }
    if (seen) announce_profile(run, user);
    return proto::Reply(proto::UpdateProfileReply{account_to_proto(user)});
}

}  // namespace kumquat::service
