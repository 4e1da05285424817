#include "client/core/text_rules.h"

#include <string>

#include <gtest/gtest.h>

namespace kumquat::client {
namespace {

TEST(TextRules, BlanksOfAnyScriptAreEmpty) {
    EXPECT_TRUE(is_blank_text(""));
    EXPECT_TRUE(is_blank_text(" \t\r\n"));
    EXPECT_TRUE(is_blank_text("\u3000\u00A0\u200B\uFEFF"));
    EXPECT_FALSE(is_blank_text(" 。 "));
    EXPECT_FALSE(is_blank_text("\xFF")) << "broken, but not blank";
}

TEST(TextRules, TheLimitCountsTextAndCustomDataTogether) {
    EXPECT_EQ(refusal_of_text("12345", "12345", 10), std::nullopt);
    EXPECT_EQ(refusal_of_text("12345", "123456", 10), ErrorCode::kTextTooLong);
    EXPECT_EQ(refusal_of_text("橙橙橙", "", 9), std::nullopt);
    EXPECT_EQ(refusal_of_text("橙橙橙橙", "", 9), ErrorCode::kTextTooLong);
}

TEST(TextRules, BrokenTextIsNotSent) {
    EXPECT_EQ(refusal_of_text("a\xC3", "", 10), ErrorCode::kBadUtf8);
    EXPECT_EQ(refusal_of_text("a", "\xC3", 10), ErrorCode::kBadUtf8);
    EXPECT_EQ(refusal_of_text(" ", "", 10), ErrorCode::kEmptyMessage);
}

}  // namespace
}  // namespace kumquat::client
