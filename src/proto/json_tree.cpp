#include "proto/json_tree.h"

#include <algorithm>
#include <charconv>
#include <utility>

// Neither streams nor conversions that could throw. Without exceptions the library aborts where it
// would throw, so it only tells a Builder what it sees, and reports faults by a return value.
#define JSON_NO_IO 1
#define JSON_USE_IMPLICIT_CONVERSIONS 0
#include <nlohmann/json.hpp>

#include "base/ids.h"
#include "base/utf8.h"
#include "proto/json_writer.h"

namespace kumquat::proto {

// Counts brackets outside of strings. Where `text` is not JSON any number will do, for the parser
// stops at the first byte that is wrong.
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

// What the JSON library calls for each piece of text; the names are the library's.
class JsonTree::Builder {
  public:
    Builder(JsonTree* tree, std::size_t text_size) : tree_(tree) {
        tree_->characters_.reserve(text_size);        // nothing gets longer by being read
        tree_->entries_.reserve(text_size / 16 + 8);  // of a frame as frames are
    }

    bool null() { return add(Kind::kNull, ""); }
    bool boolean(bool value) { return add(value ? Kind::kTrue : Kind::kFalse, ""); }
    bool number_integer(std::int64_t value) { return add(Kind::kNumber, std::to_string(value)); }
    bool number_unsigned(std::uint64_t value) { return add(Kind::kNumber, std::to_string(value)); }
    // Integers beyond 64 bits come this way too: the digits are kept, not the rounded value.
    bool number_float(double, const std::string& digits) { return add(Kind::kNumber, digits); }
    bool string(const std::string& value) { return add(Kind::kString, value); }
    bool binary(const std::vector<std::uint8_t>&) { return false; }
    bool start_object(std::size_t) { return open(Kind::kObject); }
    bool start_array(std::size_t) { return open(Kind::kArray); }
    bool end_object() { return close(); }
    bool end_array() { return close(); }
    bool key(const std::string& name) {
        name_ = keep(name);
        return true;
    }
    template <typename Fault>
    bool parse_error(std::size_t, const std::string&, const Fault&) {
        return false;
    }

  private:
    Span keep(std::string_view text) {
        tree_->characters_ += text;
        return {tree_->characters_.size() - text.size(), text.size()};
    }
    bool add(Kind kind, std::string_view text) {
        Entry entry{.kind = kind, .name = std::exchange(name_, {}), .text = keep(text)};
        entry.end = tree_->entries_.size() + 1;
        tree_->entries_.push_back(entry);
        return true;
    }
    bool open(Kind kind) {
        around_.push_back(tree_->entries_.size());
        return add(kind, "");
    }
    bool close() {
        const std::size_t index = around_.back();
        around_.pop_back();
        const std::size_t end = tree_->entries_.size();
        tree_->entries_[index].end = end;
        for (std::size_t i = index + 1; i < end; i = tree_->entries_[i].end) {
            tree_->entries_[i].around_end = end;
        }
        return true;
    }

    JsonTree* tree_;
    Span name_;
    /// Arrays and objects that are open.
    std::vector<std::size_t> around_;
};

Result<JsonTree> JsonTree::parse(std::string_view text, std::size_t bytes_max,
                                 std::size_t depth_max) {
    if (text.size() > bytes_max) {
        return Error{ErrorCode::kFrameTooLarge, std::to_string(text.size()) + " bytes"};
    }
    if (nesting(text) > depth_max) return Error{ErrorCode::kFrameTooDeep, ""};
    if (!is_valid_utf8(text)) return Error{ErrorCode::kBadUtf8, ""};
    // The library takes a zero byte for the end of the text, and would not look at what follows.
    if (text.find('\0') != std::string_view::npos) return Error{ErrorCode::kBadFrame, "not JSON"};
    JsonTree tree;
    Builder builder(&tree, text.size());
    const bool read = nlohmann::json::sax_parse(text.data(), text.data() + text.size(), &builder);
    if (!read) return Error{ErrorCode::kBadFrame, "not JSON"};
    return tree;
}

bool JsonNode::is_object() const {
    return tree_->entries_[index_].kind == JsonTree::Kind::kObject;
}

bool JsonNode::is_array() const {
    return tree_->entries_[index_].kind == JsonTree::Kind::kArray;
}

std::optional<JsonNode> JsonNode::find(std::string_view name) const {
    std::optional<JsonNode> found;
    if (!is_object()) return found;
    for (auto member = first(); member; member = member->next()) {
        if (member->name() == name) found = member;
    }
    return found;
}

std::optional<JsonNode> JsonNode::first() const {
    const std::size_t inside = index_ + 1;
    if (inside == tree_->entries_[index_].end) return std::nullopt;
    return JsonNode(tree_, inside);
}

std::optional<JsonNode> JsonNode::next() const {
    const JsonTree::Entry& entry = tree_->entries_[index_];
    // The root has nothing around it.
    if (entry.end >= entry.around_end) return std::nullopt;
    return JsonNode(tree_, entry.end);
}

std::string_view JsonNode::name() const {
    return tree_->view(tree_->entries_[index_].name);
}

std::optional<std::string_view> JsonNode::string() const {
    const JsonTree::Entry& entry = tree_->entries_[index_];
    if (entry.kind != JsonTree::Kind::kString) return std::nullopt;
    return tree_->view(entry.text);
}

std::optional<bool> JsonNode::boolean() const {
    const JsonTree::Kind kind = tree_->entries_[index_].kind;
    if (kind != JsonTree::Kind::kTrue && kind != JsonTree::Kind::kFalse) return std::nullopt;
    return kind == JsonTree::Kind::kTrue;
}

std::optional<std::int64_t> JsonNode::integer() const {
    const JsonTree::Entry& entry = tree_->entries_[index_];
    if (entry.kind != JsonTree::Kind::kNumber) return std::nullopt;
    const std::string_view digits = tree_->view(entry.text);
    std::int64_t value = 0;
    const auto [end, fault] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    const bool whole = fault == std::errc() && end == digits.data() + digits.size();
    if (!whole || value < 0 || value > kIntegerMax) return std::nullopt;
    return value;
}

std::string JsonNode::text() const {
    JsonWriter json;
    // Ends of the arrays and objects that are open, innermost last.
    std::vector<const JsonTree::Entry*> open;
    for (std::size_t i = index_; i < tree_->entries_[index_].end; ++i) {
        const JsonTree::Entry& entry = tree_->entries_[i];
        if (!open.empty() && open.back()->kind == JsonTree::Kind::kObject) {
            json.name(tree_->view(entry.name));
        }
        switch (entry.kind) {
            case JsonTree::Kind::kNull:
                json.raw("null");
                break;
            case JsonTree::Kind::kFalse:
                json.boolean(false);
                break;
            case JsonTree::Kind::kTrue:
                json.boolean(true);
                break;
            case JsonTree::Kind::kNumber:
                json.raw(tree_->view(entry.text));
                break;
            case JsonTree::Kind::kString:
                json.string(tree_->view(entry.text));
                break;
            case JsonTree::Kind::kArray:
                json.begin_array();
                open.push_back(&entry);
                break;
            case JsonTree::Kind::kObject:
                json.begin_object();
                open.push_back(&entry);
                break;
        }
        while (!open.empty() && open.back()->end == i + 1) {
            if (open.back()->kind == JsonTree::Kind::kObject) json.end_object();
            if (open.back()->kind == JsonTree::Kind::kArray) json.end_array();
            open.pop_back();
        }
    }
    return json.take();
}

}  // namespace kumquat::proto
