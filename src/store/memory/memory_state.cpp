#include "store/memory/memory_state.h"

#include <limits>

namespace kumquat::store {
namespace {

template <typename Map, typename Key>
std::optional<typename Map::mapped_type> find(const Map& map, const Key& key) {
    const auto found = map.find(key);
    if (found == map.end()) return std::nullopt;
    return found->second;
}

Error contradiction(const char* what) {
    return Error{ErrorCode::kStorageFailed, what};
}

}  // namespace

// --- Writing

Status MemoryState::apply(const WriteSet& writes) {
    KUMQUAT_TRY(check(writes));
    apply_again(writes);
    return {};
}

void MemoryState::apply_again(const WriteSet& writes) {
    if (writes.counters) counters_ = *writes.counters;
    apply_users(writes);
    apply_people(writes);
    apply_conversations(writes);
    apply_changes(writes);
    apply_blobs(writes);
    apply_feed(writes);
}

WriteSet MemoryState::without_sweep(WriteSet writes) const {
    if (!writes.sweep) return writes;
    const SessionSweep sweep = *writes.sweep;
    writes.sweep.reset();
    std::set<std::pair<TimeMs, TokenHash>> expired;
    for (const auto& expiry : expiries_) {
        if (expiry.first > sweep.expired_by) break;
        expired.insert(expiry);
    }
    // The sweep sees the sessions as the set leaves them.
    const auto forget = [&](const TokenHash& token) {
        const auto known = sessions_.find(token);
        if (known != sessions_.end()) expired.erase({known->second.expires, token});
    };
    std::map<TokenHash, TimeMs> written;
    for (const SessionRow& session : writes.sessions) {
        forget(session.token);
        written[session.token] = session.expires;
    }
    for (const TokenHash& token : writes.ended_sessions) {
        forget(token);
        written.erase(token);
    }
    for (const auto& [token, expires] : written) {
        if (expires <= sweep.expired_by) expired.insert({expires, token});
    }
    std::int64_t left = sweep.at_most;
    for (const auto& [expires, token] : expired) {
        if (left-- <= 0) break;
        writes.ended_sessions.push_back(token);
    }
    return writes;
}

Status MemoryState::check(const WriteSet& writes) const {
    KUMQUAT_TRY(check_users(writes));
    KUMQUAT_TRY(check_direct(writes));
    KUMQUAT_TRY(check_messages(writes));
    KUMQUAT_TRY(check_changed_messages(writes));
    return check_feed(writes);
}

Status MemoryState::check_users(const WriteSet& writes) const {
    std::map<UserId, UserKey> added;
    for (const UserRow& user : writes.users) {
        const auto known = user_keys_.find(user.id);
        if (known != user_keys_.end() && known->second != user.key)
            return contradiction("user: id");
        if (!added.emplace(user.id, user.key).second) return contradiction("user: id twice");
    }
    return {};
}

Status MemoryState::check_direct(const WriteSet& writes) const {
    std::set<UserPair> added;
    for (const auto& [pair, conversation] : writes.direct) {
        if (direct_.count(pair) != 0 || !added.insert(pair).second)
            return contradiction("direct: pair");
    }
    return {};
}

Status MemoryState::check_messages(const WriteSet& writes) const {
    std::set<std::pair<ConversationKey, Seq>> seqs;
    std::set<std::pair<UserKey, ClientMessageId>> ids;
    for (const MessageRow& message : writes.messages) {
        const auto place = std::pair(message.conversation, message.seq);
        const auto id = std::pair(message.sender, message.client_id);
        if (messages_.count(place) != 0 || !seqs.insert(place).second)
            return contradiction("message: seq");
        if (sent_.count(id) != 0 || !ids.insert(id).second)
            return contradiction("message: client id");
    }
    return {};
}

Status MemoryState::check_changed_messages(const WriteSet& writes) const {
    for (const MessageRow& message : writes.changed_messages) {
        const auto known = messages_.find({message.conversation, message.seq});
        if (known == messages_.end() || known->second.sender != message.sender ||
            known->second.client_id != message.client_id)
            return contradiction("changed message");
    }
    return {};
}

Status MemoryState::check_feed(const WriteSet& writes) const {
    std::set<std::pair<UserKey, FeedNumber>> added;
    for (const FeedRow& row : writes.feed) {
        const auto place = std::pair(row.user, row.number);
        if (feed_.count(place) != 0 || !added.insert(place).second)
            return contradiction("feed: number");
    }
    return {};
}

void MemoryState::apply_users(const WriteSet& writes) {
    for (const UserRow& user : writes.users) {
        const auto known = users_.find(user.key);
        if (known != users_.end()) user_keys_.erase(known->second.id);
        users_[user.key] = user;
        user_keys_[user.id] = user.key;
    }
    apply_sessions(writes);
}

void MemoryState::apply_people(const WriteSet& writes) {
    for (const FriendRow& row : writes.friends) {
        if (friends_.insert_or_assign({row.user, row.peer}, row).second) ++friend_counts_[row.user];
        befriended_.insert({row.peer, row.user});
    }
    for (const auto& [user, peer] : writes.ended_friends) {
        if (friends_.erase({user, peer}) != 0) --friend_counts_[user];
        befriended_.erase({peer, user});
    }
    for (const FriendRequestRow& row : writes.friend_requests) {
        requests_[{row.target, row.requester}] = row;
        requested_.insert({row.requester, row.target});
    }
    for (const auto& [requester, target] : writes.ended_friend_requests) {
        requests_.erase({target, requester});
        requested_.erase({requester, target});
    }
    for (const BlockRow& row : writes.blocks) {
        blocks_.insert(row);
        blocked_by_.insert({row.peer, row.user});
    }
    for (const BlockRow& row : writes.ended_blocks) {
        blocks_.erase(row);
        blocked_by_.erase({row.peer, row.user});
    }
}

void MemoryState::apply_sessions(const WriteSet& writes) {
    for (const SessionRow& session : writes.sessions) {
        end_session(session.token);
        sessions_[session.token] = session;
        expiries_.insert({session.expires, session.token});
    }
    for (const TokenHash& token : writes.ended_sessions)
        end_session(token);
    if (!writes.sweep) return;
    for (std::int64_t left = writes.sweep->at_most; left > 0; --left) {
        if (expiries_.empty() || expiries_.begin()->first > writes.sweep->expired_by) return;
        end_session(TokenHash(expiries_.begin()->second));
    }
}

void MemoryState::end_session(const TokenHash& token) {
    const auto known = sessions_.find(token);
    if (known == sessions_.end()) return;
    expiries_.erase({known->second.expires, token});
    sessions_.erase(known);
}

void MemoryState::apply_conversations(const WriteSet& writes) {
    for (const auto& [pair, conversation] : writes.direct)
        direct_[pair] = conversation;
    for (const ConversationRow& row : writes.conversations)
        conversations_[row.key] = row;
    for (const MemberRow& row : writes.members) {
        members_[{row.conversation, row.user}] = row;
        memberships_.insert({row.user, row.conversation});
    }
    for (const MessageRow& row : writes.messages) {
        messages_[{row.conversation, row.seq}] = row;
        sent_[{row.sender, row.client_id}] = {row.conversation, row.seq};
    }
}

void MemoryState::apply_changes(const WriteSet& writes) {
    for (const MessageRow& row : writes.changed_messages)
        messages_[{row.conversation, row.seq}] = row;
    for (const RevisionRow& row : writes.revisions)
        revisions_[{row.conversation, row.seq, row.edits}] = row;
    for (const auto& [conversation, seq] : writes.ended_revisions) {
        revisions_.erase(revisions_.lower_bound({conversation, seq, 0}),
                         revisions_.lower_bound({conversation, seq.next(), 0}));
    }
    hidden_.insert(writes.hidden.begin(), writes.hidden.end());
}

void MemoryState::apply_blobs(const WriteSet& writes) {
    const auto end = [this](const BlobId& id) {
        const auto known = blobs_.find(id);
        if (known == blobs_.end()) return;
        unnamed_.erase({known->second.released, id});
        blobs_.erase(known);
    };
    for (const BlobRow& row : writes.blobs) {
        end(row.id);
        if (row.references == 0) unnamed_.insert({row.released, row.id});
        blobs_[row.id] = row;
    }
    for (const BlobId& id : writes.ended_blobs)
        end(id);
}

void MemoryState::apply_feed(const WriteSet& writes) {
    for (const FeedRow& row : writes.feed)
        feed_[{row.user, row.number}] = row;
    for (const FeedHeadRow& row : writes.heads) {
        heads_[row.user] = row;
        feed_.erase(feed_.lower_bound({row.user, FeedNumber()}),
                    feed_.upper_bound({row.user, row.trimmed}));
    }
}

// --- Reading

std::optional<SessionRow> MemoryState::session(const TokenHash& token) {
    return find(sessions_, token);
}

std::optional<UserRow> MemoryState::user(UserKey key) {
    return find(users_, key);
}

std::optional<UserRow> MemoryState::user(const UserId& id) {
    const auto key = find(user_keys_, id);
    return key ? find(users_, *key) : std::nullopt;
}

std::optional<FriendRow> MemoryState::friend_row(UserKey user, UserKey peer) {
    return find(friends_, std::pair(user, peer));
}

std::int64_t MemoryState::friend_count(UserKey user) {
    return find(friend_counts_, user).value_or(0);
}

std::optional<FriendRequestRow> MemoryState::friend_request(UserKey requester, UserKey target) {
    return find(requests_, std::pair(target, requester));
}

std::int64_t MemoryState::request_count(UserKey target) {
    std::int64_t count = 0;
    requests_to(target, UserKey(), [&count](const FriendRequestRow&) { return ++count > 0; });
    return count;
}

bool MemoryState::blocks(UserKey user, UserKey peer) {
    return blocks_.count(BlockRow{user, peer}) != 0;
}

std::int64_t MemoryState::block_count(UserKey user) {
    std::int64_t count = 0;
    blocked(user, UserKey(), [&count](const UserKey&) { return ++count > 0; });
    return count;
}

std::optional<ConversationKey> MemoryState::direct(UserPair pair) {
    return find(direct_, pair);
}

std::optional<ConversationRow> MemoryState::conversation(ConversationKey key) {
    return find(conversations_, key);
}

std::optional<MemberRow> MemoryState::member(ConversationKey conversation, UserKey user) {
    return find(members_, std::pair(conversation, user));
}

std::optional<MessageRow> MemoryState::message(ConversationKey conversation, Seq seq) {
    return find(messages_, std::pair(conversation, seq));
}

std::optional<MessageRow> MemoryState::sent(UserKey sender, ClientMessageId id) {
    const auto place = find(sent_, std::pair(sender, id));
    return place ? find(messages_, *place) : std::nullopt;
}

bool MemoryState::hides(ConversationKey conversation, UserKey user, Seq seq) {
    return hidden_.count(HiddenRow{conversation, user, seq}) != 0;
}

std::int64_t MemoryState::count_received(ConversationKey conversation, UserKey user, Seq first,
                                         Seq last) {
    std::int64_t count = 0;
    messages_from(conversation, first, [&](const MessageRow& row) {
        if (row.seq > last) return false;
        if (row.sender != user && !row.recalled && !hides(conversation, user, row.seq)) ++count;
        return true;
    });
    return count;
}

std::optional<BlobRow> MemoryState::blob(const BlobId& id) {
    return find(blobs_, id);
}

std::optional<FeedHeadRow> MemoryState::head(UserKey user) {
    const auto head = find(heads_, user);
    return head && head->last ? head : std::nullopt;
}

void MemoryState::members(ConversationKey conversation, const Visit<MemberRow>& visit) {
    for (auto at = members_.lower_bound({conversation, UserKey()}); at != members_.end(); ++at) {
        if (at->first.first != conversation || !visit(at->second)) return;
    }
}

void MemoryState::memberships(UserKey user, ConversationKey after, const Visit<MemberRow>& visit) {
    for (auto at = memberships_.upper_bound({user, after}); at != memberships_.end(); ++at) {
        if (at->first != user || !visit(members_.at({at->second, user}))) return;
    }
}

void MemoryState::friends(UserKey user, UserKey after, const Visit<FriendRow>& visit) {
    for (auto at = friends_.upper_bound({user, after}); at != friends_.end(); ++at) {
        if (at->first.first != user || !visit(at->second)) return;
    }
}

void MemoryState::befriended_by(UserKey user, const Visit<UserKey>& visit) {
    for (auto at = befriended_.lower_bound({user, UserKey()}); at != befriended_.end(); ++at) {
        if (at->first != user || !visit(at->second)) return;
    }
}

void MemoryState::requests_to(UserKey target, UserKey after, const Visit<FriendRequestRow>& visit) {
    for (auto at = requests_.upper_bound({target, after}); at != requests_.end(); ++at) {
        if (at->first.first != target || !visit(at->second)) return;
    }
}

void MemoryState::requests_from(UserKey requester, UserKey after,
                                const Visit<FriendRequestRow>& visit) {
    for (auto at = requested_.upper_bound({requester, after}); at != requested_.end(); ++at) {
        if (at->first != requester || !visit(requests_.at({at->second, requester}))) return;
    }
}

void MemoryState::blocked(UserKey user, UserKey after, const Visit<UserKey>& visit) {
    for (auto at = blocks_.upper_bound(BlockRow{user, after}); at != blocks_.end(); ++at) {
        if (at->user != user || !visit(at->peer)) return;
    }
}

void MemoryState::blocked_by(UserKey user, const Visit<UserKey>& visit) {
    for (auto at = blocked_by_.lower_bound({user, UserKey()}); at != blocked_by_.end(); ++at) {
        if (at->first != user || !visit(at->second)) return;
    }
}

void MemoryState::peers(UserKey user, const Visit<UserKey>& visit) {
    auto at = memberships_.lower_bound({user.next(), ConversationKey()});
    while (at != memberships_.begin() && (--at)->first == user) {
        bool more = true;
        members(at->second, [&](const MemberRow& member) {
            more = member.user == user || visit(member.user);
            return more;
        });
        if (!more) return;
    }
}

void MemoryState::sessions(UserKey user, const Visit<SessionRow>& visit) {
    for (const auto& [token, row] : sessions_) {
        if (row.user == user && !visit(row)) return;
    }
}

void MemoryState::messages_before(ConversationKey conversation, Seq seq,
                                  const Visit<MessageRow>& visit) {
    for (auto at = messages_.lower_bound({conversation, seq}); at != messages_.begin();) {
        --at;
        if (at->first.first != conversation || !visit(at->second)) return;
    }
}

void MemoryState::messages_from(ConversationKey conversation, Seq seq,
                                const Visit<MessageRow>& visit) {
    for (auto at = messages_.lower_bound({conversation, seq}); at != messages_.end(); ++at) {
        if (at->first.first != conversation || !visit(at->second)) return;
    }
}

void MemoryState::hidden_before(ConversationKey conversation, UserKey user, Seq seq,
                                const Visit<Seq>& visit) {
    for (auto at = hidden_.lower_bound({conversation, user, seq}); at != hidden_.begin();) {
        --at;
        if (at->conversation != conversation || at->user != user || !visit(at->seq)) return;
    }
}

void MemoryState::orphans(TimeMs before, const Visit<BlobRow>& visit) {
    for (const auto& [released, id] : unnamed_) {
        if (released >= before || !visit(blobs_.at(id))) return;
    }
}

void MemoryState::feed(UserKey user, FeedNumber after, const Visit<FeedRow>& visit) {
    for (auto at = feed_.upper_bound({user, after}); at != feed_.end(); ++at) {
        if (at->first.first != user || !visit(at->second)) return;
    }
}

}  // namespace kumquat::store
