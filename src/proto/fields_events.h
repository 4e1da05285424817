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
