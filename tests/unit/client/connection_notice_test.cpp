#include "client/view/connection_notice.h"

#include <gtest/gtest.h>

#include "client/core/bounds.h"
#include "unit/client/tab.h"

namespace kumquat::client {
namespace {

using Kind = ConnectionNoticeKind;

Kind kind(const Tab& tab) {
    return connection_notice(tab.model(), tab.now.monotonic_ms).kind;
}

TEST(ConnectionNotice, TheFirstConnectionIsQuietForAMoment) {
    Disk disk;
    disk.session = StoredSession{"token", profile("an"), false};
    Tab tab(1, &disk);
    tab.start();
    EXPECT_EQ(kind(tab), Kind::kNone);
    const auto notice = connection_notice(tab.model(), tab.now.monotonic_ms);
    EXPECT_EQ(notice.changes_at_ms, tab.now.monotonic_ms + kConnectingQuietMs)
        << "when to look again";
    tab.pass(kConnectingQuietMs);
    EXPECT_EQ(kind(tab), Kind::kConnecting);
    tab.pass(kOfflineAfterMs);
    EXPECT_EQ(kind(tab), Kind::kOffline);
}

TEST(ConnectionNotice, AShortInterruptionIsNotWorthAWord) {
    Tab tab;
    tab.live_as("an");
    tab.close();
    tab.pass(kReconnectingAfterMs - 1);
    EXPECT_EQ(kind(tab), Kind::kNone);
    tab.come_back();
    EXPECT_EQ(kind(tab), Kind::kNone) << "nobody saw it go";
}

TEST(ConnectionNotice, ALongerOneGrowsFromAWordToABannerWithACountdown) {
    Tab tab;
    tab.live_as("an");
    tab.close();
    tab.pass(kReconnectingAfterMs);
    EXPECT_EQ(kind(tab), Kind::kReconnecting);
    while (tab.now.monotonic_ms < tab.model().connection.down_since_ms + 60'000) {
        if (tab.connected) tab.close();
        tab.pass(250);
    }
    if (tab.connected) tab.close();
    tab.pass(1);
    ASSERT_EQ(tab.model().connection.phase, ConnectionPhase::kWaiting);
    const ConnectionNotice notice = connection_notice(tab.model(), tab.now.monotonic_ms);
    EXPECT_EQ(notice.kind, Kind::kOffline);
    const std::int64_t wait_ms = tab.model().connection.next_attempt_ms - tab.now.monotonic_ms;
    ASSERT_TRUE(notice.retry_in_s.has_value());
    EXPECT_EQ(*notice.retry_in_s, (wait_ms + 999) / 1000);
    ASSERT_TRUE(notice.changes_at_ms.has_value());
    EXPECT_GT(*notice.changes_at_ms, tab.now.monotonic_ms);
    EXPECT_LE(*notice.changes_at_ms, tab.now.monotonic_ms + 1000);
    tab.command(RetryNow{});
    EXPECT_EQ(connection_notice(tab.model(), tab.now.monotonic_ms).retry_in_s, std::nullopt);
}

TEST(ConnectionNotice, BackIsSaidForAMomentAfterTheBanner) {
    Tab tab;
    tab.live_as("an");
    tab.close();
    tab.pass(kOfflineAfterMs);
    if (!tab.connected) tab.command(RetryNow{});
    tab.come_back();
    EXPECT_EQ(kind(tab), Kind::kBack);
    tab.pass(kBackShownMs);
    EXPECT_EQ(kind(tab), Kind::kNone);
}

TEST(ConnectionNotice, TheEndsAreTheirOwnStates) {
    Tab upgrade;
    upgrade.live_as("an");
    upgrade.close(4426);
    EXPECT_EQ(kind(upgrade), Kind::kUpgrade);
    Tab ended;
    ended.live_as("an");
    ended.close(4401);
    EXPECT_EQ(kind(ended), Kind::kEnded);
}

}  // namespace
}  // namespace kumquat::client
