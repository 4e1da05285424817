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

const SearchState& search(const Tab& tab, SearchScope scope = SearchScope::kAllChats) {
    return tab.model().search(scope);
}

TEST(Search, GoesOnUntilAPageIsFullAndFurtherWhenAsked) {
    Tab tab;
    tab.live_as("an");
    SearchMessages wish = search_for("found");
    wish.query.from = user("bo");
    wish.query.since = TimeMs(5);
    tab.command(wish);
    const auto* request = tab.asked<proto::SearchMessages>();
    ASSERT_NE(request, nullptr);
    EXPECT_EQ(request->text, "found");
    EXPECT_EQ(request->from, "bo");
    EXPECT_EQ(request->since, TimeMs(5));
    EXPECT_EQ(request->limit, kSearchPage);
    tab.reply<proto::SearchMessages>(hits(100, 10, "a"));
    EXPECT_EQ(search(tab).phase, SearchPhase::kRunning);
    request = tab.asked<proto::SearchMessages>();
    ASSERT_NE(request, nullptr);
    EXPECT_EQ(request->cursor, "a");
    EXPECT_EQ(request->limit, kSearchPage - 10);
    tab.command(SearchMore{});
    EXPECT_EQ(tab.count<proto::SearchMessages>(), 1) << "one is on its way";
    tab.reply<proto::SearchMessages>(hits(90, 20, "b"));
    EXPECT_EQ(search(tab).phase, SearchPhase::kPaused);
    EXPECT_EQ(search(tab).hits.size(), 30u);
    EXPECT_EQ(search(tab).reached, TimeMs(70));
    EXPECT_EQ(tab.asked<proto::SearchMessages>(), nullptr);
    tab.command(SearchMore{});
    tab.reply<proto::SearchMessages>(hits(70, 1, ""));
    EXPECT_EQ(search(tab).phase, SearchPhase::kDone);
    EXPECT_EQ(search(tab).hits.size(), 31u);
    tab.command(SearchMore{});
    EXPECT_EQ(tab.asked<proto::SearchMessages>(), nullptr);
}

TEST(Search, InAChatAndOverAllOfThemGoOnSideBySide) {
    Tab tab;
    tab.live_as("an");
    tab.command(search_for("everywhere"));
    SearchMessages wish = search_for("here");
    wish.query.conversation = chat("bo");
    tab.command(wish);
    ASSERT_EQ(tab.count<proto::SearchMessages>(), 2);
    tab.reply<proto::SearchMessages>(hits(100, 3, ""));
    tab.reply<proto::SearchMessages>(hits(50, 2, ""));
    EXPECT_EQ(search(tab).hits.size(), 3u);
    EXPECT_EQ(search(tab, SearchScope::kOneChat).hits.size(), 2u);
    tab.command(EndSearch{SearchScope::kOneChat});
    EXPECT_EQ(search(tab, SearchScope::kOneChat).phase, SearchPhase::kIdle);
    EXPECT_EQ(search(tab).hits.size(), 3u);
}

TEST(Search, AnswersOfAnotherSearchAreIgnored) {
    Tab tab;
    tab.live_as("an");
    tab.command(search_for("old"));
    tab.command(search_for("new"));
    EXPECT_EQ(tab.count<proto::SearchMessages>(), 2);
    tab.reply<proto::SearchMessages>(hits(100, 5, ""));
    EXPECT_TRUE(search(tab).hits.empty());
    tab.reply<proto::SearchMessages>(hits(50, 2, ""));
    EXPECT_EQ(search(tab).hits.size(), 2u);
    tab.command(search_for("third"));
    tab.command(EndSearch{});
    tab.reply<proto::SearchMessages>(hits(50, 2, ""));
    EXPECT_EQ(search(tab).phase, SearchPhase::kIdle);
    EXPECT_TRUE(search(tab).hits.empty());
}

TEST(Search, GoesOnAfterALostConnection) {
    Tab tab;
    tab.live_as("an");
    tab.command(search_for("found"));
    tab.reply<proto::SearchMessages>(hits(100, 3, "a"));
    tab.close();
    EXPECT_EQ(search(tab).phase, SearchPhase::kRunning);
    tab.come_back();
    ASSERT_NE(tab.asked<proto::SearchMessages>(), nullptr);
    EXPECT_EQ(tab.asked<proto::SearchMessages>()->cursor, "a");
}

TEST(Search, FailsWithItsReasonAndTriesAgain) {
    Tab tab;
    tab.live_as("an");
    tab.command(search_for(std::string(limits::kSearchTextBytes + 1, 'x')));
    EXPECT_EQ(search(tab).error, ErrorCode::kTextTooLong);
    EXPECT_EQ(tab.asked<proto::SearchMessages>(), nullptr);
    tab.command(search_for("found"));
    tab.refuse<proto::SearchMessages>(ErrorCode::kUnknownUser);
    EXPECT_EQ(search(tab).phase, SearchPhase::kFailed);
    EXPECT_EQ(search(tab).error, ErrorCode::kUnknownUser);
    tab.command(SearchMore{});
    tab.refuse<proto::SearchMessages>(ErrorCode::kReadTimeout);
    EXPECT_EQ(search(tab).phase, SearchPhase::kRunning) << "by itself, a little later";
    tab.pass_until([&] { return tab.asked<proto::SearchMessages>() != nullptr; });
    tab.reply<proto::SearchMessages>(hits(9, 1, "a"));
    tab.reply<proto::SearchMessages>(hits(8, 0, "a"));
    EXPECT_EQ(search(tab).error, ErrorCode::kBadFrame) << "the cursor stands still";
}

}  // namespace
}  // namespace kumquat::client
