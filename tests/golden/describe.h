// The third visitor of the field lists (proto/fields.h), beside the reader and the writer: tells
// what fields there are.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "proto/fields_events.h"
#include "proto/fields_replies.h"
#include "proto/fields_requests.h"

namespace kumquat::proto {

struct FieldInfo {
    std::string name;
    /// As the book calls it: "integer", "list of Friend".
    std::string type;
    bool required = false;
    Bounds bounds;
    /// The fields of the part or of the list's elements, if they have any.
    std::vector<FieldInfo> inside;
};

/// What the book calls a part that is a struct of its own.
template <typename T>
inline constexpr std::string_view kPartName{};
template <>
inline constexpr std::string_view kPartName<Profile> = "Profile";
template <>
inline constexpr std::string_view kPartName<ClientMessageId> = "ClientMessageId";
template <>
inline constexpr std::string_view kPartName<Body> = "Body";
template <>
inline constexpr std::string_view kPartName<Message> = "Message";
template <>
inline constexpr std::string_view kPartName<Quote> = "Quote";
template <>
inline constexpr std::string_view kPartName<Reaction> = "Reaction";
template <>
inline constexpr std::string_view kPartName<MessageRef> = "MessageRef";
template <>
inline constexpr std::string_view kPartName<SearchHit> = "SearchHit";
template <>
inline constexpr std::string_view kPartName<Friend> = "Friend";
template <>
inline constexpr std::string_view kPartName<Conversation> = "Conversation";
template <>
inline constexpr std::string_view kPartName<Limits> = "Limits";
template <>
inline constexpr std::string_view kPartName<Account> = "Account";
template <>
inline constexpr std::string_view kPartName<Image> = "Image";
template <>
inline constexpr std::string_view kPartName<Rendition> = "Rendition";
template <>
inline constexpr std::string_view kPartName<FriendRequest> = "FriendRequest";
template <>
inline constexpr std::string_view kPartName<ConversationState> = "ConversationState";
template <>
inline constexpr std::string_view kPartName<SessionInfo> = "SessionInfo";

class Describer {
  public:
    template <typename T>
    using Of = T;

    std::vector<FieldInfo> found;

    template <typename T>
    void field(std::string_view name, T& value, Bounds bounds = {}) {
        found.push_back({std::string(name), type(value), true, bounds, inside(value)});
    }
    template <typename T>
    void optional(std::string_view name, T& value, Bounds bounds = {}) {
        found.push_back({std::string(name), type(value), false, bounds, inside(value)});
    }
    void payload(std::string_view name, Body&) {
        found.push_back({std::string(name), "payload", true, {}, {}});
    }

  private:
    static std::string type(bool) { return "boolean"; }
    static std::string type(std::int64_t) { return "integer"; }
    static std::string type(const std::string&) { return "text"; }
    static std::string type(const UserId&) { return "user ID"; }
    static std::string type(const ConversationId&) { return "conversation ID"; }
    static std::string type(const BlobId&) { return "picture ID"; }
    static std::string type(const TimeMs&) { return "time"; }
    static std::string type(const Event&) { return "Event"; }
    template <typename Tag>
    static std::string type(const Number<Tag>&) {
        return "integer";
    }
    template <typename T>
    static std::string type(const std::optional<T>&) {
        return type(T{});
    }
    template <typename T>
    static std::string type(const std::vector<T>&) {
        return "list of " + type(T{});
    }
    template <typename T>
    static std::string type(const T&) {
        if constexpr (std::is_enum_v<T>) return "word";
        if constexpr (!std::is_enum_v<T>)
            static_assert(!kPartName<T>.empty(), "a part without a name");
        return std::string(kPartName<T>);
    }

    template <typename T>
    static std::vector<FieldInfo> inside(std::optional<T>&) {
        T element{};
        return inside(element);
    }
    template <typename T>
    static std::vector<FieldInfo> inside(std::vector<T>&) {
        T element{};
        return inside(element);
    }
    template <typename T>
    static std::vector<FieldInfo> inside(T& value) {
        Describer describer;
        if constexpr (!kPartName<T>.empty()) fields(describer, value);
        return describer.found;
    }
};

/// The fields of a message or part.
template <typename T>
std::vector<FieldInfo> describe() {
    T value{};
    Describer describer;
    fields(describer, value);
    return describer.found;
}

/// Calls `visit(name, fields)` for each alternative of a variant of messages.
template <typename Variant, typename Visit>
void for_each_message(const Visit& visit) {
    [&visit]<typename... T>(std::variant<T...>*) {
        (visit(std::string(kWireName<T>), describe<T>()), ...);
    }(static_cast<Variant*>(nullptr));
}

/// The fields of an error frame beside its kind and id.
inline std::vector<FieldInfo> describe_error() {
    std::int64_t code = 0;
    std::string text;
    Error error{ErrorCode::kInternal, ""};
    Describer describer;
    error_fields(describer, code, text, error);
    return describer.found;
}

}  // namespace kumquat::proto
