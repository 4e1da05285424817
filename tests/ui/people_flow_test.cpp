// Profiles, the menus of chats, blocking, deleting, export, and links that add somebody.
#include <gtest/gtest.h>

#include "page.h"

namespace kumquat::uitest {
namespace {

class People : public testing::Test {
  protected:
    void SetUp() override {
        page.service.add_friend("bob", "Bob");
        page.service.add_friend("cleo", "Cleo");
        page.sign_in("Ann");
    }
    void chat_menu(std::string_view item) {
        page.click(Role::kButton, "More");
        page.click(Role::kMenuItem, item);
        page.run(100);
    }
    Page page;
};

TEST_F(People, OwnNameIsChangedInTheProfile) {
    page.activate(Role::kButton, "Settings (Ann)");
    page.click(Role::kButton, "Edit profile");
    EXPECT_TRUE(page.has(Role::kDialog, "Profile")) << page.words();
    EXPECT_TRUE(page.find(Role::kButton, "Save")->disabled);
    page.type("Name", "小安");
    page.click(Role::kButton, "Save");
    page.run(200);
    EXPECT_EQ(page.service.nick, "小安");
    EXPECT_TRUE(page.has(Role::kHeading, "小安")) << page.words();
    EXPECT_TRUE(page.find(Role::kButton, "Save")->disabled);
}

TEST_F(People, OwnIdAndLinkAreCopied) {
    page.world.environment.current.address = "https://chat.example/";
    page.activate(Role::kButton, "Settings (Ann)");
    page.click(Role::kButton, "Edit profile");
    page.click(Role::kButton, "Copy ID");
    EXPECT_EQ(page.world.clipboard.text, "ann");
    EXPECT_EQ(page.toast(), "Copied");
    page.click(Role::kButton, "Copy link");
    EXPECT_EQ(page.world.clipboard.text, "https://chat.example/#add=ann");
}

TEST(PeopleOnAPhone, AToastCoversNeitherTheTitleNorTheWayOut) {
    Page page(390, 844);
    page.sign_in("Ann");
    page.activate(Role::kButton, "Settings (Ann)");
    page.click(Role::kButton, "Edit profile");
    page.click(Role::kButton, "Copy ID");
    platform::Rect toast = page.rect_of(*page.world.mirror.find_key("toast"));
    EXPECT_GT(toast.y, page.rect_of(*page.find(Role::kHeading, "Profile")).bottom());
    EXPECT_GT(toast.y, page.rect_of(*page.find(Role::kButton, "Close")).bottom());
}

TEST_F(People, WhatAnotherDeviceChangesFollowsUnlessSomethingWasTyped) {
    page.activate(Role::kButton, "Settings (Ann)");
    page.click(Role::kButton, "Edit profile");
    page.service.nick = "Anne";
    page.service.tell(proto::AccountEvent{page.service.account()});
    page.run(100);
    EXPECT_EQ(page.world.fields.text("profile.nick"), "Anne");
    page.type("Name", "Annika");
    page.service.nick = "Anna";
    page.service.tell(proto::AccountEvent{page.service.account()});
    page.run(100);
    EXPECT_EQ(page.world.fields.text("profile.nick"), "Annika");
}

TEST_F(People, AFriendsRemarkAndGroupAreChangedInPlace) {
    page.click(Role::kButton, "Bob");
    page.click(Role::kButton, "View profile");
    EXPECT_TRUE(page.has(Role::kDialog, "Profile"));
    page.type("Remark", "Bobby");
    page.type("Group", "Climbing");
    page.enter("Group");
    page.run(200);
    const proto::UpdateFriend* update = page.service.last<proto::UpdateFriend>();
    ASSERT_NE(update, nullptr);
    EXPECT_EQ(update->remark, "Bobby");
    EXPECT_EQ(update->group, "Climbing");
    EXPECT_TRUE(page.has(Role::kStatus, "Name: Bob")) << page.words();
    EXPECT_TRUE(page.has(Role::kHeading, "Bobby"));
}

TEST_F(People, AFailedChangeIsToldThere) {
    page.click(Role::kButton, "Bob");
    page.click(Role::kButton, "View profile");
    page.service.task_error = ErrorCode::kFriendGroupsFull;
    page.type("Group", "One too many");
    page.click(Role::kButton, "Save");
    page.run(200);
    EXPECT_TRUE(page.has(Role::kStatus, "You have too many friend groups")) << page.words();
    EXPECT_EQ(page.world.fields.text("profile.group"), "One too many");
}

TEST_F(People, DeletingAFriendAsksFirst) {
    page.click(Role::kButton, "Bob");
    chat_menu("Delete friend");
    EXPECT_TRUE(page.has(Role::kStatus, "Bob leaves your friend list. The messages stay."))
        << page.words();
    page.click(Role::kButton, "Cancel");
    EXPECT_EQ(page.service.count<proto::DeleteFriend>(), 0);
    chat_menu("Delete friend");
    page.activate(Role::kButton, "Delete friend");
    page.run(200);
    EXPECT_EQ(page.service.count<proto::DeleteFriend>(), 1);
    EXPECT_TRUE(page.has(Role::kStatus, "Not a friend yet")) << page.words();
}

TEST_F(People, ABlockedPersonsChatCannotBeWrittenInUntilUnblocked) {
    page.click(Role::kButton, "Bob");
    chat_menu("Block");
    EXPECT_TRUE(page.has(Role::kStatus, "You will not get messages from Bob any more."));
    page.activate(Role::kButton, "Block");
    page.run(200);
    EXPECT_EQ(page.service.count<proto::BlockUser>(), 1);
    EXPECT_TRUE(page.has(Role::kStatus, "You blocked this person")) << page.words();
    EXPECT_FALSE(page.world.fields.shown("composer:C2Cbob"));
    page.click(Role::kButton, "Unblock");
    page.run(200);
    EXPECT_EQ(page.service.count<proto::UnblockUser>(), 1);
    EXPECT_TRUE(page.world.fields.shown("composer:C2Cbob")) << page.words();
}

TEST_F(People, AStrangerCanBeAddedOrBlockedAboveTheChat) {
    page.service.receive("eve", "hello there");
    page.run();
    page.click(Role::kButton, "eve, 1 unread");
    page.run(100);
    EXPECT_TRUE(page.has(Role::kStatus, "Not a friend yet")) << page.words();
    page.click(Role::kButton, "Add");
    EXPECT_EQ(page.world.fields.text("add.id"), "eve");
    page.key(platform::Key::kEscape);
    page.click(Role::kButton, "Block");
    EXPECT_TRUE(page.has(Role::kDialog, "Block")) << page.words();
}

TEST_F(People, ARefusedMessageSaysWhy) {
    const std::pair<ErrorCode, std::string> kReasons[] = {
        {ErrorCode::kRefusedByPeer, "Your message was refused"},
        {ErrorCode::kNotPeersFriend, "They only take messages from friends"},
        {ErrorCode::kPeerIsBlocked, "You blocked this person"},
    };
    page.click(Role::kButton, "Bob");
    for (const auto& [code, words] : kReasons) {
        page.service.send_error = code;
        page.type("Message Bob", "hello");
        page.enter("Message Bob");
        page.run(200);
        bool told = false;
        for (const MirrorNode& node : page.world.mirror.tree()) {
            told =
                told || (node.role == Role::kArticle && node.name.find(words) != std::string::npos);
        }
        EXPECT_TRUE(told) << words << " in:\n" << page.words();
    }
}

TEST_F(People, ARowsMenuPinsMutesAndMarksAsRead) {
    page.service.receive("cleo", "one");
    page.service.receive("bob", "two");
    page.run();
    page.click_menu(Role::kButton, "Cleo, 1 unread");
    page.click(Role::kMenuItem, "Pin");
    page.run(100);
    EXPECT_TRUE(page.service.states["C2Ccleo"].pinned);
    EXPECT_TRUE(page.has(Role::kButton, "Cleo, 1 unread, pinned")) << page.words();
    page.click_menu(Role::kButton, "Cleo, 1 unread, pinned");
    page.click(Role::kMenuItem, "Mute");
    page.run(100);
    EXPECT_TRUE(page.service.states["C2Ccleo"].muted);
    EXPECT_EQ(page.world.history.title, "(1) Kumquat") << "muted chats do not count";
    page.click_menu(Role::kButton, "Cleo, 1 unread, pinned, muted");
    page.click(Role::kMenuItem, "Mark as read");
    page.run(100);
    EXPECT_TRUE(page.has(Role::kButton, "Cleo, pinned, muted")) << page.words();
    EXPECT_FALSE(page.world.history.fragment() == "C2Ccleo") << "its chat is not opened by it";
}

TEST_F(People, TheMenuKeyOpensARowsMenuAndArrowsWalkIt) {
    page.world.mirror.focus("friend:bob");
    page.world.mirror.listener->on_node_focus("friend:bob", true);
    page.world.mirror.listener->on_context_menu("friend:bob");
    page.run();
    EXPECT_EQ(page.world.mirror.focused(), "menu.0") << page.words();
    page.key(platform::Key::kUp);
    EXPECT_EQ(page.world.mirror.focused(), "menu.2");
    page.world.mirror.listener->on_node_focus("menu.2", true);
    page.key(platform::Key::kEscape);
    EXPECT_FALSE(page.has(Role::kMenuItem, "Pin"));
    EXPECT_EQ(page.world.mirror.focused(), "friend:bob");
}

TEST_F(People, DeletingAChatAsksAndClosesIt) {
    page.service.receive("bob", "hello");
    page.run();
    page.click(Role::kButton, "Bob, 1 unread");
    page.run(200);
    page.click_menu(Role::kButton, "Bob");
    page.click(Role::kMenuItem, "Delete chat");
    EXPECT_TRUE(page.has(Role::kDialog, "Delete chat")) << page.words();
    page.activate(Role::kButton, "Delete chat");
    page.run(200);
    EXPECT_EQ(page.service.count<proto::DeleteConversation>(), 1);
    EXPECT_TRUE(page.has(Role::kHeading, "Pick a friend to start chatting")) << page.words();
}

TEST_F(People, AChatIsExportedInBothForms) {
    page.service.receive("bob", "在吗\n明天");
    page.run();
    page.click(Role::kButton, "Bob, 1 unread");
    page.type("Message Bob", "Yes");
    page.enter("Message Bob");
    page.run(200);
    chat_menu("Export chat as JSON");
    page.run(200);
    ASSERT_EQ(page.world.files.saved.size(), 1u) << page.words();
    EXPECT_EQ(page.world.files.saved[0].name, "Chat with Bob.json");
    EXPECT_EQ(page.world.files.saved[0].content,
              R"({"name":"Bob","message":[)"
              R"({"target":"ann","name":"Bob","mes":"在吗\n明天","picurl":""},)"
              R"({"target":"bob","name":"Ann","mes":"Yes","picurl":""}]})");
    chat_menu("Export chat as text");
    page.run(200);
    ASSERT_EQ(page.world.files.saved.size(), 2u);
    EXPECT_EQ(page.world.files.saved[1].name, "Chat with Bob.txt");
    const std::string& text = page.world.files.saved[1].content;
    EXPECT_NE(text.find("Chat with Bob\n"), std::string::npos) << text;
    EXPECT_NE(text.find("  Bob: 在吗\n       明天\n"), std::string::npos) << text;
    EXPECT_NE(text.find("  Ann: Yes\n"), std::string::npos) << text;
}

TEST(ShareLink, OpensTheAddFormAfterSigningIn) {
    Page page;
    page.world.history.entries = {"add=bob"};
    page.sign_in("Ann");
    page.run(600);
    EXPECT_TRUE(page.has(Role::kDialog, "Add a friend")) << page.words();
    EXPECT_EQ(page.world.fields.text("add.id"), "bob");
    EXPECT_EQ(page.service.count<proto::FindUser>(), 1);
    EXPECT_EQ(page.world.history.fragment(), "") << "a reload does not ask again";
}

TEST(ShareLink, OfAFriendOpensTheChatAndTheOwnOneTheProfile) {
    Page page;
    page.service.add_friend("bob", "Bob");
    page.sign_in("Ann");
    page.world.history.entries.back() = "add=bob";
    page.world.history.listener->on_fragment("add=bob");
    page.run(200);
    EXPECT_TRUE(page.has(Role::kHeading, "Bob")) << page.words();
    page.world.history.listener->on_fragment("add=ann");
    page.run(200);
    EXPECT_TRUE(page.has(Role::kDialog, "Profile")) << page.words();
}

TEST(Pinyin, SuggestsAnIdForAChineseName) {
    Page page;
    page.start();
    page.type("Name", "小橙子");
    EXPECT_TRUE(page.has(Role::kStatus, "ID: xiaochengzi")) << page.words();
}

TEST(Profiles, OfStrangersOfferToAddThem) {
    Page page;
    page.sign_in("Ann");
    page.service.receive("eve", "hi");
    page.run();
    page.click_menu(Role::kButton, "eve, 1 unread");
    page.click(Role::kMenuItem, "View profile");
    EXPECT_TRUE(page.has(Role::kDialog, "Profile")) << page.words();
    EXPECT_TRUE(page.has(Role::kButton, "Message"));
    page.click(Role::kButton, "Add friend");
    page.run();
    EXPECT_EQ(page.world.fields.text("add.id"), "eve");
    EXPECT_FALSE(page.has(Role::kDialog, "Profile"));
}

}  // namespace
}  // namespace kumquat::uitest
