#include <gtest/gtest.h>

#include "page.h"

namespace kumquat::uitest {
namespace {

class AddFriend : public testing::Test {
  protected:
    void SetUp() override {
        page.sign_in("Ann");
        page.activate(Role::kButton, "Add a friend");
    }
    Page page;
};

TEST_F(AddFriend, GreetingAndGroupAreReadyAndTheRemarkIsOpen) {
    EXPECT_TRUE(page.has(Role::kDialog, "Add a friend")) << page.words();
    EXPECT_EQ(page.world.fields.focused(), "add.id");
    EXPECT_EQ(page.world.fields.text("add.wording"), "Hi, this is Ann");
    EXPECT_EQ(page.world.fields.text("add.group"), "Friends");
    EXPECT_EQ(page.world.fields.text("add.remark"), "");
}

TEST_F(AddFriend, EnterAddsOpensTheChatAndTellsIt) {
    page.type("Their user ID", "bob");
    page.type("Remark", "小橙子");
    page.enter("Their user ID");
    page.run(300);
    const proto::AddFriend* add = page.service.last<proto::AddFriend>();
    ASSERT_NE(add, nullptr);
    EXPECT_EQ(add->user_id, "bob");
    EXPECT_EQ(add->group, "Friends");
    EXPECT_EQ(add->wording, "Hi, this is Ann");
    EXPECT_EQ(add->remark, "小橙子");
    EXPECT_FALSE(add->one_way);
    EXPECT_FALSE(page.has(Role::kDialog, "Add a friend")) << page.words();
    EXPECT_TRUE(page.has(Role::kHeading, "小橙子")) << page.words();
    EXPECT_TRUE(page.has(Role::kStatus, "小橙子 added")) << page.words();
    EXPECT_EQ(page.world.fields.focused(), "composer:C2Cbob");
}

TEST_F(AddFriend, CanBeForOnesOwnListAlone) {
    page.type("Their user ID", "bob");
    page.click(Role::kSwitch, "Only in my list");
    page.run();
    EXPECT_EQ(page.find(Role::kSwitch, "Only in my list")->checked, platform::Tri::kTrue);
    page.enter("Their user ID");
    page.run(300);
    ASSERT_NE(page.service.last<proto::AddFriend>(), nullptr) << page.words();
    EXPECT_TRUE(page.service.last<proto::AddFriend>()->one_way);
}

TEST_F(AddFriend, ThePersonIsLookedUpAfterAPause) {
    page.type("Their user ID", "bob");
    EXPECT_EQ(page.service.count<proto::FindUser>(), 0);
    page.run(600);
    EXPECT_EQ(page.service.count<proto::FindUser>(), 1);
    EXPECT_NE(page.find_prefix(Role::kStatus, "Nick of bob"), nullptr) << page.words();
}

TEST_F(AddFriend, ErrorsStayInTheDialogUnderTheField) {
    page.service.add_error = ErrorCode::kUnknownUser;
    page.type("Their user ID", "nobody");
    page.enter("Their user ID");
    page.run(200);
    EXPECT_TRUE(page.has(Role::kDialog, "Add a friend"));
    EXPECT_EQ(page.world.fields.elements["add.id"].spec.description, "No such user. Check the ID.");
    page.service.add_error = ErrorCode::kFriendRefused;
    page.type("Their user ID", "ann");
    page.enter("Their user ID");
    page.run(200);
    EXPECT_EQ(page.world.fields.elements["add.id"].spec.description, "You cannot add yourself");
    page.type("Their user ID", "bob");
    page.enter("Their user ID");
    page.run(200);
    EXPECT_EQ(page.world.fields.elements["add.id"].spec.description, "You are friends already");
}

TEST_F(AddFriend, OverLongGreetingIsNotSent) {
    page.type("Say hello", std::string(300, 'x'));
    page.type("Their user ID", "bob");
    page.enter("Their user ID");
    page.run(200);
    EXPECT_EQ(page.service.count<proto::AddFriend>(), 0);
    EXPECT_TRUE(page.world.fields.elements["add.wording"].spec.invalid);
}

TEST_F(AddFriend, SaysBeforeWhatWillHappen) {
    page.service.peer_allow = proto::AllowType::kConfirm;
    page.type("Their user ID", "bob");
    page.run(600);
    EXPECT_TRUE(page.has(Role::kStatus, "Nick of bob, bob, They confirm first")) << page.words();
    EXPECT_TRUE(page.has(Role::kButton, "Send request"));
    page.service.peer_allow = proto::AllowType::kDeny;
    page.type("Their user ID", "eve");
    page.run(600);
    EXPECT_TRUE(page.has(Role::kStatus, "Nick of eve, eve, They do not accept requests"));
    EXPECT_TRUE(page.find(Role::kButton, "Add")->disabled);
}

TEST_F(AddFriend, WhoConfirmsFirstIsAskedAndTheDialogCloses) {
    page.service.peer_allow = proto::AllowType::kConfirm;
    page.type("Their user ID", "bob");
    page.enter("Their user ID");
    page.run(300);
    EXPECT_FALSE(page.has(Role::kDialog, "Add a friend")) << page.words();
    EXPECT_EQ(page.toast(), "Request sent, waiting for a reply");
    EXPECT_TRUE(page.has(Role::kButton, "Friend requests")) << page.words();
}

TEST_F(AddFriend, EveryRefusalHasWords) {
    const std::pair<ErrorCode, std::string> kRefusals[] = {
        {ErrorCode::kFriendIsBlocked, "You blocked this person. Unblock first."},
        {ErrorCode::kPeerDeniesFriends, "This person does not accept requests"},
        {ErrorCode::kBlockedByPeer, "This person cannot be added"},
        {ErrorCode::kFriendListFull, "Your friend list is full"},
        {ErrorCode::kPeerFriendListFull, "Their friend list is full"},
        {ErrorCode::kPeerRequestsFull, "They have too many open requests. Try later."},
        {ErrorCode::kFriendGroupsFull, "You have too many friend groups"},
        {ErrorCode::kTooManyFriendRequests, "Too many tries. Wait a moment."},
    };
    page.type("Their user ID", "bob");
    for (const auto& [code, words] : kRefusals) {
        page.service.add_error = code;
        page.enter("Their user ID");
        page.run(200);
        EXPECT_EQ(page.world.fields.elements["add.id"].spec.description, words);
    }
}

TEST(AddFriendGroups, TheMenuHasThoseThatThereAre) {
    Page page;
    page.service.add_friend("bob", "Bob");
    page.service.friends[0].group = "Climbing";
    page.sign_in("Ann");
    page.activate(Role::kButton, "Add a friend");
    page.click(Role::kButton, "Choose a group");
    EXPECT_TRUE(page.has(Role::kMenuRadio, "Climbing")) << page.words();
    EXPECT_TRUE(page.has(Role::kMenuRadio, "None"));
    page.click(Role::kMenuRadio, "Climbing");
    EXPECT_EQ(page.world.fields.text("add.group"), "Climbing");
    EXPECT_EQ(page.world.fields.focused(), "add.group");
    page.click(Role::kButton, "Choose a group");
    page.key(platform::Key::kEscape);
    EXPECT_FALSE(page.has(Role::kMenuRadio, "Climbing")) << "Escape closes the menu first";
    EXPECT_TRUE(page.has(Role::kDialog, "Add a friend"));
}

TEST_F(AddFriend, EscapeAndCancelClose) {
    platform::KeyEvent escape;
    escape.key = platform::Key::kEscape;
    page.world.fields.on_key("add.id", escape);
    page.run();
    EXPECT_FALSE(page.has(Role::kDialog, "Add a friend"));
    page.activate(Role::kButton, "Add a friend");
    page.click(Role::kButton, "Cancel");
    page.run();
    EXPECT_FALSE(page.has(Role::kDialog, "Add a friend"));
}

// Whoever works with the keyboard goes on where they were; in between the focus was in a field.
TEST(AddFriendByKeyboard, EscapeGivesTheFocusBackToTheButton) {
    Page page;
    page.sign_in("Ann");
    const std::string button = page.find(Role::kButton, "Add a friend")->key;
    page.world.mirror.focus(button);
    page.world.mirror.listener->on_node_focus(button, true);
    page.activate(Role::kButton, "Add a friend");
    EXPECT_EQ(page.world.fields.focused(), "add.id");
    page.world.mirror.focus(page.find(Role::kButton, "Cancel")->key);
    page.world.mirror.listener->on_node_focus("", false);
    platform::KeyEvent escape;
    escape.key = platform::Key::kEscape;
    page.world.fields.on_key("add.id", escape);
    page.run();
    EXPECT_FALSE(page.has(Role::kDialog, "Add a friend"));
    EXPECT_EQ(page.world.mirror.focused(), button);
}

TEST(Settings, ThemeAndLanguageChangeAtOnce) {
    Page page;
    page.sign_in("Ann");
    page.activate(Role::kButton, "Settings (Ann)");
    page.click(Role::kRadio, "Dark");
    EXPECT_TRUE(page.world.environment.shown_dark);
    EXPECT_EQ(page.find(Role::kRadio, "Dark")->checked, platform::Tri::kTrue);
    page.click(Role::kRadio, "中文");
    EXPECT_TRUE(page.has(Role::kDialog, "设置"));
    page.activate(Role::kButton, "关闭");
    EXPECT_FALSE(page.has(Role::kDialog, "设置"));
}

TEST(Settings, AllowAndFriendsOnlyGoToTheService) {
    Page page;
    page.sign_in("Ann");
    page.activate(Role::kButton, "Settings (Ann)");
    page.activate(Role::kButton, "Who can add me, Anyone");
    EXPECT_TRUE(page.has(Role::kDialog, "Who can add me")) << page.words();
    page.click(Role::kRadio, "Ask me first");
    page.run(100);
    EXPECT_EQ(page.service.allow, proto::AllowType::kConfirm);
    EXPECT_EQ(page.find(Role::kRadio, "Ask me first")->checked, platform::Tri::kTrue);
    page.click(Role::kButton, "Back");
    EXPECT_TRUE(page.has(Role::kButton, "Who can add me, Ask me first")) << page.words();
    page.activate(Role::kSwitch, "Messages from friends only");
    page.run(100);
    EXPECT_TRUE(page.service.friends_only);
    EXPECT_EQ(page.find(Role::kSwitch, "Messages from friends only")->checked,
              platform::Tri::kTrue);
}

TEST(Settings, EscapeLeavesAPageBeforeTheDialog) {
    Page page;
    page.sign_in("Ann");
    page.activate(Role::kButton, "Settings (Ann)");
    page.activate(Role::kButton, "Blocked people, 0");
    EXPECT_TRUE(page.has(Role::kStatus, "Nobody is blocked"));
    page.key(platform::Key::kEscape);
    EXPECT_TRUE(page.has(Role::kDialog, "Settings"));
    page.key(platform::Key::kEscape);
    EXPECT_FALSE(page.has(Role::kDialog, "Settings"));
}

TEST(Settings, BlockedPeopleAreUnblockedThere) {
    Page page;
    page.service.blocked["eve"] = {*UserId::parse("eve"), "Eve", {}};
    page.sign_in("Ann");
    page.activate(Role::kButton, "Settings (Ann)");
    page.activate(Role::kButton, "Blocked people, 1");
    page.click(Role::kButton, "Unblock Eve");
    page.run(200);
    EXPECT_TRUE(page.service.blocked.empty());
    EXPECT_TRUE(page.has(Role::kStatus, "Nobody is blocked")) << page.words();
}

TEST(Settings, ADeviceIsSignedOutAfterAskingAndTheListStays) {
    Page page;
    page.service.sessions = {{"s1", "Firefox, Windows", {}, page.world.clock.now(), {}, true},
                             {"s2", "Safari, iPhone", {}, page.world.clock.now(), {}, false}};
    page.sign_in("Ann");
    page.activate(Role::kButton, "Settings (Ann)");
    page.activate(Role::kButton, "My devices");
    page.run(200);
    EXPECT_TRUE(page.has(Role::kStatus, "Firefox, Windows, This device")) << page.words();
    EXPECT_FALSE(page.has(Role::kButton, "Sign out Firefox, Windows"));
    page.click(Role::kButton, "Sign out Safari, iPhone");
    EXPECT_TRUE(page.has(Role::kDialog, "Sign out there")) << page.words();
    page.activate(Role::kButton, "Sign out");
    page.run(300);
    ASSERT_NE(page.service.last<proto::EndSession>(), nullptr);
    EXPECT_EQ(page.service.last<proto::EndSession>()->id, "s2");
    EXPECT_TRUE(page.has(Role::kDialog, "My devices")) << page.words();
    EXPECT_FALSE(page.has(Role::kButton, "Sign out Safari, iPhone")) << page.words();
}

TEST(Settings, TheServiceIsToldWhatDeviceThisIs) {
    Page page;
    page.sign_in("Ann");
    ASSERT_NE(page.service.last<proto::SignIn>(), nullptr);
    EXPECT_EQ(page.service.last<proto::SignIn>()->device_name, "Headless, Test");
}

TEST(Settings, AllOfItIsReachedOnALowWindow) {
    Page page(390, 500);
    page.sign_in("Ann");
    page.activate(Role::kButton, "Settings (Ann)");
    const MirrorNode* out = page.find(Role::kButton, "Sign out");
    ASSERT_NE(out, nullptr);
    EXPECT_GT(out->rect.bottom(), 500) << "below the window's edge";
    page.world.mirror.listener->on_node_focus(out->key, true);
    page.run(200);
    EXPECT_LE(page.find(Role::kButton, "Sign out")->rect.bottom(), 500) << "the focus brings it";
}

TEST(Settings, SignOutAsksWhileMessagesWait) {
    Page page;
    page.service.add_friend("bob", "Bob");
    page.sign_in("Ann");
    page.click(Role::kButton, "Bob");
    page.service.silent_sends = true;
    page.type("Message Bob", "on its way");
    page.enter("Message Bob");
    page.activate(Role::kButton, "Settings (Ann)");
    page.click(Role::kButton, "Sign out");
    EXPECT_TRUE(page.has(Role::kDialog, "Sign out")) << page.words();
    page.click(Role::kButton, "Cancel");
    EXPECT_TRUE(page.has(Role::kDialog, "Settings"));
    page.click(Role::kButton, "Sign out");
    page.activate(Role::kButton, "Sign out");
    page.run(3000);
    EXPECT_TRUE(page.has(Role::kHeading, "Sign in")) << page.words();
}

TEST(Settings, WhatIsStoredAndCannotBeReadIsToldAndNotGivenUpUnasked) {
    Page page;
    auto& outbox = page.world.storage.records[{"ann", platform::RecordKind::kOutbox}];
    outbox["1"] = "7:outbox9of a later version";
    page.sign_in("Ann");
    EXPECT_TRUE(
        page.has(Role::kStatus, "Something unsent stored here cannot be read (1). It is kept."))
        << page.words();
    EXPECT_EQ(outbox.count("1"), 1u);
    page.activate(Role::kButton, "Settings (Ann)");
    page.click(Role::kButton, "Sign out");
    EXPECT_TRUE(page.has(Role::kDialog, "Sign out")) << page.words();
    EXPECT_EQ(outbox.count("1"), 1u);
}

TEST(SessionEnd, IsADialogThatLeadsBackToTheLogin) {
    Page page;
    page.sign_in("Ann");
    page.world.transport.drop(4401);
    page.run(200);
    EXPECT_TRUE(page.has(Role::kDialog, "Your sign-in has expired")) << page.words();
    page.activate(Role::kButton, "Sign in again");
    page.run(200);
    EXPECT_TRUE(page.has(Role::kHeading, "Sign in"));
}

TEST(Upgrade, AsksForAReload) {
    Page page;
    page.sign_in("Ann");
    page.world.transport.drop(4426);
    page.run(200);
    EXPECT_TRUE(page.has(Role::kDialog, "This tab needs a reload")) << page.words();
    page.activate(Role::kButton, "Reload");
    page.run(100);
    EXPECT_EQ(page.world.environment.reloads_count, 1);
}

}  // namespace
}  // namespace kumquat::uitest
