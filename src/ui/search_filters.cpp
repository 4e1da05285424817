#include "ui/search_filters.h"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "ui/controls.h"

namespace kumquat::ui {

namespace {

constexpr std::string_view kPictures = "pictures";
constexpr std::string_view kFrom = "from";
constexpr std::string_view kDays = "days";
constexpr float kPaddingCss = 12;
constexpr float kArrowCss = 14;
constexpr float kGapCss = 8;

float natural_width(const Frame& frame, gfx::Canvas& canvas, std::string_view label,
                    bool opens_menu) {
    // Bold, as it is when it is on: turning it on moves nothing.
    float width = canvas.text_width(frame.theme.small_bold, label) + frame.px(2 * kPaddingCss);
    return std::ceil(width) + (opens_menu ? frame.px(kArrowCss + 2) : 0);
}

/// Two widths that fit into `room` together; the narrower one gives way last.
std::pair<float, float> share(float first, float second, float room) {
    float half = std::floor(room / 2);
    if (first + second <= room) return {first, second};
    if (first <= half) return {first, room - first};
    if (second <= half) return {room - second, second};
    return {half, half};
}

MenuItem choice(std::string_view label, bool on) {
    MenuItem item;
    item.label = label;
    item.checked = on ? platform::Tri::kTrue : platform::Tri::kFalse;
    item.exclusive = true;
    return item;
}

}  // namespace

std::optional<client::SearchQuery> SearchFilters::query(const Frame& frame, std::string_view text,
                                                        const client::OffsetMinutes& offset) const {
    if (text.empty() && !any()) return std::nullopt;
    client::SearchQuery query;
    query.text = text;
    query.pictures = pictures_;
    query.from = from_;
    DaySpan span = span_of(client::local_date(frame.wall, offset).day);
    // The first day of all begins before the first moment of all east of Greenwich.
    if (span.first) query.since = std::max(TimeMs(), client::start_of_day(*span.first, offset));
    if (span.last) query.until = client::start_of_day(*span.last + 1, offset);
    return query;
}

DaySpan SearchFilters::span_of(client::LocalDay today) const {
    switch (period_) {
        case Period::kAny:
            break;
        case Period::kToday:
            return {today, {}};
        case Period::kWeek:
            return {today - 6, {}};
        case Period::kMonth:
            return {today - 29, {}};
        case Period::kYear:
            return {today - 364, {}};
        case Period::kDays:
            return days_;
    }
    return {};
}

void SearchFilters::set_days(const DaySpan& days) {
    days_ = days;
    period_ = days.any() ? Period::kDays : Period::kAny;
}

std::string SearchFilters::from_words(const Frame& frame) const {
    if (!from_) return std::string(frame.str(Str::filter_from));
    if (*from_ == frame.model.me.user_id) return std::string(frame.str(Str::filter_from_me));
    return frame.str(Str::filter_from_name, {{"name", frame.model.name_of(*from_)}});
}

std::string SearchFilters::period_words(const Frame& frame,
                                        const client::OffsetMinutes& offset) const {
    auto words = [&](client::LocalDay day) {
        return frame.dates.format(client::start_of_day(day, offset), platform::DateForm::kFullDate,
                                  language_tag(frame.lang));
    };
    switch (period_) {
        case Period::kAny:
            break;
        case Period::kToday:
            return std::string(frame.str(Str::day_today));
        case Period::kWeek:
            return std::string(frame.str(Str::filter_week));
        case Period::kMonth:
            return std::string(frame.str(Str::filter_month));
        case Period::kYear:
            return std::string(frame.str(Str::filter_year));
        case Period::kDays:
            if (!days_.last) return frame.str(Str::filter_since, {{"date", words(*days_.first)}});
            if (!days_.first) return frame.str(Str::filter_until, {{"date", words(*days_.last)}});
            if (days_.first == days_.last) return words(*days_.first);
            return words(*days_.first) + " – " + words(*days_.last);
    }
    return std::string(frame.str(Str::filter_days));
}

bool SearchFilters::draw_filter(Frame& frame, gfx::Canvas& canvas, const std::string& key,
                                Rect rect, std::string_view label, bool on, bool opens_menu) {
    const Palette& color = frame.theme.color;
    const gfx::TextStyle& style = on ? frame.theme.small_bold : frame.theme.small;
    Touched touched = frame.input.touch(key, rect);
    platform::MirrorNode node = make_node(key, platform::Role::kButton, label, rect);
    node.focusable = true;
    node.has_popup = opens_menu;
    // What opens a menu tells by its name what is chosen.
    if (!opens_menu) node.pressed = on ? platform::Tri::kTrue : platform::Tri::kFalse;
    frame.mirror.leaf(std::move(node));
    // Over all chats they lie on the ground, in a chat on a pane.
    Color plain = peer_.empty() ? color.ground_hover : color.field;
    Color hover = peer_.empty() ? color.ground_press : color.field_press;
    Color fill = on ? color.accent_soft : touched.hovered ? hover : plain;
    Color ink = on ? color.accent_text : color.ink2;
    canvas.fill(rect, fill, rect.h / 2);
    if (frame.theme.forced) canvas.outline(rect, color.edge, frame.px(1), rect.h / 2);
    float arrow = opens_menu ? frame.px(kArrowCss + 2) : 0;
    float room = rect.w - frame.px(2 * kPaddingCss) - arrow;
    std::string words = canvas.cut(style, label, room);
    float left = rect.x + frame.px(kPaddingCss);
    canvas.text_in({left, rect.y, room, rect.h}, style, ink, words);
    if (opens_menu) {
        canvas.icon(gfx::Icon::kChevronDown,
                    {rect.right() - frame.px(kPaddingCss + kArrowCss / 2 - 2), rect.center().y},
                    frame.px(kArrowCss), ink);
    }
    if (touched.ring) focus_ring(frame, canvas, rect, rect.h / 2, true);
    return touched.activated;
}

void SearchFilters::draw(Frame& frame, gfx::Canvas& canvas, Rect line, const UserId& peer,
                         const client::OffsetMinutes& offset) {
    peer_ = peer;
    MirrorScope group(frame.mirror, make_node(key("filters"), platform::Role::kGroup,
                                              frame.str(Str::filter_group), line));
    std::string_view pictures = frame.str(Str::filter_pictures);
    std::string from = from_words(frame);
    std::string period = period_words(frame, offset);
    float gap = frame.px(kGapCss);
    float height = frame.theme.measure(32, 44);
    Rect rect = {line.x, std::floor(line.center().y - height / 2),
                 natural_width(frame, canvas, pictures, false), height};
    if (draw_filter(frame, canvas, key(kPictures), rect, pictures, pictures_, false)) {
        pictures_ = !pictures_;
        frame.animating = true;
    }
    rect.x = rect.right() + gap;
    auto [from_w, period_w] =
        share(natural_width(frame, canvas, from, true), natural_width(frame, canvas, period, true),
              line.right() - rect.x - gap);
    rect.w = from_w;
    if (draw_filter(frame, canvas, key(kFrom), rect, from, from_.has_value(), true))
        menu_.open(key(kFrom), rect, frame.now_ms);
    rect.x = rect.right() + gap;
    rect.w = period_w;
    if (draw_filter(frame, canvas, key(kDays), rect, period, period_ != Period::kAny, true))
        menu_.open(key(kDays), rect, frame.now_ms);
}

FilterWish SearchFilters::draw_menu(Frame& frame) {
    if (!menu_.is_open()) return {};
    return menu_.owner() == key(kFrom) ? draw_from_menu(frame) : draw_period_menu(frame);
}

FilterWish SearchFilters::draw_from_menu(Frame& frame) {
    const UserId& me = frame.model.me.user_id;
    bool other = from_ && *from_ != me;
    std::string name = frame.model.name_of(other ? *from_ : peer_);
    std::vector<MenuItem> items = {choice(frame.str(Str::filter_anyone), !from_),
                                   choice(frame.str(Str::filter_me), from_ == me)};
    if (other || !peer_.empty()) items.push_back(choice(name, other));
    if (peer_.empty()) items.push_back(choice(frame.str(Str::filter_person), false));
    int used = menu_.draw(frame, frame.str(Str::filter_from), items.data(),
                          static_cast<int>(items.size()));
    FilterWish wish;
    if (used == 0) from_.reset();
    if (used == 1) from_ = me;
    if (used == 2 && !peer_.empty()) from_ = peer_;
    wish.choose_person =
        used >= 2 && peer_.empty() && static_cast<std::size_t>(used) == items.size() - 1;
    return wish;
}

FilterWish SearchFilters::draw_period_menu(Frame& frame) {
    static constexpr std::pair<Period, Str> kPeriods[] = {
        {Period::kAny, Str::filter_any_time}, {Period::kToday, Str::day_today},
        {Period::kWeek, Str::filter_week},    {Period::kMonth, Str::filter_month},
        {Period::kYear, Str::filter_year},    {Period::kDays, Str::filter_choose_days},
    };
    std::vector<MenuItem> items;
    for (const auto& [period, label] : kPeriods)
        items.push_back(choice(frame.str(label), period == period_));
    int used = menu_.draw(frame, frame.str(Str::filter_days), items.data(),
                          static_cast<int>(items.size()));
    FilterWish wish;
    if (used < 0) return wish;
    Period period = kPeriods[used].first;
    wish.choose_days = period == Period::kDays;
    // The days are not known before they are chosen.
    if (!wish.choose_days) period_ = period;
    return wish;
}

}  // namespace kumquat::ui
