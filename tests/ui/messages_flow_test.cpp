// What is done with messages that are there: replies, edits, recalls, reactions, pins, choosing
// several, forwarding.
#include <string>

#include <gtest/gtest.h>

#include "page.h"

namespace kumquat::uitest {
namespace {

/// A reaction is on or off.
Role item_role(std::string_view item) {
    return item.substr(0, 5) == "React" ? Role::kMenuCheckbox : Role::kMenuItem;
}

class Messages : public testing::Test {
  protected:
    void SetUp() override {
        page.service.add_friend("bob", "Bob");
        page.service.add_friend("cleo", "Cleo");
        page.sign_in("ann");
        page.click(Role::kButton, "Bob");
    }
    void send(const std::string& text) {
        page.type("Message Bob", text);
        page.enter("Message Bob");
        page.run(200);
    }
    void receive(const std::string& text) {
        page.service.receive("bob", text);
        page.run();
    }
    const MirrorNode* article(const std::string& text) const { return page.article(text); }
    /// Opens the menu of the message with that text, as Shift+F10 does.
    void menu(const std::string& text) {
        const MirrorNode* node = article(text);
        ASSERT_NE(node, nullptr) << text << " in:\n" << page.words();
        page.world.mirror.listener->on_context_menu(node->key);
        page.run(300);
        ASSERT_TRUE(page.has(Role::kMenu, "Message menu")) << page.words();
    }
    void use(const std::string& text, std::string_view item) {
        menu(text);
        page.activate(item_role(item), item);
        page.run(200);
    }
    std::string composer() const { return std::string(page.world.fields.text("composer:C2Cbob")); }
    bool escape() {
        platform::KeyEvent event;
        event.key = platform::Key::kEscape;
        bool used = page.world.fields.on_key("composer:C2Cbob", event);
        page.run(60);
        return used;
    }
    Page page;
};

TEST_F(Messages, MenuOffersWhatCanBeDoneAndNothingElse) {
    receive("theirs");
    menu("theirs");
    for (const char* item :
         {"React with 👍", "Reply", "Copy", "Forward", "Pin", "Select", "Delete for me"}) {
        EXPECT_TRUE(page.has(item_role(item), item)) << item << " in:\n" << page.words();
    }
    EXPECT_FALSE(page.has(Role::kMenuItem, "Edit"));
    EXPECT_FALSE(page.has(Role::kMenuItem, "Recall"));
    page.key(platform::Key::kEscape);
    send("mine");
    menu("mine");
    EXPECT_TRUE(page.has(Role::kMenuItem, "Edit"));
    EXPECT_TRUE(page.has(Role::kMenuItem, "Recall"));
}

TEST_F(Messages, MenuOffersNothingThatItIsTooLateFor) {
    send("mine");
    page.world.clock.wall_ms += limits::kRecallMs;
    menu("mine");
    EXPECT_TRUE(page.has(Role::kMenuItem, "Edit"));
    EXPECT_FALSE(page.has(Role::kMenuItem, "Recall"));
}

// Whoever clicks on a text wants to select something; the browser gives the message the focus then.
TEST_F(Messages, APressedMessageWithTheFocusOpensNoMenuAndOneWithEnterDoes) {
    receive("hello");
    const MirrorNode* node = article("hello");
    ASSERT_NE(node, nullptr) << page.words();
    std::string key = node->key;
    platform::Point middle = page.middle_of(*node);
    for (auto source : {platform::PointerSource::kMouse, platform::PointerSource::kTouch}) {
        for (auto action : {platform::PointerAction::kMove, platform::PointerAction::kDown,
                            platform::PointerAction::kUp}) {
            page.world.input.listener->on_pointer(
                {action, source, platform::PointerButton::kPrimary, middle, 0});
            page.world.mirror.listener->on_node_focus(key, false);
            page.run(60);
        }
        EXPECT_FALSE(page.has(Role::kMenu, "Message menu"));
    }
    page.world.mirror.listener->on_activate(key);
    page.run(100);
    EXPECT_TRUE(page.has(Role::kMenu, "Message menu"));
}

TEST_F(Messages, ReactionsStandInOneRowForTheArrows) {
    receive("hello");
    menu("hello");
    EXPECT_EQ(page.world.mirror.focused(), "menu.0");
    page.key(platform::Key::kRight);
    EXPECT_EQ(page.world.mirror.focused(), "menu.1");
    page.key(platform::Key::kLeft);
    page.key(platform::Key::kLeft);
    EXPECT_EQ(page.world.mirror.focused(), "menu.5");
    page.key(platform::Key::kDown);
    EXPECT_EQ(page.find(Role::kMenuItem, "Reply")->key, page.world.mirror.focused());
    page.key(platform::Key::kUp);
    EXPECT_EQ(page.world.mirror.focused(), "menu.5");
    page.key(platform::Key::kUp);
    EXPECT_EQ(page.find(Role::kMenuItem, "Delete for me")->key, page.world.mirror.focused());
}

TEST_F(Messages, ReplyCarriesAQuoteThatLeadsBack) {
    receive("the question");
    use("the question", "Reply");
    EXPECT_TRUE(page.has(Role::kStatus, "Reply to Bob: the question")) << page.words();
    EXPECT_EQ(page.world.fields.focused(), "composer:C2Cbob");
    send("the answer");
    EXPECT_EQ(page.service.last<proto::SendMessage>()->reply_to, Seq(1));
    EXPECT_FALSE(page.has(Role::kStatus, "Reply to Bob: the question"));
    EXPECT_TRUE(page.has(Role::kButton, "Go to message from Bob: the question")) << page.words();
    send("no answer");
    EXPECT_EQ(page.service.last<proto::SendMessage>()->reply_to, Seq());
}

TEST_F(Messages, EscapeGivesAReplyUpAndKeepsTheText) {
    receive("the question");
    use("the question", "Reply");
    page.type("Message Bob", "half an answer");
    EXPECT_TRUE(escape());
    EXPECT_FALSE(page.has(Role::kButton, "Cancel reply")) << page.words();
    EXPECT_EQ(composer(), "half an answer");
    EXPECT_FALSE(escape());
}

TEST_F(Messages, QuoteOfSomethingFarAwayLoadsItFirst) {
    page.service.page_entries = 20;
    page.service.add_history("cleo", 200, "old");
    page.reload();
    page.run(500);
    page.click(Role::kButton, "Cleo");
    page.run(300);
    ASSERT_EQ(article("old 10"), nullptr);
    proto::Message* last = page.service.message("cleo", 200);
    last->quote = proto::Quote{Seq(10), last->from, proto::kTextType, "old 10"};
    page.service.tell_changed("cleo", *last);
    page.run(200);
    page.activate(Role::kButton, "Go to message from Cleo: old 10");
    page.run(500);
    ASSERT_NE(article("old 10"), nullptr) << page.words();
    EXPECT_FALSE(article("old 10")->rect.empty());
}

class OverAHistory : public Messages {
  protected:
    void SetUp() override {
        Messages::SetUp();
        page.service.add_history("cleo", 60, "old");
        page.reload();
        page.run(500);
        page.click(Role::kButton, "Cleo");
        page.run(300);
    }
    float top_of(const std::string& text) { return page.rect_of(*article(text)).y; }
};

// The mirror may stay behind while the history is scrolled; afterwards every message is in it where
// it is drawn, so that a click there meets it.
TEST_F(OverAHistory, AfterScrollingAMessageIsWhereItIsDrawn) {
    platform::WheelEvent wheel;
    wheel.position = {900, 400};
    wheel.dy = -20;
    for (int step = 0; step < 10; ++step) {
        page.world.input.listener->on_wheel(wheel);
        page.world.run_ms(16);
    }
    page.run(300);
    const MirrorNode* message = article("old 50");
    ASSERT_NE(message, nullptr) << page.words();
    page.click_menu(Role::kArticle, std::string(message->name));
    page.run(100);
    page.activate(Role::kMenuItem, "Copy");
    page.run(100);
    EXPECT_EQ(page.world.clipboard.text, "old 50");
}

TEST_F(OverAHistory, AWheelOverAMenuScrollsNothingBehindIt) {
    page.click_menu(Role::kArticle, std::string(article("old 58")->name));
    page.run(300);
    float before = top_of("old 60");
    page.wheel(page.middle_of(*page.find(Role::kMenuItem, "Copy")), -100);
    page.wheel({700, 300}, -100);
    EXPECT_EQ(top_of("old 60"), before);
    page.key(platform::Key::kEscape);
    page.run(100);
    page.wheel({700, 300}, -100);
    EXPECT_EQ(top_of("old 60"), before + 100);
}

TEST_F(OverAHistory, AWheelOverADialogScrollsTheDialog) {
    page.world.environment.current.height_px = 500;
    page.world.environment.changed();
    page.run(200);
    page.activate(Role::kButton, "Settings (ann)");
    page.run(300);
    float before = top_of("old 60");
    float out = page.rect_of(*page.find(Role::kButton, "Sign out")).y;
    page.wheel({640, 250}, 100);
    EXPECT_EQ(page.rect_of(*page.find(Role::kButton, "Sign out")).y, out - 100);
    page.wheel({640, 250}, -100);
    page.wheel({900, 250}, -100);
    EXPECT_EQ(top_of("old 60"), before);
}

TEST_F(OverAHistory, WhatIsSelectedStaysInReachHoweverFarOneScrolls) {
    std::string first = article("old 57")->key;
    std::string last = article("old 59")->key;
    auto reachable = [&](const std::string& text) { return article(text) != nullptr; };
    page.world.mirror.listener->on_text_selected(first, last);
    page.wheel({700, 300}, -5000);
    page.run(500);
    EXPECT_TRUE(reachable("old 1")) << page.words();
    for (const char* text : {"old 50", "old 57", "old 58", "old 59"})
        EXPECT_TRUE(reachable(text)) << text;
    EXPECT_EQ(article("old 57")->key, first);
    page.world.mirror.listener->on_text_selected({}, {});
    page.run(500);
    EXPECT_FALSE(reachable("old 57"));
}

TEST_F(OverAHistory, AMenuThatALowWindowCannotHoldIsScrolled) {
    page.world.environment.current.coarse_pointer = true;
    page.world.environment.current.height_px = 260;
    page.world.environment.changed();
    page.run(200);
    menu("old 60");
    page.run(300);
    auto item = [&](std::string_view name) {
        return page.rect_of(*page.find(Role::kMenuItem, name));
    };
    ASSERT_TRUE(page.has(Role::kMenuItem, "Reply")) << page.words();
    EXPECT_GE(item("Reply").h, 44);
    EXPECT_LE(item("Reply").bottom(), 260);
    EXPECT_GT(item("Delete for me").y, 250) << "below the edge";
    page.world.mirror.listener->on_node_focus(page.find(Role::kMenuItem, "Delete for me")->key,
                                              true);
    page.run(100);
    EXPECT_LE(item("Delete for me").bottom(), 260) << "the focus brings it";
    page.wheel({item("Delete for me").center().x, 130}, -500);
    EXPECT_GE(item("Reply").y, 0) << "so does a wheel";
    page.click(Role::kMenuItem, "Copy");
    EXPECT_EQ(page.world.clipboard.text, "old 60");
}

// What comes above while the bar is held must not run away under the mouse.
TEST_F(Messages, TheScrollBarIsDraggedThroughWhatIsLoaded) {
    page.service.page_entries = 50;
    page.service.add_history("cleo", 300, "old");
    page.reload();
    page.run(500);
    page.click(Role::kButton, "Cleo");
    page.run(300);
    const MirrorNode* log = page.find(Role::kLog, "Messages with Cleo");
    ASSERT_NE(log, nullptr);
    platform::Rect view = page.rect_of(*log);
    auto mouse = [&](platform::PointerAction action, float y) {
        platform::PointerEvent event;
        event.action = action;
        event.button = platform::PointerButton::kPrimary;
        event.position = {view.right() - 5, y};
        page.world.input.listener->on_pointer(event);
        page.run(200);
    };
    auto shown = [&](const std::string& words) {
        const MirrorNode* message = article(words);
        return message != nullptr && view.contains(page.middle_of(*message));
    };
    EXPECT_TRUE(shown("old 300"));
    mouse(platform::PointerAction::kMove, view.bottom() - 10);
    mouse(platform::PointerAction::kDown, view.bottom() - 10);
    EXPECT_TRUE(shown("old 300")) << "a press on the bar moves nothing";
    mouse(platform::PointerAction::kMove, view.y + 2);
    EXPECT_FALSE(shown("old 300"));
    page.run(1000);
    EXPECT_EQ(article("old 50"), nullptr) << "it runs away";
    mouse(platform::PointerAction::kMove, view.bottom() - 2);
    EXPECT_TRUE(shown("old 300")) << page.words();
    mouse(platform::PointerAction::kUp, view.bottom() - 2);

    // Beside it.
    mouse(platform::PointerAction::kMove, view.center().y);
    mouse(platform::PointerAction::kDown, view.center().y);
    mouse(platform::PointerAction::kUp, view.center().y);
    EXPECT_FALSE(shown("old 300"));
}

TEST_F(Messages, QuoteOfWhatIsGoneSaysSo) {
    receive("answer");
    proto::Message* message = page.service.message("bob", 1);
    message->quote = proto::Quote{};
    message->quote->seq = Seq(1);
    page.service.tell_changed("bob", *message);
    page.run(200);
    EXPECT_TRUE(page.has(Role::kStatus, "This message is gone")) << page.words();
}

TEST_F(Messages, EditChangesTheTextAndGivesTheDraftBack) {
    send("teh text");
    page.type("Message Bob", "a draft");
    use("teh text", "Edit");
    EXPECT_EQ(composer(), "teh text");
    EXPECT_TRUE(page.has(Role::kButton, "Cancel editing")) << page.words();
    page.type("Message Bob", "the text");
    page.enter("Message Bob");
    page.run(200);
    ASSERT_NE(page.service.last<proto::EditMessage>(), nullptr);
    EXPECT_EQ(page.service.last<proto::EditMessage>()->body.content, "the text");
    EXPECT_EQ(page.service.count<proto::SendMessage>(), 1);
    ASSERT_NE(article("the text"), nullptr) << page.words();
    EXPECT_NE(article("the text")->name.find("edited"), std::string::npos);
    EXPECT_EQ(composer(), "a draft");
}

TEST_F(Messages, ArrowUpEditsNoOlderOneWhileTheLastIsOnItsWay) {
    send("first");
    page.service.silent_sends = true;
    send("second");
    platform::KeyEvent up;
    up.key = platform::Key::kUp;
    EXPECT_FALSE(page.world.fields.on_key("composer:C2Cbob", up));
    page.run(60);
    EXPECT_EQ(composer(), "");
    EXPECT_FALSE(page.has(Role::kButton, "Cancel editing")) << page.words();
}

TEST_F(Messages, ArrowUpInAnEmptyComposerEditsTheLastOne) {
    send("first");
    send("second");
    receive("theirs");
    platform::KeyEvent up;
    up.key = platform::Key::kUp;
    EXPECT_TRUE(page.world.fields.on_key("composer:C2Cbob", up));
    page.run(60);
    EXPECT_EQ(composer(), "second");
    EXPECT_TRUE(escape());
    EXPECT_EQ(composer(), "");
    page.type("Message Bob", "not empty");
    EXPECT_FALSE(page.world.fields.on_key("composer:C2Cbob", up));
    EXPECT_EQ(page.service.count<proto::EditMessage>(), 0);
}

TEST_F(Messages, UnchangedEditAsksForNothing) {
    send("as it is");
    use("as it is", "Edit");
    page.enter("Message Bob");
    page.run(200);
    EXPECT_EQ(page.service.count<proto::EditMessage>(), 0);
    EXPECT_FALSE(page.has(Role::kButton, "Cancel editing"));
}

TEST_F(Messages, RecalledTextComesBackIntoAnEmptyComposer) {
    send("oops");
    use("oops", "Recall");
    EXPECT_EQ(article("oops"), nullptr);
    EXPECT_TRUE(page.has(Role::kStatus, "You recalled a message")) << page.words();
    EXPECT_EQ(composer(), "oops");
}

TEST_F(Messages, RecalledTextWaitsWhileSomethingIsBeingWritten) {
    send("oops");
    page.type("Message Bob", "half a sentence");
    use("oops", "Recall");
    EXPECT_EQ(composer(), "half a sentence");
    page.click(Role::kButton, "Edit again");
    page.run(100);
    EXPECT_EQ(composer(), "oops");
    page.enter("Message Bob");
    page.run(200);
    EXPECT_EQ(page.service.last<proto::SendMessage>()->body.content, "oops");
}

TEST_F(Messages, WhatTheOtherPersonRecallsIsToldByName) {
    receive("never mind");
    proto::Message* message = page.service.message("bob", 1);
    message->body = {proto::kGoneType, "{}", "", {}};
    message->recalled = true;
    page.service.tell_changed("bob", *message);
    page.run(200);
    EXPECT_TRUE(page.has(Role::kStatus, "Bob recalled a message")) << page.words();
    EXPECT_FALSE(page.has(Role::kButton, "Edit again"));
}

TEST_F(Messages, WhatTheServiceRefusesIsSaidInWords) {
    send("too old");
    const std::pair<ErrorCode, const char*> refusals[] = {
        {ErrorCode::kRecallTooLate, "Too late: recall works for two minutes"},
        {ErrorCode::kUnknownMessage, "This message is gone"},
        {ErrorCode::kRefusedByPeer, "Your message was refused"},
    };
    for (const auto& [code, words] : refusals) {
        page.service.change_error = code;
        use("too old", "Recall");
        EXPECT_EQ(page.toast(), words);
        EXPECT_NE(article("too old"), nullptr);
    }
    page.service.change_error = ErrorCode::kTooManyPins;
    use("too old", "Pin");
    EXPECT_EQ(page.toast(), "Too many pinned messages. Unpin one first.");
}

TEST_F(Messages, ReactionIsPutAndTakenAway) {
    receive("nice");
    use("nice", "React with 👍");
    const MirrorNode* pill = page.find(Role::kButton, "👍 1");
    ASSERT_NE(pill, nullptr) << page.words();
    EXPECT_EQ(pill->pressed, platform::Tri::kTrue);
    proto::Message* message = page.service.message("bob", 1);
    message->reactions.front().users.push_back(message->from);
    page.service.tell_changed("bob", *message);
    page.run(200);
    page.click(Role::kButton, "👍 2");
    page.run(200);
    EXPECT_FALSE(page.service.last<proto::SetReaction>()->on);
    pill = page.find(Role::kButton, "👍 1");
    ASSERT_NE(pill, nullptr) << page.words();
    EXPECT_EQ(pill->pressed, platform::Tri::kFalse);
    page.click_menu(Role::kButton, "👍 1");
    page.run(200);
    EXPECT_TRUE(page.has(Role::kMenuItem, "Reply")) << "a right click on it is one on the message";
}

TEST_F(Messages, PinsStandBelowTheHeaderOneAfterTheOther) {
    receive("first");
    receive("second");
    use("first", "Pin");
    use("second", "Pin");
    ASSERT_TRUE(page.has(Role::kButton, "Go to pinned message: second")) << page.words();
    page.click(Role::kButton, "Go to pinned message: second");
    page.run(200);
    EXPECT_TRUE(page.has(Role::kButton, "Go to pinned message: first")) << page.words();
    page.click(Role::kButton, "Unpin");
    page.run(200);
    EXPECT_TRUE(page.has(Role::kButton, "Go to pinned message: second")) << page.words();
    use("second", "Unpin");
    EXPECT_EQ(page.find_prefix(Role::kButton, "Go to pinned message"), nullptr);
}

TEST_F(Messages, DeleteForMeAsksFirst) {
    receive("secret");
    receive("harmless");
    use("secret", "Delete for me");
    EXPECT_EQ(page.service.count<proto::DeleteMessages>(), 0);
    page.click(Role::kButton, "Delete");
    page.run(200);
    EXPECT_EQ(page.service.count<proto::DeleteMessages>(), 1);
    EXPECT_EQ(article("secret"), nullptr) << page.words();
    EXPECT_NE(article("harmless"), nullptr);
}

TEST_F(Messages, SeveralAreChosenAndCopied) {
    receive("one");
    receive("two");
    receive("three");
    use("one", "Select");
    EXPECT_TRUE(page.has(Role::kStatus, "1 selected")) << page.words();
    const MirrorNode* third = page.find_prefix(Role::kCheckbox, "Bob, ");
    ASSERT_NE(third, nullptr);
    for (const MirrorNode& node : page.world.mirror.tree()) {
        if (node.role == Role::kCheckbox && node.name.find(": three") != std::string::npos) {
            third = &node;
        }
    }
    page.activate(Role::kCheckbox, std::string(third->name));
    EXPECT_TRUE(page.has(Role::kStatus, "2 selected")) << page.words();
    page.click(Role::kButton, "Copy");
    page.run(100);
    const std::string& copied = page.world.clipboard.text;
    EXPECT_NE(copied.find("Bob: one\n"), std::string::npos) << copied;
    EXPECT_NE(copied.find("Bob: three"), std::string::npos) << copied;
    EXPECT_EQ(copied.find("two"), std::string::npos) << copied;
    EXPECT_FALSE(page.has(Role::kStatus, "2 selected"));
    EXPECT_EQ(page.field("Message Bob"), "composer:C2Cbob");
}

TEST_F(Messages, SelectionEndsWithEscape) {
    receive("one");
    use("one", "Select");
    page.key(platform::Key::kEscape);
    EXPECT_FALSE(page.has(Role::kStatus, "1 selected")) << page.words();
}

TEST_F(Messages, ForwardGoesToEverybodyChosen) {
    receive("news");
    use("news", "Forward");
    ASSERT_TRUE(page.has(Role::kDialog, "Forward to")) << page.words();
    EXPECT_TRUE(page.world.mirror.find_key("forward.go")->disabled);
    page.type("Search friends", "cle");
    EXPECT_FALSE(page.has(Role::kCheckbox, "Bob")) << page.words();
    page.click(Role::kCheckbox, "Cleo");
    page.type("Search friends", "");
    page.click(Role::kCheckbox, "Bob");
    page.click(Role::kButton, "Send to 2");
    page.run(300);
    EXPECT_EQ(page.toast(), "Forwarded");
    EXPECT_EQ(page.service.count<proto::SendMessage>(), 2);
    const proto::SendMessage* sent = page.service.last<proto::SendMessage>();
    EXPECT_EQ(sent->body.content, "news");
    ASSERT_TRUE(sent->forward_of.has_value());
    EXPECT_EQ(sent->forward_of->seq, Seq(1));
    int marked = 0;
    for (const MirrorNode& node : page.world.mirror.tree()) {
        marked += node.role == Role::kArticle && node.name.find("Forwarded") != std::string::npos;
    }
    EXPECT_EQ(marked, 1) << page.words();
}

}  // namespace
}  // namespace kumquat::uitest
