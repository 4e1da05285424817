#include "base/result.h"

#include <memory>
#include <string>

#include <gtest/gtest.h>

namespace kumquat {
namespace {

Result<int> half(int number) {
    if (number % 2 != 0) return Error{ErrorCode::kInvalidArgument, "odd"};
    return number / 2;
}

Result<int> quarter(int number) {
    KUMQUAT_TRY_ASSIGN(const int once, half(number));
    KUMQUAT_TRY_ASSIGN(const int twice, half(once));
    return twice;
}

Status must_be_even(int number) {
    KUMQUAT_TRY(half(number));
    return {};
}

TEST(Result, HoldsAValueOrAnError) {
    EXPECT_TRUE(half(4).has_value());
    EXPECT_EQ(*half(4), 2);
    EXPECT_FALSE(half(3));
    EXPECT_EQ(half(3).error().code, ErrorCode::kInvalidArgument);
    EXPECT_EQ(half(3).error().context, "odd");
    EXPECT_FALSE(half(3).error().retry_after_ms.has_value());
}

TEST(Result, TryHandsTheErrorOn) {
    EXPECT_EQ(*quarter(8), 2);
    EXPECT_EQ(quarter(6).error().context, "odd");
    EXPECT_TRUE(must_be_even(2));
    EXPECT_EQ(must_be_even(1).error().code, ErrorCode::kInvalidArgument);
}

TEST(Result, CarriesWhatCanOnlyBeMoved) {
    Result<std::unique_ptr<int>> result(std::make_unique<int>(7));
    EXPECT_EQ(**result, 7);
    const std::unique_ptr<int> taken = *std::move(result);
    EXPECT_EQ(*taken, 7);
}

TEST(Result, ErrorsCanBeMovedOut) {
    Result<int> result = Error{ErrorCode::kIo, "file", 100};
    const Error error = std::move(result).error();
    EXPECT_EQ(error.context, "file");
    EXPECT_EQ(error.retry_after_ms, 100);
}

TEST(Status, IsSuccessByDefault) {
    EXPECT_TRUE(Status());
    EXPECT_FALSE(Status(Error{ErrorCode::kIo, ""}));
}

#if GTEST_HAS_DEATH_TEST
TEST(ResultDeathTest, AskingForWhatIsNotThereIsABrokenPromise) {
    EXPECT_DEATH(half(3).value(), "check failed: has_value");
    EXPECT_DEATH(half(4).error(), "check failed: !has_value");
    EXPECT_DEATH(Status().error(), "check failed: error_.has_value");
}
#endif

}  // namespace
}  // namespace kumquat
