#include "ui/date_jump.h"

#include <cstdint>
#include <utility>

#include "ui/controls.h"
#include "ui/field_control.h"
#include "ui/overlay.h"
#include "ui/user_id.h"

namespace kumquat::ui {

namespace {

constexpr float kWidthCss = 360;
constexpr std::int64_t kDayMs = 24 * 3'600'000;
constexpr std::int64_t kMinuteMs = 60'000;

/// A number of 1 to `digits_max` digits at the front of `text`, taken away; -1: there is none.
int take_number(std::string_view* text, std::size_t digits_max) {
    int value = 0;
    std::size_t digits = 0;
    while (digits < text->size() && digits < digits_max && (*text)[digits] >= '0' &&
           (*text)[digits] <= '9') {
        value = value * 10 + ((*text)[digits] - '0');
        ++digits;
    }
    text->remove_prefix(digits);
    return digits > 0 ? value : -1;
}

bool take_sign(std::string_view* text) {
    if (text->empty() || ((*text)[0] != '-' && (*text)[0] != '/' && (*text)[0] != '.')) {
        return false;
    }
    text->remove_prefix(1);
    return true;
}

int days_of_month(int year, int month) {
    static constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return kDays[month - 1] + (month == 2 && leap ? 1 : 0);
}

/// Days since 1970-01-01. Algorithm: Howard Hinnant, "chrono-Compatible Low-Level Date
/// Algorithms", days_from_civil.
std::int64_t days_from_civil(int year, int month, int day) {
    std::int64_t y = month <= 2 ? year - 1 : year;
    std::int64_t era = y / 400;
    std::int64_t year_of_era = y - era * 400;
    std::int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    std::int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146'097 + day_of_era - 719'468;
}

}  // namespace

std::optional<TimeMs> start_of_day(std::string_view date, const client::OffsetMinutes& offset) {
    std::string_view left = trim(date);
    int year = take_number(&left, 4);
    if (!take_sign(&left)) return std::nullopt;
    int month = take_number(&left, 2);
    if (!take_sign(&left)) return std::nullopt;
    int day = take_number(&left, 2);
    bool in_calendar = left.empty() && year >= 1970 && month >= 1 && month <= 12 && day >= 1 &&
                       day <= days_of_month(year, month);
    if (!in_calendar) return std::nullopt;
    std::int64_t utc = days_from_civil(year, month, day) * kDayMs;
    // The offset of the local midnight itself, which on the days of a change is not that of the
    // same hour of UTC.
    TimeMs guess(utc - offset(TimeMs(utc)) * kMinuteMs);
    return TimeMs(utc - offset(guess) * kMinuteMs);
}

void DateJumpUi::open(platform::TextFields& fields, double now_ms) {
    close(fields);
    open_ = true;
    since_ms_ = now_ms;
}

void DateJumpUi::close(platform::TextFields& fields) {
    if (open_) fields.forget(kField);
    *this = DateJumpUi();
}

std::optional<TimeMs> DateJumpUi::draw(Frame& frame, const client::OffsetMinutes& offset) {
    if (!open_) return std::nullopt;
    const Theme& theme = frame.theme;
    float label_h = theme.small_bold.line_px + frame.px(6);
    float error_h = theme.small.line_px + frame.px(6);
    Dialog dialog(frame, "date", frame.str(Str::date_title), kWidthCss,
                  label_h + frame.px(48) + error_h + frame.px(16 + 44), since_ms_, {.card = true});
    gfx::Canvas& canvas = dialog.canvas();
    Rect place = dialog.content();
    std::string text(frame.fields.text(kField));
    bool wrong = refused_ && *refused_ == text;
    FieldLook look;
    look.id = kField;
    look.label = frame.str(Str::date_field);
    look.invalid = wrong;
    if (wrong) look.description = frame.str(Str::date_bad);
    field_label(frame, canvas, {place.x, place.y}, look.label);
    Rect field = {place.x, place.y + label_h, place.w, frame.px(48)};
    text_field(frame, canvas, field, look);
    if (wrong) field_error(frame, canvas, {field.x, field.bottom()}, field.w, look.description);
    if (frame.now_ms == since_ms_) frame.fields.focus(kField);
    std::string_view label = frame.str(Str::date_go);
    float width = button_width(frame, canvas, label);
    Rect go = {place.right() - width, place.bottom() - frame.px(44), width, frame.px(44)};
    bool wanted = button(frame, canvas, "date.go", go, ButtonKind::kPrimary, label);
    if (std::exchange(submitted_, false)) wanted = true;
    std::optional<TimeMs> day;
    if (wanted) {
        day = start_of_day(text, offset);
        if (!day) refused_ = text;
        frame.animating = true;
    }
    if (day || dialog.closed()) close(frame.fields);
    return day;
}

}  // namespace kumquat::ui
