// list_sessions and end_session.
#include "service/sessions.h"

#include "base/limits.h"
#include "unit/service/world.h"

namespace kumquat::service {
namespace {

constexpr std::int64_t kDayMs = 24LL * 60 * 60 * 1000;

struct Sessions : ::testing::Test {
    Sessions() { alice.sign_in("alice"); }
    std::vector<proto::SessionInfo> list(Tab& tab) {
        return get<proto::ListSessionsReply>(tab.ask(proto::ListSessions{})).sessions;
    }
    /// A further session of alice's, of a device that has a name.
    void enter(Tab& tab, const std::string& device_name) {
        tab.hello();
        proto::SignIn request;
        request.user_id = "alice";
        request.device = DeviceId(7);
        request.device_name = device_name;
        tab.session = get<proto::SignInReply>(tab.ask(request)).session;
    }
    /// The ID by which alice may end the session of `tab`.
    std::string name_of(const Tab& tab) { return session_name(world.crypto.hash(tab.session)); }

    World world;
    Tab alice{world};
};

TEST_F(Sessions, AreListedLastSeenFirst) {
    Tab phone(world);
    Tab laptop(world);
    enter(phone, "phone");
    world.pass_ms(1000);
    enter(laptop, "laptop");
    phone.leave();
    world.pass_ms(1000);
    const auto sessions = list(laptop);
    ASSERT_EQ(sessions.size(), 3u);
    EXPECT_EQ(sessions[0].device_name, "laptop");
    EXPECT_TRUE(sessions[0].current);
    EXPECT_EQ(sessions[0].last_seen, world.clock.time) << "it has a connection";
    EXPECT_EQ(sessions[0].created.value(), world.clock.time.value() - 1000);
    EXPECT_FALSE(sessions[1].current);
    EXPECT_EQ(sessions[1].last_seen, world.clock.time);
    EXPECT_EQ(sessions[2].device_name, "phone");
    EXPECT_EQ(sessions[2].last_seen.value(), world.clock.time.value() - 2000);
    EXPECT_EQ(sessions[2].expires.value(), sessions[2].created.value() + 90 * kDayMs);
    EXPECT_EQ(sessions[2].id, name_of(phone));
    EXPECT_NE(sessions[2].id, phone.session);
}

TEST_F(Sessions, OfOthersAndExpiredOnesAreNotListed) {
    Tab bob(world);
    bob.sign_in("bob");
    EXPECT_EQ(list(alice).size(), 1u);
    EXPECT_EQ(list(bob).size(), 1u);
    alice.leave();
    world.pass_ms(89 * kDayMs);
    Tab again(world);
    enter(again, "again");
    EXPECT_EQ(list(again).size(), 2u);
    world.pass_ms(kDayMs);
    const auto sessions = list(again);
    ASSERT_EQ(sessions.size(), 1u);
    EXPECT_EQ(sessions[0].device_name, "again");
}

TEST_F(Sessions, AsManyAsAFrameHoldsTheCurrentOneAmongThem) {
    store::WriteSet writes;
    for (std::int64_t i = 0; i < limits::kSessionsListed + 20; ++i) {
        store::SessionRow row;
        row.token[0] = static_cast<std::uint8_t>(i);
        row.token[1] = 1;
        row.user = UserKey(1);
        row.last_seen = TimeMs(world.clock.time.value() + 1000 + i);
        row.expires = TimeMs(kIntegerMax);
        writes.sessions.push_back(row);
    }
    ASSERT_TRUE(world.state->apply(writes));
    world.pass_ms(5000);
    const auto sessions = list(alice);
    ASSERT_EQ(static_cast<std::int64_t>(sessions.size()), limits::kSessionsListed);
    EXPECT_TRUE(sessions[0].current);
    for (std::size_t i = 1; i < sessions.size(); ++i)
        EXPECT_GE(sessions[i - 1].last_seen, sessions[i].last_seen);
}

TEST_F(Sessions, EndingOneClosesItsConnections) {
    Tab phone(world);
    enter(phone, "phone");
    Tab also(world);
    also.hello();
    proto::Resume resume;
    resume.session = phone.session;
    resume.device = DeviceId(8);
    also.must(resume);
    alice.must(proto::EndSession{name_of(phone)});
    EXPECT_EQ(phone.closed(), proto::CloseCode::kSessionEnded);
    EXPECT_EQ(also.closed(), proto::CloseCode::kSessionEnded);
    EXPECT_FALSE(alice.closed().has_value());
    EXPECT_EQ(list(alice).size(), 1u);
    Tab back(world);
    back.hello();
    EXPECT_EQ(code_of(back.ask(resume)), ErrorCode::kSessionInvalid);
    EXPECT_EQ(code_of(alice.ask(proto::EndSession{name_of(phone)})), ErrorCode::kUnknownSession);
}

TEST_F(Sessions, EndingTheLastOnesIsGoingOfflineAtOnce) {
    Tab bob(world);
    bob.sign_in("bob");
    bob.befriend("alice");
    bob.forget();
    alice.must(proto::EndSession{name_of(alice)});
    EXPECT_EQ(alice.closed(), proto::CloseCode::kSessionEnded);
    const auto signals = only<proto::PresenceSignal>(bob.take_signals());
    ASSERT_EQ(signals.size(), 1u);
    EXPECT_EQ(signals[0].offline.at(0).text(), "alice");
    EXPECT_FALSE(world.service->next_tick().has_value());
}

TEST_F(Sessions, WhatIsNoneOfOnesOwnIsUnknown) {
    Tab bob(world);
    bob.sign_in("bob");
    for (const std::string& id :
         {name_of(bob), std::string(64, '0'), std::string(), std::string("x"), std::string(64, 'g'),
          std::string(63, '0'), std::string(65, '0'), std::string(64, 'A'), alice.session}) {
        EXPECT_EQ(code_of(alice.ask(proto::EndSession{id})), ErrorCode::kUnknownSession) << id;
    }
    EXPECT_FALSE(bob.closed().has_value());
    get<proto::SyncReply>(bob.ask(proto::Sync{}));
}

TEST_F(Sessions, WhatTheEndedSessionHadSentBehindIsNotDone) {
    Tab phone(world);
    enter(phone, "phone");
    Tab bob(world);
    bob.sign_in("bob");
    alice.send(alice.text("nobody", "keeps the batch before busy"));
    const RequestId before = phone.send(phone.text("bob", "before"));
    alice.send(proto::EndSession{name_of(phone)});
    const RequestId after = phone.send(phone.text("bob", "after"));
    world.run();
    get<proto::SendMessageReply>(phone.answer(before));
    EXPECT_FALSE(phone.answered(after) && phone.answer(after).has_value());
    EXPECT_EQ(only<proto::MessageEvent>(bob.take_events()).size(), 1u);
    EXPECT_EQ(phone.closed(), proto::CloseCode::kSessionEnded);
    EXPECT_TRUE(world.service->idle());
}

TEST_F(Sessions, AFailedCommitEndsNothing) {
    Tab phone(world);
    enter(phone, "phone");
    world.store->commit_error = Error{ErrorCode::kStorageFailed, ""};
    EXPECT_EQ(code_of(alice.ask(proto::EndSession{name_of(phone)})), ErrorCode::kStorageFailed);
    world.store->commit_error.reset();
    EXPECT_FALSE(phone.closed().has_value());
    EXPECT_EQ(list(phone).size(), 2u);
}

TEST_F(Sessions, AListThatCannotBeReadSaysSo) {
    world.store->read_error = Error{ErrorCode::kReadTimeout, ""};
    const auto failed = alice.ask(proto::ListSessions{});
    EXPECT_EQ(code_of(failed), ErrorCode::kReadTimeout);
    EXPECT_TRUE(failed.error().retry_after_ms.has_value());
}

TEST(SessionName, IsReadBackAsItWasWritten) {
    store::TokenHash token{};
    for (std::size_t i = 0; i < token.size(); ++i)
        token[i] = static_cast<std::uint8_t>(i * 37 + 250);
    EXPECT_EQ(session_name(token).size(), 64u);
    EXPECT_EQ(session_name(token).substr(0, 4), "fa1f");
    EXPECT_EQ(*parse_session_name(session_name(token)), token);
}

}  // namespace
}  // namespace kumquat::service
