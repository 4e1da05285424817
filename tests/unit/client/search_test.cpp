#include <gtest/gtest.h>

#include "client/core/bounds.h"
#include "unit/client/tab.h"

namespace kumquat::client {
namespace {

proto::SearchMessagesReply hits(std::int64_t newest, std::int64_t count,
                                const std::string& cursor) {
    proto::SearchMessagesReply reply;
    for (std::int64_t seq = newest; seq > newest - count; --seq)
        reply.hits.push_back({chat("bo"), message(seq, "bo", "found")});
    reply.more = !cursor.empty();
    reply.cursor = cursor;
    reply.reached = TimeMs(newest - count);
    return reply;
}

SearchMessages search_for(const std::string& text) {
    SearchQuery query;
    query.text = text;
    return SearchMessages{query};
}

TEST(Search, GoesOnUntilAPageIsFullAndFurtherWhenAsked) {
    Tab tab;
    tab.live_as("an");
    SearchMessages wish = search_for("found");
    wish.query.conversation = chat("bo");
    wish.query.from = user("bo");
    wish.query.since = TimeMs(5);
    tab.command(wish);
    const auto* request = tab.asked<proto::SearchMessages>();
    ASSERT_NE(request, nullptr);
    EXPECT_EQ(request->text, "found");
    EXPECT_EQ(request->conversation, chat("bo"));
    EXPECT_EQ(request->from, "bo");
    EXPECT_EQ(request->since, TimeMs(5));
    EXPECT_EQ(request->limit, kSearchPage);
    tab.reply<proto::SearchMessages>(hits(100, 10, "a"));
    EXPECT_EQ(tab.model().search.phase, SearchPhase::kRunning);
    request = tab.asked<proto::SearchMessages>();
    ASSERT_NE(request, nullptr);
    EXPECT_EQ(request->cursor, "a");
    EXPECT_EQ(request->limit, kSearchPage - 10);
    tab.command(SearchMore{});
    EXPECT_EQ(tab.count<proto::SearchMessages>(), 1) << "one is on its way";
    tab.reply<proto::SearchMessages>(hits(90, 20, "b"));
    EXPECT_EQ(tab.model().search.phase, SearchPhase::kPaused);
    EXPECT_EQ(tab.model().search.hits.size(), 30u);
    EXPECT_EQ(tab.model().search.reached, TimeMs(70));
    EXPECT_EQ(tab.asked<proto::SearchMessages>(), nullptr);
    tab.command(SearchMore{});
    tab.reply<proto::SearchMessages>(hits(70, 1, ""));
    EXPECT_EQ(tab.model().search.phase, SearchPhase::kDone);
    EXPECT_EQ(tab.model().search.hits.size(), 31u);
    tab.command(SearchMore{});
    EXPECT_EQ(tab.asked<proto::SearchMessages>(), nullptr);
}

TEST(Search, AnswersOfAnotherSearchAreIgnored) {
    Tab tab;
    tab.live_as("an");
    tab.command(search_for("old"));
    tab.command(search_for("new"));
    EXPECT_EQ(tab.count<proto::SearchMessages>(), 2);
    tab.reply<proto::SearchMessages>(hits(100, 5, ""));
    EXPECT_TRUE(tab.model().search.hits.empty());
    tab.reply<proto::SearchMessages>(hits(50, 2, ""));
    EXPECT_EQ(tab.model().search.hits.size(), 2u);
    tab.command(search_for("third"));
    tab.command(EndSearch{});
    tab.reply<proto::SearchMessages>(hits(50, 2, ""));
    EXPECT_EQ(tab.model().search.phase, SearchPhase::kIdle);
    EXPECT_TRUE(tab.model().search.hits.empty());
}

TEST(Search, GoesOnAfterALostConnection) {
    Tab tab;
    tab.live_as("an");
    tab.command(search_for("found"));
    tab.reply<proto::SearchMessages>(hits(100, 3, "a"));
    tab.close();
    EXPECT_EQ(tab.model().search.phase, SearchPhase::kRunning);
    tab.come_back();
    ASSERT_NE(tab.asked<proto::SearchMessages>(), nullptr);
    EXPECT_EQ(tab.asked<proto::SearchMessages>()->cursor, "a");
}

TEST(Search, FailsWithItsReasonAndTriesAgain) {
    Tab tab;
    tab.live_as("an");
    tab.command(search_for(std::string(limits::kSearchTextBytes + 1, 'x')));
    EXPECT_EQ(tab.model().search.error, ErrorCode::kTextTooLong);
    EXPECT_EQ(tab.asked<proto::SearchMessages>(), nullptr);
    tab.command(search_for("found"));
    tab.refuse<proto::SearchMessages>(ErrorCode::kUnknownUser);
    EXPECT_EQ(tab.model().search.phase, SearchPhase::kFailed);
    EXPECT_EQ(tab.model().search.error, ErrorCode::kUnknownUser);
    tab.command(SearchMore{});
    tab.refuse<proto::SearchMessages>(ErrorCode::kReadTimeout);
    EXPECT_EQ(tab.model().search.phase, SearchPhase::kRunning) << "by itself, a little later";
    tab.pass_until([&] { return tab.asked<proto::SearchMessages>() != nullptr; });
    tab.reply<proto::SearchMessages>(hits(9, 1, "a"));
    tab.reply<proto::SearchMessages>(hits(8, 0, "a"));
    EXPECT_EQ(tab.model().search.error, ErrorCode::kBadFrame) << "the cursor stands still";
}

}  // namespace
}  // namespace kumquat::client
