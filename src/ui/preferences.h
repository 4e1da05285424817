// What a person has chosen about the page, for all tabs of this browser.
#pragma once

#include <cstdint>
#include <string>

#include "ui/strings.h"

namespace kumquat::ui {

enum class ThemeChoice : std::uint8_t { kSystem, kLight, kDark };

/// Without a choice the page follows the browser.
enum class LanguageChoice : std::uint8_t { kBrowser, kChinese, kEnglish };

struct Preferences {
    ThemeChoice theme = ThemeChoice::kSystem;
    LanguageChoice language = LanguageChoice::kBrowser;
    /// A sound for messages that come in elsewhere.
    bool sound = true;
    /// The system's notifications, as far as the browser shows them.
    bool notifications = false;
    /// Emoji that were chosen, the last one first, divided by blanks.
    std::string recent_emoji;
};

}  // namespace kumquat::ui
