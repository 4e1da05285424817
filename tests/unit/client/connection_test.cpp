#include <gtest/gtest.h>

#include "client/core/bounds.h"
#include "unit/client/tab.h"

namespace kumquat::client {
namespace {

TEST(Connection, ThePageConnectsAtOnceAndSaysHelloFirst) {
    Tab tab;
    tab.start();
    EXPECT_TRUE(tab.connected);
    EXPECT_EQ(tab.model().connection.phase, ConnectionPhase::kConnecting);
    EXPECT_TRUE(tab.sent.empty()) << "nothing before the socket is open";
    tab.open();
    ASSERT_NE(tab.asked<proto::Hello>(), nullptr);
    EXPECT_EQ(tab.asked<proto::Hello>()->client, "story");
    tab.say_hello();
    EXPECT_EQ(tab.model().connection.phase, ConnectionPhase::kLive);
    ASSERT_EQ(tab.model().connection.sign_in_modes.size(), 1u);
    EXPECT_TRUE(tab.sent.empty()) << "nobody has signed in";
}

TEST(Connection, AttemptsFollowEachOtherWithWaitsThatGrowToHalfAMinute) {
    Tab tab;
    tab.live_as("an");
    tab.pass(kStableMs);
    std::int64_t bound_ms = kBackoffFirstMs;
    tab.close();
    for (int attempt = 0; attempt < 12; ++attempt) {
        EXPECT_EQ(tab.model().connection.phase, ConnectionPhase::kWaiting);
        const std::int64_t wait_ms = tab.model().connection.next_attempt_ms - tab.now.monotonic_ms;
        EXPECT_GE(wait_ms, 0);
        EXPECT_LE(wait_ms, bound_ms);
        bound_ms = std::min(bound_ms * 2, kBackoffMaxMs);
        tab.pass(wait_ms);
        if (!tab.connected) tab.pass(1);
        EXPECT_TRUE(tab.connected);
        tab.close();
    }
}

TEST(Connection, TheWaitsStartAnewAfterAStableConnectionAndNotAfterAShortOne) {
    Tab tab;
    tab.live_as("an");
    for (int attempt = 0; attempt < 10; ++attempt) {
        tab.close();
        tab.pass_until([&] { return tab.connected; });
    }
    tab.come_back();
    tab.pass(kStableMs - 1);
    Client short_lived = tab.client;
    short_lived.on_closed(tab.connection, 1006, tab.now);
    EXPECT_GT(short_lived.model().connection.next_attempt_ms - tab.now.monotonic_ms,
              kBackoffFirstMs);
    tab.pass(1);
    tab.close();
    EXPECT_LE(tab.model().connection.next_attempt_ms - tab.now.monotonic_ms, kBackoffFirstMs);
}

TEST(Connection, DifferentTabsWaitDifferently) {
    Tab a(1);
    Tab b(2);
    std::int64_t difference = 0;
    a.live_as("an");
    b.live_as("an");
    for (int attempt = 0; attempt < 8; ++attempt) {
        a.close();
        b.close();
        const std::int64_t wait_a_ms = a.model().connection.next_attempt_ms - a.now.monotonic_ms;
        const std::int64_t wait_b_ms = b.model().connection.next_attempt_ms - b.now.monotonic_ms;
        difference += std::abs(wait_a_ms - wait_b_ms);
        a.pass_until([&] { return a.connected; });
        b.pass_until([&] { return b.connected; });
    }
    EXPECT_GT(difference, 0);
}

TEST(Connection, ASocketThatNeverOpensIsGivenUp) {
    Tab tab;
    tab.start();
    tab.pass(kConnectTimeoutMs - 1);
    EXPECT_TRUE(tab.connected);
    tab.pass(1);
    EXPECT_EQ(tab.effects_of<CloseConnection>(), 1);
}

TEST(Connection, LateNewsOfAnOldConnectionChangesNothing) {
    Tab tab;
    tab.live_as("an");
    const ConnectionNumber old = tab.connection;
    tab.close();
    tab.pass_until([&] { return tab.connected; });
    ASSERT_NE(tab.connection, old);
    tab.client.on_opened(old, tab.now);
    tab.client.on_closed(old, 1006, tab.now);
    tab.client.on_frame(old, message_event(1, "bo", message(1, "bo", "ghost")), tab.now);
    tab.settle();
    EXPECT_TRUE(tab.connected);
    EXPECT_EQ(tab.model().find(chat("bo")), nullptr);
}

TEST(Connection, ComingBackOnlineOrToThePageTriesAtOnce) {
    for (const Command& hint : {Command(SetOnline{true}), Command(RetryNow{})}) {
        Tab tab;
        tab.live_as("an");
        for (int attempt = 0; attempt < 6; ++attempt) {
            tab.close();
            if (attempt < 5) tab.pass_until([&] { return tab.connected; });
        }
        ASSERT_FALSE(tab.connected);
        tab.command(hint);
        EXPECT_TRUE(tab.connected);
        const int connects = tab.connects;
        tab.command(hint);
        EXPECT_EQ(tab.connects, connects) << "one flight at a time";
    }
    Tab tab;
    tab.live_as("an");
    tab.command(SetVisible{false});
    for (int attempt = 0; attempt < 6; ++attempt) {
        tab.close();
        if (attempt < 5) tab.pass_until([&] { return tab.connected; });
    }
    tab.command(SetVisible{true});
    EXPECT_TRUE(tab.connected);
}

TEST(Connection, AnUnansweredRequestMeansADeadConnection) {
    Tab tab;
    tab.live_as("an");
    tab.command(SendText{chat("bo"), "hello", ""});
    ASSERT_NE(tab.asked<proto::SendMessage>(), nullptr);
    tab.pass(kRequestTimeoutMs - 1);
    EXPECT_EQ(tab.effects_of<CloseConnection>(), 0);
    tab.pass(1);
    EXPECT_EQ(tab.effects_of<CloseConnection>(), 1);
    EXPECT_EQ(tab.in("bo").echoes.at(0).state, MessageState::kQueued);
}

TEST(Connection, AQuietConnectionIsCheckedWhenThePageIsSeenAgain) {
    Tab tab;
    tab.live_as("an");
    tab.command(SetVisible{false});
    tab.pass(kProbeAfterQuietMs);
    tab.command(SetVisible{true});
    ASSERT_NE(tab.asked<proto::Sync>(), nullptr);
    EXPECT_EQ(tab.asked<proto::Sync>()->since, FeedNumber(0));
    tab.pass(kProbeTimeoutMs);
    EXPECT_EQ(tab.effects_of<CloseConnection>(), 1) << "dead, and found out within seconds";
}

TEST(Connection, AConnectionThatHasJustSpokenIsNotChecked) {
    Tab tab;
    tab.live_as("an");
    tab.command(SetVisible{false});
    tab.pass(kProbeAfterQuietMs - 1);
    tab.command(SetVisible{true});
    EXPECT_EQ(tab.asked<proto::Sync>(), nullptr);
}

TEST(Connection, ASleepingMachineChecksTheConnectionWhenItWakes) {
    Tab tab;
    tab.live_as("an");
    // The wall clock went on for an hour, the monotonic one for eleven seconds.
    tab.now.wall = TimeMs(tab.now.wall.value() + 3'600'000);
    tab.now.monotonic_ms += 11'000;
    tab.command(SetOnline{false});
    EXPECT_NE(tab.asked<proto::Sync>(), nullptr);
}

TEST(Connection, AnOldPageStopsAndSaysSo) {
    Tab tab;
    tab.live_as("an");
    tab.close(static_cast<std::int32_t>(proto::CloseCode::kUpgradeClient));
    EXPECT_EQ(tab.model().connection.phase, ConnectionPhase::kUpgrade);
    tab.pass(600'000);
    tab.command(RetryNow{});
    tab.command(SetOnline{true});
    EXPECT_EQ(tab.connects, 1);
}

TEST(Connection, AHelloInAnotherVersionIsAnOldPageToo) {
    Tab tab;
    tab.start();
    tab.open();
    tab.refuse<proto::Hello>(ErrorCode::kVersionUnsupported);
    EXPECT_EQ(tab.model().connection.phase, ConnectionPhase::kUpgrade);
    tab.pass(600'000);
    EXPECT_EQ(tab.connects, 1);
}

TEST(Connection, AfterAComplaintAboutFramesItWaits) {
    for (const proto::CloseCode code :
         {proto::CloseCode::kBadFrame, proto::CloseCode::kTooManyRequests}) {
        Tab tab;
        tab.live_as("an");
        tab.close(static_cast<std::int32_t>(code));
        EXPECT_GE(tab.model().connection.next_attempt_ms - tab.now.monotonic_ms, kRefusedWaitMs);
    }
}

TEST(Connection, TheBoundOfRequestsInFlightIsKept) {
    Tab tab;
    tab.start();
    tab.open();
    tab.say_hello(3);
    tab.command(SignIn{"an", "", "", false});
    tab.reply<proto::SignIn>(proto::SignInReply{"t", TimeMs(), account("an"), true});
    tab.sync_with(Tab::empty_snapshot());
    for (int i = 0; i < 10; ++i)
        tab.command(SendText{chat("peer" + std::to_string(i)), "hello", ""});
    EXPECT_EQ(tab.sent.size(), 3u);
    std::int64_t seq = 0;
    for (int i = 0; i < 10; ++i) {
        tab.reply<proto::SendMessage>(proto::SendMessageReply{Seq(++seq), TimeMs(1)});
        EXPECT_LE(tab.sent.size(), 3u);
    }
    EXPECT_EQ(tab.model().unsent_total(), 0u) << "all of them went out in the end";
}

TEST(Connection, AnAnswerToSomethingElseEndsTheConnection) {
    Tab tab;
    tab.live_as("an");
    tab.command(SendText{chat("bo"), "hello", ""});
    tab.reply<proto::SendMessage>(proto::MarkReadReply{});
    EXPECT_EQ(tab.effects_of<CloseConnection>(), 1);
    tab.come_back();
    tab.reply<proto::SendMessage>(proto::SendMessageReply{Seq(1), TimeMs(1)});
    EXPECT_EQ(tab.in("bo").echoes.at(0).state, MessageState::kSent) << "nothing was lost";
}

TEST(Connection, FramesNobodyAskedForAreCountedAndIgnored) {
    Tab tab;
    tab.live_as("an");
    tab.frame(proto::ReplyFrame{RequestId(4711), proto::SignOutReply{}});
    tab.frame(proto::ErrorFrame{RequestId(), Error{ErrorCode::kBadFrame, ""}});
    tab.client.on_bad_frame(tab.connection, Error{ErrorCode::kBadFrame, ""}, tab.now);
    tab.settle();
    EXPECT_EQ(tab.model().connection.bad_frames, 3);
    EXPECT_EQ(tab.model().connection.phase, ConnectionPhase::kLive);
}

TEST(Connection, AnIdleLiveClientSetsNoTimer) {
    Tab tab;
    tab.live_as("an");
    EXPECT_EQ(tab.timer_ms, std::nullopt);
}

TEST(Connection, ACopyOfTheClientGoesOnLikeItsOriginal) {
    Tab tab;
    tab.live_as("an");
    tab.command(SendText{chat("bo"), "hello", ""});
    Client copy = tab.client;
    copy.on_closed(tab.connection, 1006, tab.now);
    EXPECT_EQ(copy.model().connection.phase, ConnectionPhase::kWaiting);
    EXPECT_EQ(tab.model().connection.phase, ConnectionPhase::kLive)
        << "the original knows nothing of it";
    Client twin = tab.client;
    twin.on_closed(tab.connection, 1006, tab.now);
    EXPECT_EQ(copy.model().connection.next_attempt_ms, twin.model().connection.next_attempt_ms);
}

}  // namespace
}  // namespace kumquat::client
