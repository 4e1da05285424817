#include "store/journal/record.h"

#include <cstdint>
#include <tuple>
#include <type_traits>
#include <utility>

#include "base/check.h"
#include "store/journal/checksum.h"

namespace kumquat::store {
namespace {

constexpr std::size_t kChecksumBytes = 4;
constexpr int kIntegerBytes = 10;

// --- The format: the fields of rows, the sections of write sets. persisted, never reorder

template <typename Value>
struct Fields;

// `row` is const when a record is written.
#define KUMQUAT_FIELDS(Type, ...)         \
    template <>                           \
    struct Fields<Type> {                 \
        template <typename Row>           \
        static auto of(Row& row) {        \
            return std::tie(__VA_ARGS__); \
        }                                 \
    };
KUMQUAT_FIELDS(UserRow, row.key, row.id, row.nick, row.avatar, row.allow, row.friends_only,
               row.has_credential, row.created)
KUMQUAT_FIELDS(SessionRow, row.token, row.user, row.device, row.device_name, row.created,
               row.expires, row.last_seen)
KUMQUAT_FIELDS(FriendRow, row.user, row.peer, row.remark, row.group, row.source, row.wording,
               row.added)
KUMQUAT_FIELDS(FriendRequestRow, row.requester, row.target, row.wording, row.source, row.remark,
               row.group, row.one_way, row.time, row.read)
KUMQUAT_FIELDS(BlockRow, row.user, row.peer)
KUMQUAT_FIELDS(ConversationRow, row.key, row.kind, row.last_seq, row.last_time, row.pins)
KUMQUAT_FIELDS(MemberRow, row.conversation, row.user, row.read, row.unread, row.first_visible,
               row.pinned, row.muted, row.has_draft)
KUMQUAT_FIELDS(MessageRow, row.conversation, row.seq, row.sender, row.time, row.client_id.device,
               row.client_id.counter, row.type, row.content, row.custom, row.reply_to,
               row.forwarded, row.recalled, row.edits, row.edited, row.reactions)
KUMQUAT_FIELDS(ReactionPart, row.emoji, row.user)
KUMQUAT_FIELDS(RevisionRow, row.conversation, row.seq, row.edits, row.content, row.custom)
KUMQUAT_FIELDS(HiddenRow, row.conversation, row.user, row.seq)
KUMQUAT_FIELDS(BlobRow, row.id, row.owner, row.format, row.width, row.height, row.bytes,
               row.created, row.references, row.released)
KUMQUAT_FIELDS(FeedRow, row.user, row.number, row.kind, row.conversation, row.seq, row.entity,
               row.value)
KUMQUAT_FIELDS(FeedHeadRow, row.user, row.last, row.trimmed)
KUMQUAT_FIELDS(KeyCounters, row.next_user, row.next_conversation)
KUMQUAT_FIELDS(UserPair, row.low, row.high)
#undef KUMQUAT_FIELDS

/// How many fields, from the first on, a row had in version 1; 0: all that it has now.
template <typename Value>
constexpr std::size_t kFieldsOf1 = 0;
template <>
constexpr std::size_t kFieldsOf1<ConversationRow> = 4;
template <>
constexpr std::size_t kFieldsOf1<MessageRow> = 9;

template <typename Set, typename Visit>
void each_section(Set& set, Visit visit) {
    visit(1, set.users);
    visit(2, set.sessions);
    visit(3, set.ended_sessions);
    visit(4, set.friends);
    visit(5, set.ended_friends);
    visit(6, set.friend_requests);
    visit(7, set.ended_friend_requests);
    visit(8, set.blocks);
    visit(9, set.ended_blocks);
    visit(10, set.direct);
    visit(11, set.conversations);
    visit(12, set.members);
    visit(13, set.messages);
    visit(14, set.blobs);
    visit(15, set.ended_blobs);
    visit(16, set.feed);
    visit(17, set.heads);
    visit(18, set.counters);
    visit(19, set.changed_messages);
    visit(20, set.revisions);
    visit(21, set.ended_revisions);
    visit(22, set.hidden);
}

constexpr bool is_known(AllowKind kind) {
    return kind >= AllowKind::kAny && kind <= AllowKind::kDeny;
}
constexpr bool is_known(ConversationKind kind) {
    return kind == ConversationKind::kDirect;
}
constexpr bool is_known(FeedKind kind) {
    return kind >= FeedKind::kMessage && kind <= FeedKind::kPins;
}

// --- Writing

class Writer {
  public:
    explicit Writer(RecordKind kind) : out_(kChecksumBytes, '\0') {
        out_ += static_cast<char>(kRecordVersion);
        out_ += static_cast<char>(kind);
    }

    void put(std::int64_t value) {
        // Zigzag: small numbers of either sign stay short.
        std::uint64_t left =
            (static_cast<std::uint64_t>(value) << 1) ^ static_cast<std::uint64_t>(value >> 63);
        for (; left >= 0x80; left >>= 7)
            out_ += static_cast<char>(left | 0x80);
        out_ += static_cast<char>(left);
    }
    void put(bool value) { put(static_cast<std::int64_t>(value)); }
    template <typename Tag>
    void put(Number<Tag> value) {
        put(value.value());
    }
    void put(const std::string& text) {
        put(static_cast<std::int64_t>(text.size()));
        out_ += text;
    }
    void put(const UserId& id) { put(id.text()); }
    void put(const BlobId& id) { put(id.text()); }
    void put(const TokenHash& hash) {
        for (const std::uint8_t byte : hash)
            out_ += static_cast<char>(byte);
    }
    template <typename A, typename B>
    void put(const std::pair<A, B>& pair) {
        put(pair.first);
        put(pair.second);
    }
    template <typename Element>
    void put(const std::vector<Element>& list) {
        put(static_cast<std::int64_t>(list.size()));
        for (const Element& element : list)
            put(element);
    }
    template <typename Value>
    void put(const Value& value) {
        if constexpr (std::is_enum_v<Value>) {
            put(static_cast<std::int64_t>(value));
        } else {
            std::apply([this](const auto&... field) { (this->put(field), ...); },
                       Fields<Value>::of(value));
        }
    }

    void put_sections(const WriteSet& writes) {
        KUMQUAT_CHECK(!writes.sweep);
        each_section(
            writes, [this](std::int64_t section, const auto& rows) { put_section(section, rows); });
    }

    std::string finish() {
        std::uint32_t sum = checksum(std::string_view(out_).substr(kChecksumBytes));
        for (std::size_t i = 0; i < kChecksumBytes; ++i, sum >>= 8)
            out_[i] = static_cast<char>(sum & 0xFF);
        return std::move(out_);
    }

  private:
    template <typename Row>
    void put_section(std::int64_t section, const std::vector<Row>& rows) {
        if (rows.empty()) return;
        put(section);
        put(static_cast<std::int64_t>(rows.size()));
        for (const Row& row : rows)
            put(row);
    }
    template <typename Row>
    void put_section(std::int64_t section, const std::optional<Row>& row) {
        if (!row) return;
        put(section);
        put(std::int64_t{1});
        put(*row);
    }

    std::string out_;
};

// --- Reading

// Notes the first fault and gives empty values from then on.
class Reader {
  public:
    Reader(std::string_view bytes, std::uint8_t version) : left_(bytes), version_(version) {}

    bool failed() const { return failed_; }
    bool at_end() const { return left_.empty(); }

    void get(std::int64_t& value) {
        std::uint64_t zigzag = 0;
        for (int i = 0; i < kIntegerBytes; ++i) {
            if (left_.empty()) return fail();
            const auto byte = static_cast<std::uint8_t>(left_.front());
            left_.remove_prefix(1);
            zigzag |= static_cast<std::uint64_t>(byte & 0x7F) << (7 * i);
            if ((byte & 0x80) != 0) continue;
            value = static_cast<std::int64_t>((zigzag >> 1) ^ (~(zigzag & 1) + 1));
            if (value > kIntegerMax || value < -kIntegerMax) fail();
            return;
        }
        fail();
    }
    void get(bool& value) {
        const std::int64_t number = integer();
        if (number != 0 && number != 1) return fail();
        value = number == 1;
    }
    template <typename Tag>
    void get(Number<Tag>& value) {
        value = Number<Tag>(integer());
    }
    void get(std::string& value) {
        const std::int64_t size = integer();
        if (failed_ || size < 0 || static_cast<std::uint64_t>(size) > left_.size()) return fail();
        value.assign(left_.substr(0, static_cast<std::size_t>(size)));
        left_.remove_prefix(static_cast<std::size_t>(size));
    }
    void get(UserId& id) { get_id(id); }
    void get(BlobId& id) { get_id(id); }
    void get(TokenHash& hash) {
        if (left_.size() < hash.size()) return fail();
        for (std::size_t i = 0; i < hash.size(); ++i)
            hash[i] = static_cast<std::uint8_t>(left_[i]);
        left_.remove_prefix(hash.size());
    }
    template <typename A, typename B>
    void get(std::pair<A, B>& pair) {
        get(pair.first);
        get(pair.second);
    }
    template <typename Element>
    void get(std::vector<Element>& list) {
        const std::int64_t count = integer();
        // As with the rows of a section.
        if (failed_ || count < 0 || static_cast<std::uint64_t>(count) > left_.size()) return fail();
        for (std::int64_t i = 0; i < count && !failed_; ++i)
            get(list.emplace_back());
    }
    template <typename Value>
    void get(Value& value) {
        if constexpr (std::is_enum_v<Value>) {
            const std::int64_t number = integer();
            if (number < 0 || number > 0xFFFF || !is_known(static_cast<Value>(number)))
                return fail();
            value = static_cast<Value>(number);
        } else {
            std::size_t left =
                version_ == 1 && kFieldsOf1<Value> != 0 ? kFieldsOf1<Value> : SIZE_MAX;
            std::apply(
                [&](auto&... field) { ((left == 0 ? void() : (--left, this->get(field))), ...); },
                Fields<Value>::of(value));
        }
    }

    void get_sections(WriteSet& writes) {
        std::int64_t before = 0;
        while (!failed_ && !at_end()) {
            const std::int64_t section = integer();
            const std::int64_t count = integer();
            // A row has a byte at least: no count can ask for more memory than there are bytes.
            if (section <= before || count < 1 || static_cast<std::uint64_t>(count) > left_.size())
                return fail();
            before = section;
            bool found = false;
            each_section(writes, [&](std::int64_t known, auto& rows) {
                if (known != section) return;
                found = true;
                get_section(count, rows);
            });
            if (!found) fail();
        }
    }

  private:
    void fail() { failed_ = true; }
    std::int64_t integer() {
        std::int64_t value = 0;
        if (!failed_) get(value);
        return failed_ ? 0 : value;
    }
    // Empty is well: a picture ID that is none.
    template <typename Id>
    void get_id(Id& id) {
        std::string text;
        get(text);
        if (failed_ || text.empty()) return;
        auto parsed = Id::parse(text);
        if (!parsed) return fail();
        id = *std::move(parsed);
    }
    template <typename Row>
    void get_section(std::int64_t count, std::vector<Row>& rows) {
        for (std::int64_t i = 0; i < count && !failed_; ++i)
            get(rows.emplace_back());
    }
    template <typename Row>
    void get_section(std::int64_t count, std::optional<Row>& row) {
        if (count != 1) return fail();
        get(row.emplace());
    }

    std::string_view left_;
    std::uint8_t version_;
    bool failed_ = false;
};

Error damaged(const char* what) {
    return Error{ErrorCode::kDataDamaged, what};
}

Status decode_fields(RecordKind kind, Reader& in, Record& out) {
    switch (kind) {
        case RecordKind::kCommit: {
            auto& record = out.emplace<CommitRecord>();
            in.get(record.number);
            in.get_sections(record.writes);
            return {};
        }
        case RecordKind::kChunk: {
            auto& record = out.emplace<ChunkRecord>();
            in.get(record.snapshot);
            in.get(record.index);
            in.get(record.through);
            in.get(record.settled_end);
            in.get_sections(record.rows);
            return {};
        }
        case RecordKind::kWorldRows: {
            auto& record = out.emplace<WorldRowsRecord>();
            in.get_sections(record.rows);
            return {};
        }
        case RecordKind::kWorldPicture: {
            auto& record = out.emplace<WorldPictureRecord>();
            in.get(record.id);
            in.get(record.bytes);
            return {};
        }
        case RecordKind::kWorldEnd: {
            auto& record = out.emplace<WorldEndRecord>();
            in.get(record.row_records);
            return {};
        }
    }
    return damaged("a record is of no known kind");
}

}  // namespace

std::string encode(const CommitRecord& record) {
    Writer out(RecordKind::kCommit);
    out.put(record.number);
    out.put_sections(record.writes);
    return out.finish();
}

std::string encode(const ChunkRecord& record) {
    Writer out(RecordKind::kChunk);
    out.put(record.snapshot);
    out.put(record.index);
    out.put(record.through);
    out.put(record.settled_end);
    out.put_sections(record.rows);
    return out.finish();
}

std::string encode(const WorldRowsRecord& record) {
    Writer out(RecordKind::kWorldRows);
    out.put_sections(record.rows);
    return out.finish();
}

std::string encode(const WorldPictureRecord& record) {
    Writer out(RecordKind::kWorldPicture);
    out.put(record.id);
    out.put(record.bytes);
    return out.finish();
}

std::string encode(const WorldEndRecord& record) {
    Writer out(RecordKind::kWorldEnd);
    out.put(record.row_records);
    return out.finish();
}

Result<Record> decode_record(std::string_view bytes) {
    if (bytes.size() < kChecksumBytes + 2) return damaged("a record is cut short");
    std::uint32_t sum = 0;
    for (std::size_t i = kChecksumBytes; i-- > 0;)
        sum = sum << 8 | static_cast<std::uint8_t>(bytes[i]);
    bytes.remove_prefix(kChecksumBytes);
    if (sum != checksum(bytes)) return damaged("a record does not match its checksum");
    const auto version = static_cast<std::uint8_t>(bytes[0]);
    if (version > kRecordVersion)
        return Error{ErrorCode::kDataNewer, "record version " + std::to_string(version)};
    if (version == 0) return damaged("a record has an impossible version");
    Reader in(bytes.substr(2), version);
    Record record;
    KUMQUAT_TRY(decode_fields(static_cast<RecordKind>(bytes[1]), in, record));
    if (in.failed() || !in.at_end()) return damaged("a record holds something impossible");
    return record;
}

}  // namespace kumquat::store
