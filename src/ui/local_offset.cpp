#include "ui/local_offset.h"

namespace kumquat::ui {

namespace {

constexpr std::int64_t kMinuteMs = 60'000;
constexpr std::int64_t kHourMs = 60 * kMinuteMs;
constexpr std::int64_t kDayMs = 24 * kHourMs;

}  // namespace

std::int32_t LocalOffset::minutes(TimeMs time) {
    std::int64_t hour = time.value() / kHourMs;
    Entry& entry = entries_[static_cast<std::uint64_t>(hour) % kEntries];
    if (entry.hour == hour) return entry.minutes;
    // The local day that follows begins at day * 24 h of local time, and at next_midnight() of UTC.
    std::int64_t local = (dates_->day_number(time) + 1) * kDayMs;
    std::int64_t offset = local - dates_->next_midnight(time).value();
    entry.hour = hour;
    entry.minutes = static_cast<std::int32_t>(offset / kMinuteMs);
    return entry.minutes;
}

}  // namespace kumquat::ui
