#include "app/stored_codec.h"

#include <array>
#include <cstdint>
#include <utility>

#include "base/limits.h"
#include "client/core/picture_rules.h"
#include "proto/codec.h"

namespace kumquat::app {

namespace {

// Later versions have fields behind those of the first: a picture; then what the message answers or
// is a copy of. What the earlier ones left behind is read as ever, and an entry is written as the
// first of them that can hold it.
constexpr std::string_view kSessionVersion = "session1";
constexpr std::string_view kSessionWithAvatar = "session2";
constexpr std::string_view kSessionsVersion = "sessions1";
constexpr std::string_view kOutboxVersion = "outbox1";
constexpr std::string_view kOutboxWithPicture = "outbox2";
constexpr std::string_view kOutboxWithOrigin = "outbox3";
constexpr std::size_t kSessionFields = 5;
constexpr std::size_t kOutboxFields = 10;
/// Key and format; width, height, bytes and ID of each rendition.
constexpr std::size_t kPictureFields = 2 + 4 * limits::kRenditions;
/// Seq, sender, type and text of what it answers; conversation and seq of what it is a copy of.
/// They stand before a picture.
constexpr std::size_t kOriginFields = 6;
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
template <typename Fields = std::initializer_list<std::string_view>>
std::string pack(const Fields& fields) {
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

/// The picture, and the IDs that its upload has given so far.
void add_picture(const client::LocalPicture& picture, const proto::Body& body,
                 std::vector<std::string>* fields) {
    fields->push_back(picture.key);
    fields->push_back(digits(picture.format));
    for (std::size_t i = 0; i < limits::kRenditions; ++i) {
        const client::LocalRendition& rendition = picture.renditions[i];
        fields->push_back(digits(rendition.width));
        fields->push_back(digits(rendition.height));
        fields->push_back(digits(rendition.bytes));
        const bool named = body.image && i < body.image->renditions.size();
        fields->push_back(named ? body.image->renditions[i].id.text() : "");
    }
}

/// Reads kPictureFields fields into `picture` and the body's image; false: they make none.
bool read_picture(const std::string* field, client::OutboxEntry* entry) {
    client::LocalPicture picture;
    picture.key = *field++;
    const auto format = number(*field++);
    if (picture.key.empty() || !format) return false;
    picture.format = *format;
    std::array<BlobId, limits::kRenditions> ids;
    for (std::size_t i = 0; i < limits::kRenditions; ++i) {
        const auto width = number(*field++);
        const auto height = number(*field++);
        const auto bytes = number(*field++);
        if (!width || !height || !bytes) return false;
        picture.renditions[i] = {*width, *height, *bytes};
        const std::string& id = *field++;
        if (id.empty()) continue;
        Result<BlobId> parsed = BlobId::parse(id);
        if (!parsed) return false;
        ids[i] = *std::move(parsed);
    }
    proto::Body body = client::body_of(picture);
    for (std::size_t i = 0; i < limits::kRenditions; ++i)
        body.image->renditions[i].id = std::move(ids[i]);
    entry->body.image = std::move(body.image);
    entry->picture = std::move(picture);
    return true;
}

/// What the entry answers, and what it is a copy of; an empty seq stands for neither.
void add_origin(const client::OutboxEntry& entry, std::vector<std::string>* fields) {
    const proto::Quote quote = entry.quote.value_or(proto::Quote());
    fields->push_back(entry.quote ? digits(quote.seq.value()) : "");
    fields->push_back(quote.from ? quote.from->text() : "");
    fields->push_back(quote.type);
    fields->push_back(quote.text);
    fields->push_back(entry.forward_of ? entry.forward_of->conversation.text() : "");
    fields->push_back(entry.forward_of ? digits(entry.forward_of->seq.value()) : "");
}

/// Reads kOriginFields fields; false: they make no origin.
bool read_origin(const std::string* field, client::OutboxEntry* entry) {
    if (!field[0].empty()) {
        const auto seq = number(field[0]);
        if (!seq) return false;
        proto::Quote& quote = entry->quote.emplace();
        quote.seq = Seq(*seq);
        if (!field[1].empty()) {
            Result<UserId> from = UserId::parse(field[1]);
            if (!from) return false;
            quote.from = *std::move(from);
        }
        quote.type = field[2];
        quote.text = field[3];
    }
    if (!field[5].empty()) {
        Result<ConversationId> conversation = ConversationId::parse(field[4]);
        const auto seq = number(field[5]);
        if (!conversation || !seq) return false;
        entry->forward_of = proto::MessageRef{*std::move(conversation), Seq(*seq)};
        // The copy of a picture has its payload word for word.
        if (entry->body.type == proto::kImageType)
            entry->body.image = proto::read_image(entry->body.content);
    }
    return true;
}

/// The fields of an entry, whichever of the versions it is of.
struct OutboxFields {
    std::vector<std::string> all;
    bool has_origin = false;
    bool has_picture = false;
};

std::optional<OutboxFields> unpack_outbox_entry(std::string_view bytes) {
    struct Shape {
        std::string_view version;
        bool has_origin;
        bool has_picture;
    };
    constexpr Shape kShapes[] = {{kOutboxVersion, false, false},
                                 {kOutboxWithPicture, false, true},
                                 {kOutboxWithOrigin, true, false},
                                 {kOutboxWithOrigin, true, true}};
    for (const Shape& shape : kShapes) {
        const std::size_t count = kOutboxFields + (shape.has_origin ? kOriginFields : 0) +
                                  (shape.has_picture ? kPictureFields : 0);
        if (auto fields = unpack(bytes, shape.version, count))
            return OutboxFields{*std::move(fields), shape.has_origin, shape.has_picture};
    }
    return std::nullopt;
}

}  // namespace

std::string encode_session(const client::StoredSession& session) {
    return pack({kSessionWithAvatar, session.token, session.me.user_id.text(), session.me.nick,
                 session.stay_signed_in ? "1" : "0", session.me.avatar.text()});
}

std::optional<client::StoredSession> decode_session(std::string_view bytes) {
    auto fields = unpack(bytes, kSessionWithAvatar, kSessionFields + 1);
    const bool has_avatar = fields.has_value();
    if (!fields) fields = unpack(bytes, kSessionVersion, kSessionFields);
    if (!fields) return std::nullopt;
    Result<UserId> id = UserId::parse((*fields)[2]);
    if (!id || (*fields)[1].empty()) return std::nullopt;
    client::StoredSession session;
    session.token = std::move((*fields)[1]);
    session.me.user_id = *std::move(id);
    session.me.nick = std::move((*fields)[3]);
    session.stay_signed_in = (*fields)[4] == "1";
    if (has_avatar && !fields->back().empty()) {
        Result<BlobId> avatar = BlobId::parse(fields->back());
        if (!avatar) return std::nullopt;
        session.me.avatar = *std::move(avatar);
    }
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
    const bool has_origin = entry.quote || entry.forward_of;
    const std::string_view version = has_origin      ? kOutboxWithOrigin
                                     : entry.picture ? kOutboxWithPicture
                                                     : kOutboxVersion;
    std::vector<std::string> fields = {std::string(version),
                                       entry.conversation.text(),
                                       digits(entry.client_id.device.value()),
                                       digits(entry.client_id.counter),
                                       entry.body.type,
                                       entry.body.content,
                                       entry.body.custom,
                                       digits(entry.created.value()),
                                       digits(entry.after.value()),
                                       failed};
    if (has_origin) add_origin(entry, &fields);
    if (entry.picture) add_picture(*entry.picture, entry.body, &fields);
    return pack(fields);
}

std::optional<client::OutboxEntry> decode_outbox_entry(std::string_view bytes) {
    auto fields = unpack_outbox_entry(bytes);
    if (!fields) return std::nullopt;
    std::vector<std::string>& f = fields->all;
    Result<ConversationId> conversation = ConversationId::parse(f[1]);
    auto device = number(f[2]);
    auto counter = number(f[3]);
    auto created = number(f[7]);
    auto after = number(f[8]);
    if (!conversation || !device || !counter || !created || !after) return std::nullopt;
    client::OutboxEntry entry;
    entry.conversation = *std::move(conversation);
    entry.client_id = {DeviceId(*device), *counter};
    entry.body = {std::move(f[4]), std::move(f[5]), std::move(f[6]), {}};
    const std::string* rest = f.data() + kOutboxFields;
    if (fields->has_origin && !read_origin(rest, &entry)) return std::nullopt;
    if (fields->has_origin) rest += kOriginFields;
    if (fields->has_picture && !read_picture(rest, &entry)) return std::nullopt;
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
