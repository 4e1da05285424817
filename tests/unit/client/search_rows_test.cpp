#include "client/view/search_rows.h"

#include <gtest/gtest.h>

#include "unit/client/tab.h"

namespace kumquat::client {
namespace {

const OffsetMinutes kUtc = [](TimeMs) { return 0; };

/// The row of one hit in the chat with bo.
SearchRow row_of(const std::string& wanted, const proto::Message& hit) {
    Tab tab;
    proto::SyncReply snapshot = Tab::empty_snapshot();
    snapshot.friends = {friend_of("bo", "Bo", "小橙子")};
    tab.live_as("an", snapshot);
    SearchQuery query;
    query.text = wanted;
    tab.command(SearchMessages{query});
    tab.reply<proto::SearchMessages>(proto::SearchMessagesReply{{{chat("bo"), hit}}, false, ""});
    const std::vector<SearchRow> rows = build_search_rows(tab.model(), tab.now.wall, kUtc);
    EXPECT_EQ(rows.size(), 1u);
    return rows.empty() ? SearchRow() : rows[0];
}

std::string marked(const SearchRow& row) {
    return row.text.substr(row.match_begin, row.match_end - row.match_begin);
}

TEST(SearchRows, TellWhoSaidWhatAndWhen) {
    const SearchRow row = row_of("ORANGE", message(7, "an", "two\n  oranges"));
    EXPECT_EQ(row.conversation, chat("bo"));
    EXPECT_EQ(row.seq, Seq(7));
    EXPECT_EQ(row.name, "小橙子");
    EXPECT_EQ(row.initials, "子");
    EXPECT_TRUE(row.own);
    EXPECT_EQ(row.date, DateKind::kToday);
    EXPECT_EQ(row.text, "two oranges");
    EXPECT_EQ(marked(row), "orange");
}

TEST(SearchRows, ALongTextIsCutAroundItsFirstMatch) {
    std::string text;
    for (int i = 0; i < 200; ++i)
        text += "橙";
    const SearchRow row = row_of("here", message(1, "bo", text + "HERE" + text + "here"));
    EXPECT_EQ(marked(row), "HERE");
    EXPECT_EQ(row.text.substr(0, 6), "…橙");
    EXPECT_EQ(row.text.substr(row.text.size() - 3), "…");
    EXPECT_LE(row.text.size(), kExcerptBytes + 6);
}

TEST(SearchRows, BlanksInAMatchAreMarked) {
    const SearchRow row = row_of("a \n b", message(1, "bo", "x a \n b y"));
    EXPECT_EQ(row.text, "x a b y");
    EXPECT_EQ(marked(row), "a b");
    EXPECT_EQ(marked(row_of("end", message(1, "bo", "the end"))), "end");
    const SearchRow all = row_of("", message(1, "bo", "any"));
    EXPECT_EQ(all.text, "any");
    EXPECT_EQ(all.match_end, 0u);
}

TEST(SearchRows, APictureHasNoText) {
    proto::Message picture = message(1, "bo", "");
    picture.body.type = proto::kImageType;
    const BlobId id = *BlobId::parse(std::string(32, 'a'));
    picture.body.image = proto::Image{1, {{1, id, 1, 1, 1}, {2, id, 1, 1, 1}, {3, id, 1, 1, 1}}};
    EXPECT_EQ(row_of("", picture).kind, BodyKind::kPicture);
}

TEST(SearchRows, LettersAreFoundInAnyCaseAndAllElseAsItIs) {
    EXPECT_EQ(find_folded("ÄPFEL", "äp"), (ByteRange{0, 3}));
    EXPECT_EQ(find_folded("Привет", "РИВ"), (ByteRange{2, 8}));
    EXPECT_EQ(find_folded("小橙子", "橙"), (ByteRange{3, 6}));
    EXPECT_EQ(find_folded("abc", "d"), (ByteRange{}));
    EXPECT_EQ(find_folded("abc", ""), (ByteRange{}));
}

}  // namespace
}  // namespace kumquat::client
