// Friendships that need consent: add_friend that waits, accept_friend, refuse_friend,
// withdraw_friend, read_friend_requests.
#include "base/limits.h"
#include "unit/service/world.h"

namespace kumquat::service {
namespace {

using proto::AllowType;

proto::UpdateProfile allow(AllowType type) {
    return proto::UpdateProfile{std::nullopt, std::nullopt, type, std::nullopt};
}

proto::AddFriend ask_for(const std::string& user) {
    return proto::AddFriend{user, "remark", "group", "hello", "AddSource_Type_Web"};
}

// Bob wants to be asked.
struct FriendRequests : ::testing::Test {
    FriendRequests() {
        alice.sign_in("alice", "Alice");
        bob.sign_in("bob", "Bob");
        bob.must(allow(AllowType::kConfirm));
        forget();
    }
    void forget() {
        alice.forget();
        bob.forget();
    }
    void ask(const std::string& user = "bob") {
        EXPECT_TRUE(get<proto::AddFriendReply>(alice.ask(ask_for(user))).waits.has_value());
    }
    std::size_t friends_of(Tab& tab) {
        return get<proto::SyncReply>(tab.ask(proto::Sync{})).friends.size();
    }
    std::size_t requests_of(Tab& tab) {
        return get<proto::SyncReply>(tab.ask(proto::Sync{})).requests.size();
    }

    World world;
    Tab alice{world};
    Tab bob{world};
};

TEST_F(FriendRequests, ARequestWaitsAndBothLearnOfIt) {
    const auto reply = get<proto::AddFriendReply>(alice.ask(ask_for("bob")));
    EXPECT_FALSE(reply.added.has_value());
    ASSERT_TRUE(reply.waits.has_value());
    EXPECT_EQ(reply.waits->peer.nick, "Bob");
    EXPECT_FALSE(reply.waits->incoming);
    EXPECT_EQ(reply.waits->remark, "remark");
    EXPECT_EQ(reply.waits->group, "group");

    const auto mine = only<proto::FriendRequestEvent>(alice.take_events());
    ASSERT_EQ(mine.size(), 1u);
    EXPECT_FALSE(mine[0].changed.incoming);
    EXPECT_EQ(mine[0].changed.remark, "remark");
    const auto theirs = only<proto::FriendRequestEvent>(bob.take_events());
    ASSERT_EQ(theirs.size(), 1u);
    EXPECT_TRUE(theirs[0].changed.incoming);
    EXPECT_EQ(theirs[0].changed.peer.nick, "Alice");
    EXPECT_EQ(theirs[0].changed.wording, "hello");
    EXPECT_EQ(theirs[0].changed.source, "AddSource_Type_Web");
    EXPECT_EQ(theirs[0].changed.remark, "") << "the requester's own";
    EXPECT_EQ(theirs[0].changed.group, "");
    EXPECT_EQ(theirs[0].changed.time, world.clock.time);
    EXPECT_FALSE(theirs[0].changed.read);
    EXPECT_EQ(friends_of(alice), 0u);
    EXPECT_EQ(friends_of(bob), 0u);
}

TEST_F(FriendRequests, AcceptingMakesBothFriendsEachWithTheirOwnWords) {
    ask();
    forget();
    world.pass_ms(5000);
    const auto reply =
        get<proto::AcceptFriendReply>(bob.ask(proto::AcceptFriend{"alice", "A", "old friends"}));
    ASSERT_TRUE(reply.added.has_value());
    EXPECT_EQ(reply.added->profile.nick, "Alice");
    EXPECT_EQ(reply.added->remark, "A");
    EXPECT_EQ(reply.added->group, "old friends");
    EXPECT_EQ(reply.added->source, "AddSource_Type_Web");
    EXPECT_EQ(reply.added->added, world.clock.time);

    const auto mine = alice.take_events();
    ASSERT_EQ(mine.size(), 2u);
    ASSERT_EQ(only<proto::FriendRequestGoneEvent>(mine).size(), 1u);
    EXPECT_FALSE(only<proto::FriendRequestGoneEvent>(mine)[0].incoming);
    ASSERT_EQ(only<proto::FriendEvent>(mine).size(), 1u);
    EXPECT_EQ(only<proto::FriendEvent>(mine)[0].changed.remark, "remark");
    EXPECT_EQ(only<proto::FriendEvent>(mine)[0].changed.group, "group");
    const auto theirs = bob.take_events();
    ASSERT_EQ(theirs.size(), 2u);
    EXPECT_TRUE(only<proto::FriendRequestGoneEvent>(theirs).at(0).incoming);
    EXPECT_EQ(only<proto::FriendEvent>(theirs).at(0).changed.remark, "A");
    EXPECT_EQ(requests_of(alice) + requests_of(bob), 0u);
    // The greeting is kept on both sides.
    for (const auto& row : world.store->commits.back().friends)
        EXPECT_EQ(row.wording, "hello");
}

TEST_F(FriendRequests, TheSecondAcceptFindsNothing) {
    ask();
    Tab second(world);
    second.sign_in("bob");
    forget();
    bob.send(bob.text("nobody", "keeps the batch before busy"));
    const RequestId first = bob.send(proto::AcceptFriend{"alice"});
    const RequestId late = second.send(proto::AcceptFriend{"alice"});
    world.run();
    get<proto::AcceptFriendReply>(bob.answer(first));
    EXPECT_EQ(code_of(second.answer(late)), ErrorCode::kNoFriendRequest);
    EXPECT_EQ(only<proto::FriendEvent>(alice.take_events()).size(), 1u);
    EXPECT_EQ(friends_of(bob), 1u);
    EXPECT_EQ(code_of(second.ask(proto::AcceptFriend{"alice"})), ErrorCode::kNoFriendRequest);
}

TEST_F(FriendRequests, AcceptingOneWayGivesTheRequesterAFriendAlone) {
    ask();
    const auto reply = get<proto::AcceptFriendReply>(
        bob.ask(proto::AcceptFriend{"alice", "", "", /*one_way=*/true}));
    EXPECT_FALSE(reply.added.has_value());
    EXPECT_EQ(friends_of(alice), 1u);
    EXPECT_EQ(friends_of(bob), 0u);
}

TEST_F(FriendRequests, AskingOneWayGivesTheRequesterAFriendAlone) {
    proto::AddFriend request = ask_for("bob");
    request.one_way = true;
    EXPECT_TRUE(get<proto::AddFriendReply>(alice.ask(request)).waits.has_value());
    EXPECT_FALSE(
        get<proto::AcceptFriendReply>(bob.ask(proto::AcceptFriend{"alice"})).added.has_value());
    EXPECT_EQ(friends_of(alice), 1u);
    EXPECT_EQ(friends_of(bob), 0u);
}

TEST_F(FriendRequests, RefusingEndsItForBoth) {
    ask();
    forget();
    bob.must(proto::RefuseFriend{"alice"});
    EXPECT_EQ(only<proto::FriendRequestGoneEvent>(alice.take_events()).size(), 1u);
    EXPECT_EQ(only<proto::FriendRequestGoneEvent>(bob.take_events()).size(), 1u);
    EXPECT_EQ(friends_of(alice), 0u);
    EXPECT_EQ(code_of(bob.ask(proto::AcceptFriend{"alice"})), ErrorCode::kNoFriendRequest);
    EXPECT_EQ(code_of(bob.ask(proto::RefuseFriend{"alice"})), ErrorCode::kNoFriendRequest);
    ask();  // and may be asked again
}

TEST_F(FriendRequests, WithdrawingEndsItForBoth) {
    ask();
    forget();
    EXPECT_EQ(code_of(bob.ask(proto::WithdrawFriend{"alice"})), ErrorCode::kNoFriendRequest)
        << "it is alice's";
    alice.must(proto::WithdrawFriend{"bob"});
    EXPECT_FALSE(only<proto::FriendRequestGoneEvent>(alice.take_events()).at(0).incoming);
    EXPECT_TRUE(only<proto::FriendRequestGoneEvent>(bob.take_events()).at(0).incoming);
    EXPECT_EQ(code_of(bob.ask(proto::AcceptFriend{"alice"})), ErrorCode::kNoFriendRequest);
    EXPECT_EQ(code_of(alice.ask(proto::WithdrawFriend{"bob"})), ErrorCode::kNoFriendRequest);
}

TEST_F(FriendRequests, NobodyToAnswerIsNoRequest) {
    Tab carol(world);
    carol.sign_in("carol");
    ask();
    // To oneself, to whom one has asked oneself, to a stranger, to nobody.
    for (const char* user : {"alice", "bob", "carol", "nobody", "", "小橙子"}) {
        EXPECT_EQ(code_of(alice.ask(proto::AcceptFriend{user})), ErrorCode::kNoFriendRequest)
            << user;
        EXPECT_EQ(code_of(alice.ask(proto::RefuseFriend{user})), ErrorCode::kNoFriendRequest)
            << user;
        EXPECT_EQ(code_of(bob.ask(proto::WithdrawFriend{user})), ErrorCode::kNoFriendRequest)
            << user;
    }
    EXPECT_EQ(requests_of(bob), 1u);
    EXPECT_EQ(code_of(bob.ask(
                  proto::AcceptFriend{"alice", std::string(limits::kRemarkBytes + 1, 'x'), ""})),
              ErrorCode::kBadField);
    EXPECT_EQ(code_of(bob.ask(
                  proto::AcceptFriend{"alice", "", std::string(limits::kGroupNameBytes + 1, 'x')})),
              ErrorCode::kBadField);
}

TEST_F(FriendRequests, AskingAgainReplacesWhatWasAsked) {
    ask();
    bob.must(proto::ReadFriendRequests{});
    world.pass_ms(1000);
    forget();
    proto::AddFriend again = ask_for("bob");
    again.wording = "please";
    again.remark = "other";
    again.group = "";
    const auto reply = get<proto::AddFriendReply>(alice.ask(again));
    ASSERT_TRUE(reply.waits.has_value());
    EXPECT_EQ(reply.waits->remark, "other");
    const auto theirs = only<proto::FriendRequestEvent>(bob.take_events());
    ASSERT_EQ(theirs.size(), 1u);
    EXPECT_EQ(theirs[0].changed.wording, "please");
    EXPECT_EQ(theirs[0].changed.time, world.clock.time);
    EXPECT_FALSE(theirs[0].changed.read);
    EXPECT_EQ(requests_of(bob), 1u);
    bob.must(proto::AcceptFriend{"alice"});
    const auto page = get<proto::SyncReply>(alice.ask(proto::Sync{}));
    ASSERT_EQ(page.friends.size(), 1u);
    EXPECT_EQ(page.friends[0].remark, "other");
    EXPECT_EQ(page.friends[0].group, "");
}

TEST_F(FriendRequests, AddingWhoWaitsForOnesAnswerAccepts) {
    ask();
    forget();
    // Alice wants to be asked as well; she has asked herself.
    alice.must(allow(AllowType::kConfirm));
    const auto reply = get<proto::AddFriendReply>(bob.ask(proto::AddFriend{"alice", "A", "g"}));
    ASSERT_TRUE(reply.added.has_value());
    EXPECT_EQ(reply.added->remark, "A");
    EXPECT_EQ(requests_of(alice) + requests_of(bob), 0u);
    const auto page = get<proto::SyncReply>(alice.ask(proto::Sync{}));
    ASSERT_EQ(page.friends.size(), 1u);
    EXPECT_EQ(page.friends[0].remark, "remark");
    EXPECT_EQ(friends_of(bob), 1u);
}

TEST_F(FriendRequests, TwoWhoAskEachOtherAtOnceAreFriends) {
    alice.must(allow(AllowType::kConfirm));
    alice.send(alice.text("nobody", "keeps the batch before busy"));
    const RequestId first = alice.send(ask_for("bob"));
    const RequestId second = bob.send(ask_for("alice"));
    world.run();
    EXPECT_TRUE(get<proto::AddFriendReply>(alice.answer(first)).waits.has_value());
    EXPECT_TRUE(get<proto::AddFriendReply>(bob.answer(second)).added.has_value());
    EXPECT_EQ(friends_of(alice), 1u);
    EXPECT_EQ(friends_of(bob), 1u);
    EXPECT_EQ(requests_of(alice) + requests_of(bob), 0u);
}

TEST_F(FriendRequests, WhatTheOtherPersonAllowsNowDecides) {
    ask();
    bob.must(allow(AllowType::kDeny));
    EXPECT_EQ(code_of(alice.ask(ask_for("bob"))), ErrorCode::kPeerDeniesFriends);
    EXPECT_EQ(requests_of(bob), 1u) << "what was asked before may still be answered";
    bob.must(allow(AllowType::kAny));
    EXPECT_TRUE(get<proto::AddFriendReply>(alice.ask(ask_for("bob"))).added.has_value());
    EXPECT_EQ(requests_of(alice) + requests_of(bob), 0u);
    EXPECT_EQ(friends_of(bob), 1u);
}

TEST_F(FriendRequests, OneSideThatIsThereNeedsConsentForTheOther) {
    bob.must(allow(AllowType::kAny));
    alice.must(proto::AddFriend{"bob", "kept", "", "", "", /*one_way=*/true});
    bob.must(allow(AllowType::kConfirm));
    EXPECT_TRUE(get<proto::AddFriendReply>(alice.ask(ask_for("bob"))).waits.has_value());
    bob.must(proto::AcceptFriend{"alice"});
    const auto page = get<proto::SyncReply>(alice.ask(proto::Sync{}));
    ASSERT_EQ(page.friends.size(), 1u);
    EXPECT_EQ(page.friends[0].remark, "kept");
    EXPECT_EQ(friends_of(bob), 1u);
}

TEST_F(FriendRequests, ReadingTellsOwnDevicesOnce) {
    ask();
    Tab carol(world);
    carol.sign_in("carol");
    carol.must(proto::AddFriend{"bob"});
    Tab second(world);
    second.sign_in("bob");
    for (Tab* tab : {&alice, &bob, &carol, &second})
        tab->forget();
    second.must(proto::ReadFriendRequests{});
    for (Tab* tab : {&bob, &second}) {
        const auto events = only<proto::FriendRequestEvent>(tab->take_events());
        ASSERT_EQ(events.size(), 2u);
        EXPECT_TRUE(events[0].changed.read);
        EXPECT_TRUE(events[1].changed.read);
    }
    EXPECT_TRUE(alice.take_events().empty());
    bob.must(proto::ReadFriendRequests{});
    EXPECT_TRUE(bob.take_events().empty());
    EXPECT_TRUE(world.store->commits.back().empty());
}

// So many requests that wait for bob, without the ceremony.
void fill_requests(World& world, std::size_t count) {
    store::WriteSet writes;
    for (std::size_t i = 0; i < count; ++i) {
        store::FriendRequestRow row;
        row.requester = UserKey(1000 + static_cast<std::int64_t>(i));
        row.target = UserKey(2);
        writes.friend_requests.push_back(row);
    }
    ASSERT_TRUE(world.state->apply(writes));
}

TEST_F(FriendRequests, OneTooManyForTheSamePersonIsRefused) {
    fill_requests(world, limits::kFriendRequests - 1);
    ask();
    ask();  // again is not one more
    Tab carol(world);
    carol.sign_in("carol");
    EXPECT_EQ(code_of(carol.ask(proto::AddFriend{"bob"})), ErrorCode::kPeerRequestsFull);
    alice.must(proto::WithdrawFriend{"bob"});
    EXPECT_TRUE(get<proto::AddFriendReply>(carol.ask(proto::AddFriend{"bob"})).waits.has_value());
}

TEST_F(FriendRequests, FullListsAreFoundWhenAccepting) {
    ask();
    store::WriteSet writes;
    for (const UserKey user : {UserKey(1), UserKey(2)}) {
        for (std::size_t i = 0; i < limits::kFriends; ++i) {
            store::FriendRow row;
            row.user = user;
            row.peer = UserKey(1000 + static_cast<std::int64_t>(i));
            writes.friends.push_back(row);
        }
    }
    ASSERT_TRUE(world.state->apply(writes));
    EXPECT_EQ(code_of(bob.ask(proto::AcceptFriend{"alice"})), ErrorCode::kFriendListFull);
    proto::AcceptFriend request{"alice", "", "", /*one_way=*/true};
    EXPECT_EQ(code_of(bob.ask(request)), ErrorCode::kPeerFriendListFull);
    writes = store::WriteSet();
    writes.ended_friends = {{UserKey(1), UserKey(1000)}};
    ASSERT_TRUE(world.state->apply(writes));
    get<proto::AcceptFriendReply>(bob.ask(request));
}

TEST_F(FriendRequests, GroupsAreCountedWhenAccepting) {
    ask();
    store::WriteSet writes;
    for (const UserKey user : {UserKey(1), UserKey(2)}) {
        for (std::size_t i = 0; i < limits::kFriendGroups; ++i) {
            store::FriendRow row;
            row.user = user;
            row.peer = UserKey(1000 + static_cast<std::int64_t>(i));
            row.group = "g" + std::to_string(i);
            writes.friends.push_back(row);
        }
    }
    ASSERT_TRUE(world.state->apply(writes));
    EXPECT_EQ(code_of(bob.ask(proto::AcceptFriend{"alice", "", "one more"})),
              ErrorCode::kFriendGroupsFull);
    const auto reply =
        get<proto::AcceptFriendReply>(bob.ask(proto::AcceptFriend{"alice", "", "g3"}));
    EXPECT_EQ(reply.added->group, "g3");
    // Alice has made as many groups since she asked; bob can do nothing about that.
    const auto row = world.state->friend_row(UserKey(1), UserKey(2));
    ASSERT_TRUE(row.has_value());
    EXPECT_EQ(row->group, "");
    EXPECT_EQ(row->remark, "remark");
}

TEST_F(FriendRequests, AFailedCommitLeavesTheRequest) {
    ask();
    world.store->commit_error = Error{ErrorCode::kDiskFull, ""};
    EXPECT_EQ(code_of(bob.ask(proto::AcceptFriend{"alice"})), ErrorCode::kDiskFull);
    world.store->commit_error.reset();
    EXPECT_EQ(requests_of(bob), 1u);
    get<proto::AcceptFriendReply>(bob.ask(proto::AcceptFriend{"alice"}));
}

}  // namespace
}  // namespace kumquat::service
