// update_profile, and who learns of it; friends_only.
#include "base/limits.h"
#include "unit/service/world.h"

namespace kumquat::service {
namespace {

using proto::AllowType;

const std::string kPicture = "0123456789abcdef0123456789abcdef";

proto::UpdateProfile nick(const std::string& text) {
    return proto::UpdateProfile{text, std::nullopt, std::nullopt, std::nullopt};
}

struct ProfileOf : ::testing::Test {
    ProfileOf() {
        alice.sign_in("alice", "Alice");
        bob.sign_in("bob", "Bob");
        carol.sign_in("carol", "Carol");
        world.upload(alice.session, kPicture);
        for (Tab* tab : {&alice, &bob, &carol})
            tab->forget();
    }
    World world;
    Tab alice{world};
    Tab bob{world};
    Tab carol{world};
};

TEST_F(ProfileOf, EveryFieldIsKept) {
    proto::UpdateProfile request{"爱丽丝", kPicture, AllowType::kConfirm, true};
    const auto me = get<proto::UpdateProfileReply>(alice.ask(request)).me;
    EXPECT_EQ(me.profile.user_id.text(), "alice");
    EXPECT_EQ(me.profile.nick, "爱丽丝");
    EXPECT_EQ(me.profile.avatar.text(), kPicture);
    EXPECT_EQ(me.allow, AllowType::kConfirm);
    EXPECT_TRUE(me.friends_only);
    world.restart();
    Tab again(world);
    again.hello();
    proto::Resume resume;
    resume.session = alice.session;
    resume.device = DeviceId(7);
    const auto back = get<proto::ResumeReply>(again.ask(resume)).me;
    EXPECT_EQ(back.profile.nick, "爱丽丝");
    EXPECT_EQ(back.profile.avatar.text(), kPicture);
    EXPECT_EQ(back.allow, AllowType::kConfirm);
    EXPECT_TRUE(back.friends_only);
}

TEST_F(ProfileOf, WhatIsAbsentStays) {
    alice.must(proto::UpdateProfile{"A", kPicture, AllowType::kDeny, true});
    auto me = get<proto::UpdateProfileReply>(alice.ask(nick(""))).me;
    EXPECT_EQ(me.profile.nick, "");
    EXPECT_EQ(me.profile.avatar.text(), kPicture);
    EXPECT_EQ(me.allow, AllowType::kDeny);
    proto::UpdateProfile request;
    request.avatar = "";
    request.friends_only = false;
    me = get<proto::UpdateProfileReply>(alice.ask(request)).me;
    EXPECT_TRUE(me.profile.avatar.empty());
    EXPECT_FALSE(me.friends_only);
    EXPECT_EQ(me.allow, AllowType::kDeny);
}

TEST_F(ProfileOf, FriendsAndPeersLearnOfANewNickStrangersDoNot) {
    alice.must(proto::AddFriend{"carol", "", "", "", "", /*one_way=*/true});
    bob.say("alice", "hi");
    Tab second(world);
    second.sign_in("alice");
    for (Tab* tab : {&alice, &bob, &carol, &second})
        tab->forget();
    alice.must(nick("A"));
    for (Tab* tab : {&alice, &second}) {
        const auto events = tab->take_events();
        ASSERT_EQ(events.size(), 1u);
        EXPECT_EQ(only<proto::AccountEvent>(events).at(0).changed.profile.nick, "A");
    }
    const auto events = bob.take_events();
    ASSERT_EQ(events.size(), 1u);
    EXPECT_EQ(only<proto::ProfileEvent>(events).at(0).changed.nick, "A");
    EXPECT_TRUE(carol.take_events().empty()) << "alice has carol, carol does not know alice";
    carol.must(nick("C"));
    EXPECT_EQ(only<proto::ProfileEvent>(alice.take_events()).at(0).changed.nick, "C");
}

TEST_F(ProfileOf, WhoIsFriendAndPeerLearnsOnce) {
    alice.befriend("bob");
    bob.say("alice", "hi");
    bob.forget();
    alice.must(proto::UpdateProfile{std::nullopt, kPicture, std::nullopt, std::nullopt});
    const auto events = bob.take_events();
    ASSERT_EQ(events.size(), 1u);
    EXPECT_EQ(only<proto::ProfileEvent>(events).at(0).changed.avatar.text(), kPicture);
}

TEST_F(ProfileOf, SettingsAreOnesOwn) {
    alice.befriend("bob");
    alice.forget();
    bob.forget();
    alice.must(proto::UpdateProfile{std::nullopt, std::nullopt, AllowType::kConfirm, true});
    EXPECT_EQ(only<proto::AccountEvent>(alice.take_events()).size(), 1u);
    EXPECT_TRUE(bob.take_events().empty());
}

TEST_F(ProfileOf, AChangeThatChangesNothingIsNoNews) {
    alice.befriend("bob");
    alice.forget();
    bob.forget();
    alice.must(proto::UpdateProfile{"Alice", "", AllowType::kAny, false});
    alice.must(proto::UpdateProfile{});
    EXPECT_TRUE(alice.take_events().empty());
    EXPECT_TRUE(bob.take_events().empty());
    EXPECT_TRUE(world.store->commits.back().empty());
}

TEST_F(ProfileOf, BadPartsAreRefusedWhole) {
    proto::UpdateProfile request = nick(std::string(limits::kNickBytes + 1, 'x'));
    EXPECT_EQ(code_of(alice.ask(request)), ErrorCode::kBadField);
    for (const char* avatar : {"x", "0123456789abcdef0123456789abcde", "../../etc/passwd",
                               "0123456789ABCDEF0123456789ABCDEF"}) {
        request = nick("new");
        request.avatar = avatar;
        EXPECT_EQ(code_of(alice.ask(request)), ErrorCode::kUnknownPicture) << avatar;
    }
    EXPECT_EQ(get<proto::FindUserReply>(bob.ask(proto::FindUser{"alice"})).profile.nick, "Alice");
    alice.must(nick(std::string(limits::kNickBytes, 'x')));
}

TEST_F(ProfileOf, ANickHoldsForOldMessagesToo) {
    alice.say("bob", "hi");
    alice.must(nick("A"));
    proto::Sync since;
    since.since = FeedNumber(0);
    const auto page = get<proto::SyncReply>(bob.ask(since));
    EXPECT_EQ(only<proto::MessageEvent>(page.events).at(0).peer.nick, "A");
    EXPECT_EQ(get<proto::SyncReply>(bob.ask(proto::Sync{})).conversations.at(0).peer.nick, "A");
}

TEST_F(ProfileOf, SoManyAreToldFriendsFirst) {
    store::WriteSet writes;
    for (std::int64_t i = 0; i < limits::kProfileAudience; ++i) {
        store::FriendRow row;
        row.user = UserKey(1000 + i);
        row.peer = UserKey(1);
        writes.friends.push_back(row);
    }
    ASSERT_TRUE(world.state->apply(writes));
    bob.say("alice", "hi");
    bob.forget();
    alice.must(nick("A"));
    EXPECT_TRUE(bob.take_events().empty());
    EXPECT_EQ(static_cast<std::int64_t>(world.store->commits.back().feed.size()),
              limits::kProfileAudience + 1);
    writes = store::WriteSet();
    writes.ended_friends = {{UserKey(1000), UserKey(1)}};
    ASSERT_TRUE(world.state->apply(writes));
    alice.must(nick("B"));
    EXPECT_EQ(only<proto::ProfileEvent>(bob.take_events()).size(), 1u);
}

TEST_F(ProfileOf, WhoComesToKnowThePersonInTheSameBatchLearnsToo) {
    alice.send(alice.text("nobody", "keeps the batch before busy"));
    bob.send(proto::AddFriend{"alice"});
    carol.send(carol.text("alice", "hi"));
    alice.send(nick("A"));
    world.run();
    for (Tab* tab : {&bob, &carol})
        EXPECT_EQ(only<proto::ProfileEvent>(tab->take_events()).size(), 1u);
}

TEST_F(ProfileOf, TooManyChangesWithinAMinuteAreRefused) {
    for (std::int64_t i = 0; i < limits::kProfileChangesPerMinute; ++i)
        alice.must(nick(std::to_string(i)));
    const auto refused = alice.ask(nick("once more"));
    EXPECT_EQ(code_of(refused), ErrorCode::kOverloaded);
    EXPECT_TRUE(refused.error().retry_after_ms.has_value());
    world.pass_ms(*refused.error().retry_after_ms);
    alice.must(nick("once more"));
}

TEST_F(ProfileOf, FriendsOnlyRefusesWhomThePersonDoesNotHave) {
    alice.must(proto::UpdateProfile{std::nullopt, std::nullopt, std::nullopt, true});
    EXPECT_EQ(code_of(bob.try_say("alice", "hi")), ErrorCode::kNotPeersFriend);
    alice.say("bob", "hi");  // her own choice binds others alone
    EXPECT_EQ(code_of(bob.try_say("alice", "hi")), ErrorCode::kNotPeersFriend);
    bob.must(proto::AddFriend{"alice", "", "", "", "", /*one_way=*/true});
    EXPECT_EQ(code_of(bob.try_say("alice", "hi")), ErrorCode::kNotPeersFriend)
        << "it is alice's list that counts";
    alice.befriend("bob");
    bob.say("alice", "hi");
    alice.must(proto::UpdateProfile{std::nullopt, std::nullopt, std::nullopt, false});
    carol.say("alice", "hi");
}

}  // namespace
}  // namespace kumquat::service
