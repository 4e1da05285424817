// Looking for messages: in one chat, over all of them, and by date.
#include <string>

#include <gtest/gtest.h>

#include "page.h"

namespace kumquat::uitest {
namespace {

class Search : public testing::Test {
  protected:
    void SetUp() override {
        page.service.add_friend("bob", "Bob");
        page.service.add_friend("cleo", "Cleo");
        page.service.page_entries = 20;
        page.service.add_history("bob", 120, "line");
        page.service.add_history("cleo", 3, "plum");
        page.sign_in("ann");
        page.run(200);
    }
    bool shows(const std::string& text) const {
        const MirrorNode* node = page.find(Role::kText, text);
        return node != nullptr && !node->rect.empty();
    }
    Page page;
};

TEST_F(Search, InTheChatShowsOneHitAfterTheOther) {
    page.click(Role::kButton, "Bob");
    page.run(300);
    page.click(Role::kButton, "Search messages");
    page.type("Search messages", "line 1");
    page.run(500);
    // 1, 10 to 19, 100 to 120.
    EXPECT_TRUE(page.has(Role::kStatus, "1 / 32")) << page.words();
    EXPECT_TRUE(shows("line 120")) << page.words();
    for (int i = 0; i < 21; ++i)
        page.activate(Role::kButton, "Older result");
    page.run(500);
    EXPECT_TRUE(page.has(Role::kStatus, "22 / 32")) << page.words();
    EXPECT_TRUE(shows("line 19")) << page.words();
    page.activate(Role::kButton, "Newer result");
    page.run(500);
    EXPECT_TRUE(shows("line 100")) << page.words();
    page.activate(Role::kButton, "Close search");
    page.run(200);
    EXPECT_FALSE(page.has(Role::kButton, "Older result"));
    EXPECT_TRUE(page.has(Role::kHeading, "Bob"));
}

TEST_F(Search, AToastLeavesTheFiltersFree) {
    page.click(Role::kButton, "Bob");
    page.run(300);
    page.click(Role::kButton, "Search messages");
    page.run(300);
    page.click_menu(Role::kArticle, std::string(page.article("line 119")->name));
    page.run(200);
    page.service.change_error = ErrorCode::kTooManyPins;
    page.click(Role::kMenuItem, "Pin");
    page.run(200);
    ASSERT_NE(page.toast(), "") << page.words();
    platform::Rect toast = page.rect_of(*page.world.mirror.find_key("toast"));
    EXPECT_GT(toast.y, page.rect_of(*page.find(Role::kButton, "Sender")).bottom());
}

TEST_F(Search, InTheChatWaitsForAPauseAndSaysWhenThereIsNothing) {
    page.click(Role::kButton, "Bob");
    page.run(300);
    page.click(Role::kButton, "Search messages");
    std::string id = page.field("Search messages");
    for (const char* text : {"n", "no", "non", "none"}) {
        page.world.fields.type(id, text);
        page.run(60);
    }
    page.run(500);
    EXPECT_EQ(page.service.count<proto::SearchMessages>(), 1);
    EXPECT_EQ(page.service.last<proto::SearchMessages>()->text, "none");
    EXPECT_TRUE(page.has(Role::kStatus, "No results")) << page.words();
    EXPECT_TRUE(page.find(Role::kButton, "Older result")->disabled);
}

TEST_F(Search, InTheChatFiltersByPerson) {
    page.click(Role::kButton, "Bob");
    page.run(300);
    page.click(Role::kButton, "Search messages");
    page.type("Search messages", "line");
    page.click(Role::kButton, "Sender");
    page.run(100);
    page.click(Role::kMenuRadio, "Me");
    page.run(500);
    EXPECT_EQ(page.service.last<proto::SearchMessages>()->from, "ann");
    EXPECT_TRUE(page.has(Role::kStatus, "No results")) << page.words();
    page.click(Role::kButton, "From me");
    page.run(100);
    EXPECT_EQ(page.find(Role::kMenuRadio, "Me")->checked, platform::Tri::kTrue);
    page.click(Role::kMenuRadio, "Bob");
    page.run(500);
    EXPECT_EQ(page.service.last<proto::SearchMessages>()->from, "bob");
    EXPECT_TRUE(page.has(Role::kStatus, "1 / 120")) << page.words();
    page.click(Role::kButton, "From Bob");
    page.run(100);
    page.click(Role::kMenuRadio, "Anyone");
    page.run(500);
    EXPECT_EQ(page.service.last<proto::SearchMessages>()->from, "");
}

TEST_F(Search, InTheChatFiltersByDate) {
    page.click(Role::kButton, "Bob");
    page.run(300);
    page.click(Role::kButton, "Search messages");
    page.click(Role::kButton, "Date");
    page.run(100);
    page.click(Role::kMenuRadio, "Past 7 days");
    page.run(500);
    // Without words it finds whatever was sent then.
    const proto::SearchMessages* asked = page.service.last<proto::SearchMessages>();
    ASSERT_NE(asked, nullptr);
    EXPECT_EQ(asked->text, "");
    EXPECT_GT(asked->since.value(), 0);
    EXPECT_EQ(asked->until.value(), 0);
    EXPECT_TRUE(page.has(Role::kButton, "Past 7 days")) << page.words();
}

TEST_F(Search, DatesAreChosenInADialog) {
    page.click(Role::kButton, "Bob");
    page.run(300);
    page.click(Role::kButton, "Search messages");
    page.click(Role::kButton, "Date");
    page.run(100);
    page.click(Role::kMenuRadio, "Choose dates…");
    page.run(200);
    page.type("From, like 2025-07-28", "2025-07-28");
    page.type("To, that day included", "2025-07-27");
    page.click(Role::kButton, "Apply");
    page.run(100);
    EXPECT_TRUE(page.has(Role::kDialog, "Choose dates")) << page.words();
    EXPECT_EQ(page.service.count<proto::SearchMessages>(), 0);
    page.type("To, that day included", "soon");
    page.click(Role::kButton, "Apply");
    page.run(100);
    EXPECT_TRUE(page.has(Role::kDialog, "Choose dates")) << page.words();
    page.type("To, that day included", "2025-07-28");
    page.click(Role::kButton, "Apply");
    page.run(500);
    EXPECT_FALSE(page.has(Role::kDialog, "Choose dates")) << page.words();
    constexpr std::int64_t kDayMs = 24 * 3'600'000;
    const proto::SearchMessages* asked = page.service.last<proto::SearchMessages>();
    ASSERT_NE(asked, nullptr);
    EXPECT_EQ(asked->until.value() - asked->since.value(), kDayMs);
    EXPECT_TRUE(page.has(Role::kStatus, "No results")) << page.words();
}

TEST_F(Search, OverAllChatsFiltersByPersonDateAndPictures) {
    page.click(Role::kButton, "Filter messages");
    page.run(100);
    page.click(Role::kButton, "Sender");
    page.run(100);
    page.click(Role::kMenuRadio, "Choose a friend…");
    page.run(200);
    page.click(Role::kButton, "Cleo");
    page.run(500);
    EXPECT_EQ(page.service.last<proto::SearchMessages>()->from, "cleo");
    EXPECT_FALSE(page.service.last<proto::SearchMessages>()->conversation.has_value());
    EXPECT_NE(page.find_prefix(Role::kButton, "Cleo, "), nullptr) << page.words();
    // Messages alone: no people.
    EXPECT_FALSE(page.has(Role::kButton, "Bob")) << page.words();
    page.click(Role::kButton, "Pictures");
    page.run(500);
    EXPECT_TRUE(page.service.last<proto::SearchMessages>()->pictures);
    EXPECT_TRUE(page.has(Role::kStatus, "No results")) << page.words();
    page.click(Role::kButton, "Pictures");
    page.click(Role::kButton, "Date");
    page.run(100);
    page.click(Role::kMenuRadio, "Today");
    page.run(500);
    EXPECT_GT(page.service.last<proto::SearchMessages>()->since.value(), 0);
    page.click(Role::kButton, "Filter messages");
    page.run(300);
    EXPECT_TRUE(page.has(Role::kButton, "Bob")) << page.words();
    EXPECT_FALSE(page.has(Role::kButton, "Today"));
}

TEST_F(Search, EscapeEndsItFromAFilterAndFromAResult) {
    page.click(Role::kButton, "Bob");
    page.run(300);
    auto escape_on = [&](const MirrorNode* node) {
        ASSERT_NE(node, nullptr) << page.words();
        platform::KeyEvent event;
        event.key = platform::Key::kEscape;
        EXPECT_TRUE(page.world.mirror.listener->on_node_key(std::string(node->key), event));
        page.run(200);
        EXPECT_FALSE(page.has(Role::kHeading, "Messages")) << page.words();
        EXPECT_FALSE(page.has(Role::kButton, "Pictures")) << page.words();
        EXPECT_EQ(page.world.fields.focused(), "friends.search");
        EXPECT_TRUE(page.has(Role::kHeading, "Bob")) << "and the chat stays";
    };
    page.click(Role::kButton, "Filter messages");
    page.type("Search people and messages", "plum");
    page.run(500);
    ASSERT_TRUE(page.has(Role::kHeading, "Messages")) << page.words();
    escape_on(page.find(Role::kButton, "Pictures"));
    page.type("Search people and messages", "plum");
    page.run(500);
    escape_on(page.find_prefix(Role::kButton, "Cleo, "));
}

TEST_F(Search, OverAllChatsOpensTheChatAtTheHit) {
    page.type("Search people and messages", "line 30");
    page.run(500);
    ASSERT_TRUE(page.has(Role::kHeading, "Messages")) << page.words();
    const MirrorNode* hit = page.find_prefix(Role::kButton, "Bob, ");
    ASSERT_NE(hit, nullptr) << page.words();
    EXPECT_NE(hit->name.find("line 30"), std::string::npos);
    page.activate(Role::kButton, std::string(hit->name));
    page.run(600);
    EXPECT_TRUE(page.has(Role::kHeading, "Bob"));
    EXPECT_TRUE(shows("line 30")) << page.words();
}

TEST_F(Search, InTheChatLeavesWhatWasFoundOverAllOfThem) {
    page.click(Role::kButton, "Bob");
    page.run(300);
    page.type("Search people and messages", "plum");
    page.click(Role::kButton, "Search messages");
    page.type("Search messages", "line 1");
    page.run(500);
    EXPECT_TRUE(page.has(Role::kStatus, "1 / 32")) << page.words();
    EXPECT_NE(page.find_prefix(Role::kButton, "Cleo, "), nullptr) << page.words();
}

TEST_F(Search, EmptyFieldEndsIt) {
    page.type("Search people and messages", "plum");
    page.run(500);
    ASSERT_TRUE(page.has(Role::kHeading, "Messages")) << page.words();
    page.type("Search people and messages", "");
    page.run(200);
    EXPECT_FALSE(page.has(Role::kHeading, "Messages")) << page.words();
}

TEST_F(Search, DateLeadsToTheFirstMessageOfTheDay) {
    page.click(Role::kButton, "Bob");
    page.run(300);
    page.click(Role::kButton, "More");
    page.click(Role::kMenuItem, "Jump to date");
    page.run(200);
    page.type("Date, like 2025-07-28", "yesterday");
    page.click(Role::kButton, "Go");
    EXPECT_TRUE(page.has(Role::kDialog, "Jump to date")) << page.words();
    page.type("Date, like 2025-07-28", "1999-01-01");
    page.click(Role::kButton, "Go");
    page.run(500);
    EXPECT_FALSE(page.has(Role::kDialog, "Jump to date")) << page.words();
    EXPECT_TRUE(shows("line 1")) << page.words();
}

}  // namespace
}  // namespace kumquat::uitest
