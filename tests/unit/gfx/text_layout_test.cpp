#include "gfx/core/text_layout.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "base/utf8.h"

namespace kumquat::gfx {
namespace {

// 5 for narrow letters, 10 for wide ones, whatever their cluster's length.
float advance(std::string_view cluster) {
    std::size_t offset = 0;
    return decode_utf8(cluster, &offset) >= 0x1100 && cluster != "…" && cluster != "’" ? 10.0f
                                                                                       : 5.0f;
}

std::vector<std::string> lines_of(const std::string& text, float width) {
    std::vector<std::string> lines;
    for (const TextLine& line : break_lines(text, width, advance))
        lines.push_back(text.substr(line.begin, line.end - line.begin));
    return lines;
}

using Strings = std::vector<std::string>;

TEST(TextLayout, BreaksBetweenHan) {
    EXPECT_EQ(lines_of("一二三四五", 20), (Strings{"一二", "三四", "五"}));
}

TEST(TextLayout, BreaksLatinAtBlanks) {
    EXPECT_EQ(lines_of("one two three", 40), (Strings{"one two", "three"}));
}

TEST(TextLayout, BlanksHangAndAreNotCounted) {
    std::string text = "one   two";
    std::vector<TextLine> lines = break_lines(text, 15, advance);
    ASSERT_EQ(lines.size(), 2u);
    EXPECT_FLOAT_EQ(lines[0].width_px, 15);
    EXPECT_EQ(text.substr(lines[1].begin, lines[1].end - lines[1].begin), "two");
}

TEST(TextLayout, NoLineBeginsWithAStop) {
    EXPECT_EQ(lines_of("一二三，四", 30), (Strings{"一二", "三，四"}));
    EXPECT_EQ(lines_of("一二三）。四", 30), (Strings{"一二", "三）。", "四"}));
}

TEST(TextLayout, NoLineEndsWithAnOpening) {
    EXPECT_EQ(lines_of("一二（三）", 30), (Strings{"一二", "（三）"}));
}

TEST(TextLayout, MixedScriptsBreakAtTheSeam) {
    EXPECT_EQ(lines_of("你好hello世界", 45), (Strings{"你好hello", "世界"}));
    EXPECT_EQ(lines_of("See you at 3 pm，楼下见", 80), (Strings{"See you at 3", "pm，楼下见"}));
}

TEST(TextLayout, LongWordsBreakAnywhere) {
    EXPECT_EQ(lines_of("abcdefghij", 20), (Strings{"abcd", "efgh", "ij"}));
    EXPECT_EQ(lines_of("see abcdefghij", 30), (Strings{"see", "abcdef", "ghij"}));
}

TEST(TextLayout, NewlinesEndLines) {
    EXPECT_EQ(lines_of("a\n\nb\n", 100), (Strings{"a", "", "b", ""}));
    EXPECT_EQ(lines_of("a\r\nb", 100).size(), 2u);
    EXPECT_EQ(lines_of("", 100), (Strings{""}));
}

TEST(TextLayout, AParagraphHasTheDirectionOfItsFirstLetter) {
    std::vector<bool> found;
    std::string text = "12 مرحبا kumquat\nkumquat مرحبا\n🍊 (שלום)\n";
    for (const TextLine& line : break_lines(text, 1000, [](std::string_view) { return 1.0f; }))
        found.push_back(line.right_to_left);
    EXPECT_EQ(found, (std::vector<bool>{true, false, true, false}));
    // Every line of it.
    for (const TextLine& line :
         break_lines("مرحبا kumquat kumquat", 2, [](std::string_view) { return 1.0f; }))
        EXPECT_TRUE(line.right_to_left);
}

TEST(TextLayout, ClustersStayWhole) {
    EXPECT_EQ(lines_of("👨‍👩‍👧‍👦🎉", 10),
              (Strings{"👨‍👩‍👧‍👦", "🎉"}));
}

TEST(TextLayout, NothingFitsButEveryLineMovesOn) {
    EXPECT_EQ(lines_of("一二", 1), (Strings{"一", "二"}));
    EXPECT_EQ(lines_of("ab", 0), (Strings{"a", "b"}));
}

// Whatever the text and the width: lines are in order, leave out nothing but blanks and newlines,
// and fit.
TEST(TextLayout, LosesNothing) {
    std::string text =
        "你好，world! （a）“b”\n 👍🏽 see https://example.com/x?y=z\tمرحبا "
        "末尾。";
    for (float width = 10; width < 200; width += 7) {
        std::string joined;
        for (const TextLine& line : break_lines(text, width, advance)) {
            joined += text.substr(line.begin, line.end - line.begin);
            bool one_cluster = line.end - line.begin <= 13;
            EXPECT_TRUE(line.width_px <= width || one_cluster) << width;
        }
        auto without_blanks = [](const std::string& from) {
            std::string rest;
            for (char c : from) {
                if (c != ' ' && c != '\n' && c != '\t') rest.push_back(c);
            }
            return rest;
        };
        EXPECT_EQ(without_blanks(joined), without_blanks(text)) << width;
    }
}

TEST(TextLayout, CutsWithAnEllipsis) {
    EXPECT_EQ(cut_to_width("hello", 25, advance), "hello");
    EXPECT_EQ(cut_to_width("hello", 24, advance), "hel…");
    EXPECT_EQ(cut_to_width("你好世界", 30, advance), "你好…");
    EXPECT_EQ(cut_to_width("ab cdef", 20, advance), "ab…");
    EXPECT_EQ(cut_to_width("a\nb", 100, advance), "a b");
    EXPECT_EQ(cut_to_width("你好", 1, advance), "…");
    EXPECT_EQ(cut_to_width("", 0, advance), "");
}

TEST(TextLayout, NeverCutsInsideACluster) {
    EXPECT_EQ(
        cut_to_width("👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦",
                     25, advance),
        "👨‍👩‍👧‍👦👨‍👩‍👧‍👦…");
}

}  // namespace
}  // namespace kumquat::gfx
