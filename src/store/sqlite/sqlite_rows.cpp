#include "store/sqlite/sqlite_rows.h"

#include <algorithm>
#include <string>

#include "store/sqlite/packed_columns.h"

namespace kumquat::store {
namespace {

#define KUMQUAT_MESSAGE_COLUMNS                                                           \
    "conversation, seq, sender, time, device, counter, type, content, custom, reply_to, " \
    "forwarded, recalled, edits, edited, reactions"
#define KUMQUAT_MEMBER_COLUMNS \
    "conversation, user, read_seq, unread, first_visible, pinned, muted, has_draft"
#define KUMQUAT_USER_COLUMNS "key, id, nick, has_credential, created, avatar, allow, friends_only"
#define KUMQUAT_SESSION_COLUMNS "token, user, device, device_name, created, expires, last_seen"
#define KUMQUAT_REQUEST_COLUMNS \
    "requester, target, wording, source, remark, friend_group, one_way, time, seen"
#define KUMQUAT_BLOB_COLUMNS "id, owner, format, width, height, bytes, created, named, released"
#define KUMQUAT_FRIEND_COLUMNS "user, peer, remark, friend_group, source, wording, added"

}  // namespace

struct SqliteRows::Statements {
    Statement begin, end, counters, session, user_by_key, user_by_id, friend_row, account, direct,
        conversation, member, message, sent, members, memberships, friends, befriended_by,
        messages_before, messages_from, feed, count_received, friend_request, request_count, blocks,
        block_count, requests_to, requests_from, blocked, blocked_by, peers, sessions, blob,
        orphans, hides, hidden_before;

    Status prepare(Database& database) {
        const std::pair<Statement*, std::string_view> all[] = {
            {&begin, "BEGIN"},
            {&end, "COMMIT"},
            {&counters, "SELECT next_user, next_conversation FROM counters"},
            {&session, "SELECT " KUMQUAT_SESSION_COLUMNS " FROM session WHERE token = ?"},
            {&sessions,
             "SELECT " KUMQUAT_SESSION_COLUMNS " FROM session WHERE user = ? ORDER BY token"},
            {&user_by_key, "SELECT " KUMQUAT_USER_COLUMNS " FROM user WHERE key = ?"},
            {&user_by_id, "SELECT " KUMQUAT_USER_COLUMNS " FROM user WHERE id = ?"},
            {&friend_row,
             "SELECT " KUMQUAT_FRIEND_COLUMNS " FROM friend WHERE user = ? AND peer = ?"},
            {&account, "SELECT user, feed_last, feed_trimmed, friends FROM account WHERE user = ?"},
            {&direct, "SELECT conversation FROM direct WHERE low = ? AND high = ?"},
            {&conversation,
             "SELECT key, kind, last_seq, last_time, pins FROM conversation WHERE key = ?"},
            {&member,
             "SELECT " KUMQUAT_MEMBER_COLUMNS " FROM member WHERE conversation = ? AND user = ?"},
            {&message,
             "SELECT " KUMQUAT_MESSAGE_COLUMNS " FROM message WHERE conversation = ? AND seq = ?"},
            {&sent, "SELECT " KUMQUAT_MESSAGE_COLUMNS
                    " FROM message WHERE sender = ? AND device = ? AND counter = ?"},
            {&count_received,
             "SELECT count(*) FROM message WHERE conversation = ?1 AND sender <> ?2 AND seq >= ?3 "
             "AND seq <= ?4 AND recalled = 0 AND NOT EXISTS (SELECT 1 FROM hidden WHERE "
             "hidden.conversation = ?1 AND hidden.user = ?2 AND hidden.seq = message.seq)"},
            {&hides, "SELECT 1 FROM hidden WHERE conversation = ? AND user = ? AND seq = ?"},
            {&hidden_before,
             "SELECT seq FROM hidden WHERE conversation = ? AND user = ? AND seq < ? "
             "ORDER BY seq DESC"},
            {&members,
             "SELECT " KUMQUAT_MEMBER_COLUMNS " FROM member WHERE conversation = ? ORDER BY user"},
            {&memberships,
             "SELECT " KUMQUAT_MEMBER_COLUMNS
             " FROM member WHERE user = ? AND conversation > ? ORDER BY conversation"},
            {&friends, "SELECT " KUMQUAT_FRIEND_COLUMNS
                       " FROM friend WHERE user = ? AND peer > ? ORDER BY peer"},
            {&friend_request, "SELECT " KUMQUAT_REQUEST_COLUMNS
                              " FROM friend_request WHERE requester = ? AND target = ?"},
            {&request_count, "SELECT count(*) FROM friend_request WHERE target = ?"},
            {&requests_to,
             "SELECT " KUMQUAT_REQUEST_COLUMNS
             " FROM friend_request WHERE target = ? AND requester > ? ORDER BY requester"},
            {&requests_from,
             "SELECT " KUMQUAT_REQUEST_COLUMNS
             " FROM friend_request WHERE requester = ? AND target > ? ORDER BY target"},
            {&blocks, "SELECT 1 FROM block WHERE user = ? AND peer = ?"},
            {&block_count, "SELECT count(*) FROM block WHERE user = ?"},
            {&blocked, "SELECT peer FROM block WHERE user = ? AND peer > ? ORDER BY peer"},
            {&blocked_by, "SELECT user FROM block WHERE peer = ? ORDER BY user"},
            {&peers,
             "SELECT other.user FROM member AS own JOIN member AS other "
             "ON other.conversation = own.conversation AND other.user <> own.user "
             "WHERE own.user = ? ORDER BY own.conversation DESC"},
            {&befriended_by, "SELECT user FROM friend WHERE peer = ? ORDER BY user"},
            {&messages_before,
             "SELECT " KUMQUAT_MESSAGE_COLUMNS
             " FROM message WHERE conversation = ? AND seq < ? ORDER BY seq DESC"},
            {&messages_from, "SELECT " KUMQUAT_MESSAGE_COLUMNS
                             " FROM message WHERE conversation = ? AND seq >= ? ORDER BY seq"},
            {&blob, "SELECT " KUMQUAT_BLOB_COLUMNS " FROM blob WHERE id = ?"},
            {&orphans, "SELECT " KUMQUAT_BLOB_COLUMNS
                       " FROM blob WHERE named = 0 AND released < ? ORDER BY released, id"},
            {&feed,
             "SELECT user, number, kind, conversation, seq, entity, value FROM feed WHERE user = ? "
             "AND number > ? "
             "ORDER BY number"},
        };
        for (const auto& [statement, sql] : all) {
            KUMQUAT_TRY_ASSIGN(*statement, database.prepare(sql));
        }
        return {};
    }
};

Result<std::unique_ptr<SqliteRows>> SqliteRows::create(Database& database) {
    std::unique_ptr<SqliteRows> rows(new SqliteRows(database));
    KUMQUAT_TRY(rows->statements_->prepare(database));
    return rows;
}

SqliteRows::SqliteRows(Database& database)
    : database_(database), statements_(std::make_shared<Statements>()) {}

// --- Transactions and failures

void SqliteRows::begin() {
    status_ = {};
    last_account_.reset();
    if (Status begun = Query(statements_->begin).run(); !begun) fail(begun.error());
}

void SqliteRows::end() {
    if (!database_.in_transaction()) return;
    const std::optional<Database::Deadline> no_deadline;
    database_.set_deadline(no_deadline);  // the end of a transaction must not be cut short
    if (Status ended = Query(statements_->end).run(); !ended) fail(ended.error());
}

void SqliteRows::fail(Error error) {
    if (status_) status_ = std::move(error);
}

template <typename Row>
std::optional<Row> SqliteRows::one(Query& query, Row (SqliteRows::*read)(Query&)) {
    if (!status_) return std::nullopt;
    switch (query.step()) {
        case Query::Step::kRow: {
            Row row = (this->*read)(query);
            if (!status_) return std::nullopt;
            return row;
        }
        case Query::Step::kFailed:
            fail(query.error());
            return std::nullopt;
        case Query::Step::kDone:
            break;
    }
    return std::nullopt;
}

template <typename Row>
void SqliteRows::each(Query& query, Row (SqliteRows::*read)(Query&), const Visit<Row>& visit) {
    while (status_) {
        const Query::Step step = query.step();
        if (step == Query::Step::kFailed) fail(query.error());
        if (step != Query::Step::kRow) return;
        const Row row = (this->*read)(query);
        if (!status_ || !visit(row)) return;
    }
}

// --- Columns to rows

UserRow SqliteRows::read_user(Query& query) {
    UserRow row;
    row.key = query.id<UserKey>();
    auto id = UserId::parse(query.text());
    if (id) {
        row.id = *std::move(id);
    } else {
        fail(Error{ErrorCode::kStorageFailed,
                   "user " + std::to_string(row.key.value()) + ": not a user ID"});
    }
    row.nick = query.text();
    row.has_credential = query.integer() != 0;
    row.created = query.id<TimeMs>();
    const std::string avatar = query.text();
    if (auto blob = BlobId::parse(avatar)) {
        row.avatar = *std::move(blob);
    } else if (!avatar.empty()) {
        fail(Error{ErrorCode::kStorageFailed,
                   "user " + std::to_string(row.key.value()) + ": not a picture ID"});
    }
    row.allow = static_cast<AllowKind>(query.integer());
    row.friends_only = query.integer() != 0;
    return row;
}

SessionRow SqliteRows::read_session(Query& query) {
    SessionRow row;
    const std::string_view token = query.blob();
    if (token.size() == row.token.size()) {
        std::copy(token.begin(), token.end(), row.token.begin());
    } else {
        fail(Error{ErrorCode::kStorageFailed, "session: not a hash"});
    }
    row.user = query.id<UserKey>();
    row.device = query.id<DeviceId>();
    row.device_name = query.text();
    row.created = query.id<TimeMs>();
    row.expires = query.id<TimeMs>();
    row.last_seen = query.id<TimeMs>();
    return row;
}

FriendRow SqliteRows::read_friend(Query& query) {
    FriendRow row;
    row.user = query.id<UserKey>();
    row.peer = query.id<UserKey>();
    row.remark = query.text();
    row.group = query.text();
    row.source = query.text();
    row.wording = query.text();
    row.added = query.id<TimeMs>();
    return row;
}

FriendRequestRow SqliteRows::read_request(Query& query) {
    FriendRequestRow row;
    row.requester = query.id<UserKey>();
    row.target = query.id<UserKey>();
    row.wording = query.text();
    row.source = query.text();
    row.remark = query.text();
    row.group = query.text();
    row.one_way = query.integer() != 0;
    row.time = query.id<TimeMs>();
    row.read = query.integer() != 0;
    return row;
}

ConversationRow SqliteRows::read_conversation(Query& query) {
    ConversationRow row;
    row.key = query.id<ConversationKey>();
    row.kind = static_cast<ConversationKind>(query.integer());
    row.last_seq = query.id<Seq>();
    row.last_time = query.id<TimeMs>();
    if (auto pins = unpack_seqs(query.text())) {
        row.pins = *std::move(pins);
    } else {
        fail(Error{ErrorCode::kStorageFailed, "conversation: not a list of pins"});
    }
    return row;
}

MemberRow SqliteRows::read_member(Query& query) {
    MemberRow row;
    row.conversation = query.id<ConversationKey>();
    row.user = query.id<UserKey>();
    row.read = query.id<Seq>();
    row.unread = query.integer();
    row.first_visible = query.id<Seq>();
    row.pinned = query.integer() != 0;
    row.muted = query.integer() != 0;
    row.has_draft = query.integer() != 0;
    return row;
}

MessageRow SqliteRows::read_message(Query& query) {
    MessageRow row;
    row.conversation = query.id<ConversationKey>();
    row.seq = query.id<Seq>();
    row.sender = query.id<UserKey>();
    row.time = query.id<TimeMs>();
    row.client_id.device = query.id<DeviceId>();
    row.client_id.counter = query.integer();
    row.type = query.text();
    row.content = query.text();
    row.custom = query.text();
    row.reply_to = query.id<Seq>();
    row.forwarded = query.integer() != 0;
    row.recalled = query.integer() != 0;
    row.edits = query.integer();
    row.edited = query.id<TimeMs>();
    if (auto reactions = unpack_reactions(query.text())) {
        row.reactions = *std::move(reactions);
    } else {
        fail(Error{ErrorCode::kStorageFailed, "message: not a list of reactions"});
    }
    return row;
}

BlobRow SqliteRows::read_blob(Query& query) {
    BlobRow row;
    if (auto id = BlobId::parse(query.text())) {
        row.id = *std::move(id);
    } else {
        fail(Error{ErrorCode::kStorageFailed, "blob: not a picture ID"});
    }
    row.owner = query.id<UserKey>();
    row.format = query.integer();
    row.width = query.integer();
    row.height = query.integer();
    row.bytes = query.integer();
    row.created = query.id<TimeMs>();
    row.references = query.integer();
    row.released = query.id<TimeMs>();
    return row;
}

FeedRow SqliteRows::read_feed(Query& query) {
    FeedRow row;
    row.user = query.id<UserKey>();
    row.number = query.id<FeedNumber>();
    row.kind = static_cast<FeedKind>(query.integer());
    row.conversation = query.id<ConversationKey>();
    row.seq = query.id<Seq>();
    row.entity = query.id<UserKey>();
    row.value = query.integer();
    return row;
}

SqliteRows::Account SqliteRows::read_account(Query& query) {
    Account row;
    row.head.user = query.id<UserKey>();
    row.head.last = query.id<FeedNumber>();
    row.head.trimmed = query.id<FeedNumber>();
    row.friends = query.integer();
    return row;
}

KeyCounters SqliteRows::read_counters(Query& query) {
    KeyCounters row;
    row.next_user = query.id<UserKey>();
    row.next_conversation = query.id<ConversationKey>();
    return row;
}

// --- One row

KeyCounters SqliteRows::counters() {
    Query query(statements_->counters);
    const auto row = one(query, &SqliteRows::read_counters);
    if (!row) fail(Error{ErrorCode::kStorageFailed, "counters: no row"});
    return row.value_or(KeyCounters{});
}

std::optional<SessionRow> SqliteRows::session(const TokenHash& token) {
    Query query(statements_->session, token);
    return one(query, &SqliteRows::read_session);
}

std::optional<UserRow> SqliteRows::user(UserKey key) {
    Query query(statements_->user_by_key, key);
    return one(query, &SqliteRows::read_user);
}

std::optional<UserRow> SqliteRows::user(const UserId& id) {
    Query query(statements_->user_by_id, id.text());
    return one(query, &SqliteRows::read_user);
}

std::optional<FriendRow> SqliteRows::friend_row(UserKey user, UserKey peer) {
    Query query(statements_->friend_row, user, peer);
    return one(query, &SqliteRows::read_friend);
}

SqliteRows::Account SqliteRows::account(UserKey user) {
    if (last_account_ && last_account_->head.user == user) return *last_account_;
    Query query(statements_->account, user);
    Account none;
    none.head.user = user;
    last_account_ = one(query, &SqliteRows::read_account).value_or(none);
    return *last_account_;
}

std::int64_t SqliteRows::friend_count(UserKey user) {
    return account(user).friends;
}

std::optional<FriendRequestRow> SqliteRows::friend_request(UserKey requester, UserKey target) {
    Query query(statements_->friend_request, requester, target);
    return one(query, &SqliteRows::read_request);
}

std::int64_t SqliteRows::request_count(UserKey target) {
    Query query(statements_->request_count, target);
    return one(query, &SqliteRows::read_integer).value_or(0);
}

bool SqliteRows::blocks(UserKey user, UserKey peer) {
    Query query(statements_->blocks, user, peer);
    return one(query, &SqliteRows::read_integer).has_value();
}

std::int64_t SqliteRows::block_count(UserKey user) {
    Query query(statements_->block_count, user);
    return one(query, &SqliteRows::read_integer).value_or(0);
}

bool SqliteRows::hides(ConversationKey conversation, UserKey user, Seq seq) {
    Query query(statements_->hides, conversation, user, seq);
    return one(query, &SqliteRows::read_integer).has_value();
}

std::int64_t SqliteRows::count_received(ConversationKey conversation, UserKey user, Seq first,
                                        Seq last) {
    Query query(statements_->count_received, conversation, user, first, last);
    return one(query, &SqliteRows::read_integer).value_or(0);
}

std::optional<FeedHeadRow> SqliteRows::head(UserKey user) {
    const FeedHeadRow head = account(user).head;
    if (!head.last) return std::nullopt;
    return head;
}

std::optional<ConversationKey> SqliteRows::direct(UserPair pair) {
    Query query(statements_->direct, pair.low, pair.high);
    return one(query, &SqliteRows::read_id<ConversationKey>);
}

std::optional<ConversationRow> SqliteRows::conversation(ConversationKey key) {
    Query query(statements_->conversation, key);
    return one(query, &SqliteRows::read_conversation);
}

std::optional<MemberRow> SqliteRows::member(ConversationKey conversation, UserKey user) {
    Query query(statements_->member, conversation, user);
    return one(query, &SqliteRows::read_member);
}

std::optional<MessageRow> SqliteRows::message(ConversationKey conversation, Seq seq) {
    Query query(statements_->message, conversation, seq);
    return one(query, &SqliteRows::read_message);
}

std::optional<MessageRow> SqliteRows::sent(UserKey sender, ClientMessageId id) {
    Query query(statements_->sent, sender, id.device, id.counter);
    return one(query, &SqliteRows::read_message);
}

std::optional<BlobRow> SqliteRows::blob(const BlobId& id) {
    Query query(statements_->blob, id.text());
    return one(query, &SqliteRows::read_blob);
}

// --- Rows in order

void SqliteRows::members(ConversationKey conversation, const Visit<MemberRow>& visit) {
    Query query(statements_->members, conversation);
    each(query, &SqliteRows::read_member, visit);
}

void SqliteRows::memberships(UserKey user, ConversationKey after, const Visit<MemberRow>& visit) {
    Query query(statements_->memberships, user, after);
    each(query, &SqliteRows::read_member, visit);
}

void SqliteRows::friends(UserKey user, UserKey after, const Visit<FriendRow>& visit) {
    Query query(statements_->friends, user, after);
    each(query, &SqliteRows::read_friend, visit);
}

void SqliteRows::befriended_by(UserKey user, const Visit<UserKey>& visit) {
    Query query(statements_->befriended_by, user);
    each(query, &SqliteRows::read_id<UserKey>, visit);
}

void SqliteRows::requests_to(UserKey target, UserKey after, const Visit<FriendRequestRow>& visit) {
    Query query(statements_->requests_to, target, after);
    each(query, &SqliteRows::read_request, visit);
}

void SqliteRows::requests_from(UserKey requester, UserKey after,
                               const Visit<FriendRequestRow>& visit) {
    Query query(statements_->requests_from, requester, after);
    each(query, &SqliteRows::read_request, visit);
}

void SqliteRows::blocked(UserKey user, UserKey after, const Visit<UserKey>& visit) {
    Query query(statements_->blocked, user, after);
    each(query, &SqliteRows::read_id<UserKey>, visit);
}

void SqliteRows::blocked_by(UserKey user, const Visit<UserKey>& visit) {
    Query query(statements_->blocked_by, user);
    each(query, &SqliteRows::read_id<UserKey>, visit);
}

void SqliteRows::peers(UserKey user, const Visit<UserKey>& visit) {
    Query query(statements_->peers, user);
    each(query, &SqliteRows::read_id<UserKey>, visit);
}

void SqliteRows::sessions(UserKey user, const Visit<SessionRow>& visit) {
    Query query(statements_->sessions, user);
    each(query, &SqliteRows::read_session, visit);
}

void SqliteRows::messages_before(ConversationKey conversation, Seq seq,
                                 const Visit<MessageRow>& visit) {
    Query query(statements_->messages_before, conversation, seq);
    each(query, &SqliteRows::read_message, visit);
}

void SqliteRows::messages_from(ConversationKey conversation, Seq seq,
                               const Visit<MessageRow>& visit) {
    Query query(statements_->messages_from, conversation, seq);
    each(query, &SqliteRows::read_message, visit);
}

void SqliteRows::hidden_before(ConversationKey conversation, UserKey user, Seq seq,
                               const Visit<Seq>& visit) {
    Query query(statements_->hidden_before, conversation, user, seq);
    each(query, &SqliteRows::read_id<Seq>, visit);
}

void SqliteRows::orphans(TimeMs before, const Visit<BlobRow>& visit) {
    Query query(statements_->orphans, before);
    each(query, &SqliteRows::read_blob, visit);
}

void SqliteRows::feed(UserKey user, FeedNumber after, const Visit<FeedRow>& visit) {
    Query query(statements_->feed, user, after);
    each(query, &SqliteRows::read_feed, visit);
}

}  // namespace kumquat::store
