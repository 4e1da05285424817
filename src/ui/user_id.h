// From a name in any script to the ASCII ID that a service knows a person by.
#pragma once

#include <string>
#include <string_view>

#include "platform/pinyin.h"

namespace kumquat::ui {

/// An ID for `name`: its letters and digits, Chinese ones as pinyin ("小橙子" gives "xiaochengzi");
/// a short word made from all of it where nothing of it can be spelled. The same name gives the
/// same ID, on every device whose browser knows pinyin, so that coming back needs no more than the
/// name. Empty for a name without anything to see.
std::string suggest_user_id(std::string_view name, const platform::Pinyin& pinyin);

/// Without blanks at its ends (ideographic ones too).
std::string_view trim(std::string_view text);

}  // namespace kumquat::ui
