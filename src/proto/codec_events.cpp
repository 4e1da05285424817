#include "proto/codec_parts.h"
#include "proto/fields_events.h"

namespace kumquat::proto {

bool read_signal(FieldReader& frame, Signal& signal) {
    return frame.read_named(signal);
}
void write_signal(FieldWriter& frame, const Signal& signal) {
    frame.write_named(signal);
}

bool read_event(FieldReader& frame, Event& event) {
    frame.field("number", event.number);
    return frame.read_named(event.what);
}

void write_event(FieldWriter& frame, const Event& event) {
    frame.field("kind", std::string(kEventKind));
    frame.field("number", event.number);
    frame.write_named(event.what);
}

}  // namespace kumquat::proto
