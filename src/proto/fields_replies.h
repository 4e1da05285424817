// The fields of every reply. A reply has the name of its request. See fields.h.
#pragma once

#include <string_view>

#include "proto/fields_requests.h"

namespace kumquat::proto {

template <>
inline constexpr std::string_view kWireName<HelloReply> = kWireName<Hello>;
template <typename V>
void fields(V& v, typename V::template Of<HelloReply>& hello) {
    v.field("version", hello.version);
    v.optional("server", hello.server);
    v.field("epoch", hello.epoch);
    v.field("time_ms", hello.time);
    v.field("sign_in", hello.sign_in);
    v.field("limits", hello.limits);
}

template <>
inline constexpr std::string_view kWireName<SignInReply> = kWireName<SignIn>;
template <typename V>
void fields(V& v, typename V::template Of<SignInReply>& sign_in) {
    v.field("session", sign_in.session);
    v.field("expires_ms", sign_in.expires);
    v.field("me", sign_in.me);
    v.optional("created", sign_in.created);
}

template <>
inline constexpr std::string_view kWireName<ResumeReply> = kWireName<Resume>;
template <typename V>
void fields(V& v, typename V::template Of<ResumeReply>& resume) {
    v.field("expires_ms", resume.expires);
    v.field("me", resume.me);
}

template <>
inline constexpr std::string_view kWireName<SignOutReply> = kWireName<SignOut>;
template <typename V>
void fields(V&, typename V::template Of<SignOutReply>&) {}

template <>
inline constexpr std::string_view kWireName<SyncReply> = kWireName<Sync>;
template <typename V>
void fields(V& v, typename V::template Of<SyncReply>& sync) {
    v.optional("reset", sync.reset);
    v.field("number", sync.number);
    v.optional("more", sync.more);
    v.optional("cursor", sync.cursor);
    v.optional("events", sync.events);
    v.optional("friends", sync.friends);
    v.optional("requests", sync.requests);
    v.optional("blocked", sync.blocked);
    v.optional("conversations", sync.conversations);
    v.optional("me", sync.me);
}

template <>
inline constexpr std::string_view kWireName<FindUserReply> = kWireName<FindUser>;
template <typename V>
void fields(V& v, typename V::template Of<FindUserReply>& find_user) {
    v.field("profile", find_user.profile);
    v.optional("is_friend", find_user.is_friend);
    v.field("allow", find_user.allow);
}

template <>
inline constexpr std::string_view kWireName<AddFriendReply> = kWireName<AddFriend>;
template <typename V>
void fields(V& v, typename V::template Of<AddFriendReply>& add_friend) {
    v.optional("added", add_friend.added);
    v.optional("waits", add_friend.waits);
}

template <>
inline constexpr std::string_view kWireName<SendMessageReply> = kWireName<SendMessage>;
template <typename V>
void fields(V& v, typename V::template Of<SendMessageReply>& send_message) {
    v.field("seq", send_message.seq);
    v.field("time_ms", send_message.time);
}

template <>
inline constexpr std::string_view kWireName<GetHistoryReply> = kWireName<GetHistory>;
template <typename V>
void fields(V& v, typename V::template Of<GetHistoryReply>& get_history) {
    v.field("messages", get_history.messages);
    v.optional("older", get_history.older);
    v.optional("newer", get_history.newer);
}

template <>
inline constexpr std::string_view kWireName<MarkReadReply> = kWireName<MarkRead>;
template <typename V>
void fields(V& v, typename V::template Of<MarkReadReply>& mark_read) {
    v.field("read_seq", mark_read.read_seq);
    v.optional("unread", mark_read.unread);
}

template <>
inline constexpr std::string_view kWireName<SetTypingReply> = kWireName<SetTyping>;
template <typename V>
void fields(V&, typename V::template Of<SetTypingReply>&) {}

template <>
inline constexpr std::string_view kWireName<AcceptFriendReply> = kWireName<AcceptFriend>;
template <typename V>
void fields(V& v, typename V::template Of<AcceptFriendReply>& accept_friend) {
    v.optional("added", accept_friend.added);
}

template <>
inline constexpr std::string_view kWireName<RefuseFriendReply> = kWireName<RefuseFriend>;
template <typename V>
void fields(V&, typename V::template Of<RefuseFriendReply>&) {}

template <>
inline constexpr std::string_view kWireName<WithdrawFriendReply> = kWireName<WithdrawFriend>;
template <typename V>
void fields(V&, typename V::template Of<WithdrawFriendReply>&) {}

template <>
inline constexpr std::string_view kWireName<ReadFriendRequestsReply> =
    kWireName<ReadFriendRequests>;
template <typename V>
void fields(V&, typename V::template Of<ReadFriendRequestsReply>&) {}

template <>
inline constexpr std::string_view kWireName<UpdateFriendReply> = kWireName<UpdateFriend>;
template <typename V>
void fields(V& v, typename V::template Of<UpdateFriendReply>& update_friend) {
    v.field("changed", update_friend.changed);
}

template <>
inline constexpr std::string_view kWireName<DeleteFriendReply> = kWireName<DeleteFriend>;
template <typename V>
void fields(V&, typename V::template Of<DeleteFriendReply>&) {}

template <>
inline constexpr std::string_view kWireName<BlockUserReply> = kWireName<BlockUser>;
template <typename V>
void fields(V&, typename V::template Of<BlockUserReply>&) {}

template <>
inline constexpr std::string_view kWireName<UnblockUserReply> = kWireName<UnblockUser>;
template <typename V>
void fields(V&, typename V::template Of<UnblockUserReply>&) {}

template <>
inline constexpr std::string_view kWireName<UpdateProfileReply> = kWireName<UpdateProfile>;
template <typename V>
void fields(V& v, typename V::template Of<UpdateProfileReply>& update_profile) {
    v.field("me", update_profile.me);
}

template <>
inline constexpr std::string_view kWireName<SetConversationReply> = kWireName<SetConversation>;
template <typename V>
void fields(V& v, typename V::template Of<SetConversationReply>& set_conversation) {
    v.field("state", set_conversation.state);
}

template <>
inline constexpr std::string_view kWireName<DeleteConversationReply> =
    kWireName<DeleteConversation>;
template <typename V>
void fields(V& v, typename V::template Of<DeleteConversationReply>& delete_conversation) {
    v.field("state", delete_conversation.state);
}

template <>
inline constexpr std::string_view kWireName<ListSessionsReply> = kWireName<ListSessions>;
template <typename V>
void fields(V& v, typename V::template Of<ListSessionsReply>& list_sessions) {
    v.optional("sessions", list_sessions.sessions);
}

template <>
inline constexpr std::string_view kWireName<EndSessionReply> = kWireName<EndSession>;
template <typename V>
void fields(V&, typename V::template Of<EndSessionReply>&) {}

template <>
inline constexpr std::string_view kWireName<RecallMessageReply> = kWireName<RecallMessage>;
template <typename V>
void fields(V& v, typename V::template Of<RecallMessageReply>& reply) {
    v.field("message", reply.message);
}

template <>
inline constexpr std::string_view kWireName<EditMessageReply> = kWireName<EditMessage>;
template <typename V>
void fields(V& v, typename V::template Of<EditMessageReply>& reply) {
    v.field("message", reply.message);
}

template <>
inline constexpr std::string_view kWireName<DeleteMessagesReply> = kWireName<DeleteMessages>;
template <typename V>
void fields(V& v, typename V::template Of<DeleteMessagesReply>& reply) {
    v.optional("unread", reply.unread);
}

template <>
inline constexpr std::string_view kWireName<SetReactionReply> = kWireName<SetReaction>;
template <typename V>
void fields(V& v, typename V::template Of<SetReactionReply>& reply) {
    v.field("message", reply.message);
}

template <>
inline constexpr std::string_view kWireName<PinMessageReply> = kWireName<PinMessage>;
template <typename V>
void fields(V& v, typename V::template Of<PinMessageReply>& reply) {
    v.optional("pins", reply.pins);
}

template <typename V>
void fields(V& v, typename V::template Of<SearchHit>& hit) {
    v.field("conversation", hit.conversation);
    v.field("message", hit.message);
}

template <>
inline constexpr std::string_view kWireName<SearchMessagesReply> = kWireName<SearchMessages>;
template <typename V>
void fields(V& v, typename V::template Of<SearchMessagesReply>& reply) {
    v.optional("hits", reply.hits);
    v.optional("more", reply.more);
    v.optional("cursor", reply.cursor);
    v.optional("reached_ms", reply.reached);
}

/// Inside an error frame, beside its kind and id. The text is made from the code, so that a reader
/// need not keep it.
template <typename V>
void error_fields(V& v, typename V::template Of<std::int64_t>& code,
                  typename V::template Of<std::string>& text,
                  typename V::template Of<Error>& error) {
    v.field("code", code);
    v.optional("text", text);
    v.optional("context", error.context);
    v.optional("retry_after_ms", error.retry_after_ms);
}

}  // namespace kumquat::proto
