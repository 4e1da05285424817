// The fields of every struct on the wire: one list each, which reads it, writes it and describes it
// (PROTOCOL.md is tested against it). This file has the parts that several messages share;
// fields_requests.h and its kin have the messages.
//
// A list is a function template over a visitor V. `v.field` names what must be there, `v.optional`
// what may be absent and then is empty, 0 or false. V::Of<T> is T for a visitor that reads and
// const T for one that writes.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>

#include "base/limits.h"
#include "proto/messages.h"

namespace kumquat::proto {

/// What a service demands of a field. A client does not check what it is sent: bounds may grow with
/// a later service.
struct Bounds {
    /// The shortest text in bytes, or the least number.
    std::int64_t least = 0;
    /// Of text.
    std::size_t bytes_max = static_cast<std::size_t>(-1);
};
inline constexpr Bounds kNoBounds;
constexpr Bounds bytes_max(std::size_t bytes) {
    return {.bytes_max = bytes};
}
constexpr Bounds bytes_between(std::int64_t least, std::size_t bytes) {
    return {.least = least, .bytes_max = bytes};
}
constexpr Bounds at_least(std::int64_t least) {
    return {.least = least};
}

/// The JSON name of a message: kWireName<SendMessage> is "send_message".
template <typename Message>
inline constexpr std::string_view kWireName{};

/// The words that stand for an enum's values.
template <typename Enum>
inline constexpr std::array<std::pair<Enum, std::string_view>, 0> kWireWords{};

template <>
inline constexpr std::array<std::pair<SignInMode, std::string_view>, 2> kWireWords<SignInMode>{{
    {SignInMode::kName, "name"},
    {SignInMode::kUserSig, "usersig"},
}};

template <>
inline constexpr std::array<std::pair<GetHistory::Anchor, std::string_view>, 4>
    kWireWords<GetHistory::Anchor>{{
        {GetHistory::Anchor::kBefore, "before"},
        {GetHistory::Anchor::kAfter, "after"},
        {GetHistory::Anchor::kAround, "around"},
        {GetHistory::Anchor::kAt, "at"},
    }};

template <>
inline constexpr std::array<std::pair<AllowType, std::string_view>, 3> kWireWords<AllowType>{{
    {AllowType::kAny, "AllowType_Type_AllowAny"},
    {AllowType::kConfirm, "AllowType_Type_NeedConfirm"},
    {AllowType::kDeny, "AllowType_Type_DenyAny"},
}};

template <typename V>
void fields(V& v, typename V::template Of<ClientMessageId>& id) {
    v.field("device", id.device, at_least(1));
    v.field("counter", id.counter, at_least(1));
}

template <typename V>
void fields(V& v, typename V::template Of<Profile>& profile) {
    v.field("user_id", profile.user_id);
    v.optional("nick", profile.nick);
    v.optional("avatar", profile.avatar);
}

template <typename V>
void fields(V& v, typename V::template Of<Account>& account) {
    v.field("profile", account.profile);
    v.field("allow", account.allow);
    v.optional("friends_only", account.friends_only);
}

// The two parts of a picture message's payload have TIM's names.
template <typename V>
void fields(V& v, typename V::template Of<Rendition>& rendition) {
    v.field("type", rendition.type, at_least(1));
    v.field("id", rendition.id);
    v.field("width", rendition.width, at_least(1));
    v.field("height", rendition.height, at_least(1));
    v.field("size", rendition.size, at_least(1));
}

template <typename V>
void fields(V& v, typename V::template Of<Image>& image) {
    v.field("imageFormat", image.format, at_least(1));
    v.field("imageInfoArray", image.renditions);
}

template <typename V>
void fields(V& v, typename V::template Of<Body>& body) {
    v.field("type", body.type, bytes_between(1, limits::kMessageTypeBytes));
    v.payload("payload", body);
    v.optional("custom", body.custom);
}

template <typename V>
void fields(V& v, typename V::template Of<Quote>& quote) {
    v.field("seq", quote.seq);
    v.optional("from", quote.from);
    v.optional("type", quote.type);
    v.optional("text", quote.text);
}

template <typename V>
void fields(V& v, typename V::template Of<Reaction>& reaction) {
    v.field("emoji", reaction.emoji);
    v.field("users", reaction.users);
}

template <typename V>
void fields(V& v, typename V::template Of<Message>& message) {
    v.field("seq", message.seq);
    v.field("from", message.from);
    v.field("time_ms", message.time);
    v.optional("client_id", message.client_id);
    v.field("body", message.body);
    v.optional("quote", message.quote);
    v.optional("forwarded", message.forwarded);
    v.optional("recalled", message.recalled);
    v.optional("deleted", message.deleted);
    v.optional("edits", message.edits);
    v.optional("edited_ms", message.edited);
    v.optional("reactions", message.reactions);
}

template <typename V>
void fields(V& v, typename V::template Of<MessageRef>& ref) {
    v.field("conversation", ref.conversation);
    v.field("seq", ref.seq);
}

template <typename V>
void fields(V& v, typename V::template Of<Friend>& friendship) {
    v.field("profile", friendship.profile);
    v.optional("remark", friendship.remark);
    v.optional("group", friendship.group);
    v.optional("source", friendship.source);
    v.field("added_ms", friendship.added);
}

template <typename V>
void fields(V& v, typename V::template Of<FriendRequest>& request) {
    v.field("peer", request.peer);
    v.optional("incoming", request.incoming);
    v.optional("wording", request.wording);
    v.optional("source", request.source);
    v.optional("remark", request.remark);
    v.optional("group", request.group);
    v.field("time_ms", request.time);
    v.optional("read", request.read);
}

template <typename V>
void fields(V& v, typename V::template Of<ConversationState>& state) {
    v.optional("pinned", state.pinned);
    v.optional("muted", state.muted);
    v.optional("has_draft", state.has_draft);
    v.field("first_seq", state.first_seq);
}

template <typename V>
void fields(V& v, typename V::template Of<SessionInfo>& session) {
    v.field("id", session.id);
    v.optional("device_name", session.device_name);
    v.field("created_ms", session.created);
    v.field("last_seen_ms", session.last_seen);
    v.field("expires_ms", session.expires);
    v.optional("current", session.current);
}

template <typename V>
void fields(V& v, typename V::template Of<Conversation>& conversation) {
    v.field("id", conversation.id);
    v.field("peer", conversation.peer);
    v.field("last_seq", conversation.last_seq);
    v.optional("last_message", conversation.last_message);
    v.optional("unread", conversation.unread);
    v.optional("read_seq", conversation.read_seq);
    v.optional("peer_read_seq", conversation.peer_read_seq);
    v.field("state", conversation.state);
    v.optional("pins", conversation.pins);
}

template <typename V>
void fields(V& v, typename V::template Of<Limits>& limits) {
    v.field("frame_bytes", limits.frame_bytes);
    v.field("requests_in_flight", limits.requests_in_flight);
    v.field("page_bytes", limits.page_bytes);
    v.field("page_entries", limits.page_entries);
    v.field("message_bytes", limits.message_bytes);
    v.field("user_id_bytes", limits.user_id_bytes);
    v.field("nick_bytes", limits.nick_bytes);
    v.field("wording_bytes", limits.wording_bytes);
    v.field("remark_bytes", limits.remark_bytes);
    v.field("group_bytes", limits.group_bytes);
    v.field("friends", limits.friends);
    v.field("friend_groups", limits.friend_groups);
    v.field("friend_requests", limits.friend_requests);
    v.field("blocked", limits.blocked);
    v.field("picture_bytes", limits.picture_bytes);
    v.field("picture_pixels", limits.picture_pixels);
    v.optional("recall_ms", limits.recall_ms);
    v.optional("edit_ms", limits.edit_ms);
    v.optional("reaction_kinds", limits.reaction_kinds);
    v.optional("deleted_at_once", limits.deleted_at_once);
    v.optional("pins", limits.pins);
}

}  // namespace kumquat::proto
