#include <gtest/gtest.h>

#include "page.h"

namespace kumquat::uitest {
namespace {

TEST(Login, NameAloneSignsInAndShowsTheFriends) {
    Page page;
    page.start();
    EXPECT_TRUE(page.has(Role::kHeading, "Sign in"));
    EXPECT_EQ(page.world.fields.focused(), "login.name");
    page.type("Name", "Daniel Wu");
    EXPECT_TRUE(page.has(Role::kStatus, "ID: danielwu"));
    page.enter("Name");
    page.run(300);
    const proto::SignIn* sign_in = page.service.last<proto::SignIn>();
    ASSERT_NE(sign_in, nullptr);
    EXPECT_EQ(sign_in->user_id, "danielwu");
    EXPECT_EQ(sign_in->nick, "Daniel Wu");
    EXPECT_TRUE(page.has(Role::kHeading, "Chats")) << page.words();
    EXPECT_FALSE(page.has(Role::kHeading, "Sign in"));
}

TEST(Login, ButtonDoesWhatEnterDoes) {
    Page page;
    page.start();
    page.type("Name", "ann");
    page.click(Role::kButton, "Sign in");
    page.run(300);
    EXPECT_EQ(page.service.count<proto::SignIn>(), 1);
    EXPECT_TRUE(page.has(Role::kHeading, "Chats"));
}

// 1280 by 800 at 200 % zoom, or the part of a phone above its keyboard.
TEST(Login, AllOfItIsReachedOnALowWindow) {
    Page page(640, 320);
    page.start();
    page.type("Name", "ann");
    page.world.fields.blur();
    page.world.mirror.listener->on_node_focus(page.find(Role::kButton, "Sign in")->key, true);
    page.run(200);
    page.click(Role::kButton, "Sign in");
    page.run(300);
    EXPECT_EQ(page.service.count<proto::SignIn>(), 1) << "the focus brings it";
}

TEST(Login, SuggestedIdCanBeChanged) {
    Page page;
    page.start();
    page.type("Name", "小橙子");
    page.click(Role::kButton, "Change ID");
    page.type("User ID", "xiaochengzi");
    page.enter("User ID");
    page.run(300);
    const proto::SignIn* sign_in = page.service.last<proto::SignIn>();
    ASSERT_NE(sign_in, nullptr);
    EXPECT_EQ(sign_in->user_id, "xiaochengzi");
    EXPECT_EQ(sign_in->nick, "小橙子");
}

TEST(Login, EmptyNameIsToldUnderTheFieldAndNothingIsSent) {
    Page page;
    page.start();
    page.click(Role::kButton, "Sign in");
    EXPECT_EQ(page.service.count<proto::SignIn>(), 0);
    std::string id = page.field("Name");
    EXPECT_TRUE(page.world.fields.elements[id].spec.invalid);
    EXPECT_EQ(page.world.fields.elements[id].spec.description, "Enter a name");
    page.type("Name", "a");
    EXPECT_FALSE(page.world.fields.elements[id].spec.invalid);
}

TEST(Login, BadIdIsToldBeforeTheServiceIsAsked) {
    Page page;
    page.start();
    page.type("Name", "ann");
    page.click(Role::kButton, "Change ID");
    page.type("User ID", "小橙子");
    page.enter("User ID");
    EXPECT_EQ(page.service.count<proto::SignIn>(), 0);
    EXPECT_TRUE(page.world.fields.elements["login.id"].spec.invalid);
}

TEST(Login, WhatIsWrongHereGetsTheFocus) {
    Page page;
    page.world.environment.settings["sign_in"] = "[\"usersig\"]";
    page.service.modes = {proto::SignInMode::kUserSig};
    page.start();
    page.type("User ID", "小橙子");
    page.type("UserSig", "signature");
    page.world.fields.focus("login.key");
    page.enter("UserSig");
    EXPECT_TRUE(page.world.fields.elements["login.id"].spec.invalid);
    EXPECT_EQ(page.world.fields.focused(), "login.id");
    page.type("User ID", "ann");
    page.type("UserSig", "");
    page.click(Role::kButton, "Sign in");
    EXPECT_EQ(page.world.fields.focused(), "login.key");
}

TEST(Login, RefusalIsToldInOurWordsAndTheTextStays) {
    Page page;
    page.start();
    page.service.sign_in_error = ErrorCode::kCredentialRequired;
    page.service.modes = {proto::SignInMode::kName, proto::SignInMode::kUserSig};
    page.reload();
    page.type("Name", "ann");
    page.enter("Name");
    page.run(300);
    const auto& key = page.world.fields.elements["login.key"];
    EXPECT_TRUE(key.shown);
    EXPECT_TRUE(key.spec.invalid);
    EXPECT_EQ(key.spec.description, "This ID needs its UserSig");
    EXPECT_EQ(page.world.fields.focused(), "login.key");
    EXPECT_EQ(page.world.fields.text("login.name"), "ann");
}

TEST(Login, ServerWithKeysAsksForIdAndUserSig) {
    Page page;
    page.service.modes = {proto::SignInMode::kUserSig};
    page.world.environment.settings["sign_in"] = "[\"usersig\"]";
    page.start();
    page.type("User ID", "ann");
    page.enter("User ID");
    EXPECT_EQ(page.service.count<proto::SignIn>(), 0);
    page.type("UserSig", "signature");
    page.click(Role::kButton, "Show UserSig");
    EXPECT_TRUE(page.world.fields.elements["login.key"].spec.reveal);
    page.enter("UserSig");
    page.run(300);
    const proto::SignIn* sign_in = page.service.last<proto::SignIn>();
    ASSERT_NE(sign_in, nullptr);
    EXPECT_EQ(sign_in->user_sig, "signature");
}

TEST(Login, LanguageAndThemeSwitchAtOnceAndAreKept) {
    Page page;
    page.start();
    page.click(Role::kButton, "中文");
    EXPECT_TRUE(page.has(Role::kHeading, "登录"));
    EXPECT_EQ(page.world.environment.shown_language, "zh-CN");
    page.click(Role::kButton, "主题：跟随系统");
    page.click(Role::kButton, "主题：浅色");
    EXPECT_TRUE(page.world.environment.shown_dark);
    page.reload();
    EXPECT_TRUE(page.has(Role::kHeading, "登录"));
    EXPECT_TRUE(page.world.environment.shown_dark);
}

TEST(Login, WhoWasHereSignsInWithOneClick) {
    Page page;
    page.sign_in("小橙子");
    std::string id = page.service.last<proto::SignIn>()->user_id;
    page.activate(Role::kButton, "Settings (小橙子)");
    page.activate(Role::kButton, "Sign out");
    page.run(300);
    EXPECT_TRUE(page.has(Role::kHeading, "Sign in")) << page.words();
    page.click(Role::kButton, "Sign in as 小橙子");
    page.run(300);
    EXPECT_EQ(page.service.last<proto::SignIn>()->user_id, id);
    EXPECT_TRUE(page.has(Role::kHeading, "Chats"));
}

class StaySignedIn : public testing::Test {
  protected:
    StaySignedIn() {
        page.service.modes = {proto::SignInMode::kUserSig};
        page.world.environment.settings["sign_in"] = "[\"usersig\"]";
    }
    void sign_in(const std::string& id, bool stay) {
        page.type("User ID", id);
        page.type("UserSig", "signature");
        if (stay) page.click(Role::kSwitch, "Stay signed in");
        page.enter("UserSig");
        page.run(300);
        ASSERT_TRUE(page.has(Role::kHeading, "Chats")) << page.words();
    }
    /// Whether anything that is kept for all tabs holds the session.
    bool token_kept() const {
        for (const auto& [key, value] : page.world.storage.preferences) {
            if (value.find("token") != std::string::npos) return true;
        }
        return false;
    }
    Page page;
};

TEST_F(StaySignedIn, IsASwitchThatTurnsWithAClickAndByKeyboard) {
    page.start();
    const auto checked = [&] { return page.find(Role::kSwitch, "Stay signed in")->checked; };
    ASSERT_TRUE(page.has(Role::kSwitch, "Stay signed in")) << page.words();
    EXPECT_TRUE(page.find(Role::kSwitch, "Stay signed in")->focusable);
    EXPECT_EQ(checked(), platform::Tri::kFalse);
    page.click(Role::kSwitch, "Stay signed in");
    EXPECT_EQ(checked(), platform::Tri::kTrue);
    page.activate(Role::kSwitch, "Stay signed in");
    EXPECT_EQ(checked(), platform::Tri::kFalse);
    EXPECT_EQ(page.service.count<proto::SignIn>(), 0);
}

TEST_F(StaySignedIn, IsNotAskedWhereANameIsEnough) {
    Page by_name;
    by_name.start();
    EXPECT_FALSE(by_name.has(Role::kSwitch, "Stay signed in"));
}

TEST_F(StaySignedIn, ANewTabOffersThePersonAndGoesOnOnlyWhenAsked) {
    page.start();
    sign_in("ann", true);
    page.new_tab();
    page.run(200);
    EXPECT_TRUE(page.has(Role::kHeading, "Sign in")) << "a new tab is nobody yet";
    EXPECT_EQ(page.service.count<proto::Resume>(), 0);
    page.click(Role::kButton, "Sign in as ann");
    page.run(300);
    EXPECT_TRUE(page.has(Role::kHeading, "Chats")) << page.words();
    EXPECT_EQ(page.service.count<proto::SignIn>(), 1) << "nobody was asked for a UserSig again";
    ASSERT_NE(page.service.last<proto::Resume>(), nullptr);
    EXPECT_EQ(page.service.last<proto::Resume>()->session, "token");
    page.reload();
    page.run(200);
    EXPECT_TRUE(page.has(Role::kHeading, "Chats")) << "the tab is theirs now";
}

TEST_F(StaySignedIn, WithoutItNothingIsKeptForOtherTabs) {
    page.start();
    sign_in("ann", false);
    EXPECT_FALSE(token_kept());
    page.new_tab();
    EXPECT_FALSE(page.has(Role::kButton, "Sign in as ann"));
    EXPECT_EQ(page.find(Role::kSwitch, "Stay signed in")->checked, platform::Tri::kFalse);
}

TEST_F(StaySignedIn, SigningOutForgetsIt) {
    page.start();
    sign_in("ann", true);
    EXPECT_TRUE(token_kept());
    page.activate(Role::kButton, "Settings (ann)");
    page.activate(Role::kButton, "Sign out");
    page.run(300);
    EXPECT_FALSE(token_kept());
    EXPECT_FALSE(page.has(Role::kButton, "Sign in as ann")) << "nobody gets in by one click";
}

TEST_F(StaySignedIn, ASessionThatIsOverIsToldAndForgotten) {
    page.start();
    sign_in("ann", true);
    page.new_tab();
    page.service.resume_error = ErrorCode::kSessionInvalid;
    page.click(Role::kButton, "Sign in as ann");
    page.run(300);
    EXPECT_TRUE(page.has(Role::kHeading, "Sign in")) << page.words();
    EXPECT_TRUE(page.has(Role::kStatus, "Your sign-in has expired")) << page.words();
    EXPECT_FALSE(page.has(Role::kButton, "Sign in as ann"));
    EXPECT_FALSE(token_kept());
    sign_in("ann", false);
}

TEST_F(StaySignedIn, AnotherTabHasForgottenItMeanwhile) {
    page.start();
    sign_in("ann", true);
    page.new_tab();
    page.world.storage.preferences.erase("kept");
    page.service.sign_in_error = ErrorCode::kNoUserSig;
    page.click(Role::kButton, "Sign in as ann");
    page.run(300);
    EXPECT_EQ(page.world.fields.text("login.id"), "ann");
    EXPECT_EQ(page.world.fields.elements["login.key"].spec.description, "Enter your UserSig");
    EXPECT_EQ(page.world.fields.focused(), "login.key");
}

TEST_F(StaySignedIn, TabsThatWereOpenAllAlongKeepWhatTheOthersKeep) {
    page.start();
    sign_in("ann", true);
    Page other;
    other.service.modes = page.service.modes;
    other.world.environment.settings = page.world.environment.settings;
    other.start();
    other.world.storage.preferences = page.world.storage.preferences;
    other.type("User ID", "bob");
    other.type("UserSig", "signature");
    other.click(Role::kSwitch, "Stay signed in");
    other.enter("UserSig");
    other.run(300);
    other.new_tab();
    EXPECT_TRUE(other.has(Role::kButton, "Sign in as ann")) << other.words();
    EXPECT_TRUE(other.has(Role::kButton, "Sign in as bob"));
}

TEST(Login, UnreachableServerIsABannerWithTryAgain) {
    Page page;
    page.start();
    page.type("Name", "ann");
    page.world.transport.drop();
    page.world.fields.press_enter("login.name");
    for (int i = 0; i < 200 && page.service.count<proto::SignIn>() == 0; ++i) {
        page.world.transport.drop();
        page.world.run_ms(100);
        if (page.find_prefix(Role::kStatus, "Cannot reach chat.example") != nullptr) break;
    }
    ASSERT_NE(page.find_prefix(Role::kStatus, "Cannot reach chat.example"), nullptr)
        << page.words();
    page.click(Role::kButton, "Try again");
    page.run(1000);
    EXPECT_TRUE(page.has(Role::kHeading, "Chats")) << page.words();
}

TEST(Login, ReloadGoesOnWithoutTypingAnything) {
    Page page;
    page.sign_in("ann");
    page.reload();
    page.run(200);
    EXPECT_TRUE(page.has(Role::kHeading, "Chats"));
    EXPECT_EQ(page.service.count<proto::Resume>(), 1);
}

}  // namespace
}  // namespace kumquat::uitest
