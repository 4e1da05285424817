// add_friend where nobody has to consent, update_friend, delete_friend, find_user.
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

TEST_F(Friends, OneWayIsOneSideAlone) {
    proto::AddFriend request = add("bob");
    request.one_way = true;
    const auto reply = get<proto::AddFriendReply>(alice.ask(request));
    EXPECT_TRUE(reply.added.has_value());
    EXPECT_FALSE(reply.waits.has_value());
    EXPECT_EQ(only<proto::FriendEvent>(alice.take_events()).size(), 1u);
    EXPECT_TRUE(bob.take_events().empty());
    EXPECT_EQ(code_of(alice.ask(request)), ErrorCode::kFriendRefused) << "nothing to add";
    // Without one_way there is: the other side.
    get<proto::AddFriendReply>(alice.ask(add("bob")));
    EXPECT_EQ(only<proto::FriendEvent>(bob.take_events()).size(), 1u);
}

// So many friends without the ceremony, from key 1000 on.
void fill_friends(World& world, UserKey user, std::size_t count, const std::string& group = "") {
    store::WriteSet writes;
    for (std::size_t i = 0; i < count; ++i) {
        store::FriendRow row;
        row.user = user;
        row.peer = UserKey(1000 + static_cast<std::int64_t>(i));
        if (!group.empty()) row.group = group + std::to_string(i);
        writes.friends.push_back(row);
    }
    ASSERT_TRUE(world.state->apply(writes));
}

TEST_F(Friends, TheLastPlaceInAListIsGiven) {
    fill_friends(world, UserKey(1), limits::kFriends - 1);
    get<proto::AddFriendReply>(alice.ask(add("bob")));
    Tab carol(world);
    carol.sign_in("carol");
    EXPECT_EQ(code_of(alice.ask(add("carol"))), ErrorCode::kFriendListFull);
    proto::AddFriend request = add("alice");
    EXPECT_EQ(code_of(carol.ask(request)), ErrorCode::kPeerFriendListFull);
    // A place of one's own is all that one way takes.
    request.one_way = true;
    get<proto::AddFriendReply>(carol.ask(request));
}

TEST_F(Friends, AGroupTooManyIsRefusedAKnownOneIsNot) {
    fill_friends(world, UserKey(1), limits::kFriendGroups, "group");
    proto::AddFriend request = add("bob");
    request.group = "one more";
    EXPECT_EQ(code_of(alice.ask(request)), ErrorCode::kFriendGroupsFull);
    request.group = "group7";
    get<proto::AddFriendReply>(alice.ask(request));

    proto::UpdateFriend update{"bob", std::nullopt, "one more"};
    EXPECT_EQ(code_of(alice.ask(update)), ErrorCode::kFriendGroupsFull);
    update.group = "";
    get<proto::UpdateFriendReply>(alice.ask(update));
    EXPECT_EQ(code_of(alice.ask(proto::UpdateFriend{"bob", "r", "one more"})),
              ErrorCode::kFriendGroupsFull);
}

TEST_F(Friends, ALastFriendMayTakeTheGroupAlong) {
    fill_friends(world, UserKey(1), limits::kFriendGroups - 1, "group");
    proto::AddFriend request = add("bob");
    request.group = "the last";
    get<proto::AddFriendReply>(alice.ask(request));
    // The group that is left has nobody any more, so there is room for another.
    const auto reply =
        get<proto::UpdateFriendReply>(alice.ask(proto::UpdateFriend{"bob", std::nullopt, "other"}));
    EXPECT_EQ(reply.changed.group, "other");
}

// Each request of a batch counts what those before it have changed.
TEST_F(Friends, GroupsAreCountedWithinABatch) {
    Tab carol(world);
    carol.sign_in("carol");
    fill_friends(world, UserKey(1), limits::kFriendGroups - 1, "group");
    alice.send(alice.text("nobody", "keeps the batch before busy"));
    proto::AddFriend first = add("bob");
    first.group = "new";
    proto::AddFriend second = add("carol");
    second.group = "newer";
    const RequestId added = alice.send(first);
    const RequestId refused = alice.send(second);
    second.group = "new";
    const RequestId known = alice.send(second);
    world.run();
    get<proto::AddFriendReply>(alice.answer(added));
    EXPECT_EQ(code_of(alice.answer(refused)), ErrorCode::kFriendGroupsFull);
    get<proto::AddFriendReply>(alice.answer(known));
}

TEST_F(Friends, TooManyWithinAMinuteAreRefused) {
    for (std::int64_t i = 0; i < limits::kFriendRequestsPerMinute; ++i)
        EXPECT_EQ(code_of(alice.ask(add("nobody"))), ErrorCode::kUnknownUser);
    const auto refused = alice.ask(add("bob"));
    EXPECT_EQ(code_of(refused), ErrorCode::kTooManyFriendRequests);
    EXPECT_EQ(refused.error().retry_after_ms, 60'000);
    get<proto::AddFriendReply>(bob.ask(add("alice")));
    world.pass_ms(60'000);
    EXPECT_EQ(code_of(alice.ask(add("bob"))), ErrorCode::kFriendRefused);
}

TEST_F(Friends, AnUpdateChangesWhatItNames) {
    proto::AddFriend request = add("bob");
    request.remark = "old";
    request.group = "group";
    alice.must(request);
    Tab second(world);
    second.sign_in("alice");
    for (Tab* tab : {&alice, &bob, &second})
        tab->forget();

    const auto reply =
        get<proto::UpdateFriendReply>(alice.ask(proto::UpdateFriend{"bob", "new", std::nullopt}));
    EXPECT_EQ(reply.changed.remark, "new");
    EXPECT_EQ(reply.changed.group, "group");
    for (Tab* tab : {&alice, &second}) {
        const auto events = only<proto::FriendEvent>(tab->take_events());
        ASSERT_EQ(events.size(), 1u);
        EXPECT_EQ(events[0].changed.remark, "new");
    }
    EXPECT_EQ(
        get<proto::UpdateFriendReply>(alice.ask(proto::UpdateFriend{"bob", "", ""})).changed.remark,
        "");
    EXPECT_TRUE(bob.take_events().empty());
}

TEST_F(Friends, AnUpdateThatChangesNothingIsNoNews) {
    alice.befriend("bob");
    alice.forget();
    const auto reply = get<proto::UpdateFriendReply>(
        alice.ask(proto::UpdateFriend{"bob", std::nullopt, std::nullopt}));
    EXPECT_EQ(reply.changed.profile.nick, "Bob");
    EXPECT_TRUE(alice.take_events().empty());
    EXPECT_TRUE(world.store->commits.back().empty());
}

TEST_F(Friends, WhoIsNoFriendCannotBeUpdatedOrDeleted) {
    for (const char* user : {"bob", "nobody", "alice", "", "小橙子"}) {
        EXPECT_EQ(code_of(alice.ask(proto::UpdateFriend{user, "r", std::nullopt})),
                  ErrorCode::kNotAFriend)
            << user;
        EXPECT_EQ(code_of(alice.ask(proto::DeleteFriend{user})), ErrorCode::kNotAFriend) << user;
    }
    bob.must(proto::AddFriend{"alice", "", "", "", "", /*one_way=*/true});
    EXPECT_EQ(code_of(alice.ask(proto::DeleteFriend{"bob"})), ErrorCode::kNotAFriend)
        << "only bob has alice";
    bob.befriend("alice");
    const std::string long_text(limits::kRemarkBytes + 1, 'x');
    EXPECT_EQ(code_of(alice.ask(proto::UpdateFriend{"bob", long_text, std::nullopt})),
              ErrorCode::kBadField);
    EXPECT_EQ(code_of(alice.ask(proto::UpdateFriend{"bob", std::nullopt, long_text})),
              ErrorCode::kBadField);
}

TEST_F(Friends, DeletingEndsBothSidesAndKeepsTheChat) {
    alice.befriend("bob");
    alice.say("bob", "hi");
    alice.forget();
    bob.forget();
    alice.must(proto::DeleteFriend{"bob"});
    const auto mine = only<proto::FriendGoneEvent>(alice.take_events());
    ASSERT_EQ(mine.size(), 1u);
    EXPECT_EQ(mine[0].user_id.text(), "bob");
    const auto theirs = only<proto::FriendGoneEvent>(bob.take_events());
    ASSERT_EQ(theirs.size(), 1u);
    EXPECT_EQ(theirs[0].user_id.text(), "alice");
    EXPECT_EQ(code_of(bob.ask(proto::DeleteFriend{"alice"})), ErrorCode::kNotAFriend);
    const auto page = get<proto::SyncReply>(bob.ask(proto::Sync{}));
    EXPECT_TRUE(page.friends.empty());
    EXPECT_EQ(page.conversations.size(), 1u);
    alice.say("bob", "still there");
    get<proto::AddFriendReply>(alice.ask(add("bob")));
}

TEST_F(Friends, DeletingOneWayLeavesTheOtherSide) {
    alice.befriend("bob");
    alice.forget();
    bob.forget();
    alice.must(proto::DeleteFriend{"bob", /*one_way=*/true});
    EXPECT_EQ(alice.take_events().size(), 1u);
    EXPECT_TRUE(bob.take_events().empty());
    EXPECT_EQ(get<proto::SyncReply>(bob.ask(proto::Sync{})).friends.size(), 1u);
    // Whoever has the sender as a friend has consented.
    bob.must(
        proto::UpdateProfile{std::nullopt, std::nullopt, proto::AllowType::kDeny, std::nullopt});
    EXPECT_TRUE(get<proto::AddFriendReply>(alice.ask(add("bob"))).added.has_value());
}

TEST_F(Friends, AddedAndDeletedInOneBatchLeavesNothing) {
    alice.send(alice.text("nobody", "keeps the batch before busy"));
    const RequestId added = alice.send(add("bob"));
    const RequestId deleted = alice.send(proto::DeleteFriend{"bob"});
    const RequestId again = alice.send(proto::DeleteFriend{"bob"});
    world.run();
    get<proto::AddFriendReply>(alice.answer(added));
    get<proto::DeleteFriendReply>(alice.answer(deleted));
    EXPECT_EQ(code_of(alice.answer(again)), ErrorCode::kNotAFriend);
    EXPECT_TRUE(world.store->commits.back().friends.empty());
    EXPECT_EQ(world.store->commits.back().ended_friends.size(), 2u);
    EXPECT_TRUE(get<proto::SyncReply>(alice.ask(proto::Sync{})).friends.empty());
    EXPECT_EQ(world.state->friend_count(UserKey(1)), 0);
}

TEST_F(Friends, FindUserTellsWhoMayBeAdded) {
    bob.must(
        proto::UpdateProfile{std::nullopt, std::nullopt, proto::AllowType::kConfirm, std::nullopt});
    EXPECT_EQ(get<proto::FindUserReply>(alice.ask(proto::FindUser{"bob"})).allow,
              proto::AllowType::kConfirm);
    EXPECT_EQ(get<proto::FindUserReply>(bob.ask(proto::FindUser{"alice"})).allow,
              proto::AllowType::kAny);
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
