// What the scripted service answers about friends, requests, blocks, profiles, chats and sessions.
#include <algorithm>

#include <gtest/gtest.h>

#include "page.h"

namespace kumquat::uitest {

namespace {

UserId user(const std::string& id) {
    Result<UserId> parsed = UserId::parse(id);
    EXPECT_TRUE(parsed.has_value()) << id;
    return parsed ? *parsed : UserId();
}

}  // namespace

proto::Account Service::account() const {
    BlobId picture;
    if (Result<BlobId> chosen = BlobId::parse(avatar)) picture = *chosen;
    return {{user(me), nick, picture}, allow, friends_only};
}

void Service::ask(const std::string& id, const std::string& asker, const std::string& wording) {
    proto::FriendRequest& request = received[id];
    request.peer = {user(id), asker, {}};
    request.incoming = true;
    request.wording = wording;
    request.time = world_.clock.now();
    if (world_.transport.connected()) tell(proto::FriendRequestEvent{request});
}

proto::Friend Service::make_friend(const std::string& id, const std::string& remark,
                                   const std::string& group) {
    proto::Friend made;
    made.profile = {user(id), "Nick of " + id, {}};
    auto asked = received.find(id);
    if (asked != received.end()) made.profile = asked->second.peer;
    made.remark = remark;
    made.group = group;
    made.added = world_.clock.now();
    friends.push_back(made);
    tell(proto::FriendEvent{made});
    return made;
}

void Service::end_request(const std::string& id, bool incoming) {
    (incoming ? received : sent).erase(id);
    tell(proto::FriendRequestGoneEvent{user(id), incoming});
}

std::optional<proto::Reply> Service::reply_about_requests(const proto::Request& request) {
    if (auto* accept = std::get_if<proto::AcceptFriend>(&request)) {
        proto::Friend made = make_friend(accept->user_id, accept->remark, accept->group);
        end_request(accept->user_id, true);
        return proto::AcceptFriendReply{made};
    }
    if (auto* refuse = std::get_if<proto::RefuseFriend>(&request)) {
        end_request(refuse->user_id, true);
        return proto::RefuseFriendReply{};
    }
    if (auto* withdraw = std::get_if<proto::WithdrawFriend>(&request)) {
        end_request(withdraw->user_id, false);
        return proto::WithdrawFriendReply{};
    }
    if (std::holds_alternative<proto::ReadFriendRequests>(request)) {
        for (auto& [id, waiting] : received)
            waiting.read = true;
        return proto::ReadFriendRequestsReply{};
    }
    return std::nullopt;
}

std::optional<proto::Reply> Service::reply_about_people(const proto::Request& request) {
    if (auto* update = std::get_if<proto::UpdateFriend>(&request)) {
        for (proto::Friend& known : friends) {
            if (known.profile.user_id.text() != update->user_id) continue;
            if (update->remark) known.remark = *update->remark;
            if (update->group) known.group = *update->group;
            tell(proto::FriendEvent{known});
            return proto::UpdateFriendReply{known};
        }
    }
    if (auto* gone = std::get_if<proto::DeleteFriend>(&request)) {
        friends.erase(std::remove_if(friends.begin(), friends.end(),
                                     [&](const proto::Friend& known) {
                                         return known.profile.user_id.text() == gone->user_id;
                                     }),
                      friends.end());
        tell(proto::FriendGoneEvent{user(gone->user_id)});
        return proto::DeleteFriendReply{};
    }
    if (auto* block = std::get_if<proto::BlockUser>(&request)) {
        blocked[block->user_id] = {user(block->user_id), "Nick of " + block->user_id, {}};
        tell(proto::BlockEvent{blocked[block->user_id], true});
        return proto::BlockUserReply{};
    }
    if (auto* unblock = std::get_if<proto::UnblockUser>(&request)) {
        blocked.erase(unblock->user_id);
        tell(proto::BlockEvent{{user(unblock->user_id), {}, {}}, false});
        return proto::UnblockUserReply{};
    }
    if (auto* update = std::get_if<proto::UpdateProfile>(&request)) {
        if (update->nick) nick = *update->nick;
        if (update->avatar) avatar = *update->avatar;
        if (update->allow) allow = *update->allow;
        if (update->friends_only) friends_only = *update->friends_only;
        tell(proto::AccountEvent{account()});
        return proto::UpdateProfileReply{account()};
    }
    if (auto* set = std::get_if<proto::SetConversation>(&request)) {
        proto::ConversationState& state = states[set->conversation.text()];
        if (set->pinned) state.pinned = *set->pinned;
        if (set->muted) state.muted = *set->muted;
        if (set->has_draft) state.has_draft = *set->has_draft;
        return proto::SetConversationReply{state};
    }
    if (auto* erase = std::get_if<proto::DeleteConversation>(&request)) {
        proto::ConversationState& state = states[erase->conversation.text()];
        state = {};
        state.first_seq =
            Seq(static_cast<std::int64_t>(history_[erase->conversation.text()].size()) + 1);
        return proto::DeleteConversationReply{state};
    }
    if (std::holds_alternative<proto::ListSessions>(request)) {
        return proto::ListSessionsReply{sessions};
    }
    if (auto* end = std::get_if<proto::EndSession>(&request)) {
        sessions.erase(std::remove_if(sessions.begin(), sessions.end(),
                                      [&](const proto::SessionInfo& session) {
                                          return session.id == end->id;
                                      }),
                       sessions.end());
        return proto::EndSessionReply{};
    }
    return std::nullopt;
}

}  // namespace kumquat::uitest
