#include "ui/question.h"

#include <utility>

#include "ui/overlay.h"
#include "ui/pieces.h"

namespace kumquat::ui {

Answer draw_question(Frame& frame, const QuestionLook& look, double since_ms) {
    constexpr float kWidthCss = 360;
    const Theme& theme = frame.theme;
    float width = card_rect(frame.layout, kWidthCss, 100).w - frame.px(48);
    gfx::Canvas measuring = frame.screen.measuring();
    float text_h =
        paragraph(frame, measuring, {}, width, theme.small, theme.color.ink2, look.text, false);
    Dialog dialog(frame, look.key, look.title, kWidthCss, text_h + frame.px(24 + 44), since_ms,
                  {.closable = look.cancel, .card = true});
    gfx::Canvas& canvas = dialog.canvas();
    Rect place = dialog.content();
    paragraph(frame, canvas, {place.x, place.y}, place.w, theme.small, theme.color.ink2, look.text);
    std::string key(look.key);
    frame.mirror.leaf(make_node(key + ".text", platform::Role::kStatus, look.text,
                                {place.x, place.y, place.w, text_h}));
    float y = place.y + text_h + frame.px(24);
    float go_w = button_width(frame, canvas, look.go);
    Rect go_rect = {place.right() - go_w, y, go_w, frame.px(44)};
    Answer answer = Answer::kNone;
    if (look.cancel) {
        std::string_view cancel = frame.str(Str::cancel);
        float cancel_w = button_width(frame, canvas, cancel);
        Rect rect = {go_rect.x - frame.px(12) - cancel_w, y, cancel_w, frame.px(44)};
        if (button(frame, canvas, key + ".cancel", rect, ButtonKind::kQuiet, cancel)) {
            answer = Answer::kCancel;
        }
    }
    if (button(frame, canvas, key + ".go", go_rect, look.kind, look.go)) answer = Answer::kGo;
    if (dialog.closed()) answer = Answer::kCancel;
    if (frame.now_ms == since_ms) {
        frame.actions.emplace_back(FocusNode{key + (look.cancel ? ".cancel" : ".go")});
    }
    return answer;
}

void QuestionUi::ask(Question question) {
    question_ = std::move(question);
    open_ = fresh_ = true;
}

bool QuestionUi::draw(Frame& frame) {
    if (!open_) return false;
    if (std::exchange(fresh_, false)) since_ms_ = frame.now_ms;
    Answer answer =
        draw_question(frame, {"ask", question_.title, question_.text, question_.go}, since_ms_);
    if (answer == Answer::kNone) return false;
    open_ = false;
    if (answer == Answer::kCancel) return false;
    frame.actions.push_back(std::move(question_.action));
    return !question_.stay;
}

}  // namespace kumquat::ui
