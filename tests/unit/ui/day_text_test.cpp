#include "ui/day_text.h"

#include <gtest/gtest.h>

namespace kumquat::ui {
namespace {

TEST(DayText, IsReadInEveryUsualForm) {
    EXPECT_EQ(parse_day("1970-01-02"), 1);
    EXPECT_EQ(parse_day("2025-07-28"), 20'297);
    EXPECT_EQ(parse_day(" 2025/7/28 "), 20'297);
    EXPECT_EQ(parse_day("2025.07.28"), 20'297);
    EXPECT_EQ(parse_day("2024-02-29"), 19'782);
}

TEST(DayText, IsWrittenAsItIsRead) {
    for (const char* text : {"1970-01-01", "2024-02-29", "2025-07-28", "2026-12-31"})
        EXPECT_EQ(day_text(parse_day(text).value()), text);
}

TEST(DayText, RefusesWhatIsNoDate) {
    for (const char* text :
         {"", "yesterday", "2025", "2025-07", "2025-07-", "2025-13-01", "2025-00-10", "2025-02-29",
          "2025-04-31", "2025-07-28x", "20250728", "-2025-07-28", "1969-12-31", "2025-7-280"}) {
        EXPECT_FALSE(parse_day(text).has_value()) << text;
    }
}

}  // namespace
}  // namespace kumquat::ui
