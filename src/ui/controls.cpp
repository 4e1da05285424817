#include "ui/controls.h"

#include <algorithm>
#include <cmath>
#include <string>

namespace kumquat::ui {

namespace {

constexpr float kDisabledAlpha = 0.45f;

struct Look {
    Color fill;
    Color ink;
    bool filled = true;
};

Look primary_look(const Palette& color, const Touched& touched) {
    Color fill = touched.pressed   ? color.accent_press
                 : touched.hovered ? color.accent_hover
                                   : color.accent;
    return {fill, color.on_accent};
}

Look destructive_look(const Palette& color, const Touched& touched) {
    float ink = touched.pressed ? 0.08f : touched.hovered ? 0.04f : 0;
    return {gfx::mix(color.danger_soft, color.ink, ink), color.danger};
}

Look button_look(const Frame& frame, ButtonKind kind, const Touched& touched) {
    const Palette& color = frame.theme.color;
    switch (kind) {
        case ButtonKind::kPrimary:
            return primary_look(color, touched);
        case ButtonKind::kDestructive:
            return destructive_look(color, touched);
        case ButtonKind::kCard:
            return {touched.pressed   ? color.ground_press
                    : touched.hovered ? gfx::mix(color.ground_hover, color.ground_press, 0.5f)
                                      : color.ground_hover,
                    color.ink};
        case ButtonKind::kQuiet:
            break;
    }
    if (touched.pressed) return {color.field_press, color.ink};
    if (touched.hovered) return {color.field, color.ink};
    return {color.field, color.ink, false};
}

platform::MirrorNode button_node(std::string_view key, std::string_view name, Rect rect,
                                 bool enabled) {
    platform::MirrorNode node = make_node(key, platform::Role::kButton, name, rect);
    node.focusable = true;
    node.disabled = !enabled;
    return node;
}

}  // namespace

void focus_ring(Frame& frame, gfx::Canvas& canvas, Rect rect, float radius_px, bool inset) {
    float width = frame.px(2);
    if (inset) {
        canvas.outline(rect.grown(-width), frame.theme.color.accent_text, width, radius_px - width);
        return;
    }
    float out = frame.px(4);
    canvas.outline(rect.grown(out), frame.theme.color.accent_text, width, radius_px + out);
}

void busy_ring(Frame& frame, gfx::Canvas& canvas, Point middle, float diameter_css, Color color) {
    float radius = frame.px(diameter_css) / 2 - frame.px(1);
    float turn = 0;
    if (!frame.theme.motion.reduced) {
        turn = static_cast<float>(std::fmod(frame.now_ms / 900.0, 1.0));
        frame.animating = true;
    }
    canvas.arc(middle, radius, frame.px(2), 0, 1, color.faded(0.25f));
    canvas.arc(middle, radius, frame.px(2), turn, 0.28f, color);
}

Rect touch_target(const Frame& frame, Rect rect) {
    float least = frame.theme.measure(0, 44);
    float wider = std::max(0.0f, (least - rect.w) / 2);
    float higher = std::max(0.0f, (least - rect.h) / 2);
    return {rect.x - wider, rect.y - higher, rect.w + 2 * wider, rect.h + 2 * higher};
}

bool button(Frame& frame, gfx::Canvas& canvas, std::string_view key, Rect rect, ButtonKind kind,
            std::string_view label, ButtonOptions options) {
    bool enabled = options.enabled && !options.busy;
    Rect target = touch_target(frame, rect);
    Touched touched = frame.input.touch(key, target, enabled);
    platform::MirrorNode node =
        button_node(key, options.name.empty() ? label : options.name, target, enabled);
    node.busy = options.busy;
    frame.mirror.leaf(std::move(node));

    float radius = rect.h / 2;
    Look look = button_look(frame, kind, touched);
    if (!options.enabled) {
        look = {frame.theme.color.line, frame.theme.color.ink2.faded(kDisabledAlpha), true};
    }
    if (look.filled) canvas.fill(rect, look.fill, radius);
    if (frame.theme.forced) canvas.outline(rect, frame.theme.color.edge, frame.px(1), radius);
    const gfx::TextStyle& style = options.small ? frame.theme.small_bold : frame.theme.body_bold;
    canvas.text_in(rect, style, look.ink, label);
    if (options.busy) {
        float half = canvas.text_width(style, label) / 2;
        busy_ring(frame, canvas, {rect.center().x - half - frame.px(8 + 9), rect.center().y}, 18,
                  look.ink);
    }
    if (touched.ring) focus_ring(frame, canvas, rect, radius);
    return touched.activated;
}

float button_width(Frame& frame, gfx::Canvas& canvas, std::string_view label, bool small) {
    const gfx::TextStyle& style = small ? frame.theme.small_bold : frame.theme.body_bold;
    return std::ceil(canvas.text_width(style, label)) + frame.px(small ? 16 : 24) * 2;
}

bool icon_button(Frame& frame, gfx::Canvas& canvas, std::string_view key, Rect rect, gfx::Icon icon,
                 std::string_view name, IconButtonOptions options) {
    Rect target = touch_target(frame, rect);
    Touched touched = frame.input.touch(key, target, options.enabled);
    platform::MirrorNode node = button_node(key, name, target, options.enabled);
    node.expanded = options.expanded;
    node.pressed = options.pressed;
    node.has_popup = options.has_popup;
    frame.mirror.leaf(std::move(node));

    const Palette& color = frame.theme.color;
    float radius = rect.w / 2;
    if (touched.pressed || options.pressed == platform::Tri::kTrue) {
        canvas.disc(rect.center(), radius,
                    options.on_ground ? color.ground_press : color.field_press);
    } else if (touched.hovered) {
        canvas.disc(rect.center(), radius, options.on_ground ? color.ground_hover : color.field);
    }
    Color ink = touched.hovered || options.on_ground ? color.ink : color.ink2;
    if (!options.enabled) ink = color.ink2.faded(kDisabledAlpha);
    canvas.icon(icon, rect.center(), frame.px(options.icon_css), ink);
    if (touched.ring) focus_ring(frame, canvas, rect, radius);
    if (touched.hovered) frame.input.want_tooltip(key, name, rect, frame.now_ms);
    return touched.activated;
}

bool text_icon_button(Frame& frame, gfx::Canvas& canvas, std::string_view key, Rect rect,
                      gfx::Icon icon, std::string_view label, std::string_view name) {
    Touched touched = frame.input.touch(key, rect);
    frame.mirror.leaf(button_node(key, name, rect, true));
    const Palette& color = frame.theme.color;
    if (touched.hovered || touched.pressed) {
        canvas.fill(rect, touched.pressed ? color.field_press : color.field, rect.h / 2);
    }
    Color ink = touched.hovered ? color.ink : color.ink2;
    float middle = rect.center().y;
    canvas.icon(icon, {rect.x + frame.px(12 + 9), middle}, frame.px(18), ink);
    const gfx::TextStyle& style = frame.theme.small;
    canvas.text({rect.x + frame.px(12 + 18 + 8), std::floor(middle - style.line_px / 2)}, style,
                ink, label);
    if (touched.ring) focus_ring(frame, canvas, rect, rect.h / 2);
    return touched.activated;
}

bool link_button(Frame& frame, gfx::Canvas& canvas, std::string_view key, Rect rect,
                 const gfx::TextStyle& style, Color color, std::string_view label,
                 std::string_view name, bool underline) {
    // The letters are small; what can be hit is not.
    float more = std::max(0.0f, (frame.theme.measure(24, 44) - rect.h) / 2);
    Rect target = touch_target(
        frame, {rect.x - frame.px(4), rect.y - more, rect.w + frame.px(8), rect.h + 2 * more});
    Touched touched = frame.input.touch(key, target);
    frame.mirror.leaf(button_node(key, name, target, true));
    canvas.text({rect.x, rect.y}, style, color, label);
    if (underline || touched.hovered) {
        float baseline = gfx::Canvas::baseline_of(rect.y, style);
        canvas.fill({rect.x, baseline + frame.px(2), rect.w, frame.px(1)}, color);
    }
    if (touched.ring) focus_ring(frame, canvas, rect, frame.px(4));
    return touched.activated;
}

int segments(Frame& frame, gfx::Canvas& canvas, std::string_view key, std::string_view name,
             float right, float top, const std::string_view* labels, int count, int chosen) {
    const Palette& color = frame.theme.color;
    float padding = frame.px(14);
    float width = frame.px(2) * 2;
    for (int i = 0; i < count; ++i) {
        width += std::ceil(canvas.text_width(frame.theme.small_bold, labels[i])) + padding * 2;
    }
    Rect bar = {right - width, top, width, frame.px(36)};
    canvas.fill(bar, color.field, bar.h / 2);
    MirrorScope group(frame.mirror, make_node(key, platform::Role::kRadioGroup, name, bar));
    int result = -1;
    float x = bar.x + frame.px(2);
    for (int i = 0; i < count; ++i) {
        std::string item_key = std::string(key) + "." + number_text(i);
        float item = std::ceil(canvas.text_width(frame.theme.small_bold, labels[i])) + padding * 2;
        Rect knob = {x, bar.y + frame.px(2), item, bar.h - frame.px(4)};
        x += item;
        bool on = i == chosen;
        Rect target = touch_target(frame, knob);
        Touched touched = frame.input.touch(item_key, target);
        platform::MirrorNode node = make_node(item_key, platform::Role::kRadio, labels[i], target);
        node.checked = on ? platform::Tri::kTrue : platform::Tri::kFalse;
        node.focusable = on;
        node.focusable_by_code = true;
        frame.mirror.leaf(std::move(node));
        if (on) {
            draw_elevation(canvas, frame.theme, knob, knob.h / 2, Elevation::kE1);
            canvas.fill(knob, color.raised, knob.h / 2);
        }
        canvas.text_in(knob, on ? frame.theme.small_bold : frame.theme.small,
                       on || touched.hovered ? color.ink : color.ink2, labels[i]);
        if (touched.ring) focus_ring(frame, canvas, knob, knob.h / 2);
        if (touched.activated && !on) result = i;
    }
    return result;
}

bool switch_control(Frame& frame, gfx::Canvas& canvas, std::string_view key, Rect line,
                    std::string_view name, bool on, bool enabled) {
    const Palette& color = frame.theme.color;
    Touched touched = frame.input.touch(key, line, enabled);
    platform::MirrorNode node = make_node(key, platform::Role::kSwitch, name, line);
    node.checked = on ? platform::Tri::kTrue : platform::Tri::kFalse;
    node.focusable = true;
    node.disabled = !enabled;
    frame.mirror.leaf(std::move(node));
    Rect rail = {line.right() - frame.px(44), std::floor(line.center().y - frame.px(13)),
                 frame.px(44), frame.px(26)};
    Color fill = on ? color.accent : color.edge;
    if (touched.hovered) fill = gfx::mix(fill, color.ink, 0.06f);
    if (!enabled) fill = fill.faded(kDisabledAlpha);
    canvas.fill(rail, fill, rail.h / 2);
    float middle = on ? rail.right() - frame.px(3 + 10) : rail.x + frame.px(3 + 10);
    canvas.disc({middle, rail.center().y}, frame.px(10), on ? color.on_accent : color.pane);
    if (frame.theme.forced) canvas.outline(rail, color.edge, frame.px(1), rail.h / 2);
    if (touched.ring) focus_ring(frame, canvas, rail, rail.h / 2);
    return touched.activated;
}

bool switch_line(Frame& frame, gfx::Canvas& canvas, std::string_view key, Rect rect,
                 std::string_view label, bool on) {
    const gfx::TextStyle& style = frame.theme.body;
    float top = std::floor(rect.center().y - style.line_px / 2);
    canvas.text_cut({rect.x, top}, style, frame.theme.color.ink, label, rect.w - frame.px(44 + 12));
    return switch_control(frame, canvas, key, rect, label, on);
}

}  // namespace kumquat::ui
