// The emoji picker: opened, searched, chosen from, with a mouse, with keys, on a phone.
#include <string>

#include <gtest/gtest.h>

#include "page.h"

namespace kumquat::uitest {
namespace {

std::string small_list() {
    std::string file =
        "emoji 1\n"
        "=😀\tSmileys & Emotion\t表情与情感\n"
        "😀\tgrinning face\t嘿嘿\tsmile\t笑脸|脸\theihei\t\n"
        "😂\tface with tears of joy\t笑哭了\tlaugh\t脸\txiaokule\t\n"
        "=👋\tPeople & Body\t人物与身体\n"
        "👋\twaving hand\t挥手\twave\t再见\thuishou\t👋🏻\n"
        "=🐻\tAnimals & Nature\t动物与自然\n";
    // More than a panel shows at once.
    for (int i = 0; i < 400; ++i) {
        std::string number = std::to_string(i);
        file += "a" + number + "\tanimal " + number + "\t动物" + number + "\t\t\t\t\n";
    }
    for (const char* tone : {"light", "medium-light", "medium", "medium-dark", "dark"})
        file += std::string("+🏻\t") + tone + "\t肤色\n";
    return file;
}

class EmojiPicker : public testing::Test {
  protected:
    explicit EmojiPicker(int width = 1280, const std::string& language = "en")
        : page(width, 800, language) {}
    void SetUp() override {
        page.service.add_friend("bob", "Bob");
        page.sign_in("ann");
        page.run(200);
        page.click(Role::kButton, "Bob");
        page.run(300);
    }
    void open() {
        page.click(Role::kButton, "Emoji");
        page.run(100);
        ASSERT_EQ(page.world.files.wanted, std::vector<std::string>{"emoji"});
        answer(small_list());
    }
    void answer(std::optional<std::string> file) {
        page.world.files.answer(std::move(file));
        page.run(60);
    }
    std::string composer() { return std::string(page.world.fields.text("composer:C2Cbob")); }
    std::string focused() { return std::string(page.world.fields.focused()); }
    bool is_open() {
        return page.has(Role::kButton, "Emoji") && button()->expanded == platform::Tri::kTrue;
    }
    const MirrorNode* button() { return page.find(Role::kButton, "Emoji"); }
    bool field_key(std::string_view id, platform::Key key) {
        platform::KeyEvent event;
        event.key = key;
        bool used = page.world.fields.on_key(id, event);
        page.run(100);
        return used;
    }
    int cells() {
        int count = 0;
        for (const MirrorNode& node : page.world.mirror.tree())
            count += node.key.substr(0, 6) == "emoji:" ? 1 : 0;
        return count;
    }
    /// Where the keyboard's focus is, by name.
    std::string node() {
        const MirrorNode* found = page.world.mirror.find_key(page.world.mirror.focused());
        return found == nullptr ? std::string() : found->name;
    }
    Page page;
};

TEST_F(EmojiPicker, AWheelOverItScrollsIt) {
    page.service.add_history("bob", 60, "old");
    page.reload();
    page.run(500);
    open();
    auto top_of = [&](const MirrorNode* node) { return page.rect_of(*node).y; };
    float before = top_of(page.article("old 60"));
    float smileys = top_of(page.find(Role::kButton, "face with tears of joy"));
    page.wheel(page.middle_of(*page.find(Role::kGroup, "Emoji")), 20);
    EXPECT_EQ(top_of(page.find(Role::kButton, "face with tears of joy")), smileys - 20);
    EXPECT_EQ(top_of(page.article("old 60")), before);
}

class EmojiPickerInChinese : public EmojiPicker {
  protected:
    EmojiPickerInChinese() : EmojiPicker(1280, "zh-CN") {}
    void SetUp() override {
        page.service.add_friend("bob", "Bob");
        page.start();
        page.type("名字", "ann");
        page.enter("名字");
        page.run(300);
        page.click(Role::kButton, "Bob");
        page.run(300);
    }
};

class EmojiPickerOnAPhone : public EmojiPicker {
  protected:
    EmojiPickerOnAPhone() : EmojiPicker(390) {
        page.world.environment.current.coarse_pointer = true;
    }
};

TEST_F(EmojiPicker, ShowsTheLastOnesUntilTheListIsThere) {
    EXPECT_TRUE(page.world.files.wanted.empty()) << "nothing is loaded before it is needed";
    EXPECT_EQ(button()->expanded, platform::Tri::kFalse);
    page.click(Role::kButton, "Emoji");
    page.run(100);
    EXPECT_TRUE(is_open());
    EXPECT_EQ(focused(), "emoji.search");
    // Nobody has told their names yet.
    EXPECT_TRUE(page.has(Role::kButton, "😀")) << page.words();
    ASSERT_TRUE(page.has(Role::kStatus, "Loading emoji…"));
    EXPECT_TRUE(page.find(Role::kStatus, "Loading emoji…")->busy);
    page.click(Role::kButton, "❤️");
    EXPECT_EQ(composer(), "❤️");
    answer(small_list());
    EXPECT_FALSE(page.has(Role::kStatus, "Loading emoji…"));
    EXPECT_TRUE(page.has(Role::kGroup, "Smileys & Emotion")) << page.words();
    EXPECT_TRUE(page.has(Role::kButton, "face with tears of joy"));
}

TEST_F(EmojiPicker, AFailedLoadIsToldAndTriedAgain) {
    page.click(Role::kButton, "Emoji");
    page.run(100);
    answer(std::nullopt);
    EXPECT_TRUE(page.has(Role::kStatus, "The emoji could not be loaded")) << page.words();
    page.click(Role::kButton, "Try again");
    page.run(60);
    EXPECT_EQ(page.world.files.wanted.size(), 2u);
    EXPECT_TRUE(page.has(Role::kStatus, "Loading emoji…"));
    // A file that is none of ours.
    answer("<!doctype html>");
    EXPECT_TRUE(page.has(Role::kStatus, "The emoji could not be loaded")) << page.words();
    page.click(Role::kButton, "Try again");
    page.run(60);
    answer(small_list());
    EXPECT_TRUE(page.has(Role::kButton, "waving hand")) << page.words();
    EXPECT_FALSE(page.has(Role::kButton, "Try again"));
}

TEST_F(EmojiPicker, AClickInsertsAndLeavesItOpen) {
    page.type("Message Bob", "hi ");
    open();
    page.click(Role::kButton, "face with tears of joy");
    page.click(Role::kButton, "waving hand");
    EXPECT_EQ(composer(), "hi 😂👋");
    EXPECT_TRUE(is_open());
    EXPECT_TRUE(field_key("emoji.search", platform::Key::kEscape));
    EXPECT_FALSE(is_open());
    EXPECT_EQ(focused(), "composer:C2Cbob");
    // What is typed is a draft; so is what was chosen.
    page.run(3000);
    page.reload();
    page.run(400);
    EXPECT_EQ(composer(), "hi 😂👋");
}

TEST_F(EmojiPicker, APressElsewhereClosesIt) {
    open();
    page.click_at({900, 300});
    EXPECT_FALSE(is_open());
    page.click(Role::kButton, "Emoji");
    EXPECT_TRUE(is_open());
    EXPECT_EQ(page.world.files.wanted.size(), 1u) << "the list is loaded once";
    page.click(Role::kButton, "Emoji");
    EXPECT_FALSE(is_open());
    EXPECT_EQ(focused(), "composer:C2Cbob");
}

TEST_F(EmojiPicker, SendingClosesIt) {
    open();
    page.click(Role::kButton, "waving hand");
    page.enter("Message Bob");
    page.run(100);
    ASSERT_NE(page.service.last<proto::SendMessage>(), nullptr);
    EXPECT_EQ(page.service.last<proto::SendMessage>()->body.content, "👋");
    EXPECT_FALSE(is_open());
}

TEST_F(EmojiPicker, AnEditTakesThemToo) {
    page.type("Message Bob", "hello");
    page.enter("Message Bob");
    page.run(200);
    EXPECT_TRUE(field_key("composer:C2Cbob", platform::Key::kUp));
    open();
    page.click(Role::kButton, "waving hand");
    EXPECT_EQ(composer(), "hello👋");
    page.click(Role::kButton, "Save");
    page.run(200);
    ASSERT_NE(page.service.last<proto::EditMessage>(), nullptr) << page.words();
    EXPECT_EQ(page.service.last<proto::EditMessage>()->body.content, "hello👋");
}

TEST_F(EmojiPicker, TheLimitOfAMessageHolds) {
    page.type("Message Bob", std::string(12 * 1024, 'x'));
    open();
    EXPECT_FALSE(page.find(Role::kButton, "Send")->disabled);
    page.click(Role::kButton, "waving hand");
    EXPECT_TRUE(page.find(Role::kButton, "Send")->disabled);
}

TEST_F(EmojiPicker, SearchFindsInBothLanguages) {
    open();
    page.type("Search emoji", "Joy");
    EXPECT_TRUE(page.has(Role::kButton, "face with tears of joy"));
    EXPECT_FALSE(page.has(Role::kButton, "grinning face"));
    page.type("Search emoji", "再见");
    EXPECT_TRUE(page.has(Role::kButton, "waving hand")) << page.words();
    EXPECT_EQ(cells(), 1);
    page.type("Search emoji", "nothing of the kind");
    EXPECT_TRUE(page.has(Role::kStatus, "No emoji found")) << page.words();
    EXPECT_EQ(cells(), 0);
    page.click(Role::kButton, "Clear search");
    EXPECT_TRUE(page.has(Role::kButton, "grinning face"));
}

TEST_F(EmojiPicker, EnterInTheSearchTakesTheFirst) {
    open();
    page.enter("Search emoji");
    EXPECT_EQ(composer(), "") << "nothing is looked for";
    page.type("Search emoji", "joy");
    page.enter("Search emoji");
    page.run(60);
    EXPECT_EQ(composer(), "😂");
    EXPECT_TRUE(is_open());
}

TEST_F(EmojiPicker, KeysWalkThroughTheGrid) {
    open();
    EXPECT_TRUE(field_key("emoji.search", platform::Key::kDown));
    EXPECT_EQ(node(), "grinning face");
    page.key(platform::Key::kRight);
    EXPECT_EQ(node(), "face with tears of joy");
    // Two rows were used last, then come the groups; a short row has fewer columns.
    page.key(platform::Key::kDown);
    page.key(platform::Key::kDown);
    EXPECT_EQ(node(), "face with tears of joy");
    page.key(platform::Key::kDown);
    EXPECT_EQ(node(), "waving hand");
    page.key(platform::Key::kDown);
    EXPECT_EQ(node(), "animal 0");
    page.key(platform::Key::kEnd);
    EXPECT_EQ(node(), "animal 399");
    page.activate(Role::kButton, "animal 399");
    EXPECT_EQ(composer(), "a399");
    page.key(platform::Key::kUp);
    EXPECT_EQ(node(), "animal 391");
    page.key(platform::Key::kPageUp);
    page.key(platform::Key::kHome);
    EXPECT_EQ(node(), "grinning face");
    page.key(platform::Key::kUp);
    EXPECT_EQ(focused(), "emoji.search");
    EXPECT_TRUE(field_key("emoji.search", platform::Key::kDown));
    page.key(platform::Key::kEscape);
    EXPECT_FALSE(is_open());
    EXPECT_EQ(focused(), "composer:C2Cbob");
}

TEST_F(EmojiPicker, OnlyWhatIsNearIsThere) {
    open();
    EXPECT_LT(cells(), 80) << page.words();
    EXPECT_TRUE(page.has(Role::kButton, "waving hand"));
    EXPECT_FALSE(page.has(Role::kButton, "animal 30"));
    page.click(Role::kButton, "Animals & Nature");
    EXPECT_TRUE(page.has(Role::kButton, "animal 30")) << page.words();
    EXPECT_FALSE(page.has(Role::kButton, "face with tears of joy"));
    EXPECT_TRUE(page.find(Role::kButton, "Animals & Nature")->current);
    EXPECT_LT(cells(), 80);
}

TEST_F(EmojiPicker, TheLastOnesAreKept) {
    open();
    page.click(Role::kButton, "waving hand");
    page.click(Role::kButton, "Animals & Nature");
    page.click(Role::kButton, "animal 1");
    page.click(Role::kButton, "People & Body");
    page.click(Role::kButton, "waving hand");
    // What lies under the pointer stays there while it is open.
    EXPECT_EQ(page.world.mirror.find_key("emoji.recent:👋"), nullptr);
    page.reload();
    page.run(400);
    page.click(Role::kButton, "Emoji");
    page.run(100);
    std::vector<std::string> recent;
    for (const MirrorNode& node : page.world.mirror.tree())
        if (node.key.substr(0, 13) == "emoji.recent:") recent.push_back(node.name);
    ASSERT_EQ(recent.size(), 16u);
    EXPECT_EQ(recent[0], "👋");
    EXPECT_EQ(recent[1], "a1");
    EXPECT_EQ(recent[2], "😀");
}

TEST_F(EmojiPicker, ASkinToneIsChosenFromAMenu) {
    open();
    page.click_menu(Role::kButton, "waving hand");
    page.run(60);
    ASSERT_TRUE(page.has(Role::kMenuItem, "waving hand: medium")) << page.words();
    page.click(Role::kMenuItem, "waving hand: medium");
    page.run(100);
    EXPECT_EQ(composer(), "👋🏽");
    EXPECT_TRUE(is_open());
    page.click_menu(Role::kButton, "grinning face");
    EXPECT_FALSE(page.has(Role::kMenu, "Skin tone")) << "it has no skin";
    page.click_menu(Role::kButton, "waving hand");
    page.run(60);
    page.key(platform::Key::kEscape);
    EXPECT_FALSE(page.has(Role::kMenu, "Skin tone"));
    EXPECT_TRUE(is_open()) << "Escape takes one thing after the other";
}

TEST_F(EmojiPicker, AnotherChatClosesIt) {
    page.service.add_friend("cleo", "Cleo");
    page.reload();
    page.run(400);
    page.click(Role::kButton, "Emoji");
    EXPECT_TRUE(is_open());
    page.activate(Role::kButton, "Search messages");
    EXPECT_TRUE(is_open());
    page.key(platform::Key::kEscape);
    EXPECT_FALSE(is_open());
}

TEST_F(EmojiPickerInChinese, SpeaksThePagesLanguage) {
    page.click(Role::kButton, "表情");
    page.run(100);
    answer(small_list());
    EXPECT_TRUE(page.has(Role::kButton, "笑哭了")) << page.words();
    EXPECT_TRUE(page.has(Role::kGroup, "最近使用"));
    EXPECT_TRUE(page.has(Role::kButton, "人物与身体"));
    page.type("搜索表情", "wav");
    EXPECT_TRUE(page.has(Role::kButton, "挥手")) << page.words();
    page.type("搜索表情", "huish");
    EXPECT_TRUE(page.has(Role::kButton, "挥手")) << page.words();
}

TEST_F(EmojiPickerOnAPhone, TakesTheKeyboardsPlace) {
    page.click_at({150, 770});
    page.world.fields.focus("composer:C2Cbob");
    page.run(60);
    const MirrorNode* before = page.world.mirror.find_key("composer.form");
    ASSERT_NE(before, nullptr);
    float lower = before->rect.y;
    open();
    EXPECT_EQ(page.world.mirror.focused(), "composer.emoji") << "the keyboard goes";
    EXPECT_LT(page.world.mirror.find_key("composer.form")->rect.y, lower - 200);
    page.click(Role::kButton, "face with tears of joy");
    EXPECT_EQ(composer(), "😂");
    EXPECT_TRUE(is_open());
    // Whoever touches the text wants to type.
    page.world.fields.on_focus("composer:C2Cbob", false);
    page.run(60);
    page.world.fields.focus("composer:C2Cbob");
    page.run(60);
    EXPECT_FALSE(is_open());
    EXPECT_EQ(page.world.mirror.find_key("composer.form")->rect.y, lower);
}

TEST_F(EmojiPickerOnAPhone, TabsThatAFingerCanHitAreScrolledSideways) {
    page.click(Role::kButton, "Emoji");
    page.run(100);
    std::string list = small_list();
    for (int i = 3; i < 9; ++i) {
        std::string number = std::to_string(i);
        list += "=" + number + "\tGroup " + number + "\t组\n";
        for (int each = 0; each < 99; ++each)
            list += "g" + number + std::to_string(each) + "\tthing\t物\t\t\t\t\n";
    }
    answer(list);
    auto tab = [&](int i) {
        return page.rect_of(*page.world.mirror.find_key("emoji.go:" + std::to_string(i)));
    };
    for (int i = 0; i < 10; ++i)
        EXPECT_GE(tab(i).w, 44) << i;
    EXPECT_GT(tab(9).right(), 390);
    platform::PointerEvent finger;
    finger.source = platform::PointerSource::kTouch;
    auto point = [&](platform::PointerAction action, float x) {
        finger.action = action;
        finger.position = {x, tab(0).center().y};
        page.world.input.listener->on_pointer(finger);
        page.run(40);
    };
    point(platform::PointerAction::kDown, 300);
    point(platform::PointerAction::kMove, 200);
    point(platform::PointerAction::kMove, 100);
    point(platform::PointerAction::kUp, 100);
    page.run(1000);
    EXPECT_LE(tab(9).right(), 390);
    EXPECT_LT(tab(0).x, 0);
    EXPECT_NE(page.find(Role::kButton, "Group 8"), nullptr);
    EXPECT_FALSE(page.find(Role::kButton, "Group 3")->current) << "a drag is no tap";
    // What the grid shows has its tab in view.
    page.key(platform::Key::kHome);
    page.click(Role::kButton, "Group 8");
    EXPECT_TRUE(page.find(Role::kButton, "Group 8")->current);
    EXPECT_LE(tab(9).right(), 390);
    page.type("Search emoji", "grinning");
    page.type("Search emoji", "");
    page.run(100);
    EXPECT_GE(tab(0).x, 0);
}

}  // namespace
}  // namespace kumquat::uitest
