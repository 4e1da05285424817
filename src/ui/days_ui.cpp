#include "ui/days_ui.h"

#include <utility>

#include "ui/controls.h"
#include "ui/day_text.h"
#include "ui/field_control.h"
#include "ui/overlay.h"
#include "ui/user_id.h"

namespace kumquat::ui {

namespace {

constexpr float kWidthCss = 360;
constexpr float kFieldCss = 48;

float field_height(const Frame& frame) {
    float label = frame.theme.small_bold.line_px + frame.px(6);
    float error = frame.px(6) + frame.theme.small.line_px;
    return label + frame.px(kFieldCss) + error + frame.px(6);
}

}  // namespace

void DaysUi::open(const DaySpan& days, platform::TextFields& fields, double now_ms) {
    close(fields);
    open_ = true;
    since_ms_ = now_ms;
    fields.set_text(kFirstField, days.first ? day_text(*days.first) : std::string());
    fields.set_text(kLastField, days.last ? day_text(*days.last) : std::string());
}

void DaysUi::close(platform::TextFields& fields) {
    if (open_) {
        fields.forget(kFirstField);
        fields.forget(kLastField);
    }
    *this = DaysUi();
}

DaysUi::Answer DaysUi::read(std::string_view first, std::string_view last) {
    Answer answer;
    answer.days = {parse_day(first), parse_day(last)};
    const DaySpan& days = answer.days;
    if (!days.first && !trim(first).empty()) answer.first = Fault::kNoDate;
    if (!days.last && !trim(last).empty()) answer.last = Fault::kNoDate;
    if (days.first && days.last && *days.last < *days.first) answer.last = Fault::kBeforeFirst;
    return answer;
}

/// Returns the y below it.
float DaysUi::draw_field(Frame& frame, Dialog& dialog, float top, std::string_view id, Str label,
                         Fault fault) {
    gfx::Canvas& canvas = dialog.canvas();
    Rect place = dialog.content();
    FieldLook look;
    look.id = id;
    look.label = frame.str(label);
    look.invalid = fault != Fault::kNone;
    if (fault == Fault::kNoDate) look.description = frame.str(Str::date_bad);
    if (fault == Fault::kBeforeFirst) look.description = frame.str(Str::days_bad);
    float label_h = field_label(frame, canvas, {place.x, top}, look.label, true);
    Rect field = {place.x, top + label_h, place.w, frame.px(kFieldCss)};
    text_field(frame, canvas, field, look);
    if (look.invalid)
        field_error(frame, canvas, {field.x, field.bottom()}, field.w, look.description);
    return top + field_height(frame);
}

std::optional<DaySpan> DaysUi::draw(Frame& frame) {
    if (!open_) return std::nullopt;
    Dialog dialog(frame, "days", frame.str(Str::days_title), kWidthCss,
                  2 * field_height(frame) + frame.px(8 + 44), since_ms_, {.card = true});
    gfx::Canvas& canvas = dialog.canvas();
    Rect place = dialog.content();
    std::string first(frame.fields.text(kFirstField));
    std::string last(frame.fields.text(kLastField));
    std::string both = first + "\n" + last;
    Answer answer = read(first, last);
    bool refused = refused_ == both;
    Fault none = Fault::kNone;
    float top = draw_field(frame, dialog, place.y, kFirstField, Str::days_first,
                           refused ? answer.first : none);
    draw_field(frame, dialog, top, kLastField, Str::days_last, refused ? answer.last : none);
    if (frame.now_ms == since_ms_) frame.fields.focus(kFirstField);
    std::string_view label = frame.str(Str::days_go);
    float width = button_width(frame, canvas, label);
    Rect go = {place.right() - width, place.bottom() - frame.px(44), width, frame.px(44)};
    bool wanted = button(frame, canvas, "days.go", go, ButtonKind::kPrimary, label);
    if (std::exchange(submitted_, false)) wanted = true;
    std::optional<DaySpan> chosen;
    if (wanted) {
        frame.animating = true;
        if (answer.first == none && answer.last == none) {
            chosen = answer.days;
        } else {
            refused_ = both;
        }
    }
    if (chosen || dialog.closed()) close(frame.fields);
    return chosen;
}

}  // namespace kumquat::ui
