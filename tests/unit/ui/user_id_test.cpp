#include "ui/user_id.h"

#include <set>
#include <string>

#include <gtest/gtest.h>

#include "base/ids.h"

namespace kumquat::ui {
namespace {

TEST(SuggestedUserId, TakesLettersAndDigitsOfAnAsciiName) {
    EXPECT_EQ(suggest_user_id("Daniel Wu"), "danielwu");
    EXPECT_EQ(suggest_user_id("  sora_92 "), "sora92");
}

TEST(SuggestedUserId, IsValidAndStableForAnyName) {
    for (const char* name : {"小橙子", "林晓雨", "Tomás", "Ünïcode", "😀", "!!!", "محمد", "a"}) {
        std::string id = suggest_user_id(name);
        EXPECT_TRUE(UserId::parse(id).has_value()) << name << " -> " << id;
        EXPECT_EQ(id, suggest_user_id(name));
    }
}

TEST(SuggestedUserId, DifferentNamesGetDifferentIds) {
    std::set<std::string> ids;
    for (const char* name :
         {"张三", "李四", "王五", "小橙子", "小橙", "橙子", "张三2", "张三Zhang"}) {
        EXPECT_TRUE(ids.insert(suggest_user_id(name)).second) << name;
    }
}

TEST(SuggestedUserId, BlanksAreNoName) {
    EXPECT_EQ(suggest_user_id(""), "");
    EXPECT_EQ(suggest_user_id(" \t　"), "");
    EXPECT_EQ(suggest_user_id("　小橙子 "), suggest_user_id("小橙子"));
}

TEST(SuggestedUserId, LongNamesStayWithinTheLimit) {
    EXPECT_EQ(suggest_user_id(std::string(200, 'a')).size(), 32u);
}

}  // namespace
}  // namespace kumquat::ui
