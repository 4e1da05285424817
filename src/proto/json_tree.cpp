#include "proto/json_tree.h"

#include <algorithm>
#include <utility>

// Neither streams nor conversions that could throw; without exceptions the library aborts where it
// would throw, so nothing here calls a function of it that could.
#define JSON_NO_IO 1
#define JSON_USE_IMPLICIT_CONVERSIONS 0
#include <nlohmann/json.hpp>

#include "base/check.h"
#include "base/ids.h"
#include "base/utf8.h"

namespace kumquat::proto {
namespace {

using Json = nlohmann::json;

const Json& at(const void* value) {
    return *static_cast<const Json*>(value);
}

}  // namespace

// Counts brackets outside of strings. Where `text` is JSON this is its nesting; where it is not,
// any number will do, for the parser stops at the first byte that is wrong.
std::size_t nesting(std::string_view text) {
    std::size_t depth = 0;
    std::size_t deepest = 0;
    bool in_string = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (in_string) {
            if (c == '\\') ++i;
            if (c == '"') in_string = false;
        } else if (c == '"') {
            in_string = true;
        } else if (c == '[' || c == '{') {
            deepest = std::max(deepest, ++depth);
        } else if ((c == ']' || c == '}') && depth > 0) {
            --depth;
        }
    }
    return deepest;
}

bool JsonNode::is_object() const {
    return at(value_).is_object();
}
bool JsonNode::is_array() const {
    return at(value_).is_array();
}

std::optional<JsonNode> JsonNode::find(std::string_view name) const {
    const auto* object = at(value_).get_ptr<const Json::object_t*>();
    if (!object) return std::nullopt;
    const auto found = object->find(name);
    if (found == object->end()) return std::nullopt;
    return JsonNode(&found->second);
}

std::size_t JsonNode::size() const {
    const auto* array = at(value_).get_ptr<const Json::array_t*>();
    return array ? array->size() : 0;
}

JsonNode JsonNode::operator[](std::size_t index) const {
    KUMQUAT_CHECK(index < size());
    return JsonNode(&(*at(value_).get_ptr<const Json::array_t*>())[index]);
}

const std::string* JsonNode::string() const {
    return at(value_).get_ptr<const Json::string_t*>();
}

std::optional<bool> JsonNode::boolean() const {
    const auto* boolean = at(value_).get_ptr<const Json::boolean_t*>();
    return boolean ? std::optional<bool>(*boolean) : std::nullopt;
}

std::optional<std::int64_t> JsonNode::integer() const {
    const auto* number = at(value_).get_ptr<const Json::number_unsigned_t*>();
    if (!number || *number > static_cast<std::uint64_t>(kIntegerMax)) return std::nullopt;
    return static_cast<std::int64_t>(*number);
}

std::string JsonNode::text() const {
    return at(value_).dump(/*indent=*/-1, ' ', /*ensure_ascii=*/false,
                           Json::error_handler_t::replace);
}

struct JsonTree::Value {
    Json json;
};

JsonTree::JsonTree(std::unique_ptr<Value> value) : value_(std::move(value)) {}
JsonTree::JsonTree(JsonTree&&) noexcept = default;
JsonTree& JsonTree::operator=(JsonTree&&) noexcept = default;
JsonTree::~JsonTree() = default;

JsonNode JsonTree::root() const {
    return JsonNode(&value_->json);
}

Result<JsonTree> JsonTree::parse(std::string_view text, std::size_t bytes_max,
                                 std::size_t depth_max) {
    if (text.size() > bytes_max)
        return Error{ErrorCode::kFrameTooLarge, std::to_string(text.size()) + " bytes"};
    if (nesting(text) > depth_max) return Error{ErrorCode::kFrameTooDeep, ""};
    if (!is_valid_utf8(text)) return Error{ErrorCode::kBadUtf8, ""};
    auto value = std::make_unique<Value>();
    const char* begin = text.data();
    value->json =
        Json::parse(begin, begin + text.size(), /*cb=*/nullptr, /*allow_exceptions=*/false);
    if (value->json.is_discarded()) return Error{ErrorCode::kBadFrame, "not JSON"};
    return JsonTree(std::move(value));
}

}  // namespace kumquat::proto
