// JSON text as a tree that is only looked at. The one place, with json_tree.cpp, that knows the
// JSON library.
//
// Reading is total: any bytes give a tree or an Error. Size, nesting and UTF-8 are checked before
// the parser sees a byte. The tree is two flat arrays, so that a frame full of tiny values costs
// neither an allocation nor a stack frame for each.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace kumquat::proto {

class JsonTree;

/// How deeply arrays and objects nest: 0 for a string, 1 for "{}". Any number for what is not JSON.
std::size_t nesting(std::string_view text);

/// A value inside a JsonTree, which must stay where it is meanwhile. Views point into the tree.
class JsonNode {
  public:
    bool is_object() const;
    bool is_array() const;
    /// The member `name` of an object; nothing if there is none or this is no object. Of members
    /// with the same name the last counts.
    std::optional<JsonNode> find(std::string_view name) const;
    /// The first element of an array or member of an object, if there is one.
    std::optional<JsonNode> first() const;
    /// The next element of the same array or member of the same object, if there is one.
    std::optional<JsonNode> next() const;
    /// Of a member of an object; else empty.
    std::string_view name() const;
    /// Nothing if this is no string.
    std::optional<std::string_view> string() const;
    std::optional<bool> boolean() const;
    /// An integer of 0 to 2^53 - 1; nothing for all else, "1.0" among it.
    std::optional<std::int64_t> integer() const;
    /// The value as JSON text without blanks. Members keep their order, and fractions and large
    /// numbers their digits.
    std::string text() const;

  private:
    friend class JsonTree;
    JsonNode(const JsonTree* tree, std::size_t index) : tree_(tree), index_(index) {}

    const JsonTree* tree_;
    std::size_t index_;
};

class JsonTree {
  public:
    /// Errors: kFrameTooLarge, kFrameTooDeep, kBadUtf8, kBadFrame for what is not JSON.
    static Result<JsonTree> parse(std::string_view text, std::size_t bytes_max,
                                  std::size_t depth_max);

    JsonNode root() const { return {this, 0}; }

  private:
    friend class JsonNode;
    class Builder;

    enum class Kind : std::uint8_t { kNull, kFalse, kTrue, kNumber, kString, kArray, kObject };
    /// A piece of `characters_`.
    struct Span {
        std::size_t begin = 0;
        std::size_t size = 0;
    };
    /// A value; the values inside it follow it directly.
    struct Entry {
        Kind kind = Kind::kNull;
        /// Of a member of an object.
        Span name;
        /// A string's characters, a number's digits.
        Span text;
        /// The index behind this value and all that is in it.
        std::size_t end = 0;
        /// The index behind the array or object around it.
        std::size_t around_end = 0;
    };

    std::string_view view(Span span) const {
        return std::string_view(characters_).substr(span.begin, span.size);
    }

    std::string characters_;
    std::vector<Entry> entries_;
};

}  // namespace kumquat::proto
