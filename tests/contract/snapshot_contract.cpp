// read_snapshot(): everything once, in pages across both sections, under one number, while the
// state goes on changing.
#include <set>

#include "contract/store_contract.h"

namespace kumquat::store {
namespace {

using Section = SnapshotCursor::Section;

// Anna with friends f1 to f5 and conversations with f1, f2, f3 and a stranger.
class SnapshotContract : public StoreContract {
  protected:
    void SetUp() override {
        StoreContract::SetUp();
        WriteSet writes;
        for (int i = 1; i <= 2; ++i)
            friends_.push_back(world_.add_user(writes, "f" + std::to_string(i)));
        anna_ = world_.add_user(writes, "anna");  // keys on both sides of hers
        for (int i = 3; i <= 5; ++i)
            friends_.push_back(world_.add_user(writes, "f" + std::to_string(i)));
        stranger_ = world_.add_user(writes, "stranger");
        for (const UserRow& other : friends_)
            world_.befriend(writes, anna_, other);
        world_.befriend(writes, friends_[0], stranger_);
        world_.send(writes, world_.open_direct(writes, friends_[0], friends_[1]), friends_[0],
                    "not anna's");
        for (const UserRow* peer : {&friends_[2], &friends_[0], &stranger_, &friends_[1]}) {
            conversations_.push_back(world_.open_direct(writes, anna_, *peer));
            world_.send(writes, conversations_.back(), *peer, "from " + peer->id.text());
        }
        ASSERT_TRUE(commit(writes));
    }

    SnapshotQuery query(std::int64_t limit) {
        return {.user = anna_.key, .limit = limit, .bytes_max = kManyBytes};
    }

    struct Whole {
        std::vector<std::string> friends;
        std::vector<std::int64_t> conversations;
        std::set<std::int64_t> numbers;
        std::size_t pages = 0;
    };
    /// Reads all pages; `between` runs after each.
    Whole read_all(
        SnapshotQuery query, const std::function<void()>& between = [] {}) {
        Whole whole;
        do {
            const SnapshotPage page = snapshot(query).value();
            EXPECT_FALSE(page.friends.empty() && page.conversations.empty())
                << "a page without progress";
            for (const StoredFriend& row : page.friends)
                whole.friends.push_back(row.profile.id.text());
            for (const StoredConversation& row : page.conversations)
                whole.conversations.push_back(row.row.key.value());
            whole.numbers.insert(page.number.value());
            if (page.next) {
                EXPECT_EQ(page.next->number, page.number);
            }
            query.cursor = page.next;
            ++whole.pages;
            between();
        } while (query.cursor && whole.pages < 100);
        return whole;
    }
    void expect_complete(const Whole& whole) {
        EXPECT_EQ(whole.friends, (std::vector<std::string>{"f1", "f2", "f3", "f4", "f5"}));
        std::vector<std::int64_t> keys;
        for (const ConversationKey key : conversations_)
            keys.push_back(key.value());
        EXPECT_EQ(whole.conversations, keys);
        EXPECT_EQ(whole.numbers.size(), 1U);
    }

    UserRow anna_;
    UserRow stranger_;
    std::vector<UserRow> friends_;
    std::vector<ConversationKey> conversations_;
};

TEST_F(SnapshotContract, OnePageHoldsAll) {
    const SnapshotPage page = snapshot(query(100)).value();
    EXPECT_FALSE(page.next.has_value());
    EXPECT_EQ(page.number, world_.heads().at(anna_.key).last);
    ASSERT_EQ(page.friends.size(), 5U);
    EXPECT_EQ(page.friends[0].row.remark, "remark for f1");
    EXPECT_EQ(page.friends[0].row.group, "好友");
    EXPECT_EQ(fields(page.friends[0].profile), fields(friends_[0]));
    ASSERT_EQ(page.conversations.size(), 4U);
}

TEST_F(SnapshotContract, ConversationsAreComplete) {
    WriteSet writes;
    const MessageRow last = world_.send(writes, conversations_[1], anna_, "answer");
    ASSERT_TRUE(commit(writes));
    const SnapshotPage page = snapshot(query(100)).value();
    ASSERT_EQ(page.conversations.size(), 4U);
    const StoredConversation& conversation = page.conversations[1];
    EXPECT_EQ(fields(conversation.row), fields(world_.conversation(conversations_[1])));
    EXPECT_EQ(fields(conversation.self), fields(world_.member(conversations_[1], anna_)));
    EXPECT_EQ(fields(conversation.other), fields(world_.member(conversations_[1], friends_[0])));
    EXPECT_EQ(fields(conversation.peer), fields(friends_[0]));
    ASSERT_TRUE(conversation.last_message.has_value());
    EXPECT_EQ(fields(conversation.last_message->row), fields(last));
    EXPECT_EQ(conversation.last_message->from, anna_.id);
    EXPECT_EQ(fields(page.conversations[2].peer), fields(stranger_));
    EXPECT_EQ(page.conversations[2].self.unread, 1);
}

TEST_F(SnapshotContract, PagesOfEverySizeHoldEverythingOnce) {
    for (std::int64_t limit = 1; limit <= 10; ++limit) {
        SCOPED_TRACE(limit);
        const Whole whole = read_all(query(limit));
        expect_complete(whole);
        EXPECT_EQ(whole.pages, static_cast<std::size_t>((9 + limit - 1) / limit));
    }
}

TEST_F(SnapshotContract, PagesAreCutByBytesWithAtLeastOneRow) {
    SnapshotQuery small = query(100);
    small.bytes_max = 1;
    const Whole whole = read_all(small);
    expect_complete(whole);
    EXPECT_EQ(whole.pages, 9U);

    WriteSet writes;
    for (const ConversationKey key : conversations_)
        world_.send(writes, key, anna_, std::string(10'000, 'x'));
    ASSERT_TRUE(commit(writes));
    SnapshotQuery medium = query(100);
    medium.bytes_max = 25'000;
    const Whole large = read_all(medium);
    expect_complete(large);
    EXPECT_GE(large.pages, 2U);
    EXPECT_LE(large.pages, 4U);
}

TEST_F(SnapshotContract, NumberStaysThatOfTheFirstPage) {
    const FeedNumber first = world_.heads().at(anna_.key).last;
    const Whole whole = read_all(query(2), [&] {
        WriteSet writes;
        world_.send(writes, conversations_[0], anna_, "meanwhile");
        ASSERT_TRUE(commit(writes));
    });
    expect_complete(whole);
    EXPECT_EQ(*whole.numbers.begin(), first.value());
    // The tail behind that number holds what has changed since.
    const FeedPage tail = feed({.user = anna_.key,
                                .since = first,
                                .tail_max = 100,
                                .limit = 100,
                                .bytes_max = kManyBytes})
                              .value();
    EXPECT_FALSE(tail.too_far);
    EXPECT_EQ(tail.items.size(), whole.pages);
}

TEST_F(SnapshotContract, WhatIsAddedMeanwhileIsOnALaterPageOrInTheTail) {
    SnapshotQuery query = this->query(2);
    const SnapshotPage first = snapshot(query).value();
    WriteSet writes;
    const UserRow added = world_.add_user(writes, "added");
    world_.befriend(writes, anna_, added);
    const ConversationKey key = world_.open_direct(writes, anna_, added);
    world_.send(writes, key, added, "hi");
    ASSERT_TRUE(commit(writes));
    query.cursor = first.next;
    const Whole rest = read_all(query);
    EXPECT_EQ(rest.friends.back(), "added");
    EXPECT_EQ(rest.conversations.back(), key.value());
    EXPECT_EQ(*rest.numbers.begin(), first.number.value());
}

TEST_F(SnapshotContract, CursorSurvivesReopening) {
    SnapshotQuery query = this->query(6);
    const SnapshotPage first = snapshot(query).value();
    ASSERT_EQ(first.friends.size(), 5U);
    ASSERT_EQ(first.conversations.size(), 1U);
    ASSERT_TRUE(first.next.has_value());
    EXPECT_EQ(first.next->section, Section::kConversations);
    reopen();
    query.cursor = first.next;
    const SnapshotPage second = snapshot(query).value();
    EXPECT_TRUE(second.friends.empty());
    EXPECT_EQ(fields(first.self.value()), fields(anna_));
    EXPECT_FALSE(second.self.has_value()) << "only on the first page";
    EXPECT_EQ(second.conversations.size(), 3U);
    EXPECT_FALSE(second.next.has_value());
}

TEST_F(SnapshotContract, ConversationWithoutVisibleMessageHasNone) {
    WriteSet writes;
    MemberRow member = world_.member(conversations_[0], anna_);
    member.first_visible = Seq(2);
    writes.members = {member};
    const UserRow added = world_.add_user(writes, "added");
    const ConversationKey empty = world_.open_direct(writes, anna_, added);
    ASSERT_TRUE(commit(writes));
    const SnapshotPage page = snapshot(query(100)).value();
    ASSERT_EQ(page.conversations.size(), 5U);
    EXPECT_FALSE(page.conversations[0].last_message.has_value());
    EXPECT_EQ(page.conversations[4].row.key, empty);
    EXPECT_FALSE(page.conversations[4].last_message.has_value());
    EXPECT_EQ(page.conversations[4].peer.id, added.id);
}

// Every section, cut at every place.
TEST_F(SnapshotContract, RequestsAndBlockedPeopleStandBetweenFriendsAndConversations) {
    WriteSet writes;
    std::vector<UserRow> asking;
    for (const char* id : {"r1", "r2", "r3"})
        asking.push_back(world_.add_user(writes, id));
    writes.friend_requests = {make_request(asking[0], anna_), make_request(asking[1], anna_),
                              make_request(anna_, asking[2]), make_request(anna_, stranger_),
                              make_request(asking[0], asking[1])};
    writes.blocks = {
        {anna_.key, asking[1].key}, {anna_.key, stranger_.key}, {asking[2].key, anna_.key}};
    ASSERT_TRUE(commit(writes));
    for (std::int64_t limit = 1; limit <= 16; ++limit) {
        SCOPED_TRACE(limit);
        std::vector<std::string> found;
        SnapshotQuery query = this->query(limit);
        for (int pages = 0; pages < 20; ++pages) {
            const SnapshotPage page = snapshot(query).value();
            for (const StoredFriend& row : page.friends)
                found.push_back(row.profile.id.text());
            for (const StoredFriendRequest& row : page.requests)
                found.push_back((row.row.target == anna_.key ? "from " : "to ") +
                                row.peer.id.text());
            for (const UserRow& row : page.blocked)
                found.push_back("blocked " + row.id.text());
            for (const StoredConversation& row : page.conversations)
                found.push_back("with " + row.peer.id.text());
            query.cursor = page.next;
            if (!query.cursor) break;
        }
        EXPECT_EQ(found, (std::vector<std::string>{"f1", "f2", "f3", "f4", "f5", "from r1",
                                                   "from r2", "to stranger", "to r3",
                                                   "blocked stranger", "blocked r2", "with f3",
                                                   "with f1", "with stranger", "with f2"}));
    }
}

TEST_F(SnapshotContract, NewAccountIsEmpty) {
    WriteSet writes;
    const UserRow added = world_.add_user(writes, "added");
    ASSERT_TRUE(commit(writes));
    SnapshotQuery query = this->query(10);
    query.user = added.key;
    const SnapshotPage page = snapshot(query).value();
    EXPECT_EQ(page.number, FeedNumber());
    EXPECT_TRUE(page.friends.empty());
    EXPECT_TRUE(page.conversations.empty());
    EXPECT_FALSE(page.next.has_value());
}

}  // namespace
}  // namespace kumquat::store
