// read_feed(): the tail in order and in pages, what entries refer to, and when a snapshot is needed
// instead.
#include "contract/store_contract.h"

namespace kumquat::store {
namespace {

class FeedContract : public StoreContract {
  protected:
    void SetUp() override {
        StoreContract::SetUp();
        WriteSet writes;
        anna_ = world_.add_user(writes, "anna");
        ben_ = world_.add_user(writes, "ben");
        key_ = world_.open_direct(writes, anna_, ben_);
        ASSERT_TRUE(commit(writes));
    }

    void send(int count, std::string_view text = "text") {
        WriteSet writes;
        for (int i = 0; i < count; ++i)
            world_.send(writes, key_, ben_, text);
        ASSERT_TRUE(commit(writes));
    }
    void trim(std::int64_t up_to) {
        WriteSet writes;
        FeedHeadRow head = world_.heads().at(anna_.key);
        head.trimmed = FeedNumber(up_to);
        writes.heads = {head};
        ASSERT_TRUE(commit(writes));
    }
    FeedQuery query(std::int64_t since) {
        return {.user = anna_.key,
                .since = FeedNumber(since),
                .tail_max = 100,
                .limit = 100,
                .bytes_max = kManyBytes};
    }
    /// A page as text: numbers, and ">" if there are more; or "too far".
    std::string page(const FeedQuery& query) {
        const auto page = feed(query);
        if (!page) return "error " + std::to_string(static_cast<int>(page.error().code));
        if (page->too_far) {
            EXPECT_TRUE(page->items.empty());
            EXPECT_FALSE(page->more);
            return "too far";
        }
        std::string text;
        for (const FeedItem& item : page->items)
            text += " " + std::to_string(item.row.number.value());
        return text + (page->more ? " >" : "");
    }

    UserRow anna_;
    UserRow ben_;
    ConversationKey key_;
};

TEST_F(FeedContract, EmptyFeed) {
    EXPECT_EQ(page(query(0)), "");
    EXPECT_EQ(page(query(1)), "too far");
    FeedQuery nobody = query(0);
    nobody.user = UserKey(4711);
    EXPECT_EQ(page(nobody), "");
}

TEST_F(FeedContract, TailSinceANumber) {
    send(5);
    EXPECT_EQ(page(query(0)), " 1 2 3 4 5");
    EXPECT_EQ(page(query(3)), " 4 5");
    EXPECT_EQ(page(query(5)), "");
    EXPECT_EQ(page(query(6)), "too far");
    EXPECT_EQ(page(query(kIntegerMax)), "too far");
}

TEST_F(FeedContract, EveryUserHasAFeedOfTheirOwn) {
    send(2);
    WriteSet writes;
    world_.feed(writes, ben_, {.kind = FeedKind::kFriend, .entity = anna_.key});
    ASSERT_TRUE(commit(writes));
    EXPECT_EQ(page(query(0)), " 1 2");
    FeedQuery bens = query(0);
    bens.user = ben_.key;
    EXPECT_EQ(page(bens), " 1 2 3");
}

TEST_F(FeedContract, PagesByCount) {
    send(5);
    FeedQuery query = this->query(0);
    query.limit = 2;
    EXPECT_EQ(page(query), " 1 2 >");
    query.since = FeedNumber(2);
    EXPECT_EQ(page(query), " 3 4 >");
    query.since = FeedNumber(3);
    EXPECT_EQ(page(query), " 4 5");
    query.since = FeedNumber(4);
    EXPECT_EQ(page(query), " 5");
}

TEST_F(FeedContract, PagesByBytesWithAtLeastOne) {
    send(5, std::string(10'000, 'x'));
    FeedQuery query = this->query(0);
    query.bytes_max = 25'000;
    EXPECT_EQ(page(query), " 1 2 >");
    query.bytes_max = 1;
    EXPECT_EQ(page(query), " 1 >");
    query.limit = 0;
    EXPECT_EQ(page(query), " 1 >");
}

TEST_F(FeedContract, FurtherBehindThanTheTailIsTooFar) {
    send(5);
    FeedQuery query = this->query(0);
    query.tail_max = 5;
    EXPECT_EQ(page(query), " 1 2 3 4 5");
    query.tail_max = 4;
    EXPECT_EQ(page(query), "too far");
    query.since = FeedNumber(1);
    EXPECT_EQ(page(query), " 2 3 4 5");
}

TEST_F(FeedContract, TrimmedEntriesAreTooFar) {
    send(5);
    trim(2);
    EXPECT_EQ(page(query(0)), "too far");
    EXPECT_EQ(page(query(1)), "too far");
    EXPECT_EQ(page(query(2)), " 3 4 5");
    send(1);
    EXPECT_EQ(page(query(2)), " 3 4 5 6");
    ReadKeys keys;
    keys.users = {anna_.id};
    EXPECT_EQ(load(keys)->heads.at(anna_.key).last, FeedNumber(6));
}

TEST_F(FeedContract, TrimmedEntriesAreGone) {
    send(5);
    trim(2);
    // Their places are free again, which nothing but this test makes use of.
    WriteSet writes;
    writes.feed = {FeedRow{
        .user = anna_.key, .number = FeedNumber(2), .kind = FeedKind::kFriend, .entity = ben_.key}};
    EXPECT_TRUE(commit(writes));
    writes.feed[0].number = FeedNumber(3);
    EXPECT_FALSE(commit(writes));
}

TEST_F(FeedContract, TrimmingEverythingKeepsTheNumber) {
    send(3);
    trim(3);
    EXPECT_EQ(page(query(2)), "too far");
    EXPECT_EQ(page(query(3)), "");
    EXPECT_EQ(page(query(4)), "too far");
    reopen();
    EXPECT_EQ(page(query(3)), "");
}

TEST_F(FeedContract, TrimmingAndAddingInOneSet) {
    send(3);
    WriteSet writes;
    world_.send(writes, key_, ben_, "four");
    for (FeedHeadRow& head : writes.heads)
        head.trimmed = FeedNumber(2);
    ASSERT_TRUE(commit(writes));
    EXPECT_EQ(page(query(2)), " 3 4");
    EXPECT_EQ(page(query(1)), "too far");
}

TEST_F(FeedContract, EntriesCarryWhatTheyReferTo) {
    WriteSet writes;
    world_.befriend(writes, anna_, ben_);
    const MessageRow message = world_.send(writes, key_, ben_, "hello");
    const FeedRow own = world_.feed(writes, anna_,
                                    {.kind = FeedKind::kRead,
                                     .conversation = key_,
                                     .seq = Seq(1),
                                     .entity = anna_.key,
                                     .value = 3});
    world_.feed(writes, anna_,
                {.kind = FeedKind::kRead, .conversation = key_, .seq = Seq(1), .entity = ben_.key});
    ASSERT_TRUE(commit(writes));

    const FeedPage page = feed(query(0)).value();
    ASSERT_EQ(page.items.size(), 4U);
    const FeedItem& befriended = page.items[0];
    EXPECT_EQ(befriended.row.kind, FeedKind::kFriend);
    ASSERT_TRUE(befriended.friendship.has_value());
    EXPECT_EQ(fields(befriended.friendship->row), fields(writes.friends[0]));
    EXPECT_EQ(fields(befriended.friendship->profile), fields(ben_));

    const FeedItem& sent = page.items[1];
    EXPECT_EQ(sent.row.kind, FeedKind::kMessage);
    ASSERT_TRUE(sent.message.has_value());
    EXPECT_EQ(fields(sent.message->row), fields(message));
    EXPECT_EQ(sent.message->from, ben_.id);
    EXPECT_EQ(fields(sent.peer), fields(ben_));

    const FeedItem& read = page.items[2];
    EXPECT_EQ(fields(read.row), fields(own));
    EXPECT_EQ(read.entity, anna_.id);
    EXPECT_EQ(fields(read.peer), fields(ben_));
    EXPECT_EQ(page.items[3].entity, ben_.id);
    EXPECT_EQ(fields(page.items[3].peer), fields(ben_));
}

TEST_F(FeedContract, PeerIsTheOtherMemberForTheSenderToo) {
    send(1);
    FeedQuery bens = query(0);
    bens.user = ben_.key;
    const FeedPage page = feed(bens).value();
    ASSERT_EQ(page.items.size(), 1U);
    EXPECT_EQ(fields(page.items[0].peer), fields(anna_));
    EXPECT_EQ(page.items[0].message->from, ben_.id);
}

TEST_F(FeedContract, EntryShowsTheStateOfTheRead) {
    WriteSet writes;
    world_.befriend(writes, anna_, ben_);
    ASSERT_TRUE(commit(writes));
    WriteSet second;
    second.friends = {writes.friends[0]};
    second.friends[0].remark = "changed since";
    ASSERT_TRUE(commit(second));
    EXPECT_EQ(feed(query(0))->items.at(0).friendship->row.remark, "changed since");
}

TEST_F(FeedContract, FriendshipThatIsNotThereIsEmpty) {
    WriteSet writes;
    world_.feed(writes, anna_, {.kind = FeedKind::kFriend, .entity = ben_.key});
    ASSERT_TRUE(commit(writes));
    const FeedPage page = feed(query(0)).value();
    ASSERT_EQ(page.items.size(), 1U);
    EXPECT_FALSE(page.items[0].friendship.has_value());
    EXPECT_EQ(page.items[0].entity, ben_.id);
}

TEST_F(FeedContract, RequestsBlocksProfilesAndStatesAreLookedUp) {
    WriteSet writes;
    const UserRow carl = world_.add_user(writes, "carl");
    writes.friend_requests = {make_request(ben_, anna_), make_request(anna_, carl)};
    writes.blocks = {{anna_.key, ben_.key}};
    MemberRow member = world_.member(key_, anna_);
    member.pinned = true;
    writes.members = {member};
    for (const FeedRow& entry :
         std::vector<FeedRow>{{.kind = FeedKind::kFriendRequest, .entity = ben_.key, .value = 1},
                              {.kind = FeedKind::kFriendRequest, .entity = carl.key},
                              {.kind = FeedKind::kFriendRequest, .entity = ben_.key},
                              {.kind = FeedKind::kBlock, .entity = ben_.key},
                              {.kind = FeedKind::kBlock, .entity = carl.key},
                              {.kind = FeedKind::kProfile, .entity = carl.key},
                              {.kind = FeedKind::kAccount},
                              {.kind = FeedKind::kConversation, .conversation = key_}}) {
        world_.feed(writes, anna_, entry);
    }
    ASSERT_TRUE(commit(writes));
    const FeedPage page = feed(query(0)).value();
    ASSERT_EQ(page.items.size(), 8U);
    ASSERT_TRUE(page.items[0].request.has_value());
    EXPECT_EQ(fields(page.items[0].request->row), fields(writes.friend_requests[0]));
    EXPECT_EQ(fields(page.items[0].request->peer), fields(ben_));
    ASSERT_TRUE(page.items[1].request.has_value());
    EXPECT_EQ(fields(page.items[1].request->row), fields(writes.friend_requests[1]));
    EXPECT_EQ(fields(page.items[1].request->peer), fields(carl));
    EXPECT_FALSE(page.items[2].request.has_value()) << "anna has not asked ben";
    EXPECT_EQ(page.items[2].entity, ben_.id);
    EXPECT_EQ(fields(page.items[3].peer), fields(ben_));
    EXPECT_TRUE(page.items[3].blocked);
    EXPECT_EQ(fields(page.items[4].peer), fields(carl));
    EXPECT_FALSE(page.items[4].blocked);
    EXPECT_EQ(fields(page.items[5].peer), fields(carl));
    EXPECT_EQ(fields(page.items[6].peer), fields(anna_));
    EXPECT_EQ(fields(page.items[7].peer), fields(ben_));
    EXPECT_EQ(fields(page.items[7].member), fields(member));
}

TEST_F(FeedContract, AMessageThatTheReaderHasDeletedIsNotGivenOut) {
    send(3);
    WriteSet writes;
    MemberRow member = world_.member(key_, anna_);
    member.first_visible = Seq(3);
    writes.members = {member};
    ASSERT_TRUE(commit(writes));
    const FeedPage page = feed(query(0)).value();
    ASSERT_EQ(page.items.size(), 3U);
    EXPECT_FALSE(page.items[0].message.has_value());
    EXPECT_FALSE(page.items[1].message.has_value());
    EXPECT_TRUE(page.items[2].message.has_value());
    FeedQuery bens = query(0);
    bens.user = ben_.key;
    EXPECT_TRUE(feed(bens)->items.at(0).message.has_value());
}

}  // namespace
}  // namespace kumquat::store
