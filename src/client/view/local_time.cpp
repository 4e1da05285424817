#include "client/view/local_time.h"

namespace kumquat::client {
namespace {

constexpr std::int64_t kMinuteMs = 60'000;
constexpr std::int64_t kDayMs = 24 * 60 * kMinuteMs;

std::int64_t floor_div(std::int64_t a, std::int64_t b) {
    return a / b - (a % b < 0 ? 1 : 0);
}

std::int64_t local_ms(TimeMs time, const OffsetMinutes& offset) {
    return time.value() + (offset ? offset(time) : 0) * kMinuteMs;
}

}  // namespace

LocalDate local_date(TimeMs time, const OffsetMinutes& offset) {
    const std::int64_t ms = local_ms(time, offset);
    LocalDate date;
    date.day = floor_div(ms, kDayMs);
    const std::int64_t minutes = floor_div(ms - date.day * kDayMs, kMinuteMs);
    date.hour = static_cast<std::int32_t>(minutes / 60);
    date.minute = static_cast<std::int32_t>(minutes % 60);
    date.weekday = static_cast<std::int32_t>(((date.day % 7) + 11) % 7);

    // civil_from_days: years of March to February, in eras of 400 years.
    const std::int64_t z = date.day + 719468;
    const std::int64_t era = floor_div(z, 146097);
    const std::int64_t day_of_era = z - era * 146097;
    const std::int64_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    const std::int64_t day_of_year =
        day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const std::int64_t march_month = (5 * day_of_year + 2) / 153;
    date.day_of_month = static_cast<std::int32_t>(day_of_year - (153 * march_month + 2) / 5 + 1);
    date.month = static_cast<std::int32_t>(march_month < 10 ? march_month + 3 : march_month - 9);
    date.year = static_cast<std::int32_t>(year_of_era + era * 400 + (date.month <= 2 ? 1 : 0));
    return date;
}

LocalDay local_day(std::int32_t year, std::int32_t month, std::int32_t day_of_month) {
    const std::int64_t y = month <= 2 ? year - 1 : year;
    const std::int64_t era = floor_div(y, 400);
    const std::int64_t year_of_era = y - era * 400;
    const std::int64_t day_of_year =
        (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day_of_month - 1;
    const std::int64_t day_of_era =
        year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468;
}

TimeMs start_of_day(LocalDay day, const OffsetMinutes& offset) {
    const std::int64_t utc = day * kDayMs;
    // The offset of the local midnight itself, which on the days of a change is not that of the
    // same hour of UTC.
    const TimeMs guess(utc - (local_ms(TimeMs(utc), offset) - utc));
    return TimeMs(utc - (local_ms(guess, offset) - guess.value()));
}

DateKind date_kind(TimeMs time, TimeMs now, const OffsetMinutes& offset) {
    const LocalDate then = local_date(time, offset);
    const LocalDate today = local_date(now, offset);
    const std::int64_t days = today.day - then.day;
    if (days <= 0) return DateKind::kToday;
    if (days == 1) return DateKind::kYesterday;
    if (days <= 6) return DateKind::kWeekday;
    return then.year == today.year ? DateKind::kThisYear : DateKind::kOtherYear;
}

TimeMs next_midnight(TimeMs now, const OffsetMinutes& offset) {
    const std::int64_t today = local_date(now, offset).day;
    // Where the clock changes in the night, the offset of the guess is the better one; one
    // correction is enough.
    std::int64_t guess = now.value() + (today + 1) * kDayMs - local_ms(now, offset);
    guess += (today + 1) * kDayMs - local_ms(TimeMs(guess), offset);
    return TimeMs(guess);
}

}  // namespace kumquat::client
