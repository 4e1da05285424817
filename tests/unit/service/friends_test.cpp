// add_friend and find_user.
#include "base/limits.h"
#include "unit/service/world.h"

namespace kumquat::service {
namespace {

proto::AddFriend add(const std::string& user) {
    proto::AddFriend request;
    request.user_id = user;
    request.source = "AddSource_Type_Web";
    return request;
}

struct Friends : ::testing::Test {
    Friends() {
        alice.sign_in("alice", "Alice");
        bob.sign_in("bob", "Bob");
        alice.forget();
        bob.forget();
    }
    World world;
    Tab alice{world};
    Tab bob{world};
};

TEST_F(Friends, AddingMakesBothFriendsAtOnce) {
    proto::AddFriend request = add("bob");
    request.remark = "小橙子";
    request.group = "好友";
    request.wording = "hello";
    const auto reply = get<proto::AddFriendReply>(alice.ask(request));
    EXPECT_EQ(reply.added->profile.nick, "Bob");
    EXPECT_EQ(reply.added->remark, "小橙子");
    EXPECT_EQ(reply.added->group, "好友");
    EXPECT_EQ(reply.added->added, world.clock.time);

    const auto mine = only<proto::FriendEvent>(alice.take_events());
    ASSERT_EQ(mine.size(), 1u);
    EXPECT_EQ(mine[0].changed.remark, "小橙子");
    const auto theirs = only<proto::FriendEvent>(bob.take_events());
    ASSERT_EQ(theirs.size(), 1u);
    EXPECT_EQ(theirs[0].changed.profile.user_id.text(), "alice");
    EXPECT_EQ(theirs[0].changed.profile.nick, "Alice");
    EXPECT_EQ(theirs[0].changed.remark, "");
    EXPECT_EQ(theirs[0].changed.group, "");
    EXPECT_EQ(theirs[0].changed.source, "AddSource_Type_Web");

    const auto& friends = world.store->commits.back().friends;
    ASSERT_EQ(friends.size(), 2u);
    EXPECT_EQ(friends[0].wording, "hello");
    EXPECT_EQ(friends[1].wording, "hello");
}

TEST_F(Friends, OneselfAFriendAlreadyAndAStrangerToAllAreRefused) {
    EXPECT_EQ(code_of(alice.ask(add("alice"))), ErrorCode::kFriendRefused);
    EXPECT_EQ(code_of(alice.ask(add("nobody"))), ErrorCode::kUnknownUser);
    EXPECT_EQ(code_of(alice.ask(add(""))), ErrorCode::kUnknownUser);
    EXPECT_EQ(code_of(alice.ask(add("小橙子"))), ErrorCode::kUnknownUser);
    get<proto::AddFriendReply>(alice.ask(add("bob")));
    EXPECT_EQ(code_of(alice.ask(add("bob"))), ErrorCode::kFriendRefused);
    EXPECT_EQ(code_of(bob.ask(add("alice"))), ErrorCode::kFriendRefused);
}

TEST_F(Friends, TooLongTextsAreRefused) {
    proto::AddFriend request = add("bob");
    request.remark = std::string(limits::kRemarkBytes + 1, 'x');
    EXPECT_EQ(code_of(alice.ask(request)), ErrorCode::kBadField);
    request = add("bob");
    request.group = std::string(limits::kGroupNameBytes + 1, 'x');
    EXPECT_EQ(code_of(alice.ask(request)), ErrorCode::kBadField);
    request = add("bob");
    request.wording = std::string(limits::kWordingBytes + 1, 'x');
    EXPECT_EQ(code_of(alice.ask(request)), ErrorCode::kBadField);
    request = add("bob");
    request.source = std::string(limits::kSourceBytes + 1, 'x');
    EXPECT_EQ(code_of(alice.ask(request)), ErrorCode::kBadField);
}

TEST_F(Friends, TwoWhoAddEachOtherInOneBatchAreFriendsOnce) {
    alice.send(alice.text("nobody", "keeps the batch before busy"));
    const RequestId first = alice.send(add("bob"));
    const RequestId second = bob.send(add("alice"));
    world.run();
    get<proto::AddFriendReply>(alice.answer(first));
    EXPECT_EQ(code_of(bob.answer(second)), ErrorCode::kFriendRefused);
    EXPECT_EQ(alice.take_events().size(), 1u);
    EXPECT_EQ(bob.take_events().size(), 1u);
}

TEST_F(Friends, OneWayIsCompleted) {
    store::WriteSet writes;
    store::FriendRow row;
    row.user = UserKey(1);
    row.peer = UserKey(2);
    row.remark = "kept";
    writes.friends.push_back(row);
    ASSERT_TRUE(world.state->apply(writes));

    EXPECT_EQ(get<proto::AddFriendReply>(alice.ask(add("bob"))).added->remark, "kept");
    EXPECT_TRUE(alice.take_events().empty());
    EXPECT_EQ(only<proto::FriendEvent>(bob.take_events()).size(), 1u);
    EXPECT_EQ(code_of(alice.ask(add("bob"))), ErrorCode::kFriendRefused);
}

TEST_F(Friends, AFullListIsRefusedOnEitherSide) {
    store::WriteSet writes;
    for (std::size_t i = 0; i < limits::kFriends; ++i) {
        store::FriendRow row;
        row.user = UserKey(1);
        row.peer = UserKey(1000 + static_cast<std::int64_t>(i));
        writes.friends.push_back(row);
    }
    ASSERT_TRUE(world.state->apply(writes));
    EXPECT_EQ(code_of(alice.ask(add("bob"))), ErrorCode::kFriendListFull);
    EXPECT_EQ(code_of(bob.ask(add("alice"))), ErrorCode::kPeerFriendListFull);
    EXPECT_TRUE(world.store->commits.back().empty());
}

TEST_F(Friends, FindUserTellsFriendsFromStrangers) {
    proto::FindUser request;
    request.user_id = "bob";
    EXPECT_FALSE(get<proto::FindUserReply>(alice.ask(request)).is_friend);
    alice.befriend("bob");
    const auto reply = get<proto::FindUserReply>(alice.ask(request));
    EXPECT_TRUE(reply.is_friend);
    EXPECT_EQ(reply.profile.nick, "Bob");
    request.user_id = "nobody";
    EXPECT_EQ(code_of(alice.ask(request)), ErrorCode::kUnknownUser);
    request.user_id = "";
    EXPECT_EQ(code_of(alice.ask(request)), ErrorCode::kUnknownUser);
}

TEST_F(Friends, SomebodyWhoSignsInInTheSameBatchCanBeAdded) {
    alice.send(alice.text("nobody", "keeps the batch before busy"));
    Tab carol(world);
    carol.send(proto::Hello{});
    proto::SignIn sign_in;
    sign_in.user_id = "carol";
    sign_in.device = DeviceId(1);
    const RequestId came = carol.send(sign_in);
    const RequestId added = alice.send(add("carol"));
    world.run();
    get<proto::SignInReply>(carol.answer(came));
    get<proto::AddFriendReply>(alice.answer(added));
    EXPECT_EQ(only<proto::FriendEvent>(carol.take_events()).size(), 1u);
}

}  // namespace
}  // namespace kumquat::service
