// The fields of every event and signal. See fields.h.
#pragma once

#include <string_view>
#include <variant>

#include "proto/fields.h"

namespace kumquat::proto {

/// What an event tells.
using EventBody = decltype(Event::what);

template <>
inline constexpr std::string_view kWireName<MessageEvent> = "message";
template <typename V>
void fields(V& v, typename V::template Of<MessageEvent>& event) {
    v.field("conversation", event.conversation);
    v.field("peer", event.peer);
    v.field("message", event.message);
}

template <>
inline constexpr std::string_view kWireName<ReadEvent> = "read";
template <typename V>
void fields(V& v, typename V::template Of<ReadEvent>& event) {
    v.field("conversation", event.conversation);
    v.field("reader", event.reader);
    v.field("seq", event.seq);
    v.optional("unread", event.unread);
}

template <>
inline constexpr std::string_view kWireName<FriendEvent> = "friend";
template <typename V>
void fields(V& v, typename V::template Of<FriendEvent>& event) {
    v.field("changed", event.changed);
}

template <>
inline constexpr std::string_view kWireName<FriendGoneEvent> = "friend_gone";
template <typename V>
void fields(V& v, typename V::template Of<FriendGoneEvent>& event) {
    v.field("user_id", event.user_id);
}

template <>
inline constexpr std::string_view kWireName<FriendRequestEvent> = "friend_request";
template <typename V>
void fields(V& v, typename V::template Of<FriendRequestEvent>& event) {
    v.field("changed", event.changed);
}

template <>
inline constexpr std::string_view kWireName<FriendRequestGoneEvent> = "friend_request_gone";
template <typename V>
void fields(V& v, typename V::template Of<FriendRequestGoneEvent>& event) {
    v.field("peer", event.peer);
    v.optional("incoming", event.incoming);
}

template <>
inline constexpr std::string_view kWireName<BlockEvent> = "block";
template <typename V>
void fields(V& v, typename V::template Of<BlockEvent>& event) {
    v.field("profile", event.profile);
    v.optional("blocked", event.blocked);
}

template <>
inline constexpr std::string_view kWireName<ProfileEvent> = "profile";
template <typename V>
void fields(V& v, typename V::template Of<ProfileEvent>& event) {
    v.field("changed", event.changed);
}

template <>
inline constexpr std::string_view kWireName<AccountEvent> = "account";
template <typename V>
void fields(V& v, typename V::template Of<AccountEvent>& event) {
    v.field("changed", event.changed);
}

template <>
inline constexpr std::string_view kWireName<ConversationEvent> = "conversation";
template <typename V>
void fields(V& v, typename V::template Of<ConversationEvent>& event) {
    v.field("conversation", event.conversation);
    v.field("peer", event.peer);
    v.field("state", event.state);
}

template <>
inline constexpr std::string_view kWireName<MessageChangedEvent> = "message_changed";
template <typename V>
void fields(V& v, typename V::template Of<MessageChangedEvent>& event) {
    v.field("conversation", event.conversation);
    v.field("message", event.message);
    v.optional("unread", event.unread);
}

template <>
inline constexpr std::string_view kWireName<MessageDeletedEvent> = "message_deleted";
template <typename V>
void fields(V& v, typename V::template Of<MessageDeletedEvent>& event) {
    v.field("conversation", event.conversation);
    v.field("seq", event.seq);
    v.optional("unread", event.unread);
}

template <>
inline constexpr std::string_view kWireName<PinsEvent> = "pins";
template <typename V>
void fields(V& v, typename V::template Of<PinsEvent>& event) {
    v.field("conversation", event.conversation);
    v.optional("pins", event.pins);
}

template <>
inline constexpr std::string_view kWireName<TypingSignal> = "typing";
template <typename V>
void fields(V& v, typename V::template Of<TypingSignal>& signal) {
    v.field("conversation", signal.conversation);
    v.field("typing", signal.typing);
}

template <>
inline constexpr std::string_view kWireName<PresenceSignal> = "presence";
template <typename V>
void fields(V& v, typename V::template Of<PresenceSignal>& signal) {
    v.optional("complete", signal.complete);
    v.optional("online", signal.online);
    v.optional("offline", signal.offline);
}

}  // namespace kumquat::proto
