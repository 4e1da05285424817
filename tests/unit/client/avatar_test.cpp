#include "client/view/avatar.h"

#include <gtest/gtest.h>

namespace kumquat::client {
namespace {

TEST(Avatar, AHanNameShowsItsLastHanCharacter) {
    EXPECT_EQ(avatar_initials("小橙子", "c"), "子");
    EXPECT_EQ(avatar_initials("老周", "z"), "周");
    EXPECT_EQ(avatar_initials("Chen 陈默 (work)", "c"), "默");
}

TEST(Avatar, OtherNamesShowTheFirstLettersOfTwoWords) {
    EXPECT_EQ(avatar_initials("Daniel Wu", "d"), "DW");
    EXPECT_EQ(avatar_initials("emma larsson von holt", "e"), "EL");
    EXPECT_EQ(avatar_initials("sora_92", "s"), "S9");
    EXPECT_EQ(avatar_initials("éva", "e"), "É");
    EXPECT_EQ(avatar_initials("e\u0301va", "e"), "E\u0301") << "a letter keeps its accent";
    EXPECT_EQ(avatar_initials("👩‍👩‍👧 family", "f"), "👩‍👩‍👧F");
    EXPECT_EQ(avatar_initials("👋🏽", "w"), "👋🏽");
    EXPECT_EQ(avatar_initials("🇨🇳🇯🇵 team", "t"), "🇨🇳T");
    EXPECT_EQ(avatar_initials("иван петров", "i"), "ИП");
    EXPECT_EQ(avatar_initials("さくら", "s"), "さ");
}

TEST(Avatar, ANameWithoutLettersShowsTheFirstOfTheId) {
    EXPECT_EQ(avatar_initials("", "bo"), "B");
    EXPECT_EQ(avatar_initials(" -- ", "bo"), "B");
    EXPECT_EQ(avatar_initials("。。", "_x"), "_");
    EXPECT_EQ(avatar_initials("", ""), "");
}

TEST(Avatar, TheColorFollowsFromTheIdAlone) {
    // FNV-1a, 32 bits: the published values of "" and "a" are 0x811c9dc5 and 0xe40c292c.
    EXPECT_EQ(avatar_color(""), 0x811c9dc5u % 8);
    EXPECT_EQ(avatar_color("a"), 0xe40c292cu % 8);
    EXPECT_EQ(avatar_color("foobar"), 0xbf9cf968u % 8);
}

}  // namespace
}  // namespace kumquat::client
