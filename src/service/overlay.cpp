#include "service/overlay.h"

#include "base/check.h"
#include "base/limits.h"

namespace kumquat::service {
namespace {

template <typename Map, typename Key>
auto* find_in(Map& map, const Key& key) {
    const auto found = map.find(key);
    return found == map.end() ? nullptr : &found->second;
}

// Trimming one entry per new entry would cost a delete in every batch; a tenth more than promised
// is kept instead.
constexpr std::int64_t kFeedSlack = limits::kFeedKept / 10;

}  // namespace

const store::UserRow* Overlay::user(UserKey key) const {
    return find_in(rows_.users, key);
}

const store::UserRow* Overlay::user(const UserId& id) const {
    const UserKey* key = find_in(rows_.user_keys, id);
    return key == nullptr ? nullptr : user(*key);
}

const store::SessionRow* Overlay::session(const store::TokenHash& token) const {
    return session_ended(token) ? nullptr : find_in(rows_.sessions, token);
}

const store::FriendRow* Overlay::friendship(UserKey user, UserKey peer) const {
    return find_in(rows_.friends, std::make_pair(user, peer));
}

std::int64_t Overlay::friend_count(UserKey user) const {
    const std::int64_t* count = find_in(rows_.friend_counts, user);
    return count == nullptr ? 0 : *count;
}

const store::ConversationRow* Overlay::direct(UserKey a, UserKey b) const {
    const ConversationKey* key = find_in(rows_.direct, store::UserPair::of(a, b));
    return key == nullptr ? nullptr : find_in(rows_.conversations, *key);
}

const store::MemberRow& Overlay::member(ConversationKey conversation, UserKey user) const {
    const store::MemberRow* row = find_in(rows_.members, std::make_pair(conversation, user));
    KUMQUAT_CHECK(row != nullptr);
    return *row;
}

const store::MessageRow* Overlay::sent(UserKey sender, ClientMessageId id) const {
    return find_in(rows_.sent, std::make_pair(sender, id));
}

std::int64_t Overlay::unread_above(const store::ReadMark& mark,
                                   ConversationKey conversation) const {
    const std::int64_t* loaded = find_in(rows_.unread_above, mark);
    std::int64_t count = loaded == nullptr ? 0 : *loaded;
    for (const store::MessageRow& added : messages_) {
        if (added.conversation == conversation && added.seq > mark.seq && added.sender != mark.user)
            ++count;
    }
    return count;
}

UserKey Overlay::new_user_key() {
    const UserKey key = rows_.counters.next_user;
    rows_.counters.next_user = key.next();
    counters_changed_ = true;
    return key;
}

void Overlay::put(store::UserRow row) {
    users_.insert(row.key);
    rows_.user_keys[row.id] = row.key;
    rows_.users[row.key] = std::move(row);
}

void Overlay::put(store::SessionRow row) {
    sessions_.insert(row.token);
    rows_.sessions[row.token] = std::move(row);
}

void Overlay::end_session(const store::TokenHash& token) {
    sessions_.erase(token);
    ended_.insert(token);
}

void Overlay::sweep_sessions(TimeMs now, std::int64_t count) {
    if (!sweep_) sweep_ = store::SessionSweep{now, 0};
    sweep_->at_most += count;
}

void Overlay::put(store::FriendRow row) {
    const auto key = std::make_pair(row.user, row.peer);
    friends_.insert(key);
    if (rows_.friends.count(key) == 0) ++rows_.friend_counts[row.user];
    rows_.friends[key] = std::move(row);
}

ConversationKey Overlay::create_direct(UserKey a, UserKey b) {
    const ConversationKey key = rows_.counters.next_conversation;
    rows_.counters.next_conversation = key.next();
    counters_changed_ = true;

    const store::UserPair pair = store::UserPair::of(a, b);
    rows_.direct[pair] = key;
    direct_.emplace_back(pair, key);

    store::ConversationRow row;
    row.key = key;
    put(row);
    for (const UserKey user : {a, b}) {
        store::MemberRow member;
        member.conversation = key;
        member.user = user;
        put(member);
    }
    return key;
}

void Overlay::put(store::ConversationRow row) {
    conversations_.insert(row.key);
    rows_.conversations[row.key] = row;
}

void Overlay::put(store::MemberRow row) {
    const auto key = std::make_pair(row.conversation, row.user);
    members_.insert(key);
    rows_.members[key] = row;
}

void Overlay::add(store::MessageRow row) {
    rows_.sent[{row.sender, row.client_id}] = row;
    messages_.push_back(std::move(row));
}

FeedNumber Overlay::append(store::FeedRow row) {
    store::FeedHeadRow& head = rows_.heads[row.user];
    head.user = row.user;
    head.last = head.last.next();
    if (head.last.value() - head.trimmed.value() > limits::kFeedKept + kFeedSlack) {
        head.trimmed = FeedNumber(head.last.value() - limits::kFeedKept);
    }
    heads_.insert(row.user);
    row.number = head.last;
    feed_.push_back(row);
    return head.last;
}

store::WriteSet Overlay::take_writes() {
    store::WriteSet writes;
    if (counters_changed_) writes.counters = rows_.counters;
    for (const UserKey key : users_)
        writes.users.push_back(rows_.users[key]);
    for (const auto& token : sessions_)
        writes.sessions.push_back(rows_.sessions[token]);
    writes.ended_sessions.assign(ended_.begin(), ended_.end());
    writes.sweep = sweep_;
    for (const auto& key : friends_)
        writes.friends.push_back(rows_.friends[key]);
    writes.direct = std::move(direct_);
    for (const ConversationKey key : conversations_)
        writes.conversations.push_back(rows_.conversations[key]);
    for (const auto& key : members_)
        writes.members.push_back(rows_.members[key]);
    writes.messages = std::move(messages_);
    writes.feed = std::move(feed_);
    for (const UserKey key : heads_)
        writes.heads.push_back(rows_.heads[key]);
    return writes;
}

}  // namespace kumquat::service
