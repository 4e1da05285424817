// search_messages: what is found, page by page.
#include "base/limits.h"
#include "service/cursor.h"
#include "unit/service/world.h"

namespace kumquat::service {
namespace {

struct Search : ::testing::Test {
    Search() {
        alice.sign_in("alice");
        bob.sign_in("bob");
        carol.sign_in("carol");
    }
    void SetUp() override {
        say(alice, "bob", "Straße nach Köln");
        say(bob, "alice", "KÖLN am Rhein");
        say(carol, "alice", "ΟΔΥΣΣΕΥΣ");
        say(alice, "carol", "köln?");
        say(bob, "carol", "köln, but not Alice's");
    }
    void say(Tab& tab, const std::string& peer, const std::string& text) {
        world.clock.time = world.clock.time.next();
        tab.say(peer, text);
    }
    static proto::SearchMessages query(const std::string& text) {
        proto::SearchMessages request;
        request.text = text;
        request.limit = 100;
        return request;
    }
    proto::SearchMessagesReply find(const proto::SearchMessages& request) {
        return get<proto::SearchMessagesReply>(alice.ask(request));
    }
    /// The texts that are found, over all pages.
    std::vector<std::string> texts(proto::SearchMessages request) {
        std::vector<std::string> found;
        for (int page = 0; page < 100; ++page) {
            const auto reply = find(request);
            for (const proto::SearchHit& hit : reply.hits)
                found.push_back(hit.message.body.content);
            if (!reply.more) return found;
            request.cursor = reply.cursor;
        }
        ADD_FAILURE() << "no end";
        return found;
    }
    using Texts = std::vector<std::string>;

    World world;
    Tab alice{world};
    Tab bob{world};
    Tab carol{world};
};

TEST_F(Search, TheNewestOfAllOnesConversationsComesFirst) {
    const auto reply = find(query("kÖln"));
    ASSERT_EQ(reply.hits.size(), 3u);
    EXPECT_EQ(reply.hits[0].conversation, with("carol"));
    EXPECT_EQ(reply.hits[0].message.body.content, "köln?");
    EXPECT_TRUE(reply.hits[0].message.client_id.has_value());
    EXPECT_EQ(reply.hits[1].conversation, with("bob"));
    EXPECT_EQ(reply.hits[2].message.seq, Seq(1));
    EXPECT_FALSE(reply.more);
    EXPECT_EQ(reply.cursor, "");
    EXPECT_EQ(reply.reached, TimeMs(0));
    EXPECT_EQ(texts(query("οδυσσευς")), Texts{"ΟΔΥΣΣΕΥΣ"});
    EXPECT_EQ(texts(query("?")), Texts{"köln?"});
}

TEST_F(Search, EveryConditionHolds) {
    auto request = query("köln");
    request.from = "bob";
    EXPECT_EQ(texts(request), Texts{"KÖLN am Rhein"});
    request = query("");
    request.conversation = with("carol");
    EXPECT_EQ(texts(request), (Texts{"köln?", "ΟΔΥΣΣΕΥΣ"}));
    request = query("");
    request.since = TimeMs(world.clock.time.value() - 3);
    request.until = TimeMs(world.clock.time.value() - 1);
    EXPECT_EQ(texts(request), (Texts{"ΟΔΥΣΣΕΥΣ", "KÖLN am Rhein"}));
    request = query("köln");
    request.pictures = true;
    EXPECT_EQ(texts(request), Texts{});
}

TEST_F(Search, PicturesAndPayloadsAreNotSearchedByText) {
    auto custom = alice.text("bob", R"({"data":"köln"})");
    custom.body.type = "TIMCustomElem";
    alice.must(custom);
    EXPECT_EQ(texts(query("köln")).size(), 3u);
    auto request = query("");
    request.pictures = true;
    EXPECT_EQ(texts(request), Texts{});
}

TEST_F(Search, WhatIsGoneIsNotFound) {
    alice.must(proto::RecallMessage{with("bob"), Seq(1)});
    alice.must(proto::DeleteMessages{with("bob"), {Seq(2)}});
    EXPECT_EQ(texts(query("köln")), Texts{"köln?"});
    alice.must(proto::DeleteConversation{with("carol")});
    EXPECT_EQ(texts(query("köln")), Texts{});
}

TEST_F(Search, PagesGoOnWhereTheOneBeforeEnded) {
    auto request = query("köln");
    request.limit = 1;
    EXPECT_EQ(texts(request), (Texts{"köln?", "KÖLN am Rhein", "Straße nach Köln"}));
    const auto first = find(request);
    EXPECT_TRUE(first.more);
    // All that is newer has been looked at, and not what the next page begins with.
    request.cursor = first.cursor;
    const auto second = find(request);
    ASSERT_EQ(second.hits.size(), 1u);
    EXPECT_LE(first.reached, first.hits[0].message.time.next());
    EXPECT_GT(first.reached, second.hits[0].message.time);
}

TEST_F(Search, APageEndsAfterSoManyStepsAndHasWhatWasFound) {
    for (int i = 0; i < 40; ++i)
        say(bob, "alice", "more");
    // Each step looks at one message.
    world.store->search_step_ms = 0;
    world.store->searches = 0;
    auto request = query("köln");
    const auto page = find(request);
    EXPECT_TRUE(page.hits.empty());
    EXPECT_TRUE(page.more);
    EXPECT_EQ(world.store->searches, 15);
    EXPECT_GT(page.reached, TimeMs(0));
    EXPECT_EQ(texts(request).size(), 3u);
}

TEST_F(Search, APageFitsIntoAFrame) {
    for (int i = 0; i < 20; ++i)
        say(bob, "alice", std::string(limits::kMessageBytes, '\x01'));
    auto request = query("\x01");
    EXPECT_EQ(find(request).hits.size(), 1u);  // 72 KiB as JSON each
    EXPECT_EQ(texts(request).size(), 20u);
    world.store->search_step_ms = 0;
    EXPECT_EQ(find(request).hits.size(), 1u);
}

TEST_F(Search, WhatMakesNoSenseIsRefused) {
    auto request = query("x");
    request.limit = 0;
    EXPECT_EQ(code_of(alice.ask(request)), ErrorCode::kBadField);
    EXPECT_EQ(code_of(alice.ask(query(std::string(limits::kSearchTextBytes + 1, 'x')))),
              ErrorCode::kBadField);
    request = query("x");
    request.conversation = with("nobody");
    EXPECT_EQ(code_of(alice.ask(request)), ErrorCode::kUnknownConversation);
    request = query("x");
    request.from = "nobody";
    EXPECT_EQ(code_of(alice.ask(request)), ErrorCode::kUnknownUser);
    request.from = "no\nbody";
    EXPECT_EQ(code_of(alice.ask(request)), ErrorCode::kUnknownUser);
    for (const char* cursor : {"x", "m", "m.1.2", "m.1.2.", "m.1.2.3.", "m.01.2.3", "m.-1.2.3",
                               "m.9007199254740992.2.3", "f.1.2.3"}) {
        request = query("x");
        request.cursor = cursor;
        EXPECT_EQ(code_of(alice.ask(request)), ErrorCode::kBadField) << cursor;
    }
    request = query("x");
    request.since = TimeMs(-1);
    EXPECT_EQ(code_of(alice.ask(request)), ErrorCode::kBadField);
}

TEST_F(Search, ACursorComesBackAsItWas) {
    const store::SearchPlace place{TimeMs(kIntegerMax), ConversationKey(7), Seq(1)};
    EXPECT_EQ(parse_search_cursor(cursor_text(place)).value(), place);
}

TEST_F(Search, AFailedReadMayBeTriedAgain) {
    world.store->read_error = Error{ErrorCode::kReadTimeout, "search"};
    const auto reply = alice.ask(query("x"));
    EXPECT_EQ(code_of(reply), ErrorCode::kReadTimeout);
    EXPECT_TRUE(reply.error().retry_after_ms.has_value());
}

}  // namespace
}  // namespace kumquat::service
