#include "ui/pins_ui.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "ui/controls.h"
#include "ui/message_head.h"

namespace kumquat::ui {

PinsUse PinsBar::draw(Frame& frame, gfx::Canvas& canvas, Rect area, Rect column,
                      const client::TimelineRows& rows) {
    const Theme& theme = frame.theme;
    std::vector<const client::QuoteShown*> pins;
    for (const client::QuoteShown& pin : rows.pins) {
        // One that was deleted for oneself is the other person's alone.
        if (!pin.gone) pins.push_back(&pin);
    }
    PinsUse use;
    if (pins.empty()) return use;
    at_ = std::min(at_, pins.size() - 1);
    const client::QuoteShown& pin = *pins[at_];
    Rect bar = {area.x, area.y, area.w, theme.measure(48, 52)};
    use.height = bar.h;
    canvas.fill({bar.x, bar.bottom() - frame.px(1), bar.w, frame.px(1)}, theme.color.line);

    float size = theme.measure(40, 44);
    Rect close = {column.right() - frame.px(frame.layout.phone ? 4 : 12) - size,
                  std::floor(bar.center().y - size / 2), size, size};
    Rect target = {column.x + frame.px(8), bar.y + frame.px(4), 0, bar.h - frame.px(8)};
    target.w = close.x - target.x;
    std::string line = quote_line(frame, pin);
    Touched touched = frame.input.touch("pins.show", target);
    platform::MirrorNode node = make_node("pins.show", platform::Role::kButton,
                                          frame.str(Str::pin_jump, {{"text", line}}), target);
    node.focusable = true;
    frame.mirror.leaf(std::move(node));
    if (touched.hovered) canvas.fill(target, theme.color.field, frame.px(radius::kField));
    std::string i = number_text(static_cast<std::int64_t>(at_) + 1);
    std::string n = number_text(static_cast<std::int64_t>(pins.size()));
    std::string title = pins.size() == 1 ? std::string(frame.str(Str::pin_title))
                                         : frame.str(Str::pin_title_n, {{"i", i}, {"n", n}});
    float text_h = theme.small_bold.line_px + theme.small.line_px;
    draw_quote(frame, canvas,
               {target.x + frame.px(8), std::floor(bar.center().y - text_h / 2),
                target.w - frame.px(16), text_h},
               title, line, theme.color.ink2);
    if (touched.ring) focus_ring(frame, canvas, target, frame.px(radius::kField), true);
    if (touched.activated) {
        use.show = pin.seq;
        at_ = (at_ + 1) % pins.size();
        frame.animating = true;
    }
    if (icon_button(frame, canvas, "pins.unpin", close, gfx::Icon::kClose,
                    frame.str(Str::row_unpin), {.icon_css = 18})) {
        frame.command(client::PinMessage{rows.conversation, pin.seq, false});
    }
    return use;
}

}  // namespace kumquat::ui
