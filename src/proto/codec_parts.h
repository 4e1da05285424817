// What codec.cpp is put together from: one source file per kind of message, so that the templates
// of each are compiled once.
#pragma once

#include <string_view>

#include "proto/field_reader.h"
#include "proto/field_writer.h"
#include "proto/messages.h"

namespace kumquat::proto {

/// Members "name" and "body" of a frame. False: nothing has that name.
bool read_request(FieldReader& frame, Request& request);
void write_request(FieldWriter& frame, const Request& request);
bool read_reply(FieldReader& frame, Reply& reply);
void write_reply(FieldWriter& frame, const Reply& reply);
bool read_signal(FieldReader& frame, Signal& signal);
void write_signal(FieldWriter& frame, const Signal& signal);

/// What the kind of an event's frame is called. Here because a page of the feed has it as well.
inline constexpr std::string_view kEventKind = "event";
/// Members "kind", "number", "name" and "body" of an event, which stands in a frame of its own and
/// in a page of the feed. False: its kind is not known; its number is read all the same.
bool read_event(FieldReader& frame, Event& event);
void write_event(FieldWriter& frame, const Event& event);

/// The members of an error frame, beside its kind and id.
void read_error(FieldReader& frame, Error& error);
void write_error(FieldWriter& frame, const Error& error);

}  // namespace kumquat::proto
