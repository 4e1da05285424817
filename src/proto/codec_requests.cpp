#include "proto/codec.h"
#include "proto/codec_parts.h"
#include "proto/fields_requests.h"

namespace kumquat::proto {

bool read_request(FieldReader& frame, Request& request) {
    return frame.read_named(request);
}
void write_request(FieldWriter& frame, const Request& request) {
    frame.write_named(request);
}

std::string_view request_name(const Request& request) {
    return std::visit(
        [](const auto& message) { return kWireName<std::decay_t<decltype(message)>>; }, request);
}

}  // namespace kumquat::proto
