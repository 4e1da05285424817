#include "ui/user_id.h"

#include <set>
#include <string>

#include <gtest/gtest.h>

#include "base/ids.h"
#include "platform/headless/headless.h"

namespace kumquat::ui {
namespace {

/// As in a browser that knows 小橙子 and no other character.
std::string suggested(std::string_view name) {
    return suggest_user_id(name, platform::headless::FewSyllables());
}

TEST(SuggestedUserId, TakesLettersAndDigitsOfAnAsciiName) {
    EXPECT_EQ(suggested("Daniel Wu"), "danielwu");
    EXPECT_EQ(suggested("  sora_92 "), "sora_92");
    EXPECT_EQ(suggested("Maya.Okafor"), "maya.okafor");
    EXPECT_EQ(suggested("what?"), "what");
}

TEST(SuggestedUserId, SpellsAChineseName) {
    EXPECT_EQ(suggested("小橙子"), "xiaochengzi");
    EXPECT_EQ(suggested("小橙子 Wu"), "xiaochengziwu");
}

TEST(SuggestedUserId, InventsAWordWhereNothingCanBeSpelled) {
    EXPECT_FALSE(suggested("囧").empty());
    EXPECT_NE(suggested("..."), "...");
    EXPECT_NE(suggested("囧"), suggested("😀"));
}

TEST(SuggestedUserId, IsValidAndStableForAnyName) {
    for (const char* name : {"小橙子", "林晓雨", "Tomás", "Ünïcode", "😀", "!!!", "محمد", "a"}) {
        std::string id = suggested(name);
        EXPECT_TRUE(UserId::parse(id).has_value()) << name << " -> " << id;
        EXPECT_EQ(id, suggested(name));
    }
}

TEST(SuggestedUserId, DifferentNamesGetDifferentIds) {
    std::set<std::string> ids;
    for (const char* name :
         {"张三", "李四", "王五", "小橙子", "小橙", "橙子", "张三2", "张三Zhang"}) {
        EXPECT_TRUE(ids.insert(suggested(name)).second) << name;
    }
}

TEST(SuggestedUserId, BlanksAreNoName) {
    EXPECT_EQ(suggested(""), "");
    EXPECT_EQ(suggested(" \t　"), "");
    EXPECT_EQ(suggested("　小橙子 "), suggested("小橙子"));
}

TEST(SuggestedUserId, LongNamesStayWithinTheLimit) {
    EXPECT_EQ(suggested(std::string(200, 'a')).size(), 32u);
}

}  // namespace
}  // namespace kumquat::ui
