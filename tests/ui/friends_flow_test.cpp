#include <gtest/gtest.h>

#include "page.h"

namespace kumquat::uitest {
namespace {

class Friends : public testing::Test {
  protected:
    void SetUp() override {
        page.service.add_friend("bob", "老周");
        page.service.add_friend("cleo", "Cleo");
        page.sign_in("ann");
    }
    Page page;
};

TEST_F(Friends, AreThereAtOnceByName) {
    EXPECT_TRUE(page.has(Role::kNavigation, "Friends"));
    EXPECT_TRUE(page.has(Role::kButton, "老周")) << page.words();
    EXPECT_TRUE(page.has(Role::kButton, "Cleo"));
}

TEST_F(Friends, AClickOpensTheChatAndFocusesTheComposer) {
    page.click(Role::kButton, "老周");
    EXPECT_TRUE(page.has(Role::kHeading, "老周"));
    EXPECT_TRUE(page.has(Role::kLog, "Messages with 老周"));
    EXPECT_EQ(page.world.fields.focused(), "composer:C2Cbob");
    ASSERT_TRUE(page.has(Role::kButton, "老周, online") || page.has(Role::kButton, "老周"));
    EXPECT_TRUE(page.find_prefix(Role::kButton, "老周")->current);
    EXPECT_EQ(page.world.history.fragment(), "C2Cbob");
    EXPECT_EQ(page.world.marks.marks.front(), "kumquat:ready");
}

TEST_F(Friends, SearchFindsNamesAndIds) {
    page.type("Search people and messages", "CLEO");
    EXPECT_FALSE(page.has(Role::kButton, "老周"));
    EXPECT_TRUE(page.has(Role::kButton, "Cleo"));
    page.type("Search people and messages", "周");
    EXPECT_TRUE(page.has(Role::kButton, "老周"));
    page.type("Search people and messages", "nobody");
    page.run(500);
    EXPECT_TRUE(page.has(Role::kStatus, "Nothing found for \"nobody\""));
    page.click(Role::kButton, "Clear search");
    EXPECT_TRUE(page.has(Role::kButton, "老周"));
    EXPECT_TRUE(page.has(Role::kButton, "Cleo"));
}

TEST_F(Friends, SearchFindsChineseNamesByTheirSound) {
    page.type("Search people and messages", "lz");
    EXPECT_TRUE(page.has(Role::kButton, "老周")) << page.words();
    EXPECT_FALSE(page.has(Role::kButton, "Cleo"));
    page.type("Search people and messages", "laozh");
    EXPECT_TRUE(page.has(Role::kButton, "老周")) << page.words();
}

TEST_F(Friends, WhomNobodyFindsCanBeAddedById) {
    page.type("Search people and messages", "nobody");
    page.run(500);
    page.click(Role::kButton, "Add by ID");
    page.run();
    EXPECT_EQ(page.world.fields.text("add.id"), "nobody") << page.words();
}

TEST(FriendGroups, StandAboveThoseNeverTalkedTo) {
    Page page;
    page.service.add_friend("bob", "Bob");
    page.service.add_friend("cleo", "Cleo");
    page.service.add_friend("dora", "Dora");
    page.service.friends[1].group = "Climbing";
    page.sign_in("ann");
    page.service.receive("dora", "hi");
    page.run();
    EXPECT_TRUE(page.has(Role::kHeading, "No messages yet")) << page.words();
    EXPECT_TRUE(page.has(Role::kHeading, "Climbing"));
}

TEST(FriendGroups, CanOrderTheWholeList) {
    Page page;
    page.service.add_friend("bob", "Bob");
    page.service.add_friend("cleo", "Cleo");
    page.service.friends.back().group = "Climbing";
    page.sign_in("ann");
    page.service.receive("cleo", "hi");
    page.run();
    EXPECT_FALSE(page.has(Role::kHeading, "Climbing")) << "they have talked";
    page.click(Role::kButton, "Friends by group");
    page.run();
    EXPECT_TRUE(page.has(Role::kHeading, "Friends")) << page.words();
    EXPECT_TRUE(page.has(Role::kHeading, "In no group"));
    EXPECT_TRUE(page.has(Role::kHeading, "Climbing"));
    EXPECT_EQ(page.find(Role::kButton, "Friends by group")->pressed, platform::Tri::kTrue);
    page.click(Role::kButton, "Friends by group");
    page.run();
    EXPECT_FALSE(page.has(Role::kHeading, "Climbing"));
    EXPECT_TRUE(page.has(Role::kHeading, "Chats"));
}

// Nothing says that a group may not be called what the rest is called.
TEST(FriendGroups, OneCalledInNoGroupStandsBesideThoseInNoGroup) {
    Page page;
    page.service.add_friend("bob", "Bob");
    page.service.add_friend("carol", "Carol");
    page.service.friends.back().group = "In no group";
    page.sign_in("Ann");
    page.click(Role::kButton, "Friends by group");
    EXPECT_TRUE(page.has(Role::kButton, "Bob")) << page.words();
    EXPECT_TRUE(page.has(Role::kButton, "Carol")) << page.words();
}

TEST(FriendRows, TellOfPicturesAndDraftsOnOtherDevices) {
    Page page;
    page.service.add_friend("bob", "Bob");
    page.service.add_friend("cleo", "Cleo");
    page.sign_in("ann");
    page.service.receive("bob", "hello");
    page.run();
    page.click(Role::kButton, "Bob, 1 unread");
    page.run(200);
    // The open chat's composer says it itself.
    page.click(Role::kButton, "Cleo");
    page.run(200);
    proto::ConversationState state;
    state.has_draft = true;
    page.service.tell(proto::ConversationEvent{
        *ConversationId::parse("C2Cbob"), {*UserId::parse("bob"), "Bob", {}}, state});
    page.run();
    EXPECT_EQ(page.find(Role::kButton, "Bob")->description, "Draft on another device")
        << page.words();
}

TEST_F(Friends, ChoosingTheOpenChatAgainLeadsToItsComposer) {
    page.click(Role::kButton, "老周");
    page.world.fields.on_focus("composer:C2Cbob", false);
    ASSERT_EQ(page.world.fields.focused(), "");
    page.activate(Role::kButton, "老周");
    EXPECT_EQ(page.world.fields.focused(), "composer:C2Cbob");
}

TEST_F(Friends, OnlyOneRowIsATabStopAndArrowsMoveIt) {
    int stops = 0;
    for (const MirrorNode& node : page.world.mirror.tree()) {
        stops += node.key.substr(0, 7) == "friend:" && node.focusable;
    }
    EXPECT_EQ(stops, 1);
    page.world.mirror.focus(page.find(Role::kButton, "Cleo")->key);
    page.world.mirror.listener->on_node_focus("friend:cleo", true);
    page.key(platform::Key::kDown);
    EXPECT_EQ(page.world.mirror.focused(), "friend:bob");
    page.key(platform::Key::kHome);
    EXPECT_EQ(page.world.mirror.focused(), "friend:cleo");
}

TEST_F(Friends, UnreadIsToldInTheRowAndTheTitle) {
    page.service.receive("bob", "在吗");
    page.service.receive("bob", "hello");
    page.run();
    EXPECT_NE(page.find_prefix(Role::kButton, "老周, 2 unread"), nullptr) << page.words();
    EXPECT_EQ(page.world.history.title, "(2) Kumquat");
    EXPECT_TRUE(page.world.history.badge);
    page.click(Role::kButton, "老周, 2 unread");
    page.run(200);
    EXPECT_EQ(page.world.history.title, "Kumquat");
    ASSERT_NE(page.service.last<proto::MarkRead>(), nullptr);
    EXPECT_EQ(page.service.last<proto::MarkRead>()->seq, Seq(2));
}

TEST(FriendsAlone, NobodyIsInvitedToAddSomebody) {
    Page page;
    page.sign_in("ann");
    EXPECT_TRUE(page.has(Role::kStatus, "No friends yet"));
    page.click(Role::kButton, "Add a friend");
    EXPECT_TRUE(page.has(Role::kDialog, "Add a friend"));
}

TEST(FriendsOnAPhone, OnePaneAtATimeAndBackReturns) {
    Page page(390, 844);
    page.service.add_friend("bob", "Bob");
    page.sign_in("ann");
    EXPECT_EQ(page.find_prefix(Role::kMain, ""), nullptr);
    page.click(Role::kButton, "Bob");
    EXPECT_FALSE(page.has(Role::kNavigation, "Friends"));
    EXPECT_TRUE(page.has(Role::kHeading, "Bob"));
    page.click(Role::kButton, "Back");
    EXPECT_TRUE(page.has(Role::kNavigation, "Friends"));
    EXPECT_EQ(page.world.history.fragment(), "");
}

}  // namespace
}  // namespace kumquat::uitest
