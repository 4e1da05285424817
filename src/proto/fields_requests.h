// The fields of every request. See fields.h.
//
// What TIM has a code of its own for, or what depends on the moment (a user ID, a UserSig, a
// session's token, the size of a message), is the service's to check: it has no bounds here.
#pragma once

#include <string_view>

#include "proto/fields.h"

namespace kumquat::proto {

template <>
inline constexpr std::string_view kWireName<Hello> = "hello";
template <typename V>
void fields(V& v, typename V::template Of<Hello>& hello) {
    v.field("version", hello.version, at_least(1));
    v.optional("client", hello.client, bytes_max(limits::kDeviceNameBytes));
}

template <>
inline constexpr std::string_view kWireName<SignIn> = "sign_in";
template <typename V>
void fields(V& v, typename V::template Of<SignIn>& sign_in) {
    v.field("user_id", sign_in.user_id);
    v.optional("user_sig", sign_in.user_sig);
    v.optional("nick", sign_in.nick, bytes_max(limits::kNickBytes));
    v.field("device", sign_in.device, at_least(1));
    v.optional("device_name", sign_in.device_name, bytes_max(limits::kDeviceNameBytes));
}

template <>
inline constexpr std::string_view kWireName<Resume> = "resume";
template <typename V>
void fields(V& v, typename V::template Of<Resume>& resume) {
    v.field("session", resume.session);
    v.field("device", resume.device, at_least(1));
}

template <>
inline constexpr std::string_view kWireName<SignOut> = "sign_out";
template <typename V>
void fields(V&, typename V::template Of<SignOut>&) {}

template <>
inline constexpr std::string_view kWireName<Sync> = "sync";
template <typename V>
void fields(V& v, typename V::template Of<Sync>& sync) {
    v.optional("since", sync.since);
    v.optional("cursor", sync.cursor, bytes_max(limits::kCursorBytes));
}

template <>
inline constexpr std::string_view kWireName<FindUser> = "find_user";
template <typename V>
void fields(V& v, typename V::template Of<FindUser>& find_user) {
    v.field("user_id", find_user.user_id);
}

template <>
inline constexpr std::string_view kWireName<AddFriend> = "add_friend";
template <typename V>
void fields(V& v, typename V::template Of<AddFriend>& add_friend) {
    v.field("user_id", add_friend.user_id);
    v.optional("remark", add_friend.remark, bytes_max(limits::kRemarkBytes));
    v.optional("group", add_friend.group, bytes_max(limits::kGroupNameBytes));
    v.optional("wording", add_friend.wording, bytes_max(limits::kWordingBytes));
    v.optional("source", add_friend.source, bytes_max(limits::kSourceBytes));
    v.optional("one_way", add_friend.one_way);
}

template <>
inline constexpr std::string_view kWireName<SendMessage> = "send_message";
template <typename V>
void fields(V& v, typename V::template Of<SendMessage>& send_message) {
    v.field("conversation", send_message.conversation);
    v.field("client_id", send_message.client_id);
    v.field("body", send_message.body);
    v.optional("reply_to", send_message.reply_to);
    v.optional("forward_of", send_message.forward_of);
}

template <>
inline constexpr std::string_view kWireName<GetHistory> = "get_history";
template <typename V>
void fields(V& v, typename V::template Of<GetHistory>& get_history) {
    v.field("conversation", get_history.conversation);
    v.field("anchor", get_history.anchor);
    v.optional("seq", get_history.seq);
    v.field("limit", get_history.limit, at_least(1));
    v.optional("time_ms", get_history.time);
}

template <>
inline constexpr std::string_view kWireName<MarkRead> = "mark_read";
template <typename V>
void fields(V& v, typename V::template Of<MarkRead>& mark_read) {
    v.field("conversation", mark_read.conversation);
    v.field("seq", mark_read.seq);
}

template <>
inline constexpr std::string_view kWireName<SetTyping> = "set_typing";
template <typename V>
void fields(V& v, typename V::template Of<SetTyping>& set_typing) {
    v.field("conversation", set_typing.conversation);
    v.field("typing", set_typing.typing);
}

template <>
inline constexpr std::string_view kWireName<AcceptFriend> = "accept_friend";
template <typename V>
void fields(V& v, typename V::template Of<AcceptFriend>& accept_friend) {
    v.field("user_id", accept_friend.user_id);
    v.optional("remark", accept_friend.remark, bytes_max(limits::kRemarkBytes));
    v.optional("group", accept_friend.group, bytes_max(limits::kGroupNameBytes));
    v.optional("one_way", accept_friend.one_way);
}

template <>
inline constexpr std::string_view kWireName<RefuseFriend> = "refuse_friend";
template <typename V>
void fields(V& v, typename V::template Of<RefuseFriend>& refuse_friend) {
    v.field("user_id", refuse_friend.user_id);
}

template <>
inline constexpr std::string_view kWireName<WithdrawFriend> = "withdraw_friend";
template <typename V>
void fields(V& v, typename V::template Of<WithdrawFriend>& withdraw_friend) {
    v.field("user_id", withdraw_friend.user_id);
}

template <>
inline constexpr std::string_view kWireName<ReadFriendRequests> = "read_friend_requests";
template <typename V>
void fields(V&, typename V::template Of<ReadFriendRequests>&) {}

template <>
inline constexpr std::string_view kWireName<UpdateFriend> = "update_friend";
template <typename V>
void fields(V& v, typename V::template Of<UpdateFriend>& update_friend) {
    v.field("user_id", update_friend.user_id);
    v.optional("remark", update_friend.remark, bytes_max(limits::kRemarkBytes));
    v.optional("group", update_friend.group, bytes_max(limits::kGroupNameBytes));
}

template <>
inline constexpr std::string_view kWireName<DeleteFriend> = "delete_friend";
template <typename V>
void fields(V& v, typename V::template Of<DeleteFriend>& delete_friend) {
    v.field("user_id", delete_friend.user_id);
    v.optional("one_way", delete_friend.one_way);
}

template <>
inline constexpr std::string_view kWireName<BlockUser> = "block_user";
template <typename V>
void fields(V& v, typename V::template Of<BlockUser>& block_user) {
    v.field("user_id", block_user.user_id);
}

template <>
inline constexpr std::string_view kWireName<UnblockUser> = "unblock_user";
template <typename V>
void fields(V& v, typename V::template Of<UnblockUser>& unblock_user) {
    v.field("user_id", unblock_user.user_id);
}

template <>
inline constexpr std::string_view kWireName<UpdateProfile> = "update_profile";
template <typename V>
void fields(V& v, typename V::template Of<UpdateProfile>& update_profile) {
    v.optional("nick", update_profile.nick, bytes_max(limits::kNickBytes));
    v.optional("avatar", update_profile.avatar);
    v.optional("allow", update_profile.allow);
    v.optional("friends_only", update_profile.friends_only);
}

template <>
inline constexpr std::string_view kWireName<SetConversation> = "set_conversation";
template <typename V>
void fields(V& v, typename V::template Of<SetConversation>& set_conversation) {
    v.field("conversation", set_conversation.conversation);
    v.optional("pinned", set_conversation.pinned);
    v.optional("muted", set_conversation.muted);
    v.optional("has_draft", set_conversation.has_draft);
}

template <>
inline constexpr std::string_view kWireName<DeleteConversation> = "delete_conversation";
template <typename V>
void fields(V& v, typename V::template Of<DeleteConversation>& delete_conversation) {
    v.field("conversation", delete_conversation.conversation);
}

template <>
inline constexpr std::string_view kWireName<ListSessions> = "list_sessions";
template <typename V>
void fields(V&, typename V::template Of<ListSessions>&) {}

template <>
inline constexpr std::string_view kWireName<EndSession> = "end_session";
template <typename V>
void fields(V& v, typename V::template Of<EndSession>& end_session) {
    v.field("id", end_session.id);
}

template <>
inline constexpr std::string_view kWireName<RecallMessage> = "recall_message";
template <typename V>
void fields(V& v, typename V::template Of<RecallMessage>& recall_message) {
    v.field("conversation", recall_message.conversation);
    v.field("seq", recall_message.seq);
}

template <>
inline constexpr std::string_view kWireName<EditMessage> = "edit_message";
template <typename V>
void fields(V& v, typename V::template Of<EditMessage>& edit_message) {
    v.field("conversation", edit_message.conversation);
    v.field("seq", edit_message.seq);
    v.optional("edits", edit_message.edits);
    v.field("body", edit_message.body);
}

template <>
inline constexpr std::string_view kWireName<DeleteMessages> = "delete_messages";
template <typename V>
void fields(V& v, typename V::template Of<DeleteMessages>& delete_messages) {
    v.field("conversation", delete_messages.conversation);
    v.field("seqs", delete_messages.seqs);
}

template <>
inline constexpr std::string_view kWireName<SetReaction> = "set_reaction";
template <typename V>
void fields(V& v, typename V::template Of<SetReaction>& set_reaction) {
    v.field("conversation", set_reaction.conversation);
    v.field("seq", set_reaction.seq);
    v.field("emoji", set_reaction.emoji, bytes_between(1, limits::kReactionBytes));
    v.field("on", set_reaction.on);
}

template <>
inline constexpr std::string_view kWireName<PinMessage> = "pin_message";
template <typename V>
void fields(V& v, typename V::template Of<PinMessage>& pin_message) {
    v.field("conversation", pin_message.conversation);
    v.field("seq", pin_message.seq);
    v.field("pinned", pin_message.pinned);
}

template <>
inline constexpr std::string_view kWireName<SearchMessages> = "search_messages";
template <typename V>
void fields(V& v, typename V::template Of<SearchMessages>& search_messages) {
    v.optional("conversation", search_messages.conversation);
    v.optional("text", search_messages.text, bytes_max(limits::kSearchTextBytes));
    v.optional("from", search_messages.from);
    v.optional("pictures", search_messages.pictures);
    v.optional("since_ms", search_messages.since);
    v.optional("until_ms", search_messages.until);
    v.optional("cursor", search_messages.cursor, bytes_max(limits::kCursorBytes));
    v.field("limit", search_messages.limit, at_least(1));
}

}  // namespace kumquat::proto
