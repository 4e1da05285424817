#include "proto/field_reader.h"

#include <algorithm>
#include <vector>

#include "base/limits.h"
#include "proto/codec_parts.h"

namespace kumquat::proto {

void FieldReader::fail(ErrorCode code) {
    if (ok()) state_.error = Error{code, path()};
}

void FieldReader::fail(ErrorCode code, std::string_view member) {
    if (!ok()) return;
    std::string context = path();
    if (!context.empty()) context += '.';
    state_.error = Error{code, context.append(member)};
}

std::string FieldReader::path() const {
    std::vector<const FieldReader*> way;
    for (const FieldReader* step = this; step->parent_; step = step->parent_)
        way.push_back(step);
    std::string path;
    for (auto step = way.rbegin(); step != way.rend(); ++step) {
        if ((*step)->name_.empty()) {
            path += '[' + std::to_string((*step)->index_) + ']';
        } else {
            if (!path.empty()) path += '.';
            path += (*step)->name_;
        }
    }
    return path;
}

std::optional<JsonNode> FieldReader::member(std::string_view name, bool required) {
    if (!ok()) return std::nullopt;
    const auto found = node_.find(name);
    if (!found && required) fail(ErrorCode::kBadField, name);
    return found;
}

void FieldReader::read_required(const char* name, void* value, const Bounds& bounds,
                                ReadValue read_value) {
    if (const auto node = member(name, /*required=*/true)) {
        FieldReader at(*node, *this, name);
        read_value(at, value, bounds);
    }
}

void FieldReader::read_optional(const char* name, void* value, const Bounds& bounds,
                                ReadValue read_value) {
    if (const auto node = member(name, /*required=*/false)) {
        FieldReader at(*node, *this, name);
        read_value(at, value, bounds);
    }
}

void FieldReader::read(bool& value, const Bounds&) {
    const auto boolean = node_.boolean();
    if (!boolean) return fail(ErrorCode::kBadField);
    value = *boolean;
}

void FieldReader::read(std::int64_t& value, const Bounds& bounds) {
    const auto integer = node_.integer();
    if (!integer || (state_.bounded && *integer < bounds.least)) return fail(ErrorCode::kBadField);
    value = *integer;
}

void FieldReader::read(std::string& value, const Bounds& bounds) {
    const auto string = node_.string();
    if (!string) return fail(ErrorCode::kBadField);
    const bool fits = string->size() <= bounds.bytes_max &&
                      string->size() >= static_cast<std::size_t>(bounds.least);
    if (state_.bounded && !fits) return fail(ErrorCode::kBadField);
    value = *string;
}

void FieldReader::read(UserId& value, const Bounds&) {
    const auto string = node_.string();
    if (!string) return fail(ErrorCode::kBadField);
    auto parsed = UserId::parse(*string);
    if (!parsed) return fail(ErrorCode::kBadField);
    value = *std::move(parsed);
}

void FieldReader::read(ConversationId& value, const Bounds&) {
    const auto string = node_.string();
    if (!string) return fail(ErrorCode::kBadField);
    auto parsed = ConversationId::parse(*string);
    if (!parsed) return fail(ErrorCode::kBadConversationId);
    value = *std::move(parsed);
}

void FieldReader::read(BlobId& value, const Bounds&) {
    const auto string = node_.string();
    if (!string) return fail(ErrorCode::kBadField);
    auto parsed = BlobId::parse(*string);
    if (!parsed) return fail(ErrorCode::kBadField);
    value = *std::move(parsed);
}

void FieldReader::payload(std::string_view name, Body& body) {
    const auto node = member(name, /*required=*/true);
    if (!node) return;
    FieldReader payload(*node, *this, name);
    if (!node->is_object()) return payload.fail(ErrorCode::kBadField);
    if (body.type == kTextType) return payload.field("text", body.content);
    body.content = node->text();
    // A payload lies deeper in a page of the feed than in the request that brought it, and must not
    // make that unreadable.
    if (state_.bounded && nesting(body.content) > limits::kPayloadDepth)
        return payload.fail(ErrorCode::kFrameTooDeep);
    if (body.type == kImageType) payload.read_image(body.image);
}

// A client that cannot read a picture's payload says so in its place; the frame around it is good.
void FieldReader::read_image(std::optional<Image>& image) {
    if (state_.bounded) return fields(*this, image.emplace());
    ReadState own;
    FieldReader reader(node_, own);
    fields(reader, image.emplace());
    if (!reader.ok()) image.reset();
}

bool FieldReader::read_known(Event& value, const Bounds&) {
    return read_event(*this, value);
}

}  // namespace kumquat::proto
