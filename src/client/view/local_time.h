// Calendar days where the person is. The page says how far local time is from UTC; words and
// formats are the UI's.
#pragma once

#include <cstdint>
#include <functional>

#include "base/ids.h"

namespace kumquat::client {

/// Minutes to add to UTC to get local time at that moment (daylight saving included): +480 in
/// Beijing. -Date.getTimezoneOffset() in a page.
using OffsetMinutes = std::function<std::int32_t(TimeMs)>;

/// Days since 1970-01-01 of a local date.
using LocalDay = std::int64_t;

struct LocalDate {
    LocalDay day = 0;
    std::int32_t year = 1970;
    std::int32_t month = 1;         ///< 1 to 12
    std::int32_t day_of_month = 1;  ///< 1 to 31
    std::int32_t weekday = 4;       ///< 0 = Sunday
    std::int32_t hour = 0;
    std::int32_t minute = 0;
};

/// Algorithm: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", civil_from_days.
LocalDate local_date(TimeMs time, const OffsetMinutes& offset);

/// Algorithm: ibid., days_from_civil. `month` 1 to 12, `day_of_month` 1 to 31.
LocalDay local_day(std::int32_t year, std::int32_t month, std::int32_t day_of_month);

/// The local midnight with which that day begins.
TimeMs start_of_day(LocalDay day, const OffsetMinutes& offset);

/// How a time is told in the friends pane and on day pills.
enum class DateKind {
    kToday,  ///< hour and minute (list) or "today" (pill)
    kYesterday,
    kWeekday,    ///< within six days
    kThisYear,   ///< month and day
    kOtherYear,  ///< the full date
};

/// A time in the future counts as today.
DateKind date_kind(TimeMs time, TimeMs now, const OffsetMinutes& offset);

/// The next local midnight after `now`: then "today" has become "yesterday".
TimeMs next_midnight(TimeMs now, const OffsetMinutes& offset);

}  // namespace kumquat::client
