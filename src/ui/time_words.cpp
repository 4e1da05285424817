#include "ui/time_words.h"

namespace kumquat::ui {

std::string time_words(const Frame& frame, TimeMs time, client::DateKind date) {
    std::string_view tag = language_tag(frame.lang);
    switch (date) {
        case client::DateKind::kToday:
            return frame.dates.format(time, platform::DateForm::kTime, tag);
        case client::DateKind::kYesterday:
            return std::string(frame.str(Str::day_yesterday));
        case client::DateKind::kWeekday:
            return frame.dates.format(time,
                                      frame.lang == Lang::kChinese
                                          ? platform::DateForm::kWeekday
                                          : platform::DateForm::kWeekdayShort,
                                      tag);
        case client::DateKind::kThisYear:
            return frame.dates.format(time, platform::DateForm::kMonthDay, tag);
        case client::DateKind::kOtherYear:
            break;
    }
    return frame.dates.format(time, platform::DateForm::kFullDate, tag);
}

}  // namespace kumquat::ui
