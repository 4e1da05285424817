#include "ui/day_text.h"

#include <cstdint>

#include "ui/frame.h"
#include "ui/user_id.h"

namespace kumquat::ui {

namespace {

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

std::string padded(std::int32_t value, std::size_t digits) {
    std::string text = number_text(value);
    return std::string(text.size() < digits ? digits - text.size() : 0, '0') + text;
}

}  // namespace

std::optional<client::LocalDay> parse_day(std::string_view text) {
    std::string_view left = trim(text);
    int year = take_number(&left, 4);
    if (!take_sign(&left)) return std::nullopt;
    int month = take_number(&left, 2);
    if (!take_sign(&left)) return std::nullopt;
    int day = take_number(&left, 2);
    bool in_calendar = left.empty() && year >= 1970 && month >= 1 && month <= 12 && day >= 1 &&
                       day <= days_of_month(year, month);
    if (!in_calendar) return std::nullopt;
    return client::local_day(year, month, day);
}

std::string day_text(client::LocalDay day) {
    client::LocalDate date = client::local_date(client::start_of_day(day, {}), {});
    return padded(date.year, 4) + "-" + padded(date.month, 2) + "-" + padded(date.day_of_month, 2);
}

}  // namespace kumquat::ui
