// Fills structs from JSON, led by their field lists (fields.h). The first fault ends the reading
// and names the field.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

#include "base/ids.h"
#include "base/result.h"
#include "proto/fields.h"
#include "proto/json_tree.h"
#include "proto/messages.h"

namespace kumquat::proto {

/// One frame being read.
struct ReadState {
    /// Whether Bounds are checked: they are a client's duty.
    bool bounded = false;
    std::optional<Error> error;
};

/// A value in a frame, with the way to it. Lives on the stack, inside the life of its parent, its
/// tree and its state.
class FieldReader {
  public:
    template <typename T>
    using Of = T;

    FieldReader(JsonNode node, ReadState& state) : node_(node), state_(state) {}

    bool ok() const { return !state_.error.has_value(); }
    /// Notes an error at this value, unless there is one already.
    void fail(ErrorCode code);
    void fail(ErrorCode code, std::string_view member);

    /// The member `name`, which must be there.
    template <typename T>
    void field(const char* name, T& value, const Bounds& bounds = kNoBounds) {
        read_required(name, &value, bounds, &read_as<T>);
    }
    /// The member `name`; without it `value` stays as it is.
    template <typename T>
    void optional(const char* name, T& value, const Bounds& bounds = kNoBounds) {
        read_optional(name, &value, bounds, &read_as<T>);
    }
    /// The payload of a message of `body.type`: `content`, and for a picture `image` too.
    void payload(std::string_view name, Body& body);

    void read(bool& value, const Bounds& bounds);
    void read(std::int64_t& value, const Bounds& bounds);
    void read(std::string& value, const Bounds& bounds);
    void read(UserId& value, const Bounds& bounds);
    void read(ConversationId& value, const Bounds& bounds);
    void read(BlobId& value, const Bounds& bounds);

    template <typename Tag>
    void read(Number<Tag>& value, const Bounds& bounds) {
        std::int64_t number = 0;
        read(number, bounds);
        value = Number<Tag>(number);
    }

    template <typename T>
    void read(std::optional<T>& value, const Bounds& bounds) {
        read(value.emplace(), bounds);
    }

    /// Elements of a kind that this code does not know are left out, so that a later service may
    /// add kinds.
    template <typename T>
    void read(std::vector<T>& value, const Bounds& bounds) {
        if (!node_.is_array()) return fail(ErrorCode::kBadField);
        std::size_t index = 0;
        for (auto node = node_.first(); node && ok(); node = node->next(), ++index) {
            T element{};
            const bool known = FieldReader(*node, *this, index).read_known(element, bounds);
            if (known) value.push_back(std::move(element));
        }
    }

    template <typename T>
    void read(T& value, const Bounds& bounds) {
        if constexpr (std::is_enum_v<T>) {
            if (!read_known(value, bounds)) fail(ErrorCode::kBadField);
        } else {
            if (!node_.is_object()) return fail(ErrorCode::kBadField);
            fields(*this, value);
        }
    }

    /// Reads the members "name" and "body" into the alternative of that name. False if there is
    /// none.
    template <typename... T>
    bool read_named(std::variant<T...>& value) {
        std::string name;
        field("name", name);
        return !ok() ||
               ((name == kWireName<T> && (field("body", value.template emplace<T>()), true)) ||
                ...);
    }

  private:
    FieldReader(JsonNode node, const FieldReader& parent, std::string_view name)
        : node_(node), state_(parent.state_), parent_(&parent), name_(name) {}
    FieldReader(JsonNode node, const FieldReader& parent, std::size_t index)
        : node_(node), state_(parent.state_), parent_(&parent), index_(index) {}

    /// Reads a value of one type; `value` points to such a one. Members of every type are found by
    /// the same code, for there are hundreds of them in the page's program.
    using ReadValue = void (*)(FieldReader& at, void* value, const Bounds& bounds);
    template <typename T>
    static void read_as(FieldReader& at, void* value, const Bounds& bounds) {
        at.read(*static_cast<T*>(value), bounds);
    }
    void read_required(const char* name, void* value, const Bounds& bounds, ReadValue read_value);
    void read_optional(const char* name, void* value, const Bounds& bounds, ReadValue read_value);

    std::optional<JsonNode> member(std::string_view name, bool required);
    /// "body.events[3].number"; empty at the root.
    std::string path() const;

    template <typename T>
    bool read_known(T& value, const Bounds& bounds) {
        if constexpr (std::is_enum_v<T>) {
            std::string text;
            read(text, Bounds{});
            for (const auto& [candidate, word] : kWireWords<T>) {
                if (word == text) value = candidate;
                if (word == text) return true;
            }
            return false;
        } else {
            read(value, bounds);
            return true;
        }
    }
    bool read_known(Event& value, const Bounds& bounds);
    void read_image(std::optional<Image>& image);

    JsonNode node_;
    ReadState& state_;
    const FieldReader* parent_ = nullptr;
    /// Empty for an element of an array.
    std::string_view name_;
    std::size_t index_ = 0;
};

}  // namespace kumquat::proto
