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
    EXPECT_EQ(page.world.fields.text("add.group"), "好友");
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
    EXPECT_EQ(add->group, "好友");
    EXPECT_EQ(add->wording, "Hi, this is Ann");
    EXPECT_EQ(add->remark, "小橙子");
    EXPECT_FALSE(page.has(Role::kDialog, "Add a friend")) << page.words();
    EXPECT_TRUE(page.has(Role::kHeading, "小橙子")) << page.words();
    EXPECT_TRUE(page.has(Role::kStatus, "小橙子 added")) << page.words();
    EXPECT_EQ(page.world.fields.focused(), "composer:C2Cbob");
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

TEST(Settings, OwnIdCanBeCopied) {
    Page page;
    page.sign_in("Ann");
    page.activate(Role::kButton, "Settings (Ann)");
    page.click(Role::kButton, "Copy ID");
    page.run();
    EXPECT_EQ(page.world.clipboard.text, "ann");
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
