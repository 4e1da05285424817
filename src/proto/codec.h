// JSON text <-> messages. The only place that knows JSON; PROTOCOL.md describes the format.
//
// Reading is total: any bytes at all give a message or an Error, never an abort. Size, nesting and
// UTF-8 are checked before the parser sees a byte. Unknown fields are ignored, unknown requests
// refused.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "base/result.h"
#include "proto/messages.h"

namespace kumquat::proto {

/// A frame that could not be read, with the request's id as far as it could be.
struct BadFrame {
    RequestId id;
    Error error;
};

/// Reads a frame from a client. Errors: kFrameTooLarge, kFrameTooDeep, kBadUtf8, kBadFrame,
/// kUnknownRequest, kBadField, and kBadConversationId for a conversation that is none.
std::variant<ClientFrame, BadFrame> decode_client_frame(std::string_view text);

/// What a frame from a service turned out to be. `frame` is empty for an event or signal of a kind
/// that this client does not know yet; the event's number is then in `unknown_event`, so that the
/// feed goes on without a gap.
struct ServerDecode {
    std::optional<ServerFrame> frame;
    std::optional<FeedNumber> unknown_event;
};

/// Reads a frame from a service. A reply carries the name of its request, so no state is needed.
/// Errors as above.
Result<ServerDecode> decode_server_frame(std::string_view text);

/// Reads the payload of a picture message, a Body's `content`, as it is stored. Empty if it is no
/// picture's.
std::optional<Image> read_image(std::string_view content);

std::string encode(const ClientFrame& frame);
std::string encode(const ServerFrame& frame);

/// The JSON name of a request: "send_message".
std::string_view request_name(const Request& request);

}  // namespace kumquat::proto
