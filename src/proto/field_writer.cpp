#include "proto/field_writer.h"

#include "base/limits.h"
#include "proto/codec_parts.h"
#include "proto/json_tree.h"

namespace kumquat::proto {
namespace {

// `content` if it is what Body promises. It comes from a store, so it is looked at: one bad row
// must not make a frame, and with it a whole page of history, unreadable.
std::string_view object_or_empty(const std::string& content) {
    const auto tree = JsonTree::parse(content, content.size(), limits::kFrameDepth);
    return tree && tree->root().is_object() ? std::string_view(content) : std::string_view("{}");
}

}  // namespace

void FieldWriter::payload(std::string_view name, const Body& body) {
    json_.name(name);
    if (body.content.empty() && body.image) return write(*body.image);
    if (body.type != kTextType) return json_.raw(object_or_empty(body.content));
    json_.begin_object();
    field("text", body.content);
    json_.end_object();
}

void FieldWriter::write_name(const char* name) {
    json_.name(name);
}

void FieldWriter::write(const Event& value) {
    json_.begin_object();
    write_event(*this, value);
    json_.end_object();
}

}  // namespace kumquat::proto
