#include "app/stored_codec.h"

#include <cstdint>
#include <utility>

namespace kumquat::app {

namespace {

constexpr std::string_view kSessionVersion = "session1";
constexpr std::string_view kSessionsVersion = "sessions1";
constexpr std::string_view kOutboxVersion = "outbox1";
constexpr std::string_view kPeopleVersion = "people1";
constexpr std::size_t kFieldsMax = 64;
/// Digits of the longest number, 2^53 - 1.
constexpr std::size_t kDigits = 16;

std::string digits(std::int64_t value) {
    std::string text;
    bool negative = value < 0;
    std::uint64_t rest = negative ? std::uint64_t{0} - static_cast<std::uint64_t>(value)
                                  : static_cast<std::uint64_t>(value);
    do {
        text.insert(text.begin(), static_cast<char>('0' + rest % 10));
        rest /= 10;
    } while (rest > 0);
    return negative ? "-" + text : text;
}

std::optional<std::int64_t> number(std::string_view text) {
    bool negative = !text.empty() && text.front() == '-';
    if (negative) text.remove_prefix(1);
    if (text.empty() || text.size() > kDigits) return std::nullopt;
    std::int64_t value = 0;
    for (char c : text) {
        if (c < '0' || c > '9') return std::nullopt;
        value = value * 10 + (c - '0');
    }
    if (value > kIntegerMax) return std::nullopt;
    return negative ? -value : value;
}

/// "5:hello" for each field (netstrings, D. J. Bernstein, without the comma).
std::string pack(std::initializer_list<std::string_view> fields) {
    std::string bytes;
    for (std::string_view field : fields) {
        bytes += digits(static_cast<std::int64_t>(field.size()));
        bytes += ':';
        bytes += field;
    }
    return bytes;
}

std::optional<std::vector<std::string>> unpack(std::string_view bytes) {
    std::vector<std::string> fields;
    while (!bytes.empty()) {
        std::size_t colon = bytes.find(':');
        if (colon == std::string_view::npos || fields.size() == kFieldsMax) return std::nullopt;
        std::optional<std::int64_t> size = number(bytes.substr(0, colon));
        bytes.remove_prefix(colon + 1);
        if (!size || *size < 0 || static_cast<std::size_t>(*size) > bytes.size())
            return std::nullopt;
        fields.emplace_back(bytes.substr(0, static_cast<std::size_t>(*size)));
        bytes.remove_prefix(static_cast<std::size_t>(*size));
    }
    return fields;
}

std::optional<std::vector<std::string>> unpack(std::string_view bytes, std::string_view version,
                                               std::size_t count) {
    auto fields = unpack(bytes);
    if (!fields || fields->size() != count || fields->front() != version) return std::nullopt;
    return fields;
}

}  // namespace

std::string encode_session(const client::StoredSession& session) {
    return pack({kSessionVersion, session.token, session.me.user_id.text(), session.me.nick,
                 session.stay_signed_in ? "1" : "0"});
}

std::optional<client::StoredSession> decode_session(std::string_view bytes) {
    auto fields = unpack(bytes, kSessionVersion, 5);
    if (!fields) return std::nullopt;
    Result<UserId> id = UserId::parse((*fields)[2]);
    if (!id || (*fields)[1].empty()) return std::nullopt;
    client::StoredSession session;
    session.token = std::move((*fields)[1]);
    session.me.user_id = *std::move(id);
    session.me.nick = std::move((*fields)[3]);
    session.stay_signed_in = (*fields)[4] == "1";
    return session;
}

std::string encode_sessions(const std::vector<client::StoredSession>& sessions) {
    std::string bytes = pack({kSessionsVersion});
    for (const client::StoredSession& session : sessions)
        bytes += pack({encode_session(session)});
    return bytes;
}

std::vector<client::StoredSession> decode_sessions(std::string_view bytes) {
    std::vector<client::StoredSession> sessions;
    auto fields = unpack(bytes);
    if (!fields || fields->empty() || fields->front() != kSessionsVersion) return sessions;
    for (std::size_t i = 1; i < fields->size(); ++i) {
        if (auto session = decode_session((*fields)[i])) sessions.push_back(*std::move(session));
    }
    return sessions;
}

std::string outbox_key(const ClientMessageId& id) {
    auto padded = [](std::int64_t value) {
        std::string text = digits(value);
        return text.size() < kDigits ? std::string(kDigits - text.size(), '0') + text : text;
    };
    return padded(id.device.value()) + "-" + padded(id.counter);
}

std::string encode_outbox_entry(const client::OutboxEntry& entry) {
    std::string failed = entry.failed ? digits(static_cast<std::int64_t>(*entry.failed)) : "";
    return pack({kOutboxVersion, entry.conversation.text(), digits(entry.client_id.device.value()),
                 digits(entry.client_id.counter), entry.body.type, entry.body.content,
                 entry.body.custom, digits(entry.created.value()), digits(entry.after.value()),
                 failed});
}

std::optional<client::OutboxEntry> decode_outbox_entry(std::string_view bytes) {
    auto fields = unpack(bytes, kOutboxVersion, 10);
    if (!fields) return std::nullopt;
    std::vector<std::string>& f = *fields;
    Result<ConversationId> conversation = ConversationId::parse(f[1]);
    auto device = number(f[2]);
    auto counter = number(f[3]);
    auto created = number(f[7]);
    auto after = number(f[8]);
    if (!conversation || !device || !counter || !created || !after) return std::nullopt;
    client::OutboxEntry entry;
    entry.conversation = *std::move(conversation);
    entry.client_id = {DeviceId(*device), *counter};
    entry.body = {std::move(f[4]), std::move(f[5]), std::move(f[6])};
    entry.created = TimeMs(*created);
    entry.after = Seq(*after);
    if (!f[9].empty()) {
        auto code = number(f[9]);
        if (!code) return std::nullopt;
        entry.failed = static_cast<ErrorCode>(*code);
    }
    return entry;
}

std::string encode_people(const std::vector<ui::RememberedPerson>& people) {
    std::string bytes = pack({kPeopleVersion});
    for (const ui::RememberedPerson& person : people)
        bytes += pack({person.user_id, person.nick});
    return bytes;
}

std::vector<ui::RememberedPerson> decode_people(std::string_view bytes) {
    std::vector<ui::RememberedPerson> people;
    auto fields = unpack(bytes);
    if (!fields || fields->empty() || fields->front() != kPeopleVersion) return people;
    for (std::size_t i = 1; i + 1 < fields->size(); i += 2) {
        if (!UserId::parse((*fields)[i])) continue;
        people.push_back({std::move((*fields)[i]), std::move((*fields)[i + 1])});
    }
    return people;
}

}  // namespace kumquat::app
