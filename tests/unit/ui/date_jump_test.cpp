#include "ui/date_jump.h"

#include <gtest/gtest.h>

namespace kumquat::ui {
namespace {

constexpr std::int64_t kHourMs = 3'600'000;

std::int32_t beijing(TimeMs) {
    return 480;
}

/// Central Europe in 2025: summer time began on March 30th at 1:00 UTC.
std::int32_t berlin(TimeMs time) {
    return time >= TimeMs(1'743'296'400'000) ? 120 : 60;
}

TEST(StartOfDay, IsLocalMidnight) {
    // 2025-07-28 00:00 UTC.
    constexpr std::int64_t kUtc = 1'753'660'800'000;
    EXPECT_EQ(start_of_day("2025-07-28", beijing), TimeMs(kUtc - 8 * kHourMs));
    EXPECT_EQ(start_of_day(" 2025/7/28 ", beijing), TimeMs(kUtc - 8 * kHourMs));
    EXPECT_EQ(start_of_day("1970-01-02", [](TimeMs) { return 0; }), TimeMs(24 * kHourMs));
    EXPECT_EQ(start_of_day("2024-02-29", [](TimeMs) { return 0; }), TimeMs(1'709'164'800'000));
}

TEST(StartOfDay, KnowsWhenSummerTimeBegins) {
    constexpr std::int64_t kUtc = 1'743'292'800'000;
    EXPECT_EQ(start_of_day("2025-03-30", berlin), TimeMs(kUtc - kHourMs));
    EXPECT_EQ(start_of_day("2025-03-31", berlin), TimeMs(kUtc + 22 * kHourMs));
}

TEST(StartOfDay, RefusesWhatIsNoDate) {
    for (const char* text :
         {"", "yesterday", "2025", "2025-07", "2025-07-", "2025-13-01", "2025-00-10", "2025-02-29",
          "2025-04-31", "2025-07-28x", "20250728", "-2025-07-28", "1969-12-31", "2025-7-280"}) {
        EXPECT_FALSE(start_of_day(text, beijing).has_value()) << text;
    }
}

}  // namespace
}  // namespace kumquat::ui
