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

TEST(Routing, WithTwoPanesBackGoesFromChatToChat) {
    platform::headless::RecordedHistory history;
    Routing routing(history);
    routing.start();
    routing.follow(kAnn, true, window(1280));
    routing.follow(kBob, true, window(1280));
    EXPECT_EQ(history.entries, (std::vector<std::string>{"", "C2Cann", "C2Cbob"}));
    EXPECT_EQ(routing.on_fragment("C2Cann"), kAnn);
    // What Back has opened is where the address is already.
    routing.follow(kAnn, true, window(1280));
    EXPECT_EQ(history.entries.size(), 3u);
    EXPECT_FALSE(routing.leave());
}

TEST(Routing, WithOnePaneANotificationsChatTakesThePlaceOfTheOpenOne) {
    platform::headless::RecordedHistory history;
    Routing routing(history);
    routing.start();
    routing.follow(kAnn, true, window(390));
    routing.follow(kBob, true, window(390));
    EXPECT_EQ(history.entries, (std::vector<std::string>{"", "C2Cbob"}));
    EXPECT_TRUE(routing.leave());
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

TEST(Routing, ASharedLinkIsTakenOnceAndLeavesTheAddress) {
    platform::headless::RecordedHistory history;
    history.entries = {"add=ann"};
    Routing routing(history);
    EXPECT_FALSE(routing.start().has_value());
    EXPECT_EQ(history.entries, std::vector<std::string>{""});
    EXPECT_EQ(routing.take_shared_user(), *UserId::parse("ann"));
    EXPECT_FALSE(routing.take_shared_user().has_value());
}

TEST(Routing, ASharedLinkWaitsInTheAddressForASignIn) {
    platform::headless::RecordedHistory history;
    history.entries = {"add=ann"};
    Routing routing(history);
    routing.follow(std::nullopt, false, window(1280));
    EXPECT_EQ(history.entries.back(), "add=ann");
    EXPECT_FALSE(routing.has_shared_user());
    routing.follow(std::nullopt, true, window(1280));
    EXPECT_TRUE(routing.has_shared_user());
    EXPECT_EQ(history.entries.back(), "");
}

TEST(Routing, ASecondTabKnowsTheFirstPersonOnceAndTheAddressForgetsThem) {
    platform::headless::RecordedHistory history;
    history.entries = {Routing::second_tab(*UserId::parse("ann"))};
    Routing routing(history);
    EXPECT_FALSE(routing.start().has_value());
    EXPECT_EQ(history.entries, std::vector<std::string>{""});
    EXPECT_EQ(routing.take_first_user(), *UserId::parse("ann"));
    EXPECT_FALSE(routing.take_first_user().has_value());
    EXPECT_FALSE(routing.has_shared_user());
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
