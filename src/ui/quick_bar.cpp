#include "ui/quick_bar.h"

#include <array>
#include <cmath>
#include <string>

#include "ui/controls.h"

namespace kumquat::ui {

namespace {

constexpr float kSizeCss = 32;
constexpr float kGapCss = 4;

struct QuickButton {
    QuickUse use = QuickUse::kNone;
    gfx::Icon icon = gfx::Icon::kMore;
    Str name = Str::msg_menu;
    const char* suffix = "";
};

constexpr QuickButton kReplyButton = {QuickUse::kReply, gfx::Icon::kReply, Str::msg_reply,
                                      ".reply"};
constexpr QuickButton kCopyButton = {QuickUse::kCopy, gfx::Icon::kCopy, Str::msg_copy, ".copy"};
constexpr QuickButton kMenuButton = {QuickUse::kMenu, gfx::Icon::kMore, Str::msg_menu, ".more"};

}  // namespace

QuickUse draw_quick_bar(Frame& frame, gfx::Canvas& canvas, std::string_view key,
                        const QuickLook& look) {
    float size = frame.px(kSizeCss);
    float step = size + frame.px(kGapCss);
    float room = look.own ? look.bubble.x - look.beside - look.left
                          : look.right - look.bubble.right() - look.beside;
    int fits = static_cast<int>((room + frame.px(kGapCss)) / step);
    if (fits < 1) return QuickUse::kNone;
    std::array<QuickButton, 3> buttons;
    std::size_t count = 0;
    int spare = fits - 1;
    if (look.can_reply && spare-- > 0) buttons[count++] = kReplyButton;
    if (look.can_copy && spare-- > 0) buttons[count++] = kCopyButton;
    buttons[count++] = kMenuButton;
    float width = step * static_cast<float>(count) - frame.px(kGapCss);
    float x = look.own ? look.bubble.x - look.beside - width : look.bubble.right() + look.beside;
    QuickUse used = QuickUse::kNone;
    for (std::size_t i = 0; i < count; ++i) {
        const QuickButton& button = buttons[i];
        Rect rect = {x, std::floor(look.bubble.center().y - size / 2), size, size};
        x += step;
        draw_elevation(canvas, frame.theme, rect, size / 2, Elevation::kE3);
        canvas.disc(rect.center(), size / 2, frame.theme.color.raised);
        if (icon_button(frame, canvas, std::string(key) + button.suffix, rect, button.icon,
                        frame.str(button.name),
                        {.icon_css = 18, .has_popup = button.use == QuickUse::kMenu})) {
            used = button.use;
        }
    }
    return used;
}

}  // namespace kumquat::ui
