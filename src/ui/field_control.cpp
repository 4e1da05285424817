#include "ui/field_control.h"

#include <algorithm>
#include <cmath>

#include <imgui.h>
#include <imgui_internal.h>

#include "client/view/composer_state.h"
#include "ui/controls.h"
#include "ui/pieces.h"

namespace kumquat::ui {

namespace {

bool is_multi_line(platform::FieldKind kind) {
    return kind == platform::FieldKind::kText || kind == platform::FieldKind::kComposer;
}

const gfx::TextStyle& field_style(const Frame& frame, platform::FieldKind kind) {
    bool search = kind == platform::FieldKind::kSearch;
    // A focused field below 16 px makes iOS zoom, so touch has body text in the search field too.
    return search && !frame.theme.touch ? frame.theme.small : frame.theme.body;
}

platform::FieldSpec make_spec(const Frame& frame, const FieldLook& look, Rect text_rect) {
    const Palette& color = frame.theme.color;
    const gfx::TextStyle& style = field_style(frame, look.kind);
    platform::FieldSpec spec;
    spec.id = look.id;
    spec.kind = look.kind;
    spec.rect = text_rect;
    spec.clip = look.clip;
    spec.font_px = style.size_px;
    spec.line_px = style.line_px;
    spec.text_rgb = color.ink.to_rgb();
    spec.placeholder_rgb = color.ink2.to_rgb();
    spec.caret_rgb = color.accent_text.to_rgb();
    spec.selection_rgb = color.select.to_rgb();
    spec.placeholder = look.placeholder;
    spec.label = look.label;
    spec.description = look.description;
    spec.invalid = look.invalid;
    spec.read_only = look.read_only;
    spec.required = look.required;
    spec.reveal = look.reveal;
    spec.length_max = look.length_max;
    return spec;
}

void paint_covered(Frame& frame, gfx::Canvas& canvas, const FieldLook& look, Rect text_rect) {
    std::string_view words = frame.fields.text(look.id);
    const gfx::TextStyle& style = field_style(frame, look.kind);
    Color color = words.empty() ? frame.theme.color.ink2 : frame.theme.color.ink;
    if (words.empty()) words = look.placeholder;
    std::string hidden;
    if (look.kind == platform::FieldKind::kPassword && !look.reveal &&
        !frame.fields.text(look.id).empty()) {
        hidden = "••••••••";
        words = hidden;
    }
    canvas.push_clip(text_rect);
    if (is_multi_line(look.kind)) {
        paragraph(frame, canvas, {text_rect.x, text_rect.y}, text_rect.w, style, color, words);
    } else {
        canvas.text_cut({text_rect.x, text_rect.y}, style, color, words, text_rect.w);
    }
    canvas.pop_clip();
}

/// A click anywhere in the frame around the letters goes to the field.
void focus_on_click(Frame& frame, std::string_view id, Rect rect) {
    if (frame.covered || !frame.input.hovers(rect)) return;
    ImGui::SetMouseCursor(ImGuiMouseCursor_TextInput);
    if (ImGui::IsMouseReleased(ImGuiMouseButton_Left) && frame.fields.focused() != id) {
        frame.fields.focus(id);
    }
}

}  // namespace

void bare_field(Frame& frame, gfx::Canvas& canvas, Rect text_rect, const FieldLook& look) {
    if (frame.covered) {
        paint_covered(frame, canvas, look, text_rect);
        return;
    }
    frame.fields.place(make_spec(frame, look, text_rect));
    frame.mirror.leaf(make_node(look.id, platform::Role::kField, look.label, text_rect));
}

void text_field(Frame& frame, gfx::Canvas& canvas, Rect rect, const FieldLook& look) {
    const Palette& color = frame.theme.color;
    bool focused = !frame.covered && frame.fields.focused() == look.id;
    bool hovered = !frame.covered && frame.input.hovers(rect);
    float width = frame.px(focused || look.invalid ? 2 : 1);
    Color edge = color.edge;
    if (hovered) edge = color.ink2;
    if (focused) edge = color.accent_text;
    if (look.invalid) edge = color.danger;
    canvas.fill_outlined(rect, look.read_only ? color.field : color.pane, edge, width,
                         frame.px(radius::kField));
    focus_on_click(frame, look.id, rect);
    float padding = frame.px(14);
    float line = field_style(frame, look.kind).line_px;
    Rect text_rect = {rect.x + padding, rect.y, rect.w - 2 * padding - look.right_inset, line};
    if (is_multi_line(look.kind)) {
        text_rect.y = rect.y + frame.px(12);
        text_rect.h = rect.h - frame.px(24);
    } else {
        text_rect.y = std::floor(rect.y + (rect.h - line) / 2);
    }
    bare_field(frame, canvas, text_rect, look);
}

bool search_field(Frame& frame, gfx::Canvas& canvas, Rect rect, const FieldLook& look) {
    const Palette& color = frame.theme.color;
    bool focused = !frame.covered && frame.fields.focused() == look.id;
    bool hovered = !frame.covered && frame.input.hovers(rect);
    float radius = rect.h / 2;
    canvas.fill(rect, hovered && !focused ? color.ground_press : color.ground_hover, radius);
    if (focused) canvas.outline(rect, color.accent_text, frame.px(2), radius);
    focus_on_click(frame, look.id, rect);
    float middle = rect.center().y;
    canvas.icon(gfx::Icon::kSearch, {rect.x + frame.px(14 + 9), middle}, frame.px(18), color.ink2);
    bool filled = !frame.fields.text(look.id).empty();
    float line = field_style(frame, look.kind).line_px;
    float text_x = rect.x + frame.px(14 + 18 + 10);
    float right = rect.right() - (filled ? rect.h : frame.px(14));
    bare_field(frame, canvas, {text_x, std::floor(middle - line / 2), right - text_x, line}, look);
    if (!filled) return false;
    return icon_button(frame, canvas, std::string(look.id) + ".clear",
                       {rect.right() - rect.h, rect.y, rect.h, rect.h}, gfx::Icon::kClose,
                       frame.str(Str::search_clear), {.on_ground = true, .icon_css = 18});
}

Rect limited_field(Frame& frame, gfx::Canvas& canvas, Rect rect, LimitedLook look) {
    client::FieldRoom room = client::room_in_field(frame.fields.text(look.field.id),
                                                   static_cast<std::int64_t>(look.bytes_max));
    bool over = room.characters_over > 0;
    std::string count;
    if (over) {
        std::string n = number_text(room.characters_over);
        count = frame.str(Str::msg_too_long, {{"n", n}});
    } else if (room.nearly_full) {
        std::string n = number_text(room.bytes_left / 3);
        count = frame.str(Str::add_left, {{"n", n}});
    }
    float label = field_label(frame, canvas, {rect.x, rect.y}, look.field.label,
                              look.optional && count.empty());
    if (!count.empty()) {
        canvas.text({rect.right(), rect.y}, frame.theme.small,
                    over ? frame.theme.color.danger : frame.theme.color.ink2, count,
                    gfx::HorizontalAlign::kRight);
        look.field.description = count;
        look.field.invalid = look.field.invalid || over;
    }
    Rect field = {rect.x, rect.y + label, rect.w, rect.h - label};
    text_field(frame, canvas, field, look.field);
    return field;
}

float field_label(Frame& frame, gfx::Canvas& canvas, Point top_left, std::string_view label,
                  bool optional) {
    const Theme& theme = frame.theme;
    float x = top_left.x + canvas.text(top_left, theme.small_bold, theme.color.ink, label);
    if (optional) {
        // The dot is drawn: with a Chinese family first its sign would be full width.
        x += frame.px(8);
        canvas.disc({x, std::floor(top_left.y + theme.small.line_px / 2)},
                    frame.theme.pixel_ratio * 1.2f, theme.color.ink2);
        canvas.text({x + frame.px(8), top_left.y}, theme.small, theme.color.ink2,
                    frame.str(Str::optional_mark));
    }
    return theme.small_bold.line_px + frame.px(6);
}

float field_error(Frame& frame, gfx::Canvas& canvas, Point below_field, float width,
                  std::string_view words) {
    float gap = frame.px(6);
    float inset = frame.px(14 + 6);
    const gfx::TextStyle& style = frame.theme.small;
    float y = below_field.y + gap;
    failed_mark(frame, canvas, {below_field.x + frame.px(7), std::floor(y + style.line_px / 2)},
                14);
    return gap + paragraph(frame, canvas, {below_field.x + inset, y}, width - inset, style,
                           frame.theme.color.danger, words);
}

}  // namespace kumquat::ui
