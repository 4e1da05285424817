// load() and commit(): rows come back as they were written, all of a relation, and only what there
// is.
#include "base/limits.h"
#include "contract/store_contract.h"

namespace kumquat::store {
namespace {

TEST_F(StoreContract, EmptyStoreHasFirstKeysAndNoRows) {
    ReadKeys keys;
    keys.users = {user_id("anna")};
    keys.relations = {{UserKey(1), user_id("ben")}};
    keys.client_ids = {{UserKey(1), ClientMessageId{DeviceId(1), 1}}};
    keys.sessions = {TokenHash{}};
    const ReadRows rows = load(keys).value();
    EXPECT_EQ(fields(rows.counters), fields(KeyCounters{}));
    EXPECT_TRUE(rows.users.empty());
    EXPECT_TRUE(rows.user_keys.empty());
    EXPECT_TRUE(rows.friends.empty());
    EXPECT_TRUE(rows.direct.empty());
    EXPECT_TRUE(rows.conversations.empty());
    EXPECT_TRUE(rows.members.empty());
    EXPECT_TRUE(rows.sent.empty());
    EXPECT_TRUE(rows.sessions.empty());
    EXPECT_TRUE(rows.heads.empty());
}

TEST_F(StoreContract, EmptyWriteSetIsFine) {
    EXPECT_TRUE(commit(WriteSet()));
    EXPECT_EQ(fields(load({}).value().counters), fields(KeyCounters{}));
}

TEST_F(StoreContract, UsersComeBackByIdWithTheirHeads) {
    WriteSet writes;
    UserRow anna = world_.add_user(writes, "anna");
    const UserRow ben = world_.add_user(writes, "Anna");  // IDs are case-sensitive
    anna.has_credential = true;
    anna.nick = "安娜 🍊";
    anna.avatar = *BlobId::parse("0123456789abcdef0123456789abcdef");
    anna.allow = AllowKind::kDeny;
    anna.friends_only = true;
    writes.users[0] = anna;
    world_.feed(writes, anna, {.kind = FeedKind::kFriend, .entity = ben.key});
    ASSERT_TRUE(commit(writes));

    ReadKeys keys;
    keys.users = {anna.id, ben.id, user_id("nobody")};
    const ReadRows rows = load(keys).value();
    ASSERT_EQ(rows.users.size(), 2U);
    EXPECT_EQ(fields(rows.users.at(anna.key)), fields(anna));
    EXPECT_EQ(fields(rows.users.at(ben.key)), fields(ben));
    EXPECT_EQ(rows.user_keys.at(anna.id), anna.key);
    EXPECT_EQ(rows.user_keys.at(ben.id), ben.key);
    EXPECT_EQ(rows.user_keys.count(user_id("nobody")), 0U);
    EXPECT_EQ(fields(rows.heads.at(anna.key)),
              fields(FeedHeadRow{anna.key, FeedNumber(1), FeedNumber()}));
    EXPECT_EQ(rows.heads.count(ben.key), 0U) << "never had an entry";
    EXPECT_EQ(fields(rows.counters), fields(world_.counters()));
}

TEST_F(StoreContract, UsersAreWrittenOver) {
    WriteSet writes;
    UserRow anna = world_.add_user(writes, "anna");
    ASSERT_TRUE(commit(writes));
    anna.nick = "";
    anna.has_credential = true;
    anna.avatar = *BlobId::parse("fedcba9876543210fedcba9876543210");
    anna.allow = AllowKind::kConfirm;
    anna.friends_only = true;
    WriteSet second;
    second.users = {anna};
    ASSERT_TRUE(commit(second));
    ReadKeys keys;
    keys.users = {anna.id};
    EXPECT_EQ(fields(load(keys).value().users.at(anna.key)), fields(anna));
}

TEST_F(StoreContract, SessionsComeBackWithTheirUsersUntilTheyEnd) {
    WriteSet writes;
    const UserRow anna = world_.add_user(writes, "anna");
    SessionRow one = make_session(anna, 0x00);
    const SessionRow two = make_session(anna, 0xff);
    writes.sessions = {one, two};
    ASSERT_TRUE(commit(writes));

    one.last_seen = TimeMs(kIntegerMax);
    one.device_name = "";
    WriteSet second;
    second.sessions = {one};
    second.ended_sessions = {two.token};
    ASSERT_TRUE(commit(second));

    ReadKeys keys;
    keys.sessions = {one.token, two.token};
    const ReadRows rows = load(keys).value();
    ASSERT_EQ(rows.sessions.size(), 1U);
    EXPECT_EQ(fields(rows.sessions.at(one.token)), fields(one));
    EXPECT_EQ(fields(rows.users.at(anna.key)), fields(anna));
    EXPECT_EQ(rows.user_keys.at(anna.id), anna.key);
}

class SweepContract : public StoreContract {
  protected:
    void SetUp() override {
        StoreContract::SetUp();
        WriteSet writes;
        anna_ = world_.add_user(writes, "anna");
        for (const std::int64_t number : {3, 1, 4, 2, 5})
            writes.sessions.push_back(expiring(number, number * 100));
        ASSERT_TRUE(commit(writes));
    }

    SessionRow expiring(std::int64_t number, std::int64_t at_ms) {
        SessionRow session = make_session(anna_, static_cast<std::uint8_t>(number));
        session.expires = TimeMs(at_ms);
        return session;
    }
    Status sweep(std::int64_t expired_by_ms, std::int64_t at_most) {
        WriteSet writes;
        writes.sweep = SessionSweep{TimeMs(expired_by_ms), at_most};
        return commit(writes);
    }
    /// The numbers of the sessions that are left.
    std::vector<std::int64_t> left() {
        ReadKeys keys;
        for (std::int64_t number = 1; number <= 9; ++number)
            keys.sessions.insert(expiring(number, 0).token);
        std::vector<std::int64_t> numbers;
        const ReadRows rows = load(keys).value();
        for (const auto& [token, session] : rows.sessions)
            numbers.push_back(token[0]);
        return numbers;
    }

    UserRow anna_;
};

TEST_F(SweepContract, DeletesWhatHasExpiredByThen) {
    ASSERT_TRUE(sweep(299, 10));
    EXPECT_EQ(left(), (std::vector<std::int64_t>{3, 4, 5}));
    ASSERT_TRUE(sweep(300, 10));
    EXPECT_EQ(left(), (std::vector<std::int64_t>{4, 5}));
    reopen();
    EXPECT_EQ(left(), (std::vector<std::int64_t>{4, 5}));
}

TEST_F(SweepContract, TakesNoMoreThanAskedForAndTheLongestExpiredFirst) {
    ASSERT_TRUE(sweep(1000, 0));
    EXPECT_EQ(left().size(), 5U);
    ASSERT_TRUE(sweep(1000, 2));
    EXPECT_EQ(left(), (std::vector<std::int64_t>{3, 4, 5}));
    ASSERT_TRUE(sweep(1000, 1));
    EXPECT_EQ(left(), (std::vector<std::int64_t>{4, 5}));
}

TEST_F(SweepContract, OfThoseThatExpiredAtOnceTheSmallerTokenGoesFirst) {
    WriteSet writes;
    for (const std::int64_t number : {8, 6, 7})
        writes.sessions.push_back(expiring(number, 50));
    ASSERT_TRUE(commit(writes));
    ASSERT_TRUE(sweep(1000, 2));
    EXPECT_EQ(left(), (std::vector<std::int64_t>{1, 2, 3, 4, 5, 8}));
}

TEST_F(SweepContract, WhatTheSameSetRenewsOrBringsStays) {
    WriteSet writes;
    writes.sessions = {expiring(1, 1000), expiring(9, 900)};
    writes.sweep = SessionSweep{TimeMs(500), 3};
    ASSERT_TRUE(commit(writes));
    EXPECT_EQ(left(), (std::vector<std::int64_t>{1, 5, 9}));
    // The time before the renewal is forgotten.
    ASSERT_TRUE(sweep(999, 10));
    EXPECT_EQ(left(), std::vector<std::int64_t>{1});
}

TEST_F(SweepContract, EndedSessionsDoNotCount) {
    WriteSet writes;
    writes.ended_sessions = {expiring(1, 0).token, expiring(2, 0).token};
    writes.sweep = SessionSweep{TimeMs(1000), 1};
    ASSERT_TRUE(commit(writes));
    EXPECT_EQ(left(), (std::vector<std::int64_t>{4, 5}));
}

TEST_F(StoreContract, EndingAnUnknownSessionIsFine) {
    WriteSet writes;
    writes.ended_sessions = {TokenHash{}};
    EXPECT_TRUE(commit(writes));
}

TEST_F(StoreContract, RelationOfStrangersIsTheOtherUserAlone) {
    WriteSet writes;
    const UserRow anna = world_.add_user(writes, "anna");
    const UserRow ben = world_.add_user(writes, "ben");
    ASSERT_TRUE(commit(writes));
    ReadKeys keys;
    keys.relations = {{anna.key, ben.id}};
    const ReadRows rows = load(keys).value();
    EXPECT_EQ(fields(rows.users.at(ben.key)), fields(ben));
    EXPECT_EQ(rows.user_keys.at(ben.id), ben.key);
    EXPECT_TRUE(rows.friends.empty());
    EXPECT_EQ(rows.friend_counts.at(anna.key), 0);
    EXPECT_EQ(rows.friend_counts.at(ben.key), 0);
    EXPECT_TRUE(rows.direct.empty());
}

TEST_F(StoreContract, RelationIsComplete) {
    WriteSet writes;
    const UserRow ben = world_.add_user(writes, "ben");
    const UserRow anna = world_.add_user(writes, "anna");
    const UserRow carl = world_.add_user(writes, "carl");
    world_.befriend(writes, anna, ben);
    world_.befriend(writes, anna, carl);
    const ConversationKey key = world_.open_direct(writes, anna, ben);
    const ConversationKey other = world_.open_direct(writes, carl, ben);
    world_.send(writes, key, anna, "hello");
    world_.send(writes, other, carl, "not of this relation");
    ASSERT_TRUE(commit(writes));

    ReadKeys keys;
    keys.relations = {{anna.key, ben.id}};
    const ReadRows rows = load(keys).value();
    EXPECT_EQ(fields(rows.users.at(ben.key)), fields(ben));
    ASSERT_EQ(rows.friends.size(), 2U);
    EXPECT_EQ(fields(rows.friends.at({anna.key, ben.key})), fields(writes.friends[0]));
    EXPECT_EQ(fields(rows.friends.at({ben.key, anna.key})), fields(writes.friends[1]));
    EXPECT_EQ(rows.friend_counts.at(anna.key), 2);
    EXPECT_EQ(rows.friend_counts.at(ben.key), 1);
    ASSERT_EQ(rows.direct.size(), 1U);
    EXPECT_EQ(rows.direct.at(UserPair::of(anna.key, ben.key)), key);
    ASSERT_EQ(rows.conversations.size(), 1U);
    EXPECT_EQ(fields(rows.conversations.at(key)), fields(world_.conversation(key)));
    ASSERT_EQ(rows.members.size(), 2U);
    EXPECT_EQ(fields(rows.members.at({key, anna.key})), fields(world_.member(key, anna)));
    EXPECT_EQ(fields(rows.members.at({key, ben.key})), fields(world_.member(key, ben)));
    EXPECT_EQ(fields(rows.heads.at(anna.key)), fields(world_.heads().at(anna.key)));
    EXPECT_EQ(fields(rows.heads.at(ben.key)), fields(world_.heads().at(ben.key)));
}

TEST_F(StoreContract, RelationOfOneSidedFriendship) {
    WriteSet writes;
    const UserRow anna = world_.add_user(writes, "anna");
    const UserRow ben = world_.add_user(writes, "ben");
    world_.befriend(writes, anna, ben);
    writes.friends.pop_back();
    ASSERT_TRUE(commit(writes));
    for (const ReadRows& rows : {relation(anna, ben), relation(ben, anna)}) {
        ASSERT_EQ(rows.friends.size(), 1U);
        EXPECT_EQ(rows.friends.count({anna.key, ben.key}), 1U);
        EXPECT_EQ(rows.friend_counts.at(anna.key), 1);
        EXPECT_EQ(rows.friend_counts.at(ben.key), 0);
    }
}

TEST_F(StoreContract, RelationWithOneselfIsNoConversation) {
    WriteSet writes;
    const UserRow anna = world_.add_user(writes, "anna");
    ASSERT_TRUE(commit(writes));
    const ReadRows rows = relation(anna, anna);
    EXPECT_EQ(fields(rows.users.at(anna.key)), fields(anna));
    EXPECT_TRUE(rows.direct.empty());
    EXPECT_TRUE(rows.friends.empty());
}

TEST_F(StoreContract, FriendsAreWrittenOverAndCountedOnce) {
    WriteSet writes;
    const UserRow anna = world_.add_user(writes, "anna");
    const UserRow ben = world_.add_user(writes, "ben");
    world_.befriend(writes, anna, ben);
    ASSERT_TRUE(commit(writes));
    WriteSet second;
    second.friends = {FriendRow{anna.key, ben.key, "小橙子", "", "", "", TimeMs(kIntegerMax)}};
    ASSERT_TRUE(commit(second));
    const ReadRows rows = relation(anna, ben);
    EXPECT_EQ(fields(rows.friends.at({anna.key, ben.key})), fields(second.friends[0]));
    EXPECT_EQ(fields(rows.friends.at({ben.key, anna.key})), fields(writes.friends[1]));
    EXPECT_EQ(rows.friend_counts.at(anna.key), 1);
    EXPECT_EQ(rows.friend_counts.at(ben.key), 1);
}

TEST_F(StoreContract, ConversationAndMembersAreWrittenOver) {
    WriteSet writes;
    const UserRow anna = world_.add_user(writes, "anna");
    const UserRow ben = world_.add_user(writes, "ben");
    const ConversationKey key = world_.open_direct(writes, anna, ben);
    ASSERT_TRUE(commit(writes));
    WriteSet second;
    second.conversations = {
        ConversationRow{key, ConversationKind::kDirect, Seq(kIntegerMax), TimeMs(kIntegerMax)}};
    second.members = {MemberRow{key, anna.key, Seq(7), 12, Seq(3), true, false, true}};
    ASSERT_TRUE(commit(second));
    const ReadRows rows = relation(anna, ben);
    EXPECT_EQ(fields(rows.conversations.at(key)), fields(second.conversations[0]));
    EXPECT_EQ(fields(rows.members.at({key, anna.key})), fields(second.members[0]));
    EXPECT_EQ(fields(rows.members.at({key, ben.key})), fields(world_.member(key, ben)));
}

TEST_F(StoreContract, EndedFriendshipsAreGoneAndNotCounted) {
    WriteSet writes;
    const UserRow anna = world_.add_user(writes, "anna");
    const UserRow ben = world_.add_user(writes, "ben");
    const UserRow carl = world_.add_user(writes, "carl");
    world_.befriend(writes, anna, ben);
    world_.befriend(writes, anna, carl);
    ASSERT_TRUE(commit(writes));
    WriteSet second;
    second.ended_friends = {{anna.key, ben.key}, {ben.key, carl.key}};  // one of them is not there
    ASSERT_TRUE(commit(second));
    const ReadRows rows = relation(anna, ben);
    EXPECT_EQ(rows.friends.count({anna.key, ben.key}), 0U);
    EXPECT_EQ(rows.friends.count({ben.key, anna.key}), 1U);
    EXPECT_EQ(rows.friend_counts.at(anna.key), 1);
    EXPECT_EQ(rows.friend_counts.at(ben.key), 1);
    // And may be made again.
    WriteSet third;
    third.friends = {writes.friends[0]};
    ASSERT_TRUE(commit(third));
    EXPECT_EQ(relation(anna, ben).friend_counts.at(anna.key), 2);
}

TEST_F(StoreContract, FriendRequestsBothWaysWithTheirCounts) {
    WriteSet writes;
    const UserRow anna = world_.add_user(writes, "anna");
    const UserRow ben = world_.add_user(writes, "ben");
    const UserRow carl = world_.add_user(writes, "carl");
    writes.friend_requests = {make_request(ben, anna), make_request(carl, anna),
                              make_request(anna, ben)};
    ASSERT_TRUE(commit(writes));
    ReadKeys keys;
    keys.relations = {{anna.key, ben.id}};
    EXPECT_TRUE(load(keys)->friend_requests.empty()) << "not asked for";
    keys.friend_requests = {{anna.key, ben.id}, {anna.key, user_id("nobody")}};
    const ReadRows rows = load(keys).value();
    ASSERT_EQ(rows.friend_requests.size(), 2U);
    EXPECT_EQ(fields(rows.friend_requests.at({ben.key, anna.key})),
              fields(writes.friend_requests[0]));
    EXPECT_EQ(fields(rows.friend_requests.at({anna.key, ben.key})),
              fields(writes.friend_requests[2]));
    EXPECT_EQ(rows.request_counts.at(anna.key), 2);
    EXPECT_EQ(rows.request_counts.at(ben.key), 1);
}

TEST_F(StoreContract, FriendRequestsAreWrittenOverAndEnd) {
    WriteSet writes;
    const UserRow anna = world_.add_user(writes, "anna");
    const UserRow ben = world_.add_user(writes, "ben");
    writes.friend_requests = {make_request(ben, anna), make_request(anna, ben)};
    ASSERT_TRUE(commit(writes));
    WriteSet second;
    second.friend_requests = {
        FriendRequestRow{ben.key, anna.key, "", "", "", "", false, TimeMs(kIntegerMax), false}};
    second.ended_friend_requests = {{anna.key, ben.key}, {anna.key, anna.key}};
    ASSERT_TRUE(commit(second));
    reopen();
    ReadKeys keys;
    keys.relations = {{anna.key, ben.id}};
    keys.friend_requests = {{anna.key, ben.id}};
    const ReadRows rows = load(keys).value();
    ASSERT_EQ(rows.friend_requests.size(), 1U);
    EXPECT_EQ(fields(rows.friend_requests.at({ben.key, anna.key})),
              fields(second.friend_requests[0]));
    EXPECT_EQ(rows.request_counts.at(anna.key), 1);
    EXPECT_EQ(rows.request_counts.at(ben.key), 0);
}

TEST_F(StoreContract, EveryRequestThatWaitsForSomebody) {
    WriteSet writes;
    const UserRow ben = world_.add_user(writes, "ben");
    const UserRow anna = world_.add_user(writes, "anna");
    const UserRow carl = world_.add_user(writes, "carl");
    writes.friend_requests = {make_request(ben, anna), make_request(carl, anna),
                              make_request(anna, ben)};
    world_.feed(writes, anna, {.kind = FeedKind::kFriendRequest, .entity = ben.key, .value = 1});
    ASSERT_TRUE(commit(writes));
    ReadKeys keys;
    keys.requests_to = {anna.key};
    const ReadRows rows = load(keys).value();
    ASSERT_EQ(rows.friend_requests.size(), 2U);
    EXPECT_EQ(rows.friend_requests.count({ben.key, anna.key}), 1U);
    EXPECT_EQ(rows.friend_requests.count({carl.key, anna.key}), 1U);
    EXPECT_EQ(fields(rows.users.at(ben.key)), fields(ben));
    EXPECT_EQ(fields(rows.users.at(carl.key)), fields(carl));
    EXPECT_EQ(rows.heads.at(anna.key).last, FeedNumber(1));
}

TEST_F(StoreContract, BlocksBelongToTheRelation) {
    WriteSet writes;
    const UserRow anna = world_.add_user(writes, "anna");
    const UserRow ben = world_.add_user(writes, "ben");
    const UserRow carl = world_.add_user(writes, "carl");
    writes.blocks = {{ben.key, anna.key}, {anna.key, carl.key}, {carl.key, ben.key}};
    ASSERT_TRUE(commit(writes));
    EXPECT_EQ(relation(anna, ben).blocks, (std::set<BlockRow>{{ben.key, anna.key}}));
    EXPECT_EQ(relation(ben, anna).blocks, (std::set<BlockRow>{{ben.key, anna.key}}));
    EXPECT_EQ(relation(anna, carl).blocks, (std::set<BlockRow>{{anna.key, carl.key}}));

    WriteSet second;
    second.blocks = {{anna.key, ben.key}, {ben.key, anna.key}};  // one of them is there already
    second.ended_blocks = {{anna.key, carl.key}, {ben.key, carl.key}};
    ASSERT_TRUE(commit(second));
    reopen();
    EXPECT_EQ(relation(anna, ben).blocks,
              (std::set<BlockRow>{{anna.key, ben.key}, {ben.key, anna.key}}));
    EXPECT_TRUE(relation(anna, carl).blocks.empty());
    ReadKeys keys;
    keys.block_counts = {anna.key, ben.key, carl.key, UserKey(4711)};
    const ReadRows rows = load(keys).value();
    EXPECT_EQ(rows.block_counts,
              (std::map<UserKey, std::int64_t>{
                  {anna.key, 1}, {ben.key, 1}, {carl.key, 1}, {UserKey(4711), 0}}));
}

TEST_F(StoreContract, FriendGroupsAreCounted) {
    WriteSet writes;
    const UserRow anna = world_.add_user(writes, "anna");
    for (const char* id : {"b", "c", "d", "e"})
        world_.befriend(writes, anna, world_.add_user(writes, id));
    for (FriendRow& row : writes.friends)
        row.group = row.user != anna.key ? "not anna's" : row.peer.value() % 2 == 0 ? "even" : "";
    writes.friends[2].group = "odd";
    ASSERT_TRUE(commit(writes));
    ReadKeys keys;
    keys.friend_groups = {anna.id, user_id("nobody")};
    const ReadRows rows = load(keys).value();
    ASSERT_EQ(rows.friend_groups.size(), 1U);
    EXPECT_EQ(rows.friend_groups.at(anna.key),
              (std::map<std::string, std::int64_t>{{"even", 2}, {"odd", 1}}));
}

TEST_F(StoreContract, AnAudienceIsFriendsThenPeersNewestFirst) {
    WriteSet writes;
    const UserRow anna = world_.add_user(writes, "anna");
    std::vector<UserRow> others;
    for (const char* id : {"b", "c", "d", "e", "f"})
        others.push_back(world_.add_user(writes, id));
    world_.befriend(writes, anna, others[2]);
    // Anna has b; that b knows her does not follow.
    writes.friends.push_back({anna.key, others[0].key, "", "", "", "", TimeMs(1)});
    writes.friends.push_back({others[1].key, anna.key, "", "", "", "", TimeMs(1)});
    for (const std::size_t i : {3U, 2U, 4U})
        world_.open_direct(writes, anna, others[i]);
    world_.open_direct(writes, others[0], others[1]);
    world_.feed(writes, others[4], {.kind = FeedKind::kProfile, .entity = anna.key});
    ASSERT_TRUE(commit(writes));
    ReadKeys keys;
    keys.audiences = {anna.key};
    const ReadRows rows = load(keys).value();
    EXPECT_EQ(rows.audiences.at(anna.key),
              (std::vector<UserKey>{others[1].key, others[2].key, others[4].key, others[3].key}));
    EXPECT_EQ(rows.heads.at(others[4].key).last, FeedNumber(1));
    EXPECT_EQ(rows.heads.at(others[2].key).last, FeedNumber(1));
}

TEST_F(StoreContract, AnAudienceHasABound) {
    WriteSet writes;
    const UserRow anna = world_.add_user(writes, "anna");
    const UserRow ben = world_.add_user(writes, "ben");
    world_.open_direct(writes, anna, ben);
    const auto most = limits::kProfileAudience;
    for (std::int64_t i = 0; i < most - 1; ++i)
        writes.friends.push_back({UserKey(1000 + i), anna.key, "", "", "", "", TimeMs(1)});
    ASSERT_TRUE(commit(writes));
    ReadKeys keys;
    keys.audiences = {anna.key};
    std::vector<UserKey> audience = load(keys).value().audiences.at(anna.key);
    EXPECT_EQ(static_cast<std::int64_t>(audience.size()), most);
    EXPECT_EQ(audience.back(), ben.key);
    WriteSet second;
    second.friends = {{UserKey(1), anna.key, "", "", "", "", TimeMs(1)},
                      {UserKey(1000 + most), anna.key, "", "", "", "", TimeMs(1)}};
    ASSERT_TRUE(commit(second));
    audience = load(keys).value().audiences.at(anna.key);
    EXPECT_EQ(static_cast<std::int64_t>(audience.size()), most);
    EXPECT_EQ(audience.back(), UserKey(1000 + most));
}

// Anna's unread messages above `seq` of her conversation with `peer`, as text; "none" if not found.
std::string unread_above(const ReadRows& rows, const UserRow& user, const UserId& peer,
                         std::int64_t seq) {
    const auto found = rows.unread_above.find(MessagePlace{user.key, peer, Seq(seq)});
    return found == rows.unread_above.end() ? "none" : std::to_string(found->second);
}

TEST_F(StoreContract, AMarkCountsNothingThatWasDeleted) {
    WriteSet writes;
    const UserRow anna = world_.add_user(writes, "anna");
    const UserRow ben = world_.add_user(writes, "ben");
    const ConversationKey key = world_.open_direct(writes, anna, ben);
    for (int i = 0; i < 5; ++i)
        world_.send(writes, key, ben, "text");
    // Deleted after 3 without having been read.
    MemberRow member = world_.member(key, anna);
    member.first_visible = Seq(4);
    member.unread = 2;
    writes.members = {member, world_.member(key, ben)};
    ASSERT_TRUE(commit(writes));
    ReadKeys keys;
    keys.marks = {{anna.key, ben.id, Seq(2)}, {anna.key, ben.id, Seq(4)}};
    const ReadRows rows = load(keys).value();
    EXPECT_EQ(unread_above(rows, anna, ben.id, 2), "2");
    EXPECT_EQ(unread_above(rows, anna, ben.id, 4), "1");
}

TEST_F(StoreContract, SentMessagesAreFoundByClientId) {
    WriteSet writes;
    const UserRow anna = world_.add_user(writes, "anna");
    const UserRow ben = world_.add_user(writes, "ben");
    const ConversationKey key = world_.open_direct(writes, anna, ben);
    const MessageRow first = world_.send(writes, key, anna, "one", R"({"k":1})");
    const MessageRow second = world_.send(writes, key, ben, "two");
    ASSERT_TRUE(commit(writes));

    ReadKeys keys;
    keys.client_ids = {
        {anna.key, first.client_id},
        {ben.key, second.client_id},
        {ben.key, first.client_id},
        {anna.key, ClientMessageId{first.client_id.device, first.client_id.counter + 1000}}};
    const ReadRows rows = load(keys).value();
    ASSERT_EQ(rows.sent.size(), 2U);
    EXPECT_EQ(fields(rows.sent.at({anna.key, first.client_id})), fields(first));
    EXPECT_EQ(fields(rows.sent.at({ben.key, second.client_id})), fields(second));
}

TEST_F(StoreContract, TwoSendersMayUseTheSameClientId) {
    WriteSet writes;
    const UserRow anna = world_.add_user(writes, "anna");
    const UserRow ben = world_.add_user(writes, "ben");
    const ConversationKey key = world_.open_direct(writes, anna, ben);
    world_.send(writes, key, anna, "one");
    world_.send(writes, key, ben, "two");
    writes.messages[1].client_id = writes.messages[0].client_id;
    ASSERT_TRUE(commit(writes));
    ReadKeys keys;
    keys.client_ids = {{anna.key, writes.messages[0].client_id},
                       {ben.key, writes.messages[0].client_id}};
    EXPECT_EQ(load(keys).value().sent.size(), 2U);
}

TEST_F(StoreContract, MarksTellWhatStaysUnread) {
    WriteSet writes;
    const UserRow anna = world_.add_user(writes, "anna");
    const UserRow ben = world_.add_user(writes, "ben");
    const UserRow carl = world_.add_user(writes, "carl");
    const ConversationKey key = world_.open_direct(writes, anna, ben);
    // Received: 1, 2, 4, 6, 7. Anna has read none of them; sending does not count as reading here.
    for (const UserRow* from : {&ben, &ben, &anna, &ben, &anna, &ben, &ben}) {
        world_.send(writes, key, *from, "text");
    }
    MemberRow member = world_.member(key, anna);
    member.read = Seq();
    member.unread = 5;
    writes.members = {member, world_.member(key, ben)};
    ASSERT_TRUE(commit(writes));

    ReadKeys keys;
    for (const std::int64_t seq : {1, 2, 3, 4, 6, 7, 100}) {
        keys.marks.insert(MessagePlace{anna.key, ben.id, Seq(seq)});
    }
    keys.marks.insert(MessagePlace{anna.key, carl.id, Seq(1)});
    keys.marks.insert(MessagePlace{anna.key, user_id("nobody"), Seq(1)});
    const ReadRows rows = load(keys).value();
    EXPECT_EQ(unread_above(rows, anna, ben.id, 1), "4");
    EXPECT_EQ(unread_above(rows, anna, ben.id, 2), "3");
    EXPECT_EQ(unread_above(rows, anna, ben.id, 3), "3");
    EXPECT_EQ(unread_above(rows, anna, ben.id, 4), "2");
    EXPECT_EQ(unread_above(rows, anna, ben.id, 6), "1");
    EXPECT_EQ(unread_above(rows, anna, ben.id, 7), "0");
    EXPECT_EQ(unread_above(rows, anna, ben.id, 100), "0");
    EXPECT_EQ(unread_above(rows, anna, carl.id, 1), "none");
    EXPECT_EQ(unread_above(rows, anna, user_id("nobody"), 1), "none");

    // A mark that has moved: only what lies between the two is passed over.
    member.read = Seq(2);
    member.unread = 3;
    WriteSet moved;
    moved.members = {member};
    ASSERT_TRUE(commit(moved));
    ReadKeys again;
    again.marks = {MessagePlace{anna.key, ben.id, Seq(4)}};
    EXPECT_EQ(unread_above(load(again).value(), anna, ben.id, 4), "2");
}

TEST_F(StoreContract, TextsAreKeptByteForByte) {
    using namespace std::string_literals;
    std::string large;
    while (large.size() < 12 * 1024)
        large += "橙\0🍊\n\"\\"s;
    const std::vector<std::string> texts = {"",
                                            "\0"s,
                                            "a\0b\0"s,
                                            "\0\0tail"s,
                                            " leading and trailing ",
                                            "'; DROP TABLE user; --",
                                            "\x7f\x01\x1f",
                                            "e\u0301 \u202e \ufeff",
                                            "\U0010ffff",
                                            large};
    WriteSet writes;
    UserRow anna = world_.add_user(writes, "anna");
    const UserRow ben = world_.add_user(writes, "ben");
    world_.befriend(writes, anna, ben);
    const ConversationKey key = world_.open_direct(writes, anna, ben);
    for (const std::string& text : texts)
        world_.send(writes, key, anna, text, text);
    writes.messages[0].type = "a\0type"s;
    writes.friends[0].remark = writes.friends[0].group = writes.friends[0].source =
        writes.friends[0].wording = "r\0r"s;
    writes.users[0].nick = "n\0n"s;
    ASSERT_TRUE(commit(writes));
    reopen();

    ReadKeys keys;
    for (const MessageRow& message : writes.messages)
        keys.client_ids.insert({anna.key, message.client_id});
    const ReadRows rows = load(keys).value();
    for (const MessageRow& message : writes.messages) {
        EXPECT_EQ(fields(rows.sent.at({anna.key, message.client_id})), fields(message));
    }
    const ReadRows between = relation(anna, ben);
    EXPECT_EQ(fields(between.friends.at({anna.key, ben.key})), fields(writes.friends[0]));
    EXPECT_EQ(between.users.at(anna.key).nick, "n\0n"s);
    const auto page =
        history({.viewer = ben.key, .peer = anna.id, .limit = 100, .bytes_max = kManyBytes})
            .value();
    ASSERT_EQ(page.messages.size(), texts.size());
    for (std::size_t i = 0; i < texts.size(); ++i)
        EXPECT_EQ(page.messages[i].row.content, texts[i]);
}

TEST_F(StoreContract, CommittedRowsSurviveReopening) {
    WriteSet writes;
    const UserRow anna = world_.add_user(writes, "anna");
    const UserRow ben = world_.add_user(writes, "ben");
    world_.befriend(writes, anna, ben);
    const ConversationKey key = world_.open_direct(writes, anna, ben);
    const MessageRow message = world_.send(writes, key, anna, "hello");
    writes.sessions = {make_session(anna, 7)};
    ASSERT_TRUE(commit(writes));
    reopen();

    ReadKeys keys;
    keys.users = {anna.id};
    keys.relations = {{anna.key, ben.id}};
    keys.sessions = {writes.sessions[0].token};
    keys.client_ids = {{anna.key, message.client_id}};
    const ReadRows rows = load(keys).value();
    EXPECT_EQ(fields(rows.counters), fields(world_.counters()));
    EXPECT_EQ(fields(rows.users.at(anna.key)), fields(anna));
    EXPECT_EQ(fields(rows.sessions.at(writes.sessions[0].token)), fields(writes.sessions[0]));
    EXPECT_EQ(rows.friends.size(), 2U);
    EXPECT_EQ(rows.friend_counts.at(anna.key), 1);
    EXPECT_EQ(fields(rows.conversations.at(key)), fields(world_.conversation(key)));
    EXPECT_EQ(fields(rows.sent.at({anna.key, message.client_id})), fields(message));
    EXPECT_EQ(fields(rows.heads.at(ben.key)), fields(world_.heads().at(ben.key)));
    const FeedPage page =
        feed({.user = ben.key, .tail_max = 100, .limit = 100, .bytes_max = kManyBytes}).value();
    EXPECT_EQ(page.items.size(), 2U);
}

}  // namespace
}  // namespace kumquat::store
