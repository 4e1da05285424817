// How far local time is from UTC, from the browser's calendar, asked rarely.
#pragma once

#include <cstdint>

#include "client/view/local_time.h"
#include "platform/dates.h"

namespace kumquat::ui {

class LocalOffset {
  public:
    explicit LocalOffset(const platform::Dates& dates) : dates_(&dates) {}
    /// Minutes to add to UTC at that moment.
    std::int32_t minutes(TimeMs time);

  private:
    /// Remembered per hour: no zone changes more often.
    struct Entry {
        std::int64_t hour = -1;
        std::int32_t minutes = 0;
    };
    static constexpr int kEntries = 64;

    const platform::Dates* dates_;
    Entry entries_[kEntries];
};

}  // namespace kumquat::ui
