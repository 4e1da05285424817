#include <cstdio>

#include "base/utf8.h"
#include "platform/headless/headless.h"

namespace kumquat::platform::headless {
namespace {

constexpr std::int64_t kDayMs = 86'400'000;

struct Civil {
    std::int64_t year;
    int month;
    int day;
};

// Days since 1970-01-01 to a date: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms",
// civil_from_days.
Civil civil_from_days(std::int64_t days) {
    days += 719468;
    std::int64_t era = (days >= 0 ? days : days - 146096) / 146097;
    std::int64_t day_of_era = days - era * 146097;
    std::int64_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    std::int64_t day_of_year =
        day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    std::int64_t shifted_month = (5 * day_of_year + 2) / 153;
    int day = static_cast<int>(day_of_year - (153 * shifted_month + 2) / 5 + 1);
    int month = static_cast<int>(shifted_month < 10 ? shifted_month + 3 : shifted_month - 9);
    return {year_of_era + era * 400 + (month <= 2 ? 1 : 0), month, day};
}

}  // namespace

std::int64_t UtcDates::day_number(TimeMs time) const {
    return time.value() / kDayMs;
}
int UtcDates::year(TimeMs time) const {
    return static_cast<int>(civil_from_days(day_number(time)).year);
}
TimeMs UtcDates::next_midnight(TimeMs time) const {
    return TimeMs((day_number(time) + 1) * kDayMs);
}

std::string UtcDates::format(TimeMs time, DateForm form, std::string_view) const {
    constexpr const char* kWeekdays[] = {"Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"};
    Civil date = civil_from_days(day_number(time));
    int minutes = static_cast<int>(time.value() % kDayMs / 60'000);
    char text[32] = "";
    switch (form) {
        case DateForm::kTime:
            std::snprintf(text, sizeof text, "%02d:%02d", minutes / 60, minutes % 60);
            break;
        case DateForm::kWeekday:
        case DateForm::kWeekdayShort:
            return kWeekdays[day_number(time) % 7];
        case DateForm::kMonthDay:
            std::snprintf(text, sizeof text, "%02d-%02d", date.month, date.day);
            break;
        case DateForm::kFullDate:
        case DateForm::kLongDate:
            std::snprintf(text, sizeof text, "%d-%02d-%02d", static_cast<int>(date.year),
                          date.month, date.day);
            break;
    }
    return text;
}

std::string FewSyllables::spell(std::string_view text) const {
    std::string words;
    bool joined = false;
    for (std::size_t offset = 0; offset < text.size();) {
        std::size_t begin = offset;
        char32_t c = decode_utf8(text, &offset);
        auto found = syllables.find(text.substr(begin, offset - begin));
        bool lower = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        bool upper = c >= 'A' && c <= 'Z';
        if (found != syllables.end()) {
            if (!words.empty()) words += ' ';
            words += found->second;
            joined = false;
        } else if (lower || upper) {
            if (!joined && !words.empty()) words += ' ';
            words += static_cast<char>(upper ? c - 'A' + 'a' : c);
            joined = true;
        } else {
            joined = false;
        }
    }
    return words;
}

float PlainGlyphs::advance(RasterKind, std::string_view text, float size_px) {
    ++measured_count;
    float width = 0;
    for (std::size_t offset = 0; offset < text.size();) {
        width += decode_utf8(text, &offset) >= 0x1100 ? size_px : size_px * 0.5f;
    }
    return width;
}

GlyphBox PlainGlyphs::box(RasterKind kind, std::string_view text, float size_px) {
    int size = static_cast<int>(size_px);
    if (kind == RasterKind::kStroke || kind == RasterKind::kFill) return {0, 0, size, size, false};
    if (text == " ") return {};
    return {0, -size, static_cast<int>(advance(kind, text, size_px)) + 1, size + 1, false};
}

}  // namespace kumquat::platform::headless
