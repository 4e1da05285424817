// load_rows(): what the requests of a batch need to see.
#include <algorithm>
#include <set>

#include "base/limits.h"
#include "store/queries.h"

namespace kumquat::store {
namespace {

void load_user(const UserRow& user, ReadRows* found) {
    found->user_keys.emplace(user.id, user.key);
    found->users.emplace(user.key, user);
}

void load_head(RowReader& rows, UserKey user, ReadRows* found) {
    if (found->heads.count(user) != 0) return;
    if (const auto head = rows.head(user)) found->heads.emplace(user, *head);
}

void load_friend(RowReader& rows, UserKey user, UserKey peer, ReadRows* found) {
    if (const auto row = rows.friend_row(user, peer))
        found->friends.emplace(std::pair(user, peer), *row);
    if (found->friend_counts.count(user) == 0)
        found->friend_counts.emplace(user, rows.friend_count(user));
}

void load_block(RowReader& rows, UserKey user, UserKey peer, ReadRows* found) {
    if (rows.blocks(user, peer)) found->blocks.insert(BlockRow{user, peer});
}

void load_member(RowReader& rows, ConversationKey conversation, UserKey user, ReadRows* found) {
    if (const auto row = rows.member(conversation, user))
        found->members.emplace(std::pair(conversation, user), *row);
}

void load_direct(RowReader& rows, UserPair pair, ReadRows* found) {
    if (found->direct.count(pair) != 0) return;
    const auto key = rows.direct(pair);
    if (!key) return;
    found->direct.emplace(pair, *key);
    if (const auto row = rows.conversation(*key)) found->conversations.emplace(*key, *row);
    load_member(rows, *key, pair.low, found);
    load_member(rows, *key, pair.high, found);
}

void load_relation(RowReader& rows, UserKey account, const UserId& other, ReadRows* found) {
    const auto known = found->user_keys.find(other);
    const auto user = known != found->user_keys.end()
                          ? std::optional(found->users.at(known->second))
                          : rows.user(other);
    if (!user) return;
    load_user(*user, found);
    load_head(rows, account, found);
    load_friend(rows, account, user->key, found);
    if (user->key == account) return;
    load_head(rows, user->key, found);
    load_friend(rows, user->key, account, found);
    load_block(rows, account, user->key, found);
    load_block(rows, user->key, account, found);
    load_direct(rows, UserPair::of(account, user->key), found);
}

// What is unread above a mark: what was unread before, less what the mark passes over. So marks
// that step through a long conversation look at each message once; and most marks go to its end.
void load_mark(RowReader& rows, const MessagePlace& mark, ReadRows* found) {
    const auto peer = rows.user(mark.peer);
    const auto key = peer ? rows.direct(UserPair::of(mark.user, peer->key)) : std::nullopt;
    const auto conversation = key ? rows.conversation(*key) : std::nullopt;
    const auto member = key ? rows.member(*key, mark.user) : std::nullopt;
    if (!conversation || !member) return;
    std::int64_t unread = 0;
    if (mark.seq < conversation->last_seq) {
        unread = member->unread;
        const Seq first = std::max(member->read.next(), member->first_visible);
        unread -= rows.count_received(*key, mark.user, first, mark.seq);
    }
    found->unread_above.emplace(mark, std::max<std::int64_t>(unread, 0));
}

void load_message(RowReader& rows, UserPair pair, ConversationKey conversation, Seq seq,
                  ReadRows* found) {
    auto row = rows.message(conversation, seq);
    if (!row) return;
    for (const UserKey user : {pair.low, pair.high}) {
        if (rows.hides(conversation, user, seq))
            found->hidden.insert(HiddenRow{conversation, user, seq});
    }
    found->messages.emplace(std::pair(conversation, seq), *std::move(row));
}

// With what it answers; a quote has none of its own.
void load_quoting_message(RowReader& rows, UserPair pair, ConversationKey conversation, Seq seq,
                          ReadRows* found) {
    load_message(rows, pair, conversation, seq, found);
    const auto row = found->messages.find({conversation, seq});
    if (row != found->messages.end() && row->second.reply_to)
        load_message(rows, pair, conversation, row->second.reply_to, found);
}

// The pair of an account and somebody, whose conversation is loaded if they have one.
std::optional<UserPair> load_pair(RowReader& rows, UserKey account, const UserId& other,
                                  ReadRows* found) {
    const auto peer = rows.user(other);
    if (!peer || peer->key == account) return std::nullopt;
    load_user(*peer, found);
    const UserPair pair = UserPair::of(account, peer->key);
    load_direct(rows, pair, found);
    if (found->direct.count(pair) == 0) return std::nullopt;
    return pair;
}

void load_place(RowReader& rows, const MessagePlace& place, ReadRows* found) {
    const auto pair = load_pair(rows, place.user, place.peer, found);
    if (pair) load_quoting_message(rows, *pair, found->direct.at(*pair), place.seq, found);
}

void load_pins(RowReader& rows, UserKey account, const UserId& other, ReadRows* found) {
    const auto pair = load_pair(rows, account, other, found);
    if (!pair) return;
    const ConversationKey conversation = found->direct.at(*pair);
    const auto row = found->conversations.find(conversation);
    if (row == found->conversations.end()) return;
    for (const Seq seq : row->second.pins)
        load_message(rows, *pair, conversation, seq, found);
}

void load_request(RowReader& rows, UserKey requester, UserKey target, ReadRows* found) {
    if (auto row = rows.friend_request(requester, target))
        found->friend_requests.emplace(std::pair(requester, target), *std::move(row));
    if (found->request_counts.count(target) == 0)
        found->request_counts.emplace(target, rows.request_count(target));
}

void load_requests(RowReader& rows, UserKey account, const UserId& other, ReadRows* found) {
    const auto known = found->user_keys.find(other);
    if (known == found->user_keys.end()) return;
    load_request(rows, account, known->second, found);
    load_request(rows, known->second, account, found);
}

void load_requests_to(RowReader& rows, UserKey account, ReadRows* found) {
    load_head(rows, account, found);
    rows.requests_to(account, UserKey(), [&](const FriendRequestRow& row) {
        found->friend_requests.emplace(std::pair(row.requester, row.target), row);
        if (const auto user = rows.user(row.requester)) load_user(*user, found);
        return true;
    });
}

void load_friend_groups(RowReader& rows, const UserId& id, ReadRows* found) {
    const auto user = rows.user(id);
    if (!user) return;
    auto& groups = found->friend_groups[user->key];
    rows.friends(user->key, UserKey(), [&](const FriendRow& row) {
        if (!row.group.empty()) ++groups[row.group];
        return true;
    });
}

void load_audience(RowReader& rows, UserKey account, ReadRows* found) {
    auto& audience = found->audiences[account];
    std::set<UserKey> known{account};
    const auto add = [&](const UserKey& user) {
        if (known.insert(user).second) audience.push_back(user);
        return static_cast<std::int64_t>(audience.size()) < limits::kProfileAudience;
    };
    rows.befriended_by(account, add);
    if (static_cast<std::int64_t>(audience.size()) < limits::kProfileAudience)
        rows.peers(account, add);
    for (const UserKey user : audience)
        load_head(rows, user, found);
}

void load_blob(RowReader& rows, const BlobId& id, ReadRows* found) {
    if (auto row = rows.blob(id)) found->blobs.emplace(id, *std::move(row));
}

void load_avatar(RowReader& rows, const UserId& id, ReadRows* found) {
    const auto user = rows.user(id);
    if (user && !user->avatar.empty()) load_blob(rows, user->avatar, found);
}

}  // namespace

ReadRows load_rows(RowReader& rows, const ReadKeys& keys) {
    ReadRows found;
    found.counters = rows.counters();
    for (const TokenHash& token : keys.sessions) {
        const auto session = rows.session(token);
        if (!session) continue;
        found.sessions.emplace(token, *session);
        if (const auto user = rows.user(session->user)) load_user(*user, &found);
    }
    for (const UserId& id : keys.users) {
        const auto user = rows.user(id);
        if (!user) continue;
        load_user(*user, &found);
        load_head(rows, user->key, &found);
    }
    for (const auto& [account, other] : keys.relations)
        load_relation(rows, account, other, &found);
    for (const auto& [account, other] : keys.friend_requests)
        load_requests(rows, account, other, &found);
    for (const UserKey account : keys.requests_to)
        load_requests_to(rows, account, &found);
    for (const UserId& id : keys.friend_groups)
        load_friend_groups(rows, id, &found);
    for (const UserKey account : keys.block_counts)
        found.block_counts.emplace(account, rows.block_count(account));
    for (const UserKey account : keys.audiences)
        load_audience(rows, account, &found);
    for (const auto& [sender, id] : keys.client_ids) {
        if (auto message = rows.sent(sender, id))
            found.sent.emplace(std::pair(sender, id), *std::move(message));
    }
    for (const MessagePlace& mark : keys.marks)
        load_mark(rows, mark, &found);
    for (const MessagePlace& place : keys.messages)
        load_place(rows, place, &found);
    for (const auto& [account, other] : keys.pins)
        load_pins(rows, account, other, &found);
    for (const BlobId& id : keys.blobs)
        load_blob(rows, id, &found);
    for (const UserId& id : keys.avatars)
        load_avatar(rows, id, &found);
    return found;
}

}  // namespace kumquat::store
