#include "base/fold.h"

#include <gtest/gtest.h>

namespace kumquat {
namespace {

TEST(FoldTest, CaseMakesNoDifferenceInAnyScriptThatHasOne) {
    EXPECT_EQ(fold_case("Hello, WORLD 1"), "hello, world 1");
    EXPECT_EQ(fold_case("ÀÉÎÕÜ ŁŻ Ø"), "àéîõü łż ø");
    EXPECT_EQ(fold_case("ПРИВЕТ Ё"), "привет ё");
    EXPECT_EQ(fold_case("ＡＢＣ"), "ａｂｃ");
    EXPECT_EQ(fold_case("Ա𐐀"), "ա𐐨");
}

TEST(FoldTest, AFinalSigmaIsASigma) {
    EXPECT_EQ(fold_case("ΟΔΥΣΣΕΥΣ"), fold_case("Οδυσσευς"));
    EXPECT_EQ(fold_case("ς"), "σ");
}

TEST(FoldTest, WhatHasNoCaseStaysAsItIs) {
    for (const char* text : {"", "你好", "ß", "👍🏽", "日本語かな", "שלום"})
        EXPECT_EQ(fold_case(text), text);
}

TEST(FoldTest, BytesThatAreNoTextAreReplaced) {
    EXPECT_EQ(fold_case("A\xFF"), "a\xEF\xBF\xBD");
}

}  // namespace
}  // namespace kumquat
