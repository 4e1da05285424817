// A moment as lists tell it: today by the hour, then by the day, then by the date.
#pragma once

#include <string>

#include "client/view/local_time.h"
#include "ui/frame.h"

namespace kumquat::ui {

/// "14:36", "Yesterday", "Wed", "Jul 28", "7/28/2025"; in the person's language and time zone.
std::string time_words(const Frame& frame, TimeMs time, client::DateKind date);

}  // namespace kumquat::ui
