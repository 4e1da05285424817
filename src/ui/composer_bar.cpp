#include "ui/composer_bar.h"

#include <cmath>

#include "ui/controls.h"
#include "ui/message_head.h"

namespace kumquat::ui {

namespace {

constexpr float kAboveCss = 10;
constexpr float kSideCss = 16;

}  // namespace

float composer_bar_height(const Frame& frame) {
    return frame.px(kAboveCss) + frame.theme.small_bold.line_px + frame.theme.small.line_px;
}

bool draw_composer_bar(Frame& frame, gfx::Canvas& canvas, Rect pill, const ComposerBar& bar) {
    float size = frame.theme.measure(36, 44);
    Rect quote = {pill.x + frame.px(kSideCss), pill.y + frame.px(kAboveCss), 0,
                  composer_bar_height(frame) - frame.px(kAboveCss)};
    Rect close = {pill.right() - frame.px(8) - size, std::floor(quote.center().y - size / 2), size,
                  size};
    quote.w = close.x - frame.px(8) - quote.x;
    draw_quote(frame, canvas, quote, bar.title, bar.line, frame.theme.color.ink2);
    std::string words = frame.str(Str::msg_new_a11y, {{"name", bar.title}, {"text", bar.line}});
    frame.mirror.leaf(make_node("composer.about", platform::Role::kStatus, words, quote));
    return icon_button(frame, canvas, "composer.about.cancel", close, gfx::Icon::kClose,
                       frame.str(bar.cancel), {.icon_css = 18});
}

}  // namespace kumquat::ui
