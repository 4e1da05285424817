#include "ui/date_jump.h"

#include <utility>

#include "ui/controls.h"
#include "ui/day_text.h"
#include "ui/field_control.h"
#include "ui/overlay.h"

namespace kumquat::ui {

namespace {

constexpr float kWidthCss = 360;

}  // namespace

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
        if (auto chosen = parse_day(text)) {
            day = client::start_of_day(*chosen, offset);
        } else {
            refused_ = text;
        }
        frame.animating = true;
    }
    if (day || dialog.closed()) close(frame.fields);
    return day;
}

}  // namespace kumquat::ui
