#include <cstdint>
#include <string>

#include "proto/codec_parts.h"
#include "proto/fields_replies.h"

namespace kumquat::proto {

bool read_reply(FieldReader& frame, Reply& reply) {
    return frame.read_named(reply);
}
void write_reply(FieldWriter& frame, const Reply& reply) {
    frame.write_named(reply);
}

void read_error(FieldReader& frame, Error& error) {
    std::int64_t code = 0;
    std::string text;
    error_fields(frame, code, text, error);
    if (code > INT32_MAX) frame.fail(ErrorCode::kBadField, "code");
    // A code that this version does not know stays what it is; error_text() says so.
    error.code = static_cast<ErrorCode>(code);
}

void write_error(FieldWriter& frame, const Error& error) {
    const std::int64_t code = static_cast<std::int64_t>(error.code);
    const std::string text(error_text(error.code));
    error_fields(frame, code, text, error);
}

}  // namespace kumquat::proto
