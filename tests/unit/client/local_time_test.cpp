#include "client/view/local_time.h"

#include <gtest/gtest.h>

namespace kumquat::client {
namespace {

const OffsetMinutes kBeijing = [](TimeMs) { return 480; };
const OffsetMinutes kUtc = [](TimeMs) { return 0; };
// Berlin in 2026: summer time begins on 29 March at 01:00 UTC and ends on 25 October at 01:00 UTC.
const OffsetMinutes kBerlin = [](TimeMs time) {
    return time >= TimeMs(1774746000000) && time < TimeMs(1792890000000) ? 120 : 60;
};

TEST(LocalTime, DatesAreThoseOfTheCalendar) {
    LocalDate date = local_date(TimeMs(0), kUtc);
    EXPECT_EQ(date.year, 1970);
    EXPECT_EQ(date.weekday, 4) << "a Thursday";
    date = local_date(TimeMs(951782400000), kUtc);  // 2000-02-29
    EXPECT_EQ(date.month, 2);
    EXPECT_EQ(date.day_of_month, 29);
    EXPECT_EQ(date.weekday, 2);
    date = local_date(TimeMs(1795391999000), kBeijing);  // 2026-11-22T23:59:59Z
    EXPECT_EQ(date.year, 2026);
    EXPECT_EQ(date.month, 11);
    EXPECT_EQ(date.day_of_month, 23);
    EXPECT_EQ(date.hour, 7);
    EXPECT_EQ(date.minute, 59);
    EXPECT_EQ(date.weekday, 1);
    date = local_date(TimeMs(-1), kUtc);
    EXPECT_EQ(date.year, 1969);
    EXPECT_EQ(date.month, 12);
    EXPECT_EQ(date.day_of_month, 31);
    EXPECT_EQ(date.weekday, 3);
}

TEST(LocalTime, KindsFollowTheLocalMidnight) {
    const std::int64_t noon = 1795392000000 + 12 * 3600'000;  // 2026-11-23T12:00Z, a Monday
    const auto kind = [&](double days_ago, const OffsetMinutes& offset = kUtc) {
        return date_kind(TimeMs(noon - static_cast<std::int64_t>(days_ago * 86400'000.0)),
                         TimeMs(noon), offset);
    };
    EXPECT_EQ(kind(0), DateKind::kToday);
    EXPECT_EQ(kind(-2), DateKind::kToday) << "a wrong clock is not worth a strange date";
    EXPECT_EQ(kind(0.49), DateKind::kToday);
    EXPECT_EQ(kind(0.51), DateKind::kYesterday);
    EXPECT_EQ(kind(0.51, kBeijing), DateKind::kToday) << "there it is 20:00";
    EXPECT_EQ(kind(2), DateKind::kWeekday);
    EXPECT_EQ(kind(6), DateKind::kWeekday);
    EXPECT_EQ(kind(7), DateKind::kThisYear);
    EXPECT_EQ(kind(400), DateKind::kOtherYear);
}

TEST(LocalTime, MidnightComesAlsoWhenTheClockChanges) {
    EXPECT_EQ(next_midnight(TimeMs(0), kUtc), TimeMs(86400'000));
    EXPECT_EQ(next_midnight(TimeMs(0), kBeijing), TimeMs(16 * 3600'000));
    // 2026-03-29 has 23 hours in Berlin: from 23:00Z the day before to 22:00Z.
    EXPECT_EQ(next_midnight(TimeMs(1774742400000), kBerlin), TimeMs(1774821600000));
    // 2026-10-25 has 25 hours.
    EXPECT_EQ(next_midnight(TimeMs(1792886400000), kBerlin), TimeMs(1792969200000));
}

TEST(StartOfDay, IsLocalMidnight) {
    constexpr std::int64_t kHourMs = 3'600'000;
    // 2025-07-28 00:00 UTC.
    constexpr std::int64_t kMidnight = 1'753'660'800'000;
    EXPECT_EQ(start_of_day(local_day(2025, 7, 28), kUtc), TimeMs(kMidnight));
    EXPECT_EQ(start_of_day(local_day(2025, 7, 28), kBeijing), TimeMs(kMidnight - 8 * kHourMs));
    EXPECT_EQ(start_of_day(local_day(2024, 2, 29), kUtc), TimeMs(1'709'164'800'000));
}

TEST(StartOfDay, KnowsWhenTheClockChanges) {
    EXPECT_EQ(start_of_day(local_day(2026, 3, 29), kBerlin), TimeMs(1774738800000));
    EXPECT_EQ(start_of_day(local_day(2026, 3, 30), kBerlin), TimeMs(1774821600000));
    EXPECT_EQ(start_of_day(local_day(2026, 10, 25), kBerlin), TimeMs(1792879200000));
    EXPECT_EQ(start_of_day(local_day(2026, 10, 26), kBerlin), TimeMs(1792969200000));
}

TEST(LocalDay, IsTheDayOfItsDate) {
    for (LocalDay day = -1000; day < 40'000; day += 7) {
        LocalDate date = local_date(start_of_day(day, kUtc), kUtc);
        EXPECT_EQ(local_day(date.year, date.month, date.day_of_month), day);
    }
}

}  // namespace
}  // namespace kumquat::client
