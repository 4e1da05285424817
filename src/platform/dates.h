// Dates and times in words, in the person's time zone and language, by the browser's Intl.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/ids.h"

namespace kumquat::platform {

enum class DateForm : std::uint8_t {
    kTime,          ///< 14:36
    kWeekday,       ///< 星期三 / Wednesday
    kWeekdayShort,  ///< 周三 / Wed
    kMonthDay,      ///< 7月28日 / Jul 28
    kFullDate,      ///< 2025/7/28 / 7/28/2025
    kLongDate       ///< 2025年7月28日 星期一 / Monday, July 28, 2025
};

class Dates {
  public:
    virtual ~Dates() = default;
    /// `language` is BCP 47 ("zh-CN", "en").
    virtual std::string format(TimeMs time, DateForm form, std::string_view language) const = 0;
    /// The number of the local calendar day: equal for times of one day, one more for the next day.
    virtual std::int64_t day_number(TimeMs time) const = 0;
    /// The local calendar year.
    virtual int year(TimeMs time) const = 0;
    /// When the local day of `time` ends: when "today" becomes "yesterday".
    virtual TimeMs next_midnight(TimeMs time) const = 0;
};

}  // namespace kumquat::platform
