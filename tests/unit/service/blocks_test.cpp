// block_user, unblock_user, and what they refuse. Presence and typing across a block are in
// presence_test.cpp.
#include "base/limits.h"
#include "unit/service/world.h"

namespace kumquat::service {
namespace {

struct Blocks : ::testing::Test {
    Blocks() {
        alice.sign_in("alice", "Alice");
        bob.sign_in("bob", "Bob");
        alice.forget();
        bob.forget();
    }
    World world;
    Tab alice{world};
    Tab bob{world};
};

TEST_F(Blocks, OwnDevicesLearnOfItAndNobodyElse) {
    Tab second(world);
    second.sign_in("alice");
    alice.must(proto::BlockUser{"bob"});
    for (Tab* tab : {&alice, &second}) {
        const auto events = only<proto::BlockEvent>(tab->take_events());
        ASSERT_EQ(events.size(), 1u);
        EXPECT_EQ(events[0].profile.nick, "Bob");
        EXPECT_TRUE(events[0].blocked);
    }
    alice.must(proto::UnblockUser{"bob"});
    const auto events = only<proto::BlockEvent>(alice.take_events());
    ASSERT_EQ(events.size(), 1u);
    EXPECT_FALSE(events[0].blocked);
    EXPECT_TRUE(bob.take_events().empty());
}

TEST_F(Blocks, TwiceIsNoErrorAndNoNews) {
    alice.must(proto::BlockUser{"bob"});
    alice.forget();
    alice.must(proto::BlockUser{"bob"});
    EXPECT_TRUE(alice.take_events().empty());
    EXPECT_TRUE(world.store->commits.back().empty());
    alice.must(proto::UnblockUser{"bob"});
    alice.forget();
    alice.must(proto::UnblockUser{"bob"});
    EXPECT_TRUE(alice.take_events().empty());
}

TEST_F(Blocks, NobodyAndOneselfCannotBeBlocked) {
    for (const char* user : {"nobody", "", "小橙子"}) {
        EXPECT_EQ(code_of(alice.ask(proto::BlockUser{user})), ErrorCode::kUnknownUser) << user;
        EXPECT_EQ(code_of(alice.ask(proto::UnblockUser{user})), ErrorCode::kUnknownUser) << user;
    }
    EXPECT_EQ(code_of(alice.ask(proto::BlockUser{"alice"})), ErrorCode::kBlockedOneself);
    alice.must(proto::UnblockUser{"alice"});
}

TEST_F(Blocks, MessagesAreRefusedBothWaysUntilItEnds) {
    alice.befriend("bob");
    const auto sent = bob.text("alice", "before");
    const auto first = get<proto::SendMessageReply>(bob.ask(sent));
    alice.must(proto::BlockUser{"bob"});
    alice.forget();
    EXPECT_EQ(code_of(bob.try_say("alice", "hi")), ErrorCode::kRefusedByPeer);
    EXPECT_EQ(code_of(alice.try_say("bob", "hi")), ErrorCode::kPeerIsBlocked);
    // What was acknowledged is acknowledged again.
    EXPECT_EQ(get<proto::SendMessageReply>(bob.ask(sent)).seq, first.seq);
    EXPECT_TRUE(alice.take_events().empty());

    bob.must(proto::BlockUser{"alice"});
    EXPECT_EQ(code_of(bob.try_say("alice", "hi")), ErrorCode::kPeerIsBlocked)
        << "the own block first: the sender can do something about it";
    bob.must(proto::UnblockUser{"alice"});
    alice.must(proto::UnblockUser{"bob"});
    bob.say("alice", "after");
    EXPECT_EQ(get<proto::SyncReply>(alice.ask(proto::Sync{})).friends.size(), 1u)
        << "friendship stays";
}

TEST_F(Blocks, HistoryStaysReadable) {
    bob.say("alice", "before");
    alice.must(proto::BlockUser{"bob"});
    proto::GetHistory request;
    request.conversation = with("bob");
    request.limit = 10;
    EXPECT_EQ(get<proto::GetHistoryReply>(alice.ask(request)).messages.size(), 1u);
    alice.must(proto::MarkRead{with("bob"), Seq(1)});
}

TEST_F(Blocks, FriendRequestsAreRefusedBothWays) {
    alice.must(proto::BlockUser{"bob"});
    EXPECT_EQ(code_of(alice.ask(proto::AddFriend{"bob"})), ErrorCode::kFriendIsBlocked);
    EXPECT_EQ(code_of(bob.ask(proto::AddFriend{"alice"})), ErrorCode::kBlockedByPeer);
    alice.must(proto::UnblockUser{"bob"});
    bob.befriend("alice");
    alice.must(proto::BlockUser{"bob"});
    EXPECT_EQ(code_of(alice.ask(proto::AddFriend{"bob"})), ErrorCode::kFriendRefused)
        << "there is nothing to add";
}

TEST_F(Blocks, ARequestOfTheBlockedPersonIsOver) {
    for (Tab* tab : {&alice, &bob})
        tab->must(proto::UpdateProfile{std::nullopt, std::nullopt, proto::AllowType::kConfirm,
                                       std::nullopt});
    bob.must(proto::AddFriend{"alice"});
    alice.forget();
    bob.forget();
    alice.must(proto::BlockUser{"bob"});
    EXPECT_TRUE(only<proto::FriendRequestGoneEvent>(alice.take_events()).at(0).incoming);
    EXPECT_FALSE(only<proto::FriendRequestGoneEvent>(bob.take_events()).at(0).incoming);
    EXPECT_EQ(code_of(alice.ask(proto::AcceptFriend{"bob"})), ErrorCode::kNoFriendRequest);
    EXPECT_TRUE(get<proto::SyncReply>(bob.ask(proto::Sync{})).requests.empty());
}

TEST_F(Blocks, TheLastPlaceIsGiven) {
    store::WriteSet writes;
    for (std::size_t i = 0; i + 1 < limits::kBlocked; ++i)
        writes.blocks.push_back({UserKey(1), UserKey(1000 + static_cast<std::int64_t>(i))});
    ASSERT_TRUE(world.state->apply(writes));
    Tab carol(world);
    carol.sign_in("carol");
    alice.must(proto::BlockUser{"bob"});
    EXPECT_EQ(code_of(alice.ask(proto::BlockUser{"carol"})), ErrorCode::kBlocklistFull);
    alice.must(proto::BlockUser{"bob"});
    // Counted within a batch as well.
    alice.send(alice.text("nobody", "keeps the batch before busy"));
    const RequestId freed = alice.send(proto::UnblockUser{"bob"});
    const RequestId taken = alice.send(proto::BlockUser{"carol"});
    const RequestId refused = alice.send(proto::BlockUser{"bob"});
    world.run();
    get<proto::UnblockUserReply>(alice.answer(freed));
    get<proto::BlockUserReply>(alice.answer(taken));
    EXPECT_EQ(code_of(alice.answer(refused)), ErrorCode::kBlocklistFull);
}

TEST_F(Blocks, BlockedAndUnblockedInOneBatchLeavesNothing) {
    alice.send(alice.text("nobody", "keeps the batch before busy"));
    alice.send(proto::BlockUser{"bob"});
    const RequestId refused = bob.send(bob.text("alice", "hi"));
    alice.send(proto::UnblockUser{"bob"});
    const RequestId sent = bob.send(bob.text("alice", "hi"));
    world.run();
    EXPECT_EQ(code_of(bob.answer(refused)), ErrorCode::kRefusedByPeer);
    get<proto::SendMessageReply>(bob.answer(sent));
    EXPECT_TRUE(get<proto::SyncReply>(alice.ask(proto::Sync{})).blocked.empty());
}

TEST_F(Blocks, ABlockOutlivesARestart) {
    alice.must(proto::BlockUser{"bob"});
    world.restart();
    Tab again(world);
    again.sign_in("bob");
    EXPECT_EQ(code_of(again.try_say("alice", "hi")), ErrorCode::kRefusedByPeer);
}

}  // namespace
}  // namespace kumquat::service
