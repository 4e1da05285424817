#include "client/view/emoji.h"

#include <string>

#include <gtest/gtest.h>

namespace kumquat::client {
namespace {

TEST(Emoji, OneToThreeAloneAreCounted) {
    EXPECT_EQ(count_emoji_only("😍"), 1);
    EXPECT_EQ(count_emoji_only("😍 🎉"), 2);
    EXPECT_EQ(count_emoji_only("🍊🍊🍊"), 3);
    EXPECT_EQ(count_emoji_only("🍊🍊🍊🍊"), 0);
    EXPECT_EQ(count_emoji_only(""), 0);
}

TEST(Emoji, SequencesCountAsOne) {
    EXPECT_EQ(count_emoji_only("👨‍👩‍👧‍👦"), 1);
    EXPECT_EQ(count_emoji_only("👍🏽"), 1);
    EXPECT_EQ(count_emoji_only("✌🏽"), 1);
    EXPECT_EQ(count_emoji_only("❤️"), 1);
    EXPECT_EQ(count_emoji_only("🇨🇳🇩🇪"), 2);
    EXPECT_EQ(count_emoji_only("1️⃣"), 1);
    EXPECT_EQ(count_emoji_only("🏴󠁧󠁢󠁥󠁮󠁧󠁿"), 1);
    EXPECT_EQ(count_emoji_only("❤️‍🔥"), 1);
}

TEST(Emoji, AnythingElseIsOrdinaryText) {
    EXPECT_EQ(count_emoji_only("好😍"), 0);
    EXPECT_EQ(count_emoji_only("1"), 0);
    EXPECT_EQ(count_emoji_only("©"), 0) << "a sign, unless the emoji style is asked for";
    EXPECT_EQ(count_emoji_only("❤"), 0);
    EXPECT_EQ(count_emoji_only("。"), 0);
    EXPECT_EQ(count_emoji_only("中文"), 0);
    EXPECT_EQ(count_emoji_only("🇨"), 0);
    EXPECT_EQ(count_emoji_only("👨\u200D"), 0);
    EXPECT_EQ(count_emoji_only("\xF0\x9F"), 0);
    EXPECT_EQ(count_emoji_only(std::string(5000, 'x')), 0);
}

}  // namespace
}  // namespace kumquat::client
