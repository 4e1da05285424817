#include "service/overlay.h"

#include <algorithm>

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

bool Overlay::group_fits(UserKey user, const std::string& from, const std::string& to) const {
    const auto* groups = find_in(rows_.friend_groups, user);
    if (to.empty() || groups == nullptr || groups->count(to) != 0) return true;
    const std::int64_t* left = find_in(*groups, from);
    const std::size_t emptied = left != nullptr && *left == 1 ? 1 : 0;
    return groups->size() - emptied < limits::kFriendGroups;
}

const store::FriendRequestRow* Overlay::friend_request(UserKey requester, UserKey target) const {
    return find_in(rows_.friend_requests, std::make_pair(requester, target));
}

std::int64_t Overlay::request_count(UserKey target) const {
    const std::int64_t* count = find_in(rows_.request_counts, target);
    return count == nullptr ? 0 : *count;
}

std::vector<store::FriendRequestRow> Overlay::requests_to(UserKey target) const {
    std::vector<store::FriendRequestRow> found;
    for (const auto& [key, row] : rows_.friend_requests) {
        if (row.target == target) found.push_back(row);
    }
    return found;
}

bool Overlay::blocks(UserKey user, UserKey peer) const {
    return rows_.blocks.count(store::BlockRow{user, peer}) != 0;
}

std::int64_t Overlay::block_count(UserKey user) const {
    const std::int64_t* count = find_in(rows_.block_counts, user);
    return count == nullptr ? 0 : *count;
}

const std::vector<UserKey>& Overlay::audience(UserKey user) const {
    const std::vector<UserKey>* audience = find_in(rows_.audiences, user);
    KUMQUAT_CHECK(audience != nullptr);
    return *audience;
}

const store::ConversationRow* Overlay::direct(UserKey a, UserKey b) const {
    const ConversationKey* key = find_in(rows_.direct, store::UserPair::of(a, b));
    return key == nullptr ? nullptr : find_in(rows_.conversations, *key);
}

const store::ConversationRow& Overlay::conversation(ConversationKey key) const {
    const store::ConversationRow* row = find_in(rows_.conversations, key);
    KUMQUAT_CHECK(row != nullptr);
    return *row;
}

const store::MemberRow& Overlay::member(ConversationKey conversation, UserKey user) const {
    const store::MemberRow* row = find_in(rows_.members, std::make_pair(conversation, user));
    KUMQUAT_CHECK(row != nullptr);
    return *row;
}

const store::MessageRow* Overlay::sent(UserKey sender, ClientMessageId id) const {
    return find_in(rows_.sent, std::make_pair(sender, id));
}

const store::MessageRow* Overlay::message(ConversationKey conversation, Seq seq) const {
    const auto key = std::make_pair(conversation, seq);
    if (const store::MessageRow* added = find_in(messages_, key)) return added;
    if (const store::MessageRow* changed = find_in(changed_messages_, key)) return changed;
    return find_in(rows_.messages, key);
}

bool Overlay::hides(ConversationKey conversation, UserKey user, Seq seq) const {
    const store::HiddenRow row{conversation, user, seq};
    return hidden_.count(row) != 0 || rows_.hidden.count(row) != 0;
}

const store::BlobRow* Overlay::blob(const BlobId& id) const {
    return find_in(rows_.blobs, id);
}

std::int64_t Overlay::unread_above(const store::MessagePlace& mark,
                                   ConversationKey conversation) const {
    const std::int64_t* loaded = find_in(rows_.unread_above, mark);
    std::int64_t count = loaded == nullptr ? 0 : *loaded;
    const auto first = std::make_pair(conversation, mark.seq.next());
    for (auto added = messages_.lower_bound(first);
         added != messages_.end() && added->first.first == conversation; ++added) {
        const bool hidden = hides(conversation, mark.user, added->first.second);
        if (counts(added->second, hidden, mark.user)) ++count;
    }
    // What was counted when it was loaded, and would not be now.
    for (auto before = rows_.messages.lower_bound(first);
         before != rows_.messages.end() && before->first.first == conversation; ++before) {
        const store::HiddenRow row{conversation, mark.user, before->first.second};
        if (counts(before->second, rows_.hidden.count(row) != 0, mark.user) &&
            !counts(*message(conversation, row.seq), hides(conversation, mark.user, row.seq),
                    mark.user))
            --count;
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
    const auto found = rows_.friends.find(key);
    if (found == rows_.friends.end()) {
        ++rows_.friend_counts[row.user];
        add_audience(row.peer, row.user);
    } else {
        count_group(row.user, found->second.group, -1);
    }
    count_group(row.user, row.group, 1);
    rows_.friends[key] = std::move(row);
}

// Whoever has come to know the user in this batch was told the profile of before.
void Overlay::add_audience(UserKey user, UserKey reader) {
    const auto audience = rows_.audiences.find(user);
    if (audience == rows_.audiences.end()) return;
    auto& readers = audience->second;
    if (std::find(readers.begin(), readers.end(), reader) == readers.end())
        readers.push_back(reader);
}

void Overlay::end_friendship(UserKey user, UserKey peer) {
    const auto found = rows_.friends.find({user, peer});
    if (found == rows_.friends.end()) return;
    friends_.insert(found->first);
    --rows_.friend_counts[user];
    count_group(user, found->second.group, -1);
    rows_.friends.erase(found);
}

// Groups that nobody has asked for are not counted: nobody will look at them.
void Overlay::count_group(UserKey user, const std::string& group, std::int64_t step) {
    const auto groups = rows_.friend_groups.find(user);
    if (groups == rows_.friend_groups.end() || group.empty()) return;
    if ((groups->second[group] += step) == 0) groups->second.erase(group);
}

void Overlay::put(store::FriendRequestRow row) {
    const auto key = std::make_pair(row.requester, row.target);
    requests_.insert(key);
    if (rows_.friend_requests.count(key) == 0) ++rows_.request_counts[row.target];
    rows_.friend_requests[key] = std::move(row);
}

void Overlay::end_request(UserKey requester, UserKey target) {
    const auto key = std::make_pair(requester, target);
    if (rows_.friend_requests.erase(key) == 0) return;
    requests_.insert(key);
    --rows_.request_counts[target];
}

void Overlay::put(store::BlockRow row) {
    blocks_.insert(row);
    if (rows_.blocks.insert(row).second) ++rows_.block_counts[row.user];
}

void Overlay::end_block(store::BlockRow row) {
    blocks_.insert(row);
    if (rows_.blocks.erase(row) != 0) --rows_.block_counts[row.user];
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
    add_audience(a, b);
    add_audience(b, a);
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
    const auto key = std::make_pair(row.conversation, row.seq);
    messages_[key] = std::move(row);
}

void Overlay::change(store::MessageRow row) {
    const auto key = std::make_pair(row.conversation, row.seq);
    rows_.sent[{row.sender, row.client_id}] = row;
    (messages_.count(key) != 0 ? messages_ : changed_messages_)[key] = std::move(row);
}

void Overlay::put(store::RevisionRow row) {
    revisions_.push_back(std::move(row));
}

void Overlay::end_revisions(ConversationKey conversation, Seq seq) {
    ended_revisions_.emplace(conversation, seq);
}

void Overlay::put(store::HiddenRow row) {
    hidden_.insert(row);
}

void Overlay::put(store::BlobRow row) {
    blobs_.insert(row.id);
    rows_.blobs[row.id] = row;
}

void Overlay::end_blob(const BlobId& id) {
    blobs_.insert(id);
    rows_.blobs.erase(id);
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
    for (const auto& key : friends_) {
        if (const store::FriendRow* row = find_in(rows_.friends, key)) {
            writes.friends.push_back(*row);
        } else {
            writes.ended_friends.push_back(key);
        }
    }
    for (const auto& key : requests_) {
        if (const store::FriendRequestRow* row = find_in(rows_.friend_requests, key)) {
            writes.friend_requests.push_back(*row);
        } else {
            writes.ended_friend_requests.push_back(key);
        }
    }
    for (const store::BlockRow& row : blocks_)
        (rows_.blocks.count(row) != 0 ? writes.blocks : writes.ended_blocks).push_back(row);
    writes.direct = std::move(direct_);
    for (const ConversationKey key : conversations_)
        writes.conversations.push_back(rows_.conversations[key]);
    for (const auto& key : members_)
        writes.members.push_back(rows_.members[key]);
    for (auto& [key, row] : messages_)
        writes.messages.push_back(std::move(row));
    for (auto& [key, row] : changed_messages_)
        writes.changed_messages.push_back(std::move(row));
    writes.revisions = std::move(revisions_);
    writes.ended_revisions.assign(ended_revisions_.begin(), ended_revisions_.end());
    writes.hidden.assign(hidden_.begin(), hidden_.end());
    for (const BlobId& id : blobs_) {
        if (const store::BlobRow* row = find_in(rows_.blobs, id)) {
            writes.blobs.push_back(*row);
        } else {
            writes.ended_blobs.push_back(id);
        }
    }
    writes.feed = std::move(feed_);
    for (const UserKey key : heads_)
        writes.heads.push_back(rows_.heads[key]);
    return writes;
}

}  // namespace kumquat::service
