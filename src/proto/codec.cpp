// The envelopes: what kind of frame it is, and whose reply. The bodies are in codec_requests.cpp
// and its kin.
#include "proto/codec.h"

#include <utility>

#include "base/limits.h"
#include "proto/codec_parts.h"
#include "proto/json_tree.h"

namespace kumquat::proto {
namespace {

// The kinds of frame.
constexpr std::string_view kRequestKind = "request";
constexpr std::string_view kReplyKind = "reply";
constexpr std::string_view kErrorKind = "error";
constexpr std::string_view kSignalKind = "signal";

Result<JsonTree> parse_frame(std::string_view text) {
    auto tree = JsonTree::parse(text, limits::kFrameBytes, limits::kFrameDepth);
    if (tree && !tree->root().is_object()) return Error{ErrorCode::kBadFrame, "not an object"};
    return tree;
}

std::string_view kind_of(const JsonTree& tree) {
    const auto kind = tree.root().find("kind");
    return kind ? kind->string().value_or(std::string_view()) : std::string_view();
}

// The id of a frame whose rest may be broken; 0 if it has none.
RequestId id_of(const JsonTree& tree) {
    const auto id = tree.root().find("id");
    return RequestId(id ? id->integer().value_or(0) : 0);
}

ServerFrame read_reply_frame(FieldReader& reader) {
    ReplyFrame frame;
    reader.field("id", frame.id);
    if (!read_reply(reader, frame.reply)) reader.fail(ErrorCode::kBadField, "name");
    return frame;
}

ServerFrame read_error_frame(FieldReader& reader) {
    ErrorFrame frame{RequestId(), Error{ErrorCode::kInternal, ""}};
    reader.field("id", frame.id);
    read_error(reader, frame.error);
    return frame;
}

ServerDecode read_event_frame(FieldReader& reader) {
    Event event;
    if (!read_event(reader, event)) return {.frame = std::nullopt, .unknown_event = event.number};
    return {.frame = std::move(event), .unknown_event = std::nullopt};
}

ServerDecode read_signal_frame(FieldReader& reader) {
    Signal signal;
    if (!read_signal(reader, signal)) return {};
    return {.frame = std::move(signal), .unknown_event = std::nullopt};
}

ServerDecode read_server_frame(std::string_view kind, FieldReader& reader) {
    if (kind == kReplyKind)
        return {.frame = read_reply_frame(reader), .unknown_event = std::nullopt};
    if (kind == kErrorKind)
        return {.frame = read_error_frame(reader), .unknown_event = std::nullopt};
    if (kind == kEventKind) return read_event_frame(reader);
    if (kind == kSignalKind) return read_signal_frame(reader);
    reader.fail(ErrorCode::kBadFrame, "kind");
    return {};
}

void begin(FieldWriter& writer, std::string_view kind) {
    writer.json().begin_object();
    writer.json().name("kind");
    writer.json().string(kind);
}

void write(FieldWriter& writer, const ReplyFrame& frame) {
    begin(writer, kReplyKind);
    writer.field("id", frame.id);
    write_reply(writer, frame.reply);
}

void write(FieldWriter& writer, const ErrorFrame& frame) {
    begin(writer, kErrorKind);
    writer.field("id", frame.id);
    write_error(writer, frame.error);
}

void write(FieldWriter& writer, const Event& event) {
    writer.json().begin_object();
    write_event(writer, event);
}

void write(FieldWriter& writer, const Signal& signal) {
    begin(writer, kSignalKind);
    write_signal(writer, signal);
}

}  // namespace

std::variant<ClientFrame, BadFrame> decode_client_frame(std::string_view text) {
    const auto tree = parse_frame(text);
    if (!tree) return BadFrame{RequestId(), tree.error()};
    ReadState state{.bounded = true, .error = std::nullopt};
    FieldReader reader(tree->root(), state);
    ClientFrame frame;
    if (kind_of(*tree) != kRequestKind) reader.fail(ErrorCode::kBadFrame, "kind");
    reader.field("id", frame.id, at_least(1));
    if (!read_request(reader, frame.request)) reader.fail(ErrorCode::kUnknownRequest, "name");
    if (!reader.ok()) return BadFrame{id_of(*tree), *std::move(state.error)};
    return frame;
}

Result<ServerDecode> decode_server_frame(std::string_view text) {
    KUMQUAT_TRY_ASSIGN(const JsonTree tree, parse_frame(text));
    ReadState state;
    FieldReader reader(tree.root(), state);
    ServerDecode decoded = read_server_frame(kind_of(tree), reader);
    if (!reader.ok()) return *std::move(state.error);
    return decoded;
}

std::optional<Image> read_image(std::string_view content) {
    const auto tree = JsonTree::parse(content, limits::kFrameBytes, limits::kPayloadDepth);
    if (!tree || !tree->root().is_object()) return std::nullopt;
    ReadState state;
    FieldReader reader(tree->root(), state);
    Image image;
    fields(reader, image);
    if (!reader.ok()) return std::nullopt;
    return image;
}

std::string encode(const ClientFrame& frame) {
    JsonWriter json;
    FieldWriter writer(json);
    begin(writer, kRequestKind);
    writer.field("id", frame.id);
    write_request(writer, frame.request);
    json.end_object();
    return json.take();
}

std::string encode(const ServerFrame& frame) {
    JsonWriter json;
    FieldWriter writer(json);
    std::visit([&writer](const auto& part) { write(writer, part); }, frame);
    json.end_object();
    return json.take();
}

}  // namespace kumquat::proto
