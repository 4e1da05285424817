#include "client/view/name_search.h"

#include <gtest/gtest.h>

namespace kumquat::client {
namespace {

/// Knows two names; counts how often it is asked.
struct Spelled {
    int asked = 0;
    Spelling spelling() {
        return [this](std::string_view text) -> std::string {
            ++asked;
            if (text == "小橙子") return "xiao cheng zi";
            if (text == "西安 Li") return "xi an li";
            return "";
        };
    }
};

bool finds(std::string_view name, std::string_view wanted) {
    Spelled spelled;
    return name_matches(name, wanted, spelled.spelling());
}

TEST(NameSearch, FindsWhatStandsThere) {
    EXPECT_TRUE(finds("小橙子", "橙"));
    EXPECT_TRUE(finds("Bo Chen", "o c"));
    EXPECT_FALSE(finds("Bo Chen", "bc")) << "letters are read as they stand";
}

TEST(NameSearch, FindsInitialsWholeSyllablesAndMixtures) {
    for (const char* wanted : {"x", "xcz", "xiaocheng", "xiaochengzi", "xchz", "xiaocz", "cz",
                               "chengz", "zi", "xiao cheng", "xi"})
        EXPECT_TRUE(finds("小橙子", wanted)) << wanted;
    for (const char* wanted : {"xz", "iao", "xczz", "xiaozi", "q", "xiaochengzia"})
        EXPECT_FALSE(finds("小橙子", wanted)) << wanted;
}

TEST(NameSearch, AnApostropheDividesSyllables) {
    EXPECT_TRUE(finds("西安 Li", "xi'an"));
    EXPECT_TRUE(finds("西安 Li", "xianli"));
    EXPECT_TRUE(finds("西安 Li", "xal"));
    EXPECT_FALSE(finds("西安 Li", "'"));
}

TEST(NameSearch, AsksForTheSoundOnlyWhereItMatters) {
    Spelled spelled;
    EXPECT_FALSE(name_matches("Bo", "x", spelled.spelling()));
    EXPECT_FALSE(name_matches("小橙子", "梨", spelled.spelling()));
    EXPECT_TRUE(name_matches("小橙子", "橙", spelled.spelling()));
    EXPECT_EQ(spelled.asked, 0);
    EXPECT_FALSE(name_matches("小橙子", "xcz", Spelling())) << "where the page cannot spell";
}

}  // namespace
}  // namespace kumquat::client
