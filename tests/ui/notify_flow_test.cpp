// What reaches a person who is looking elsewhere.
#include <gtest/gtest.h>

#include "page.h"

namespace kumquat::uitest {
namespace {

using platform::NotePermission;

class Notify : public testing::Test {
  protected:
    void SetUp() override {
        page.service.add_friend("bob", "Bob");
        page.service.add_friend("cleo", "Cleo");
        page.sign_in("Ann");
    }
    void hide(bool hidden) {
        page.world.environment.current.visible = !hidden;
        page.world.environment.changed();
        page.run();
    }
    void allow() {
        page.activate(Role::kButton, "Settings (Ann)");
        page.activate(Role::kSwitch, "Desktop notifications");
        page.run();
        ASSERT_TRUE(page.world.notifier.asked) << page.words();
        page.world.notifier.answer(NotePermission::kGranted);
        page.run();
        page.activate(Role::kButton, "Close");
        page.run();
    }
    Page page;
};

TEST_F(Notify, ASoundForMessagesElsewhereAndNoneInTheOpenChat) {
    page.click(Role::kButton, "Bob");
    page.service.receive("bob", "here");
    page.run();
    EXPECT_EQ(page.world.notifier.chimes_count, 0);
    page.service.receive("cleo", "there");
    page.run();
    EXPECT_EQ(page.world.notifier.chimes_count, 1);
}

TEST_F(Notify, TheSoundCanBeSwitchedOffAndStaysOff) {
    page.activate(Role::kButton, "Settings (Ann)");
    page.activate(Role::kSwitch, "Message sound");
    page.run();
    EXPECT_EQ(page.find(Role::kSwitch, "Message sound")->checked, platform::Tri::kFalse);
    page.reload();
    page.run(300);
    page.service.receive("cleo", "there");
    page.run();
    EXPECT_EQ(page.world.notifier.chimes_count, 0);
}

TEST_F(Notify, NobodyIsAskedBeforeTheSwitchIsUsed) {
    hide(true);
    page.service.receive("bob", "hello");
    page.run();
    EXPECT_FALSE(page.world.notifier.asked);
    EXPECT_TRUE(page.world.notifier.shown.empty());
}

TEST_F(Notify, AHiddenPageShowsOnePerChatAndAClickOpensIt) {
    allow();
    hide(true);
    page.service.receive("bob", "one");
    page.service.receive("bob", "two");
    page.run();
    ASSERT_EQ(page.world.notifier.shown.size(), 1u);
    const platform::Note& note = page.world.notifier.shown.at("C2Cbob");
    EXPECT_EQ(note.title, "Bob");
    EXPECT_EQ(note.text, "two");
    hide(false);
    page.world.notifier.listener->on_note_chosen("C2Cbob");
    page.run(200);
    EXPECT_TRUE(page.has(Role::kHeading, "Bob")) << page.words();
    EXPECT_TRUE(page.world.notifier.shown.empty()) << "what was read calls no more";
}

TEST_F(Notify, NotWhileThePersonLooksAtThePage) {
    allow();
    page.service.receive("bob", "one");
    page.run();
    EXPECT_TRUE(page.world.notifier.shown.empty());
    EXPECT_EQ(page.world.notifier.chimes_count, 1);
}

TEST_F(Notify, MutedChatsAreSilent) {
    allow();
    page.click_menu(Role::kButton, "Bob");
    page.click(Role::kMenuItem, "Mute");
    page.run();
    hide(true);
    page.service.receive("bob", "psst");
    page.run();
    EXPECT_TRUE(page.world.notifier.shown.empty());
    EXPECT_EQ(page.world.notifier.chimes_count, 0);
}

TEST_F(Notify, WhatTheBrowserRefusesIsSaid) {
    page.world.notifier.allowed = NotePermission::kDenied;
    page.activate(Role::kButton, "Settings (Ann)");
    page.run();
    const MirrorNode* node =
        page.find(Role::kSwitch, "Desktop notifications, Turned off in the browser settings");
    ASSERT_NE(node, nullptr) << page.words();
    EXPECT_TRUE(node->disabled);
}

}  // namespace
}  // namespace kumquat::uitest
