#include "base/error_code.h"

#include <iterator>
#include <set>

#include <gtest/gtest.h>

namespace kumquat {
namespace {

struct Code {
    ErrorCode code;
    int number;
    std::string_view text;
};
constexpr Code kCodes[] = {
#define KUMQUAT_X(name, number, text) {ErrorCode::name, number, text},
    KUMQUAT_ERROR_CODES(KUMQUAT_X)
#undef KUMQUAT_X
};

TEST(ErrorCode, NumbersAreUniqueAndPositive) {
    std::set<int> numbers;
    for (const Code& code : kCodes) {
        EXPECT_GT(code.number, 0);
        EXPECT_EQ(static_cast<int>(code.code), code.number);
        numbers.insert(code.number);
    }
    EXPECT_EQ(numbers.size(), std::size(kCodes));
}

// TIM's own end at 99999; ours have a range of their own, so that a later code of TIM's never meets
// one.
TEST(ErrorCode, OursLieInTheReservedRange) {
    for (const Code& code : kCodes) {
        const bool ours = code.number >= 199000 && code.number <= 199999;
        EXPECT_TRUE(ours || code.number < 100000) << code.number;
    }
}

TEST(ErrorCode, EveryCodeHasAText) {
    for (const Code& code : kCodes) {
        EXPECT_FALSE(code.text.empty());
        EXPECT_EQ(error_text(code.code), code.text);
    }
    EXPECT_EQ(error_text(static_cast<ErrorCode>(1)), "unknown error");
}

}  // namespace
}  // namespace kumquat
