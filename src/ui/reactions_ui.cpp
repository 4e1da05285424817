#include "ui/reactions_ui.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "ui/controls.h"

namespace kumquat::ui {

namespace {

constexpr float kEmojiCss = 16;
constexpr float kPaddingCss = 8;
constexpr float kGapCss = 4;

Touched draw_pill(Frame& frame, gfx::Canvas& canvas, const client::ReactionShown& reaction,
                  std::string_view key, Rect rect) {
    const Palette& color = frame.theme.color;
    std::string count = number_text(reaction.count);
    std::string pill_key = std::string(key) + ".react:" + reaction.emoji;
    Rect target = touch_target(frame, rect);
    platform::MirrorNode node =
        make_node(pill_key, platform::Role::kButton,
                  frame.str(Str::msg_reaction, {{"emoji", reaction.emoji}, {"n", count}}), target);
    node.focusable = true;
    node.pressed = reaction.own ? platform::Tri::kTrue : platform::Tri::kFalse;
    frame.mirror.leaf(std::move(node));
    Touched touched = frame.input.touch_row(pill_key, target, frame.now_ms);
    Color fill = reaction.own ? color.accent_soft : color.field;
    if (touched.hovered) fill = color.field_press;
    Color edge = reaction.own ? color.accent : fill;
    if (frame.theme.forced && !reaction.own) edge = color.edge;
    canvas.fill_outlined(rect, fill, edge, frame.px(reaction.own ? 2 : 1), rect.h / 2);
    float size = frame.px(kEmojiCss);
    float x = rect.x + frame.px(kPaddingCss);
    canvas.emoji({x, std::floor(rect.center().y - size / 2)}, size, reaction.emoji);
    x += canvas.emoji_width(size, reaction.emoji) + frame.px(kGapCss);
    const gfx::TextStyle& style = frame.theme.caption_digits;
    canvas.text({x, std::floor(rect.center().y - style.line_px / 2)}, style, color.ink, count);
    if (touched.ring) focus_ring(frame, canvas, rect, rect.h / 2);
    return touched;
}

}  // namespace

ReactionPills measure_reactions(Frame& frame, gfx::Canvas& canvas,
                                const std::vector<client::ReactionShown>& reactions,
                                float width_max) {
    ReactionPills pills;
    float height = frame.theme.measure(24, 32);
    // Targets of two rows touch each other and do not overlap.
    float gap = frame.theme.measure(kGapCss, 12);
    Point at = {0, 0};
    for (const client::ReactionShown& reaction : reactions) {
        float width =
            std::ceil(canvas.emoji_width(frame.px(kEmojiCss), reaction.emoji) +
                      canvas.text_width(frame.theme.caption_digits, number_text(reaction.count))) +
            frame.px(kGapCss) + 2 * frame.px(kPaddingCss);
        if (at.x > 0 && at.x + width > width_max) at = {0, at.y + height + gap};
        pills.rects.push_back({at.x, at.y, width, height});
        pills.width = std::max(pills.width, at.x + width);
        pills.height = at.y + height;
        at.x += width + gap;
    }
    return pills;
}

ReactionUse draw_reactions(Frame& frame, gfx::Canvas& canvas, const ReactionPills& pills,
                           const std::vector<client::ReactionShown>& reactions,
                           std::string_view key, Point top_left) {
    ReactionUse use;
    for (std::size_t i = 0; i < pills.rects.size(); ++i) {
        Rect rect = pills.rects[i];
        rect.x += top_left.x;
        rect.y += top_left.y;
        Touched touched = draw_pill(frame, canvas, reactions[i], key, rect);
        if (touched.activated) use.chosen = i;
        use.menu = use.menu || touched.menu;
    }
    return use;
}

}  // namespace kumquat::ui
