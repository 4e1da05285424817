// Days as people write them into a field: "2025-07-28".
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "client/view/local_time.h"

namespace kumquat::ui {

/// "2025-07-28", "2025/7/28" or "2025.7.28"; nothing for anything but a date of the calendar.
std::optional<client::LocalDay> parse_day(std::string_view text);

/// "2025-07-28".
std::string day_text(client::LocalDay day);

}  // namespace kumquat::ui
