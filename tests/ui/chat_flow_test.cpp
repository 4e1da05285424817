#include <algorithm>

#include <gtest/gtest.h>

#include "page.h"

namespace kumquat::uitest {
namespace {

class Chat : public testing::Test {
  protected:
    void SetUp() override {
        page.service.add_friend("bob", "Bob");
        page.service.add_friend("cleo", "Cleo");
        page.sign_in("ann");
        page.click(Role::kButton, "Bob");
    }
    bool shows(const std::string& text) const { return page.has(Role::kText, text); }
    const MirrorNode* article(const std::string& text) const { return page.article(text); }
    Page page;
};

TEST_F(Chat, EnterSendsAndClearsAndShowsTheState) {
    page.service.silent_sends = true;
    page.type("Message Bob", "你好 😀");
    page.enter("Message Bob");
    EXPECT_EQ(page.world.fields.text("composer:C2Cbob"), "");
    ASSERT_NE(article("你好 😀"), nullptr) << page.words();
    EXPECT_NE(article("你好 😀")->name.find("Sending"), std::string::npos);
    const proto::SendMessage* sent = page.service.last<proto::SendMessage>();
    ASSERT_NE(sent, nullptr);
    EXPECT_EQ(sent->body.content, "你好 😀");
    EXPECT_EQ(sent->conversation.text(), "C2Cbob");
}

TEST_F(Chat, AddressesAreLinksWithinTheirText) {
    page.type("Message Bob", "看 https://example.org/a，好");
    page.enter("Message Bob");
    page.run(200);
    const MirrorNode* link = page.find(Role::kLink, "https://example.org/a");
    ASSERT_NE(link, nullptr) << page.words();
    EXPECT_EQ(link->href, "https://example.org/a");
    EXPECT_TRUE(link->focusable);
    ASSERT_TRUE(shows("看 ")) << page.words();
    ASSERT_TRUE(shows("，好")) << page.words();
    EXPECT_FLOAT_EQ(page.find(Role::kText, "，好")->rect.x, link->rect.right());
    EXPECT_EQ(page.find(Role::kText, "看 ")->rect.y, link->rect.y);
}

TEST_F(Chat, AnAddressThatIsBrokenLeadsAsAWholeFromEveryLine) {
    std::string address = "https://example.org/" + std::string(200, 'x');
    page.type("Message Bob", address);
    page.enter("Message Bob");
    page.run(200);
    std::string words;
    for (const MirrorNode& node : page.world.mirror.tree()) {
        if (node.role != Role::kLink) continue;
        EXPECT_EQ(node.href, address);
        words += node.name;
    }
    EXPECT_EQ(words, address);
}

TEST_F(Chat, AcknowledgedMessageIsSentThenRead) {
    page.type("Message Bob", "hi");
    page.enter("Message Bob");
    page.run(200);
    ASSERT_NE(article("hi"), nullptr);
    EXPECT_NE(article("hi")->name.find("Sent"), std::string::npos) << article("hi")->name;
    std::string key = article("hi")->key;
    proto::ReadEvent read;
    read.conversation = ConversationId::with(*UserId::parse("bob"));
    read.reader = *UserId::parse("bob");
    read.seq = Seq(1);
    page.service.push(proto::Event{page.service.next_number(), read});
    page.run();
    EXPECT_NE(article("hi")->name.find("Read"), std::string::npos) << article("hi")->name;
    EXPECT_EQ(article("hi")->key, key);
}

TEST_F(Chat, BlankTextIsNotSent) {
    page.type("Message Bob", "  \n ");
    EXPECT_TRUE(page.find(Role::kButton, "Send")->disabled);
    page.enter("Message Bob");
    EXPECT_EQ(page.service.count<proto::SendMessage>(), 0);
}

TEST_F(Chat, TooLongTextSaysHowMuchAndIsNotSent) {
    page.type("Message Bob", std::string(12 * 1024 + 5, 'x'));
    EXPECT_EQ(page.world.fields.elements["composer:C2Cbob"].spec.description, "5 too many");
    page.enter("Message Bob");
    EXPECT_EQ(page.service.count<proto::SendMessage>(), 0);
    EXPECT_EQ(page.world.fields.text("composer:C2Cbob").size(), 12 * 1024 + 5u);
}

TEST_F(Chat, IncomingMessageAppearsIsAnnouncedAndMarkedPainted) {
    page.service.receive("bob", "早！");
    page.run();
    EXPECT_TRUE(shows("早！")) << page.words();
    ASSERT_FALSE(page.world.mirror.announced.empty());
    EXPECT_EQ(page.world.mirror.announced.back().first, "Bob: 早！");
    const auto& marks = page.world.marks.marks;
    EXPECT_TRUE(std::any_of(marks.begin(), marks.end(), [](const std::string& mark) {
        return mark.find("kumquat:painted") != std::string::npos &&
               mark.find("C2Cbob") != std::string::npos;
    }));
}

TEST_F(Chat, SomebodyElsesMessageNeitherSwitchesTheChatNorStealsTheFocus) {
    page.type("Message Bob", "half a sen");
    page.service.receive("cleo", "psst");
    page.run();
    EXPECT_TRUE(page.has(Role::kHeading, "Bob"));
    EXPECT_FALSE(shows("psst"));
    EXPECT_EQ(page.world.fields.focused(), "composer:C2Cbob");
    page.type("Message Bob", "half a sentence");
    page.enter("Message Bob");
    EXPECT_EQ(page.service.last<proto::SendMessage>()->conversation.text(), "C2Cbob");
}

TEST_F(Chat, APressLoadsAChatAndTheClickShowsItInItsOwnFrame) {
    page.service.receive("cleo", "psst");
    page.run();
    const MirrorNode* row = page.find_prefix(Role::kButton, "Cleo");
    ASSERT_NE(row, nullptr) << page.words();
    platform::PointerEvent event;
    event.position = page.middle_of(*row);
    event.action = platform::PointerAction::kDown;
    page.world.input.listener->on_pointer(event);
    page.run(20);
    EXPECT_EQ(page.service.last<proto::GetHistory>()->conversation.text(), "C2Ccleo");
    EXPECT_TRUE(page.has(Role::kHeading, "Bob"));
    event.action = platform::PointerAction::kUp;
    page.world.input.listener->on_pointer(event);
    const std::vector<std::string>& marks = page.world.marks.marks;
    auto painted = [&] {
        return std::any_of(marks.begin(), marks.end(), [](const std::string& mark) {
            return mark.find("C2Ccleo") != std::string::npos;
        });
    };
    std::int64_t before = page.world.frames.frames_count();
    while (!painted() && page.world.frames.frames_count() < before + 5)
        page.world.run_ms(0);
    EXPECT_EQ(page.world.frames.frames_count(), before + 1);
    page.run();
    EXPECT_TRUE(shows("psst")) << page.words();
}

TEST_F(Chat, EveryChatHasItsOwnDraft) {
    page.type("Message Bob", "for bob");
    page.click(Role::kButton, "Cleo");
    EXPECT_EQ(page.world.fields.text("composer:C2Ccleo"), "");
    page.type("Message Cleo", "for cleo");
    page.click(Role::kButton, "Bob");
    EXPECT_EQ(page.world.fields.text("composer:C2Cbob"), "for bob");
    page.run(1000);
    page.reload();
    page.run(200);
    EXPECT_TRUE(page.has(Role::kHeading, "Bob")) << page.words();
    EXPECT_EQ(page.world.fields.text("composer:C2Cbob"), "for bob");
}

TEST_F(Chat, RefusedMessageKeepsItsPlaceAndCanBeSentAgain) {
    page.service.send_error = ErrorCode::kUnknownReceiver;
    page.type("Message Bob", "lost?");
    page.enter("Message Bob");
    page.run(200);
    ASSERT_NE(article("lost?"), nullptr);
    EXPECT_NE(article("lost?")->name.find("Not sent"), std::string::npos) << article("lost?")->name;
    page.service.send_error.reset();
    page.click(Role::kButton, "Try again");
    page.run(200);
    EXPECT_NE(article("lost?")->name.find("Sent"), std::string::npos) << article("lost?")->name;
    EXPECT_EQ(page.service.count<proto::SendMessage>(), 2);
}

TEST_F(Chat, ABrowserThatKeepsNothingIsToldAloud) {
    page.world.storage.fail_writes = true;
    page.type("Message Bob", "kept?");
    page.enter("Message Bob");
    page.run(200);
    ASSERT_FALSE(page.world.mirror.announced.empty());
    const auto& [words, politeness] = page.world.mirror.announced.back();
    EXPECT_EQ(words.substr(0, 32), "This browser does not keep data.");
    EXPECT_EQ(politeness, platform::Politeness::kAssertive);
}

TEST_F(Chat, MessageMenuCopies) {
    page.service.receive("bob", "copy me");
    page.run();
    ASSERT_NE(article("copy me"), nullptr) << page.words();
    std::string key = article("copy me")->key;
    page.world.mirror.listener->on_context_menu(key);
    page.run(300);
    ASSERT_TRUE(page.has(Role::kMenu, "Message menu")) << page.words();
    EXPECT_EQ(page.world.mirror.focused(), "menu.0");
    page.activate(Role::kMenuItem, "Copy");
    page.run(100);
    EXPECT_EQ(page.world.clipboard.text, "copy me");
    EXPECT_FALSE(page.has(Role::kMenu, "Message menu"));
}

TEST_F(Chat, UnsentMessageSurvivesAReload) {
    page.service.silent_sends = true;
    page.type("Message Bob", "keep me");
    page.enter("Message Bob");
    page.run(200);
    page.service.silent_sends = false;
    page.reload();
    page.run(500);
    ASSERT_NE(article("keep me"), nullptr) << page.words();
    const auto& requests = page.service.requests;
    std::vector<ClientMessageId> ids;
    for (const proto::ClientFrame& frame : requests) {
        if (auto* send = std::get_if<proto::SendMessage>(&frame.request))
            ids.push_back(send->client_id);
    }
    ASSERT_EQ(ids.size(), 2u);
    EXPECT_EQ(ids[0], ids[1]);
}

TEST_F(Chat, ConnectionLossIsToldAndMended) {
    page.world.transport.drop();
    for (int i = 0; i < 100; ++i) {
        page.world.transport.drop();
        page.world.run_ms(100);
    }
    EXPECT_TRUE(page.has(Role::kStatus, "No connection. Messages go out when it is back."))
        << page.words();
    page.type("Message Bob", "later");
    page.world.fields.press_enter("composer:C2Cbob");
    page.run(3000);
    ASSERT_NE(article("later"), nullptr) << page.words();
    EXPECT_NE(article("later")->name.find("Sent"), std::string::npos) << article("later")->name;
    EXPECT_EQ(page.service.count<proto::SendMessage>(), 1);
}

TEST_F(Chat, IdlePageDrawsNothing) {
    page.run(8000);
    int frames = page.world.mirror.changes_count;
    page.world.run_ms(10'000);
    EXPECT_EQ(page.world.mirror.changes_count, frames);
}

}  // namespace
}  // namespace kumquat::uitest
