#include "store/sqlite/sqlite_writer.h"

#include <algorithm>
#include <chrono>
#include <tuple>
#include <utility>

#include "store/sqlite/packed_columns.h"

namespace kumquat::store {
namespace {

using SteadyClock = std::chrono::steady_clock;

std::int64_t us_since(SteadyClock::time_point start) {
    return std::chrono::duration_cast<std::chrono::microseconds>(SteadyClock::now() - start)
        .count();
}

template <typename Row, typename KeyOf>
void sort_by(std::vector<Row>& rows, KeyOf key_of) {
    std::sort(rows.begin(), rows.end(),
              [&](const Row& a, const Row& b) { return key_of(a) < key_of(b); });
}

// In the order of their keys, rows that share a page are written one after the other.
void sort_rows(WriteSet& writes) {
    sort_by(writes.users, [](const UserRow& row) { return row.key; });
    sort_by(writes.sessions, [](const SessionRow& row) { return row.token; });
    std::sort(writes.ended_sessions.begin(), writes.ended_sessions.end());
    sort_by(writes.friends, [](const FriendRow& row) { return std::pair(row.user, row.peer); });
    std::sort(writes.ended_friends.begin(), writes.ended_friends.end());
    sort_by(writes.friend_requests,
            [](const FriendRequestRow& row) { return std::pair(row.target, row.requester); });
    sort_by(writes.ended_friend_requests,
            [](const auto& key) { return std::pair(key.second, key.first); });
    std::sort(writes.blocks.begin(), writes.blocks.end());
    std::sort(writes.ended_blocks.begin(), writes.ended_blocks.end());
    std::sort(writes.direct.begin(), writes.direct.end());
    sort_by(writes.conversations, [](const ConversationRow& row) { return row.key; });
    sort_by(writes.members,
            [](const MemberRow& row) { return std::pair(row.conversation, row.user); });
    sort_by(writes.messages,
            [](const MessageRow& row) { return std::pair(row.conversation, row.seq); });
    sort_by(writes.changed_messages,
            [](const MessageRow& row) { return std::pair(row.conversation, row.seq); });
    sort_by(writes.revisions, [](const RevisionRow& row) {
        return std::tuple(row.conversation, row.seq, row.edits);
    });
    std::sort(writes.ended_revisions.begin(), writes.ended_revisions.end());
    std::sort(writes.hidden.begin(), writes.hidden.end());
    sort_by(writes.blobs, [](const BlobRow& row) { return row.id; });
    std::sort(writes.ended_blobs.begin(), writes.ended_blobs.end());
    sort_by(writes.feed, [](const FeedRow& row) { return std::pair(row.user, row.number); });
    sort_by(writes.heads, [](const FeedHeadRow& row) { return row.user; });
}

std::int64_t row_count(const WriteSet& writes) {
    return static_cast<std::int64_t>(
        writes.users.size() + writes.sessions.size() + writes.ended_sessions.size() +
        writes.friends.size() + writes.ended_friends.size() + writes.friend_requests.size() +
        writes.ended_friend_requests.size() + writes.blocks.size() + writes.ended_blocks.size() +
        writes.direct.size() + writes.conversations.size() + writes.members.size() +
        writes.messages.size() + writes.changed_messages.size() + writes.revisions.size() +
        writes.ended_revisions.size() + writes.hidden.size() + writes.blobs.size() +
        writes.ended_blobs.size() + writes.feed.size() + writes.heads.size() +
        (writes.counters ? 1 : 0));
}

}  // namespace

struct SqliteWriter::Statements {
    Statement begin, commit, rollback, counters, user, session, end_session, sweep, friend_row,
        direct, conversation, member, message, feed, head, trim, end_friend, request, end_request,
        block, end_block, blob, end_blob, change_message, revision, end_revisions, hide;

    // "On conflict update" rather than "replace": a replaced row is deleted and inserted, in every
    // index too.
    Status prepare(Database& database) {
        const std::pair<Statement*, std::string_view> all[] = {
            {&begin, "BEGIN IMMEDIATE"},
            {&commit, "COMMIT"},
            {&rollback, "ROLLBACK"},
            {&counters, "UPDATE counters SET next_user = ?, next_conversation = ?"},
            {&user,
             "INSERT INTO user (key, id, nick, has_credential, created, avatar, allow, "
             "friends_only) VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (key) DO UPDATE SET "
             "id = excluded.id, nick = excluded.nick, has_credential = excluded.has_credential, "
             "created = excluded.created, avatar = excluded.avatar, allow = excluded.allow, "
             "friends_only = excluded.friends_only"},
            {&session,
             "INSERT INTO session (token, user, device, device_name, created, expires, last_seen) "
             "VALUES (?, ?, ?, ?, ?, ?, ?) "
             "ON CONFLICT (token) DO UPDATE SET user = excluded.user, device = excluded.device, "
             "device_name = excluded.device_name, created = excluded.created, expires = "
             "excluded.expires, "
             "last_seen = excluded.last_seen"},
            {&end_session, "DELETE FROM session WHERE token = ?"},
            {&sweep,
             "DELETE FROM session WHERE token IN (SELECT token FROM session WHERE expires <= ? "
             "ORDER BY expires, token LIMIT ?)"},
            {&friend_row,
             "INSERT INTO friend (user, peer, remark, friend_group, source, wording, added) VALUES "
             "(?, ?, ?, ?, ?, ?, ?) "
             "ON CONFLICT (user, peer) DO UPDATE SET remark = excluded.remark, friend_group = "
             "excluded.friend_group, "
             "source = excluded.source, wording = excluded.wording, added = excluded.added"},
            {&end_friend, "DELETE FROM friend WHERE user = ? AND peer = ?"},
            {&request,
             "INSERT INTO friend_request (requester, target, wording, source, remark, "
             "friend_group, one_way, time, seen) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) "
             "ON CONFLICT (target, requester) DO UPDATE SET wording = excluded.wording, "
             "source = excluded.source, remark = excluded.remark, "
             "friend_group = excluded.friend_group, one_way = excluded.one_way, "
             "time = excluded.time, seen = excluded.seen"},
            {&end_request, "DELETE FROM friend_request WHERE requester = ? AND target = ?"},
            {&block, "INSERT INTO block (user, peer) VALUES (?, ?) ON CONFLICT DO NOTHING"},
            {&end_block, "DELETE FROM block WHERE user = ? AND peer = ?"},
            {&direct, "INSERT INTO direct (low, high, conversation) VALUES (?, ?, ?)"},
            {&conversation,
             "INSERT INTO conversation (key, kind, last_seq, last_time, pins) VALUES "
             "(?, ?, ?, ?, ?) ON CONFLICT (key) DO UPDATE SET kind = excluded.kind, "
             "last_seq = excluded.last_seq, last_time = excluded.last_time, "
             "pins = excluded.pins"},
            {&member,
             "INSERT INTO member (conversation, user, read_seq, unread, first_visible, pinned, "
             "muted, has_draft) VALUES (?, ?, ?, ?, ?, ?, ?, ?) "
             "ON CONFLICT (conversation, user) DO UPDATE SET read_seq = excluded.read_seq, "
             "unread = excluded.unread, first_visible = excluded.first_visible, "
             "pinned = excluded.pinned, muted = excluded.muted, has_draft = excluded.has_draft"},
            {&message,
             "INSERT INTO message (conversation, seq, sender, time, device, counter, type, "
             "content, custom, reply_to, forwarded, recalled, edits, edited, reactions) "
             "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"},
            // Gives a row back if there is such a message.
            {&change_message,
             "UPDATE message SET time = ?4, type = ?7, content = ?8, custom = ?9, reply_to = ?10, "
             "forwarded = ?11, recalled = ?12, edits = ?13, edited = ?14, reactions = ?15 "
             "WHERE conversation = ?1 AND seq = ?2 AND sender = ?3 AND device = ?5 AND "
             "counter = ?6 RETURNING seq"},
            {&revision,
             "INSERT INTO revision (conversation, seq, edits, content, custom) VALUES "
             "(?, ?, ?, ?, ?) ON CONFLICT (conversation, seq, edits) DO UPDATE SET "
             "content = excluded.content, custom = excluded.custom"},
            {&end_revisions, "DELETE FROM revision WHERE conversation = ? AND seq = ?"},
            {&hide,
             "INSERT INTO hidden (conversation, user, seq) VALUES (?, ?, ?) ON CONFLICT DO "
             "NOTHING"},
            {&blob,
             "INSERT INTO blob (id, owner, format, width, height, bytes, created, named, "
             "released) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET "
             "owner = excluded.owner, format = excluded.format, width = excluded.width, "
             "height = excluded.height, bytes = excluded.bytes, created = excluded.created, "
             "named = excluded.named, released = excluded.released"},
            {&end_blob, "DELETE FROM blob WHERE id = ?"},
            {&feed,
             "INSERT INTO feed (user, number, kind, conversation, seq, entity, value) VALUES (?, "
             "?, ?, ?, ?, ?, ?)"},
            {&head,
             "INSERT INTO account (user, feed_last, feed_trimmed) VALUES (?, ?, ?) ON CONFLICT "
             "(user) DO UPDATE SET "
             "feed_last = excluded.feed_last, feed_trimmed = excluded.feed_trimmed"},
            {&trim, "DELETE FROM feed WHERE user = ? AND number <= ?"},
        };
        for (const auto& [statement, sql] : all) {
            KUMQUAT_TRY_ASSIGN(*statement, database.prepare(sql));
        }
        return {};
    }
};

Result<std::unique_ptr<SqliteWriter>> SqliteWriter::create(Database& database) {
    std::unique_ptr<SqliteWriter> writer(new SqliteWriter(database));
    KUMQUAT_TRY(writer->statements_->prepare(database));
    return writer;
}

SqliteWriter::SqliteWriter(Database& database)
    : database_(database), statements_(std::make_shared<Statements>()) {}

Result<SqliteWriter::Effort> SqliteWriter::commit(WriteSet writes) {
    Effort effort;
    effort.rows = row_count(writes);
    const auto start = SteadyClock::now();
    sort_rows(writes);
    // Left behind if a rollback failed as well, on a disk that has gone.
    if (database_.in_transaction()) roll_back();
    KUMQUAT_TRY(Query(statements_->begin).run());
    const Status written = write(writes);
    const auto sync_start = SteadyClock::now();
    const Status committed = written ? Query(statements_->commit).run() : written;
    if (!committed) {
        roll_back();
        return Error(committed.error());
    }
    effort.sync_us = us_since(sync_start);
    effort.total_us = us_since(start);
    return effort;
}

void SqliteWriter::roll_back() {
    // SQLite has rolled back by itself after most failures of the disk.
    if (!database_.in_transaction()) return;
    // What fails here fails again at the next begin, and is told there.
    static_cast<void>(Query(statements_->rollback).run().has_value());
}

Status SqliteWriter::write(const WriteSet& writes) {
    if (writes.counters) {
        KUMQUAT_TRY(Query(statements_->counters, writes.counters->next_user,
                          writes.counters->next_conversation)
                        .run());
    }
    KUMQUAT_TRY(write_users(writes));
    KUMQUAT_TRY(write_people(writes));
    KUMQUAT_TRY(write_conversations(writes));
    KUMQUAT_TRY(write_blobs(writes));
    return write_feed(writes);
}

Status SqliteWriter::write_users(const WriteSet& writes) {
    for (const UserRow& row : writes.users) {
        const std::int64_t has_credential = row.has_credential ? 1 : 0;
        const auto allow = static_cast<std::int64_t>(row.allow);
        const std::int64_t friends_only = row.friends_only ? 1 : 0;
        KUMQUAT_TRY(Query(statements_->user, row.key, row.id.text(), row.nick, has_credential,
                          row.created, row.avatar.text(), allow, friends_only)
                        .run());
    }
    for (const SessionRow& row : writes.sessions) {
        KUMQUAT_TRY(Query(statements_->session, row.token, row.user, row.device, row.device_name,
                          row.created, row.expires, row.last_seen)
                        .run());
    }
    for (const TokenHash& token : writes.ended_sessions)
        KUMQUAT_TRY(Query(statements_->end_session, token).run());
    if (writes.sweep) {
        KUMQUAT_TRY(
            Query(statements_->sweep, writes.sweep->expired_by, writes.sweep->at_most).run());
    }
    return {};
}

Status SqliteWriter::write_people(const WriteSet& writes) {
    for (const FriendRow& row : writes.friends) {
        KUMQUAT_TRY(Query(statements_->friend_row, row.user, row.peer, row.remark, row.group,
                          row.source, row.wording, row.added)
                        .run());
    }
    for (const auto& [user, peer] : writes.ended_friends)
        KUMQUAT_TRY(Query(statements_->end_friend, user, peer).run());
    for (const FriendRequestRow& row : writes.friend_requests) {
        const std::int64_t one_way = row.one_way ? 1 : 0;
        const std::int64_t seen = row.read ? 1 : 0;
        KUMQUAT_TRY(Query(statements_->request, row.requester, row.target, row.wording, row.source,
                          row.remark, row.group, one_way, row.time, seen)
                        .run());
    }
    for (const auto& [requester, target] : writes.ended_friend_requests)
        KUMQUAT_TRY(Query(statements_->end_request, requester, target).run());
    for (const BlockRow& row : writes.blocks)
        KUMQUAT_TRY(Query(statements_->block, row.user, row.peer).run());
    for (const BlockRow& row : writes.ended_blocks)
        KUMQUAT_TRY(Query(statements_->end_block, row.user, row.peer).run());
    return {};
}

Status SqliteWriter::write_conversations(const WriteSet& writes) {
    for (const auto& [pair, conversation] : writes.direct) {
        KUMQUAT_TRY(Query(statements_->direct, pair.low, pair.high, conversation).run());
    }
    for (const ConversationRow& row : writes.conversations) {
        const auto kind = static_cast<std::int64_t>(row.kind);
        const std::string pins = pack(row.pins);
        KUMQUAT_TRY(
            Query(statements_->conversation, row.key, kind, row.last_seq, row.last_time, pins)
                .run());
    }
    for (const MemberRow& row : writes.members) {
        const std::int64_t pinned = row.pinned ? 1 : 0;
        const std::int64_t muted = row.muted ? 1 : 0;
        const std::int64_t has_draft = row.has_draft ? 1 : 0;
        KUMQUAT_TRY(Query(statements_->member, row.conversation, row.user, row.read, row.unread,
                          row.first_visible, pinned, muted, has_draft)
                        .run());
    }
    return write_messages(writes);
}

Status SqliteWriter::write_messages(const WriteSet& writes) {
    const auto step = [](Statement& statement, const MessageRow& row) -> Result<Query::Step> {
        const std::int64_t forwarded = row.forwarded ? 1 : 0;
        const std::int64_t recalled = row.recalled ? 1 : 0;
        const std::string reactions = pack(row.reactions);
        Query query(statement, row.conversation, row.seq, row.sender, row.time,
                    row.client_id.device, row.client_id.counter, row.type, row.content, row.custom,
                    row.reply_to, forwarded, recalled, row.edits, row.edited, reactions);
        const Query::Step reached = query.step();
        if (reached == Query::Step::kFailed) return query.error();
        return reached;
    };
    for (const MessageRow& row : writes.messages)
        KUMQUAT_TRY(step(statements_->message, row));
    for (const MessageRow& row : writes.changed_messages) {
        KUMQUAT_TRY_ASSIGN(const Query::Step reached, step(statements_->change_message, row));
        if (reached != Query::Step::kRow)
            return Error{ErrorCode::kStorageFailed, "changed message"};
    }
    for (const RevisionRow& row : writes.revisions) {
        KUMQUAT_TRY(Query(statements_->revision, row.conversation, row.seq, row.edits, row.content,
                          row.custom)
                        .run());
    }
    for (const auto& [conversation, seq] : writes.ended_revisions)
        KUMQUAT_TRY(Query(statements_->end_revisions, conversation, seq).run());
    for (const HiddenRow& row : writes.hidden)
        KUMQUAT_TRY(Query(statements_->hide, row.conversation, row.user, row.seq).run());
    return {};
}

Status SqliteWriter::write_blobs(const WriteSet& writes) {
    for (const BlobRow& row : writes.blobs) {
        KUMQUAT_TRY(Query(statements_->blob, row.id.text(), row.owner, row.format, row.width,
                          row.height, row.bytes, row.created, row.references, row.released)
                        .run());
    }
    for (const BlobId& id : writes.ended_blobs)
        KUMQUAT_TRY(Query(statements_->end_blob, id.text()).run());
    return {};
}

Status SqliteWriter::write_feed(const WriteSet& writes) {
    for (const FeedRow& row : writes.feed) {
        const auto kind = static_cast<std::int64_t>(row.kind);
        KUMQUAT_TRY(Query(statements_->feed, row.user, row.number, kind, row.conversation, row.seq,
                          row.entity, row.value)
                        .run());
    }
    for (const FeedHeadRow& row : writes.heads) {
        KUMQUAT_TRY(Query(statements_->head, row.user, row.last, row.trimmed).run());
        if (row.trimmed) KUMQUAT_TRY(Query(statements_->trim, row.user, row.trimmed).run());
    }
    return {};
}

}  // namespace kumquat::store
