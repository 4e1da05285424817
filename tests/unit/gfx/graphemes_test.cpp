#include "gfx/core/graphemes.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace kumquat::gfx {
namespace {

std::vector<std::string> clusters_of(std::string_view text) {
    std::vector<std::string> found;
    for (std::size_t offset = 0; offset < text.size();)
        found.emplace_back(next_cluster(text, &offset).bytes);
    return found;
}

ClusterKind kind_of(std::string_view text) {
    std::size_t offset = 0;
    return next_cluster(text, &offset).kind;
}

using Strings = std::vector<std::string>;

TEST(Graphemes, PlainLettersAreOneEach) {
    EXPECT_EQ(clusters_of("aé你"), (Strings{"a", "é", "你"}));
    EXPECT_EQ(kind_of("你"), ClusterKind::kSimple);
}

TEST(Graphemes, MarksJoinTheirBase) {
    EXPECT_EQ(clusters_of("e\u0301x"), (Strings{"e\u0301", "x"}));
    EXPECT_EQ(kind_of("e\u0301"), ClusterKind::kCluster);
}

TEST(Graphemes, EmojiSequencesAreOne) {
    EXPECT_EQ(clusters_of("👨‍👩‍👧‍👦🎉"),
              (Strings{"👨‍👩‍👧‍👦", "🎉"}));
    EXPECT_EQ(clusters_of("👍🏽👍"), (Strings{"👍🏽", "👍"}));
    EXPECT_EQ(clusters_of("1️⃣2"), (Strings{"1️⃣", "2"}));
    EXPECT_EQ(clusters_of("❤️a"), (Strings{"❤️", "a"}));
    EXPECT_EQ(clusters_of("🏴󠁧󠁢󠁥󠁮󠁧󠁿x"),
              (Strings{"🏴󠁧󠁢󠁥󠁮󠁧󠁿", "x"}));
}

TEST(Graphemes, FlagsPairUp) {
    EXPECT_EQ(clusters_of("🇨🇳🇸🇪🇨"), (Strings{"🇨🇳", "🇸🇪", "🇨"}));
}

TEST(Graphemes, AJoinerWithoutASecondPartStaysOutside) {
    EXPECT_EQ(clusters_of("👩\u200Da"), (Strings{"👩", "\u200D", "a"}));
    EXPECT_EQ(kind_of("\u200D"), ClusterKind::kControl);
}

TEST(Graphemes, ShapedScriptsComeAsWords) {
    EXPECT_EQ(clusters_of("مرحبا بالعالم"), (Strings{"مرحبا", " ", "بالعالم"}));
    EXPECT_EQ(kind_of("नमस्ते"), ClusterKind::kRun);
    EXPECT_EQ(clusters_of("नमस्ते!"), (Strings{"नमस्ते", "!"}));
}

TEST(Graphemes, ScriptsWithoutBlanksComeInSyllables) {
    EXPECT_EQ(clusters_of("สวัสดี"), (Strings{"ส", "วั", "ส", "ดี"}));
    EXPECT_EQ(clusters_of("เมืองไทยๆ"), (Strings{"เมื", "อ", "ง", "ไท", "ยๆ"}));
    EXPECT_EQ(clusters_of("ខ្មែរ"), (Strings{"ខ្មែ", "រ"}));
    EXPECT_EQ(clusters_of("မြန်မာ"), (Strings{"မြ", "န်", "မာ"}));
}

TEST(Graphemes, LongWordsAreNotCutInsideALetter) {
    std::string word;
    for (int i = 0; i < 40; ++i)
        word += "क्षि";
    Strings parts = clusters_of(word);
    EXPECT_GE(parts.size(), 4u);
    for (const std::string& part : parts)
        EXPECT_EQ(part.substr(0, 3), "क") << part;
}

TEST(Graphemes, TellsWhatNeedsOnePiece) {
    EXPECT_TRUE(needs_one_piece("abc שלום"));
    EXPECT_TRUE(needs_one_piece("नमस्ते"));
    EXPECT_FALSE(needs_one_piece("abc 你好，é 😀 한국어"));
}

TEST(Graphemes, LongRunsAreCut) {
    std::string thai;
    for (int i = 0; i < 100; ++i)
        thai += "ก";
    EXPECT_GE(clusters_of(thai).size(), 4u);
}

TEST(Graphemes, ControlsAreNeverDrawn) {
    for (std::string_view text : {"\x01", "\u200B", "\u202E", "\uFEFF", "\u00AD", "\uFE0F"}) {
        EXPECT_EQ(kind_of(text), ClusterKind::kControl) << text;
    }
}

TEST(Graphemes, PrivateCharactersAreClusters) {
    EXPECT_EQ(kind_of("\uE001"), ClusterKind::kCluster);
}

TEST(Graphemes, InvalidBytesComeOneByOne) {
    std::string broken = "a\xFF\xC3";
    EXPECT_EQ(clusters_of(broken).size(), 3u);
    std::size_t offset = 1;
    EXPECT_EQ(next_cluster(broken, &offset).first, U'\uFFFD');
}

TEST(Graphemes, TellsRightToLeft) {
    EXPECT_TRUE(has_right_to_left("abc שלום"));
    EXPECT_FALSE(has_right_to_left("abc 你好 नमस्ते 😀"));
}

TEST(Graphemes, TellsMessagesOfEmojiOnly) {
    EXPECT_TRUE(only_emoji("🎉", 3));
    EXPECT_TRUE(only_emoji("👩‍🚀 ❤️ ✅", 3));
    EXPECT_FALSE(only_emoji("🎉🎉🎉🎉", 3));
    EXPECT_FALSE(only_emoji("🎉!", 3));
    EXPECT_FALSE(only_emoji("12", 3));
    EXPECT_FALSE(only_emoji("", 3));
}

TEST(Graphemes, Counts) {
    EXPECT_EQ(count_clusters("a👨‍👩‍👧‍👦\u200B你"), 3u);
}

TEST(Graphemes, AnEmojiAmongLettersIsFound) {
    EXPECT_TRUE(has_emoji("नमस्ते 👍🏽"));
    EXPECT_TRUE(has_emoji("a ☺️"));
    EXPECT_TRUE(has_emoji("1️⃣ b"));
    EXPECT_FALSE(has_emoji("नमस्ते 123 #*"));
    EXPECT_FALSE(has_emoji(""));
}

}  // namespace
}  // namespace kumquat::gfx
