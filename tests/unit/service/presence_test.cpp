// Presence and typing: told, never stored.
#include "unit/service/world.h"

namespace kumquat::service {
namespace {

std::vector<std::string> texts(const std::vector<UserId>& ids) {
    std::vector<std::string> out;
    for (const auto& id : ids)
        out.push_back(id.text());
    return out;
}

using Names = std::vector<std::string>;

struct PresenceOf : ::testing::Test {
    PresenceOf() {
        alice.sign_in("alice");
        bob.sign_in("bob");
        alice.befriend("bob");
        alice.forget();
        bob.forget();
    }
    /// Leaves, and does not come back in time.
    void gone(Tab& tab) {
        tab.leave();
        world.pass_ms(20'000);
    }
    proto::PresenceSignal one(Tab& tab) {
        const auto signals = only<proto::PresenceSignal>(tab.take_signals());
        EXPECT_EQ(signals.size(), 1u);
        return signals.empty() ? proto::PresenceSignal() : signals[0];
    }
    World world;
    Tab alice{world};
    Tab bob{world};
};

TEST_F(PresenceOf, ASessionBeginsWithWhoIsThere) {
    Tab second(world);
    second.sign_in("alice");
    const auto signal = one(second);
    EXPECT_TRUE(signal.complete);
    EXPECT_EQ(texts(signal.online), Names{"bob"});
    EXPECT_TRUE(bob.take_signals().empty());  // alice had been there
}

TEST_F(PresenceOf, ResumeBeginsASessionToo) {
    gone(alice);
    bob.forget();
    Tab back(world);
    back.hello();
    proto::Resume request;
    request.session = alice.session;
    request.device = DeviceId(9);
    get<proto::ResumeReply>(back.ask(request));
    EXPECT_EQ(texts(one(back).online), Names{"bob"});
    EXPECT_EQ(texts(one(bob).online), Names{"alice"});
}

TEST_F(PresenceOf, FriendsLearnOfTheFirstAndTheLastConnectionAlone) {
    Tab second(world);
    second.sign_in("alice");
    alice.leave();
    EXPECT_TRUE(bob.take_signals().empty());
    gone(second);
    EXPECT_EQ(texts(one(bob).offline), Names{"alice"});
    Tab third(world);
    third.sign_in("alice");
    const auto back = one(bob);
    EXPECT_FALSE(back.complete);
    EXPECT_EQ(texts(back.online), Names{"alice"});
}

TEST_F(PresenceOf, SigningOutIsLeaving) {
    get<proto::SignOutReply>(alice.ask(proto::SignOut{}));
    EXPECT_EQ(texts(one(bob).offline), Names{"alice"});
    bob.say("alice", "gone?");
    EXPECT_TRUE(alice.take_events().empty());
}

TEST_F(PresenceOf, NewFriendsLearnOfEachOther) {
    Tab carol(world);
    carol.sign_in("carol");
    carol.forget();
    carol.befriend("bob");
    EXPECT_EQ(texts(one(carol).online), Names{"bob"});
    EXPECT_EQ(texts(one(bob).online), Names{"carol"});
    gone(carol);
    EXPECT_EQ(texts(one(bob).offline), Names{"carol"});
}

TEST_F(PresenceOf, AFriendMadeWhileAwayLearnsOfTheLeaving) {
    Tab carol(world);
    carol.sign_in("carol");
    gone(carol);
    alice.befriend("carol");
    alice.forget();
    Tab back(world);
    back.sign_in("carol");
    EXPECT_EQ(texts(one(back).online), Names{"alice"});
    EXPECT_EQ(texts(one(alice).online), Names{"carol"});
    gone(alice);
    EXPECT_EQ(texts(one(back).offline), Names{"alice"});
}

TEST_F(PresenceOf, StrangersLearnNothing) {
    Tab carol(world);
    carol.sign_in("carol");
    const auto signal = one(carol);
    EXPECT_TRUE(signal.complete);
    EXPECT_TRUE(signal.online.empty());
    carol.say("bob", "hi");
    bob.forget();
    gone(carol);
    EXPECT_TRUE(bob.take_signals().empty());
}

TEST_F(PresenceOf, AFailedReadIsTriedAgain) {
    gone(alice);
    bob.forget();
    world.store->read_error = Error{ErrorCode::kReadTimeout, ""};
    Tab back(world);
    back.sign_in("alice");
    EXPECT_TRUE(back.take_signals().empty());
    EXPECT_TRUE(bob.take_signals().empty());
    world.store->read_error.reset();
    get<proto::SyncReply>(back.ask(proto::Sync{}));
    EXPECT_EQ(texts(one(back).online), Names{"bob"});
    EXPECT_EQ(texts(one(bob).online), Names{"alice"});
}

TEST_F(PresenceOf, LeavingBeforeTheFriendsAreReadIsLeavingUnseen) {
    gone(alice);
    bob.forget();
    Tab back(world);
    back.hello();
    proto::SignIn request;
    request.user_id = "alice";
    request.device = DeviceId(7);
    back.send(request);
    Tab also(world);
    also.hello();
    also.send(request);
    world.run();
    back.leave();
    gone(also);
    const auto signals = only<proto::PresenceSignal>(bob.take_signals());
    ASSERT_EQ(signals.size(), 2u);
    EXPECT_EQ(texts(signals[0].online), Names{"alice"});
    EXPECT_EQ(texts(signals[1].offline), Names{"alice"});
}

TEST_F(PresenceOf, AReloadGoesUnnoticed) {
    alice.leave();
    world.pass_ms(19'999);
    EXPECT_TRUE(bob.take_signals().empty());
    Tab back(world);
    back.sign_in("alice");
    EXPECT_EQ(texts(one(back).online), Names{"bob"});
    world.pass_ms(60'000);
    EXPECT_TRUE(bob.take_signals().empty());
    EXPECT_FALSE(world.service->next_tick().has_value());
}

TEST_F(PresenceOf, TheGracePeriodBeginsWithEveryLeaving) {
    alice.leave();
    world.pass_ms(15'000);
    Tab back(world);
    back.sign_in("alice");
    back.leave();
    EXPECT_EQ(world.service->next_tick()->value() - world.clock.time.value(), 20'000);
    world.pass_ms(19'999);
    EXPECT_TRUE(bob.take_signals().empty());
    world.pass_ms(1);
    EXPECT_EQ(texts(one(bob).offline), Names{"alice"});
}

TEST_F(PresenceOf, WhoeverComesDuringTheGracePeriodSeesTheLeaving) {
    bob.leave();
    alice.leave();
    Tab back(world);
    back.sign_in("bob");
    EXPECT_EQ(texts(one(back).online), Names{"alice"});
    world.pass_ms(20'000);
    EXPECT_EQ(texts(one(back).offline), Names{"alice"});
}

TEST_F(PresenceOf, AnEarlyTickDoesNothing) {
    alice.leave();
    world.service->tick();
    EXPECT_TRUE(bob.take_signals().empty());
    EXPECT_TRUE(world.service->next_tick().has_value());
}

TEST_F(PresenceOf, SigningOutDuringTheGracePeriodIsLeavingAtOnce) {
    alice.leave();
    Tab back(world);
    back.sign_in("alice");
    back.must(proto::SignOut{});
    EXPECT_EQ(texts(one(bob).offline), Names{"alice"});
    world.pass_ms(60'000);
    EXPECT_TRUE(bob.take_signals().empty());
}

// Having somebody on one's own list shows nothing: the other person has to have the reader.
TEST_F(PresenceOf, APersonIsShownToWhomThePersonHas) {
    Tab carol(world);
    carol.sign_in("carol");
    carol.forget();
    carol.must(proto::AddFriend{"bob", "", "", "", "", /*one_way=*/true});
    EXPECT_TRUE(carol.take_signals().empty());
    EXPECT_EQ(texts(one(bob).online), Names{"carol"});
    gone(bob);
    EXPECT_TRUE(carol.take_signals().empty());
    Tab back(world);
    back.sign_in("bob");
    EXPECT_TRUE(carol.take_signals().empty());
    EXPECT_EQ(texts(one(back).online), (Names{"alice", "carol"}));
}

TEST_F(PresenceOf, EndingAFriendshipHidesAtOnce) {
    alice.must(proto::DeleteFriend{"bob", /*one_way=*/true});
    EXPECT_TRUE(alice.take_signals().empty()) << "bob still has alice as a friend";
    EXPECT_EQ(texts(one(bob).offline), Names{"alice"});
    bob.must(proto::DeleteFriend{"alice"});
    EXPECT_EQ(texts(one(alice).offline), Names{"bob"});
    EXPECT_TRUE(bob.take_signals().empty());
    gone(bob);
    EXPECT_TRUE(alice.take_signals().empty());
}

TEST_F(PresenceOf, ABlockHidesBothAndUnblockingShowsThem) {
    alice.must(proto::BlockUser{"bob"});
    EXPECT_EQ(texts(one(alice).offline), Names{"bob"});
    EXPECT_EQ(texts(one(bob).offline), Names{"alice"});
    Tab second(world);
    second.sign_in("bob");
    EXPECT_TRUE(one(second).online.empty());
    // Blocked from both sides, one of them alone shows nothing.
    bob.must(proto::BlockUser{"alice"});
    alice.must(proto::UnblockUser{"bob"});
    EXPECT_TRUE(alice.take_signals().empty());
    bob.forget();
    second.forget();
    bob.must(proto::UnblockUser{"alice"});
    EXPECT_EQ(texts(one(alice).online), Names{"bob"});
    EXPECT_EQ(texts(one(bob).online), Names{"alice"});
    EXPECT_EQ(texts(one(second).online), Names{"alice"});
}

TEST_F(PresenceOf, ABlockWhileAwayHoldsOnReturn) {
    gone(bob);
    alice.must(proto::BlockUser{"bob"});
    alice.forget();
    Tab back(world);
    back.sign_in("bob");
    EXPECT_TRUE(one(back).online.empty());
    EXPECT_TRUE(alice.take_signals().empty());
}

// The store reads the ties while a block is made: what was changed meanwhile is newer.
TEST_F(PresenceOf, AChangeDuringTheReadOutlivesIt) {
    gone(bob);
    alice.forget();
    world.store->hold_ties = true;
    Tab back(world);
    back.sign_in("bob");
    alice.must(proto::BlockUser{"bob"});
    world.store->release_ties();
    world.run();
    EXPECT_TRUE(one(back).online.empty());
    EXPECT_TRUE(alice.take_signals().empty());
}

proto::SetTyping typing(const std::string& peer, bool on) {
    proto::SetTyping request;
    request.conversation = with(peer);
    request.typing = on;
    return request;
}

TEST_F(PresenceOf, TypingReachesThePeerAlone) {
    Tab second(world);
    second.sign_in("alice");
    second.forget();
    bob.forget();
    get<proto::SetTypingReply>(alice.ask(typing("bob", true)));
    get<proto::SetTypingReply>(alice.ask(typing("bob", false)));
    const auto signals = only<proto::TypingSignal>(bob.take_signals());
    ASSERT_EQ(signals.size(), 2u);
    EXPECT_EQ(signals[0].conversation, with("alice"));
    EXPECT_TRUE(signals[0].typing);
    EXPECT_FALSE(signals[1].typing);
    EXPECT_TRUE(second.take_signals().empty());
    EXPECT_TRUE(world.store->commits.back().empty());
}

TEST_F(PresenceOf, ASettingMakesNoAcquaintance) {
    Tab carol(world);
    carol.sign_in("carol");
    carol.forget();
    alice.must(proto::SetConversation{with("carol"), true, std::nullopt, std::nullopt});
    get<proto::SetTypingReply>(alice.ask(typing("carol", true)));
    EXPECT_TRUE(carol.take_signals().empty());
}

TEST_F(PresenceOf, TypingToAStrangerOrAcrossABlockIsNotTold) {
    Tab carol(world);
    carol.sign_in("carol");
    carol.forget();
    get<proto::SetTypingReply>(alice.ask(typing("carol", true)));
    EXPECT_TRUE(carol.take_signals().empty());
    alice.say("carol", "hi");
    carol.forget();
    get<proto::SetTypingReply>(alice.ask(typing("carol", true)));
    EXPECT_EQ(only<proto::TypingSignal>(carol.take_signals()).size(), 1u);
    alice.must(proto::BlockUser{"carol"});
    carol.forget();
    get<proto::SetTypingReply>(alice.ask(typing("carol", true)));
    get<proto::SetTypingReply>(carol.ask(typing("alice", true)));
    EXPECT_TRUE(carol.take_signals().empty());
    EXPECT_TRUE(only<proto::TypingSignal>(alice.take_signals()).empty());
    EXPECT_EQ(code_of(alice.ask(typing("nobody", true))), ErrorCode::kUnknownReceiver);
    EXPECT_EQ(code_of(alice.ask(typing("alice", true))), ErrorCode::kUnknownReceiver);
}

}  // namespace
}  // namespace kumquat::service
