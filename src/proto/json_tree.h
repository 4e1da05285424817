// JSON text as a tree that is only looked at. The one place, with json_tree.cpp, that knows the
// JSON library.
//
// Reading is total: any bytes give a tree or an Error. Size, nesting and UTF-8 are checked before
// the parser sees a byte.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace kumquat::proto {

/// How deeply arrays and objects nest: 0 for a string, 1 for "{}". Any number for what is not JSON.
std::size_t nesting(std::string_view text);

/// A value inside a JsonTree, which must outlive it.
class JsonNode {
  public:
    bool is_object() const;
    bool is_array() const;
    /// The member `name` of an object; nothing if there is none or this is no object. Of members
    /// with one name the last counts.
    std::optional<JsonNode> find(std::string_view name) const;
    /// The number of an array's elements; 0 if this is no array.
    std::size_t size() const;
    /// Requires index < size().
    JsonNode operator[](std::size_t index) const;
    /// Null if this is no string.
    const std::string* string() const;
    std::optional<bool> boolean() const;
    /// An integer of 0 to 2^53 - 1; nothing for all else, "1.0" among it.
    std::optional<std::int64_t> integer() const;
    /// Compact JSON text with the names of objects in order of their bytes, so that equal values
    /// give equal text.
    std::string text() const;

  private:
    friend class JsonTree;
    explicit JsonNode(const void* value) : value_(value) {}
    const void* value_;
};

class JsonTree {
  public:
    /// Errors: kFrameTooLarge, kFrameTooDeep, kBadUtf8, kBadFrame for what is not JSON.
    static Result<JsonTree> parse(std::string_view text, std::size_t bytes_max,
                                  std::size_t depth_max);

    JsonTree(JsonTree&&) noexcept;
    JsonTree& operator=(JsonTree&&) noexcept;
    ~JsonTree();
    JsonNode root() const;

  private:
    struct Value;
    explicit JsonTree(std::unique_ptr<Value> value);
    std::unique_ptr<Value> value_;
};

}  // namespace kumquat::proto
