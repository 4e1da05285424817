#include "app/routing.h"

#include <gtest/gtest.h>

#include "platform/headless/headless.h"

namespace kumquat::app {
namespace {

platform::EnvironmentState window(int width) {
    platform::EnvironmentState state;
    state.width_px = width;
    state.height_px = 800;
    return state;
}

const ConversationId kAnn = ConversationId::with(*UserId::parse("ann"));
const ConversationId kBob = ConversationId::with(*UserId::parse("bob"));

TEST(Routing, AReloadFindsItsChat) {
    platform::headless::RecordedHistory history;
    history.entries = {"C2Cann"};
    Routing routing(history);
    EXPECT_EQ(routing.start(), kAnn);
    history.entries = {"nonsense"};
    EXPECT_FALSE(Routing(history).start().has_value());
}

TEST(Routing, WithTwoPanesTheAddressFollowsWithoutHistory) {
    platform::headless::RecordedHistory history;
    Routing routing(history);
    routing.start();
    routing.follow(kAnn, true, window(1280));
    routing.follow(kBob, true, window(1280));
    EXPECT_EQ(history.entries, std::vector<std::string>{"C2Cbob"});
    EXPECT_FALSE(routing.leave());
}

TEST(Routing, WithOnePaneBackLeavesTheChat) {
    platform::headless::RecordedHistory history;
    Routing routing(history);
    routing.start();
    routing.follow(kAnn, true, window(390));
    EXPECT_EQ(history.entries.size(), 2u);
    EXPECT_TRUE(routing.leave());
    EXPECT_EQ(history.entries, std::vector<std::string>{""});
    EXPECT_FALSE(routing.on_fragment("").has_value());
}

TEST(Routing, BeforeSignInTheAddressKeepsWhatItNames) {
    platform::headless::RecordedHistory history;
    history.entries = {"C2Cann"};
    Routing routing(history);
    routing.follow(std::nullopt, false, window(1280));
    EXPECT_EQ(history.entries.back(), "C2Cann");
}

}  // namespace
}  // namespace kumquat::app
