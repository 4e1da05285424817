// What the client keeps in browser storage, as bytes and back: a row of length-prefixed fields with
// a version in front. What does not read back whole is not read at all.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "client/core/stored.h"
#include "ui/login_ui.h"

namespace kumquat::app {

std::string encode_session(const client::StoredSession& session);
std::optional<client::StoredSession> decode_session(std::string_view bytes);

std::string encode_sessions(const std::vector<client::StoredSession>& sessions);
/// Those that read back; none for bytes of another making.
std::vector<client::StoredSession> decode_sessions(std::string_view bytes);

std::string encode_outbox_entry(const client::OutboxEntry& entry);
std::optional<client::OutboxEntry> decode_outbox_entry(std::string_view bytes);
/// The key of an entry: sorts by device and counter.
std::string outbox_key(const ClientMessageId& id);

std::string encode_people(const std::vector<ui::RememberedPerson>& people);
/// Those that read back; none for bytes of another making.
std::vector<ui::RememberedPerson> decode_people(std::string_view bytes);

}  // namespace kumquat::app
