// Coming in and going out: hello, sign_in, resume, sign_out, and what each connection may ask for.
#include <algorithm>

#include "base/limits.h"
#include "unit/service/world.h"

namespace kumquat::service {
namespace {

using proto::CloseCode;

proto::SignIn by_name(const std::string& user) {
    proto::SignIn request;
    request.user_id = user;
    request.device = DeviceId(1);
    return request;
}

proto::SignIn by_sig(const std::string& user, const std::string& sig) {
    proto::SignIn request = by_name(user);
    request.user_sig = sig;
    return request;
}

proto::Resume resume(const std::string& session) {
    proto::Resume request;
    request.session = session;
    request.device = DeviceId(2);
    return request;
}

TEST(Session, HelloAnnouncesTheLimitsTheModesAndTheTime) {
    World world;
    Tab tab(world);
    const auto reply = get<proto::HelloReply>(tab.ask(proto::Hello{}));
    EXPECT_EQ(reply.version, proto::kVersion);
    EXPECT_EQ(reply.time, world.clock.time);
    EXPECT_EQ(reply.sign_in.size(), 2u);
    EXPECT_EQ(reply.epoch.size(), 32u);
    EXPECT_EQ(reply.limits.message_bytes, static_cast<std::int64_t>(limits::kMessageBytes));
    EXPECT_EQ(reply.limits.requests_in_flight,
              static_cast<std::int64_t>(limits::kRequestsInFlight));
}

TEST(Session, TheEpochIsAnotherAfterARestart) {
    World world;
    Tab before(world);
    const auto first = get<proto::HelloReply>(before.ask(proto::Hello{}));
    world.restart();
    Tab after(world);
    EXPECT_NE(get<proto::HelloReply>(after.ask(proto::Hello{})).epoch, first.epoch);
}

TEST(Session, AnOtherVersionIsToldSoAndClosed) {
    World world;
    Tab tab(world);
    proto::Hello hello;
    hello.version = proto::kVersion + 1;
    EXPECT_EQ(code_of(tab.ask(hello)), ErrorCode::kVersionUnsupported);
    EXPECT_EQ(tab.closed(), CloseCode::kUpgradeClient);
}

TEST(Session, NothingGoesBeforeHello) {
    World world;
    Tab tab(world);
    EXPECT_EQ(code_of(tab.ask(by_name("alice"))), ErrorCode::kHelloRequired);
    EXPECT_EQ(code_of(tab.ask(proto::Sync{})), ErrorCode::kHelloRequired);
    EXPECT_EQ(code_of(tab.try_say("bob", "hi")), ErrorCode::kHelloRequired);
    EXPECT_FALSE(tab.closed());
}

TEST(Session, NothingGoesBeforeSignIn) {
    World world;
    Tab tab(world);
    tab.hello();
    const proto::Request requests[] = {
        proto::SignOut{},      proto::Sync{},       proto::FindUser{}, proto::AddFriend{},
        tab.text("bob", "hi"), proto::GetHistory{}, proto::MarkRead{}, proto::SetTyping{}};
    for (const auto& request : requests)
        EXPECT_EQ(code_of(tab.ask(request)), ErrorCode::kNotSignedIn);
}

TEST(Session, TheFirstSignInCreatesTheAccount) {
    World world;
    Tab tab(world);
    tab.hello();
    proto::SignIn request = by_name("alice");
    request.nick = "小橙子";
    const auto first = get<proto::SignInReply>(tab.ask(request));
    EXPECT_TRUE(first.created);
    EXPECT_EQ(first.me.profile.user_id.text(), "alice");
    EXPECT_EQ(first.me.profile.nick, "小橙子");
    EXPECT_EQ(first.session.size(), 32u);

    Tab again(world);
    again.hello();
    request.nick = "another";
    const auto second = get<proto::SignInReply>(again.ask(request));
    EXPECT_FALSE(second.created);
    EXPECT_EQ(second.me.profile.nick, "小橙子");
    EXPECT_NE(second.session, first.session);
}

TEST(Session, BadUserIdsAreRefused) {
    World world;
    Tab tab(world);
    tab.hello();
    EXPECT_EQ(code_of(tab.ask(by_name(""))), ErrorCode::kNoUserId);
    EXPECT_EQ(code_of(tab.ask(by_name("小橙子"))), ErrorCode::kBadUserId);
    EXPECT_EQ(code_of(tab.ask(by_name(std::string(33, 'a')))), ErrorCode::kBadUserId);
    proto::SignIn long_nick = by_name("alice");
    long_nick.nick = std::string(limits::kNickBytes + 1, 'n');
    EXPECT_EQ(code_of(tab.ask(long_nick)), ErrorCode::kBadField);
    proto::SignIn long_device = by_name("alice");
    long_device.device_name = std::string(limits::kDeviceNameBytes + 1, 'n');
    EXPECT_EQ(code_of(tab.ask(long_device)), ErrorCode::kBadField);
}

TEST(Session, ASecondSignInOnAConnectionIsRefused) {
    World world;
    Tab tab(world);
    tab.sign_in("alice");
    EXPECT_EQ(code_of(tab.ask(by_name("bob"))), ErrorCode::kAlreadySignedIn);
    EXPECT_EQ(code_of(tab.ask(resume(tab.session))), ErrorCode::kAlreadySignedIn);
}

TEST(Session, TwoSignInsSentAtOnceLetOneIn) {
    World world;
    Tab tab(world);
    const RequestId hello = tab.send(proto::Hello{});
    const RequestId first = tab.send(by_name("alice"));
    const RequestId second = tab.send(by_name("bob"));
    world.run();
    get<proto::HelloReply>(tab.answer(hello));
    EXPECT_EQ(get<proto::SignInReply>(tab.answer(first)).me.profile.user_id.text(), "alice");
    EXPECT_EQ(code_of(tab.answer(second)), ErrorCode::kAlreadySignedIn);
}

TEST(Session, TwoFirstSignInsInOneBatchAreOneAccount) {
    World world;
    Tab holder(world);
    holder.sign_in("holder");
    Tab one(world);
    Tab two(world);
    one.hello();
    two.hello();
    holder.send(holder.text("nobody", "keeps the batch before busy"));
    const RequestId first = one.send(by_name("alice"));
    const RequestId second = two.send(by_name("alice"));
    world.run();
    EXPECT_TRUE(get<proto::SignInReply>(one.answer(first)).created);
    EXPECT_FALSE(get<proto::SignInReply>(two.answer(second)).created);
}

TEST(Session, AUserSigOpensTheAccountAndClosesItForNames) {
    World world;
    Tab first(world);
    first.sign_in("alice");
    Tab second(world);
    second.hello();
    EXPECT_EQ(code_of(second.ask(by_sig("alice", "wrong"))), ErrorCode::kUserSigWrong);
    EXPECT_FALSE(get<proto::SignInReply>(second.ask(by_sig("alice", "sig of alice"))).created);
    Tab third(world);
    third.hello();
    EXPECT_EQ(code_of(third.ask(by_name("alice"))), ErrorCode::kCredentialRequired);
}

TEST(Session, AModeThatIsOffIsRefused) {
    Options options = World::default_options();
    options.sign_in = {proto::SignInMode::kUserSig};
    World sig_only(options);
    Tab tab(sig_only);
    tab.hello();
    EXPECT_EQ(code_of(tab.ask(by_name("alice"))), ErrorCode::kSignInModeOff);

    options.sign_in = {proto::SignInMode::kName};
    World name_only(options);
    Tab other(name_only);
    other.hello();
    EXPECT_EQ(code_of(other.ask(by_sig("alice", "sig of alice"))), ErrorCode::kSignInModeOff);
}

TEST(Session, TooManyWrongUserSigsAreRefusedUnreadForAMinute) {
    World world;
    Tab tab(world);
    tab.hello();
    for (int i = 0; i < 10; ++i)
        EXPECT_EQ(code_of(tab.ask(by_sig("alice", "wrong"))), ErrorCode::kUserSigWrong);
    const auto refused = tab.ask(by_sig("alice", "sig of alice"));
    EXPECT_EQ(code_of(refused), ErrorCode::kTooManyFailures);
    EXPECT_EQ(refused.error().retry_after_ms, 60'000);
    EXPECT_EQ(code_of(tab.ask(by_sig("bob", "wrong"))), ErrorCode::kUserSigWrong);
    world.pass_ms(60'000);
    get<proto::SignInReply>(tab.ask(by_sig("alice", "sig of alice")));
}

TEST(Session, ResumeGoesOnAfterARestart) {
    World world;
    Tab before(world);
    before.sign_in("alice", "Alice");
    world.restart();
    Tab after(world);
    after.hello();
    const auto reply = get<proto::ResumeReply>(after.ask(resume(before.session)));
    EXPECT_EQ(reply.me.profile.nick, "Alice");
    get<proto::SyncReply>(after.ask(proto::Sync{}));
}

TEST(Session, ResumeNeedsATokenThatIsKnown) {
    World world;
    Tab tab(world);
    tab.hello();
    EXPECT_EQ(code_of(tab.ask(resume(""))), ErrorCode::kSessionInvalid);
    EXPECT_EQ(code_of(tab.ask(resume("made up"))), ErrorCode::kSessionInvalid);
    EXPECT_EQ(code_of(tab.ask(resume(std::string(limits::kSessionTokenBytes + 1, 'x')))),
              ErrorCode::kSessionInvalid);
}

TEST(Session, ASessionExpiresUnlessItIsUsed) {
    World world;
    constexpr std::int64_t kDayMs = 24LL * 60 * 60 * 1000;
    Tab tab(world);
    tab.sign_in("alice");
    tab.leave();
    for (int day = 0; day < 3; ++day) {
        world.pass_ms(80 * kDayMs);
        Tab used(world);
        used.hello();
        get<proto::ResumeReply>(used.ask(resume(tab.session)));
        used.leave();
    }
    world.pass_ms(90 * kDayMs);
    Tab late(world);
    late.hello();
    EXPECT_EQ(code_of(late.ask(resume(tab.session))), ErrorCode::kSessionInvalid);
}

TEST(Session, ResumeWritesAtMostOnceADay) {
    World world;
    Tab tab(world);
    tab.sign_in("alice");
    const auto resume_once = [&] {
        Tab next(world);
        next.hello();
        get<proto::ResumeReply>(next.ask(resume(tab.session)));
        return world.store->commits.back().sessions.size();
    };
    EXPECT_EQ(resume_once(), 0u);
    world.pass_ms(24LL * 60 * 60 * 1000);
    EXPECT_EQ(resume_once(), 1u);
    EXPECT_EQ(resume_once(), 0u);
}

TEST(Session, AConnectionEndsWhenItsSessionExpires) {
    World world;
    Tab tab(world);
    tab.sign_in("alice");
    world.pass_ms(90LL * 24 * 60 * 60 * 1000);
    tab.send(proto::Sync{});
    world.run();
    EXPECT_EQ(tab.closed(), CloseCode::kSessionEnded);
}

TEST(Session, SignOutEndsTheSessionOnAllItsConnections) {
    World world;
    Tab first(world);
    first.sign_in("alice");
    Tab second(world);
    second.hello();
    get<proto::ResumeReply>(second.ask(resume(first.session)));
    Tab other_session(world);
    other_session.sign_in("alice");

    get<proto::SignOutReply>(first.ask(proto::SignOut{}));
    EXPECT_EQ(second.closed(), CloseCode::kSessionEnded);
    EXPECT_FALSE(first.closed());
    EXPECT_FALSE(other_session.closed());
    EXPECT_EQ(code_of(first.ask(proto::Sync{})), ErrorCode::kNotSignedIn);
    EXPECT_EQ(code_of(first.ask(resume(first.session))), ErrorCode::kSessionInvalid);
    get<proto::SyncReply>(other_session.ask(proto::Sync{}));
    get<proto::SignInReply>(first.ask(by_name("bob")));
}

TEST(Session, WhatAnEndedSessionHadWaitingChangesNothing) {
    World world;
    Tab bob(world);
    bob.sign_in("bob");
    Tab first(world);
    first.sign_in("alice");
    Tab second(world);
    second.hello();
    get<proto::ResumeReply>(second.ask(resume(first.session)));
    // In the batch of the sign-out itself, and in the inbox behind it.
    bob.send(bob.text("nobody", "keeps the batch before busy"));
    first.send(proto::SignOut{});
    second.send(second.text("bob", "in the same batch"));
    world.store->hold = true;
    world.run();
    second.send(second.text("bob", "in the next batch"));
    world.store->hold = false;
    world.store->release();
    world.run();
    EXPECT_TRUE(bob.take_events().empty());
    EXPECT_EQ(world.service->counters().messages, 0);
}

// Nobody asks for an expired session again, so it would lie there for ever.
TEST(Session, WhoSignsInSweepsSomeOfTheExpiredSessions) {
    World world;
    std::vector<std::string> old;
    for (int i = 0; i < 10; ++i) {
        Tab tab(world);
        tab.sign_in("alice");
        old.push_back(tab.session);
        tab.leave();
    }
    const auto left = [&] {
        return std::count_if(old.begin(), old.end(), [&](const std::string& token) {
            return world.state->session(world.crypto.hash(token)).has_value();
        });
    };
    world.pass_ms(world.options.session_days * 24 * 60 * 60 * 1000 - 1);
    Tab bob(world);
    bob.sign_in("bob");
    EXPECT_EQ(left(), 10) << "none has expired yet";
    world.pass_ms(1);
    Tab carol(world);
    carol.sign_in("carol");
    EXPECT_EQ(left(), 6) << "no batch has much to delete";
    for (const std::string user : {"dora", "emil"}) {
        Tab tab(world);
        tab.sign_in(user);
    }
    EXPECT_EQ(left(), 0);
    get<proto::SyncReply>(bob.ask(proto::Sync{}));
    Tab back(world);
    back.hello();
    get<proto::ResumeReply>(back.ask(resume(bob.session)));
}

TEST(Session, SignInsOfOneBatchSweepTogether) {
    World world;
    for (int i = 0; i < 10; ++i) {
        Tab tab(world);
        tab.sign_in("alice");
        tab.leave();
    }
    world.pass_ms(world.options.session_days * 24 * 60 * 60 * 1000);
    Tab busy(world);
    Tab one(world);
    Tab two(world);
    for (Tab* tab : {&busy, &one, &two})
        tab->hello();
    world.store->commits.clear();
    busy.send(by_name("bob"));
    one.send(by_name("carol"));
    two.send(by_name("dora"));
    world.run();
    ASSERT_EQ(world.store->commits.size(), 2u);
    ASSERT_TRUE(world.store->commits[1].sweep.has_value());
    EXPECT_EQ(world.store->commits[1].sweep->at_most, 2 * world.store->commits[0].sweep->at_most);
    EXPECT_EQ(world.store->commits[1].sweep->expired_by, world.clock.time);
}

TEST(Session, TooManyRequestsInFlightCloseTheConnection) {
    World world;
    Tab tab(world);
    tab.sign_in("alice");
    for (std::size_t i = 0; i < limits::kRequestsInFlight; ++i)
        tab.send(proto::Sync{});
    EXPECT_FALSE(tab.closed());
    tab.send(proto::Sync{});
    EXPECT_EQ(tab.closed(), CloseCode::kTooManyRequests);
    tab.send(proto::Sync{});
    world.run();
    EXPECT_TRUE(world.service->idle());
}

TEST(Session, EveryRequestOfAFullPipeIsAnswered) {
    World world;
    Tab tab(world);
    tab.sign_in("alice");
    Tab bob(world);
    bob.sign_in("bob");
    for (int round = 0; round < 3; ++round) {
        std::vector<RequestId> sent;
        for (std::size_t i = 0; i < limits::kRequestsInFlight; ++i) {
            sent.push_back(i % 2 == 0 ? tab.send(proto::Sync{}) : tab.send(tab.text("bob", "hi")));
        }
        world.run();
        for (const RequestId id : sent)
            EXPECT_TRUE(tab.answer(id));
    }
    EXPECT_FALSE(tab.closed());
}

}  // namespace
}  // namespace kumquat::service
