// Turns structs into JSON text, led by their field lists (fields.h). Optional fields that are
// empty, 0 or false are left out.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

#include "base/ids.h"
#include "proto/fields.h"
#include "proto/json_writer.h"
#include "proto/messages.h"

namespace kumquat::proto {

class FieldWriter {
  public:
    template <typename T>
    using Of = const T;

    explicit FieldWriter(JsonWriter& json) : json_(json) {}

    JsonWriter& json() { return json_; }

    template <typename T>
    void field(const char* name, const T& value, const Bounds& = kNoBounds) {
        write_name(name);
        write(value);
    }
    template <typename T>
    void optional(const char* name, const T& value, const Bounds& = kNoBounds) {
        if (is_there(value)) field(name, value);
    }
    /// The payload of a message of `body.type`.
    void payload(std::string_view name, const Body& body);

    void write(bool value) { json_.boolean(value); }
    void write(std::int64_t value) { json_.integer(value); }
    void write(const std::string& value) { json_.string(value); }
    void write(const UserId& value) { json_.string(value.text()); }
    void write(const ConversationId& value) { json_.string(value.text()); }
    void write(const BlobId& value) { json_.string(value.text()); }
    void write(const Event& value);

    template <typename Tag>
    void write(const Number<Tag>& value) {
        json_.integer(value.value());
    }

    /// Requires a value.
    template <typename T>
    void write(const std::optional<T>& value) {
        KUMQUAT_CHECK(value.has_value());
        write(*value);
    }

    template <typename T>
    void write(const std::vector<T>& value) {
        json_.begin_array();
        for (const T& element : value)
            write(element);
        json_.end_array();
    }

    template <typename T>
    void write(const T& value) {
        if constexpr (std::is_enum_v<T>) {
            std::string_view text;
            for (const auto& [candidate, word] : kWireWords<T>) {
                if (candidate == value) text = word;
            }
            json_.string(text);
        } else {
            json_.begin_object();
            fields(*this, value);
            json_.end_object();
        }
    }

    /// Writes the members "name" and "body" for the alternative that `value` holds.
    template <typename... T>
    void write_named(const std::variant<T...>& value) {
        std::visit(
            [this](const auto& message) {
                json_.name("name");
                json_.string(kWireName<std::decay_t<decltype(message)>>);
                field("body", message);
            },
            value);
    }

  private:
    /// Not in line: it would be so for every field there is.
    void write_name(const char* name);
    static bool is_there(bool value) { return value; }
    static bool is_there(std::int64_t value) { return value != 0; }
    static bool is_there(const std::string& value) { return !value.empty(); }
    static bool is_there(const BlobId& value) { return !value.empty(); }
    template <typename Tag>
    static bool is_there(const Number<Tag>& value) {
        return value.value() != 0;
    }
    template <typename T>
    static bool is_there(const std::optional<T>& value) {
        return value.has_value();
    }
    template <typename T>
    static bool is_there(const std::vector<T>& value) {
        return !value.empty();
    }

    JsonWriter& json_;
};

}  // namespace kumquat::proto
