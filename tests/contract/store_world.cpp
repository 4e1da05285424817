#include "contract/store_world.h"

#include <algorithm>

namespace kumquat::store {
namespace {

// Writes `row` over the row with the same key, if the set has one: every row once.
template <typename Row, typename Same>
void put(std::vector<Row>& rows, const Row& row, Same same) {
    const auto found = std::find_if(rows.begin(), rows.end(), same);
    if (found != rows.end()) {
        *found = row;
    } else {
        rows.push_back(row);
    }
}

}  // namespace

UserRow StoreWorld::add_user(WriteSet& writes, std::string_view id) {
    UserRow user;
    user.key = counters_.next_user;
    user.id = user_id(id);
    user.nick = "nick of " + std::string(id);
    user.created = TimeMs(1'700'000'000'000 + user.key.value());
    counters_.next_user = counters_.next_user.next();
    writes.counters = counters_;
    writes.users.push_back(user);
    return user;
}

void StoreWorld::befriend(WriteSet& writes, const UserRow& a, const UserRow& b) {
    const auto row = [](const UserRow& user, const UserRow& peer) {
        return FriendRow{user.key,
                         peer.key,
                         "remark for " + peer.id.text(),
                         "好友",
                         "AddSource_Type_Web",
                         "hello",
                         TimeMs(1'700'000'000'500)};
    };
    writes.friends.push_back(row(a, b));
    writes.friends.push_back(row(b, a));
    feed(writes, a, {.kind = FeedKind::kFriend, .entity = b.key});
    feed(writes, b, {.kind = FeedKind::kFriend, .entity = a.key});
}

ConversationKey StoreWorld::open_direct(WriteSet& writes, const UserRow& a, const UserRow& b) {
    const ConversationKey key = counters_.next_conversation;
    counters_.next_conversation = key.next();
    writes.counters = counters_;
    const UserPair pair = UserPair::of(a.key, b.key);
    writes.direct.emplace_back(pair, key);
    pairs_[key] = pair;
    conversations_[key] = ConversationRow{key, ConversationKind::kDirect, Seq(), TimeMs(), {}};
    writes.conversations.push_back(conversations_[key]);
    for (const UserKey user : {pair.low, pair.high}) {
        MemberRow& member = members_[{key, user}];
        member.conversation = key;
        member.user = user;
        writes.members.push_back(member);
    }
    return key;
}

MessageRow StoreWorld::send(WriteSet& writes, ConversationKey conversation, const UserRow& from,
                            std::string_view content, std::string_view custom) {
    ConversationRow& row = conversations_.at(conversation);
    row.last_seq = row.last_seq.next();
    row.last_time = TimeMs(1'700'000'001'000 + row.last_seq.value());
    put(writes.conversations, row,
        [&](const ConversationRow& other) { return other.key == conversation; });

    MessageRow message;
    message.conversation = conversation;
    message.seq = row.last_seq;
    message.sender = from.key;
    message.time = row.last_time;
    message.client_id = {DeviceId(kIntegerMax - from.key.value()), next_client_counter_++};
    message.type = "TIMTextElem";
    message.content = content;
    message.custom = custom;
    writes.messages.push_back(message);

    const UserPair pair = pairs_.at(conversation);
    for (const UserKey user : {pair.low, pair.high}) {
        MemberRow& member = members_.at({conversation, user});
        if (user == from.key) {
            member.read = row.last_seq;
        } else {
            ++member.unread;
        }
        put(writes.members, member, [&](const MemberRow& other) {
            return other.conversation == conversation && other.user == user;
        });
        UserRow owner;
        owner.key = user;
        feed(writes, owner,
             {.kind = FeedKind::kMessage, .conversation = conversation, .seq = message.seq});
    }
    return message;
}

FeedRow StoreWorld::feed(WriteSet& writes, const UserRow& user, FeedRow entry) {
    FeedHeadRow& head = heads_[user.key];
    head.user = user.key;
    head.last = head.last.next();
    put(writes.heads, head, [&](const FeedHeadRow& other) { return other.user == user.key; });
    entry.user = user.key;
    entry.number = head.last;
    writes.feed.push_back(entry);
    return entry;
}

FriendRequestRow make_request(const UserRow& requester, const UserRow& target) {
    FriendRequestRow row;
    row.requester = requester.key;
    row.target = target.key;
    row.wording = "你好, " + target.id.text();
    row.source = "AddSource_Type_Web";
    row.remark = "remark for " + target.id.text();
    row.group = "好友";
    row.one_way = true;
    row.time = TimeMs(1'700'000'000'700);
    row.read = true;
    return row;
}

SessionRow make_session(const UserRow& user, std::uint8_t byte) {
    SessionRow session;
    session.token.fill(byte);
    session.user = user.key;
    session.device = DeviceId(kIntegerMax - byte);
    session.device_name = "Firefox auf 电脑";
    session.created = TimeMs(1'700'000'000'000);
    session.expires = TimeMs(1'800'000'000'000);
    session.last_seen = TimeMs(1'700'000'100'000);
    return session;
}

UserId user_id(std::string_view text) {
    return UserId::parse(text).value();
}

}  // namespace kumquat::store
