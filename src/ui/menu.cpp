#include "ui/menu.h"

#include <algorithm>
#include <cmath>

#include <imgui.h>

#include "ui/controls.h"

namespace kumquat::ui {

namespace {

constexpr float kPaddingCss = 6;
constexpr float kInsetCss = 12;
constexpr float kIconCss = 20;
constexpr float kEmojiCss = 22;
constexpr float kEmojiCellCss = 40;
/// The press that opened it is not one outside of it.
constexpr double kJustOpenedMs = 50;

std::string item_key(int index) {
    return "menu." + number_text(index);
}

int count_emoji(const MenuItem* items, int count) {
    int emoji = 0;
    while (emoji < count && !items[emoji].emoji.empty())
        ++emoji;
    return emoji;
}

int count_lines(const MenuItem* items, int count) {
    int emoji = count_emoji(items, count);
    return count - emoji + (emoji > 0 ? 1 : 0);
}

}  // namespace

bool clicked_outside(Rect card) {
    if (!ImGui::IsMouseClicked(ImGuiMouseButton_Left) || !ImGui::IsWindowHovered()) return false;
    ImVec2 at = ImGui::GetIO().MousePos;
    return !card.contains({at.x, at.y});
}

float arrival(Frame& frame, double since_ms, float duration_ms) {
    float t = duration_ms > 0 ? static_cast<float>(frame.now_ms - since_ms) / duration_ms : 1;
    if (t >= 1) return 1;
    frame.animating = true;
    return ease_out(t);
}

void Menu::open(std::string_view owner, Rect anchor, double now_ms, float width_css) {
    owner_ = owner;
    anchor_ = anchor;
    open_ = focus_wanted_ = true;
    since_ms_ = now_ms;
    width_css_ = width_css;
    area_.to_top();
    area_.show_bar(now_ms);
}

/// The room for the line above what is dangerous; none if nothing else stands above it.
float Menu::separator(Frame& frame, const MenuItem* items, int count) const {
    for (int i = 1; i < count; ++i) {
        if (items[i].destructive && !items[i - 1].destructive) return 2 * frame.px(kPaddingCss);
    }
    return 0;
}

/// Lower than the design has it where a low window could not hold all of them, but not too low.
float Menu::line_height(Frame& frame, const MenuItem* items, int count) const {
    float room = frame.layout.safe.h - separator(frame, items, count) - 4 * frame.px(kPaddingCss);
    float fits = std::floor(room / static_cast<float>(std::max(1, count_lines(items, count))));
    return std::clamp(fits, frame.theme.measure(32, 44), frame.theme.measure(40, 52));
}

float Menu::content_height(Frame& frame, const MenuItem* items, int count) const {
    return line_height(frame, items, count) * static_cast<float>(count_lines(items, count)) +
           separator(frame, items, count);
}

Rect Menu::place(Frame& frame, gfx::Canvas& canvas, const MenuItem* items, int count) const {
    const Layout& layout = frame.layout;
    float pad = frame.px(kPaddingCss);
    float width = frame.px(width_css_);
    for (int i = count_emoji(items, count); i < count; ++i) {
        width = std::max(width, label_inset(frame, items, count) +
                                    canvas.text_width(frame.theme.body, items[i].label) +
                                    frame.px(kInsetCss) + 2 * pad);
    }
    int emoji = count_emoji(items, count);
    width = std::max(width,
                     frame.theme.measure(kEmojiCellCss, 44) * static_cast<float>(emoji) + 2 * pad);
    float height = std::min(content_height(frame, items, count) + 2 * pad, layout.safe.h - 2 * pad);
    if (layout.phone) {
        return {0, layout.safe.bottom() - height, layout.window.w,
                height + layout.window.h - layout.safe.bottom()};
    }
    // Towards the middle of what it belongs to: from the right edge of things at the right.
    const Rect& pane = anchor_.x >= layout.chat.x ? layout.chat : layout.friends;
    float x = anchor_.center().x > pane.center().x ? anchor_.right() - width : anchor_.x;
    float y = anchor_.bottom() + frame.px(4);
    if (y + height > layout.safe.bottom() - pad) y = anchor_.y - frame.px(4) - height;
    y = std::clamp(y, layout.safe.y + pad,
                   std::max(layout.safe.y + pad, layout.safe.bottom() - pad - height));
    x = std::clamp(x, layout.safe.x + pad,
                   std::max(layout.safe.x + pad, layout.safe.right() - pad - width));
    return {std::floor(x), std::floor(y), std::ceil(width), height};
}

float Menu::label_inset(const Frame& frame, const MenuItem* items, int count) const {
    bool icons = std::any_of(items, items + count,
                             [](const MenuItem& item) { return item.icon.has_value(); });
    return frame.px(icons ? kInsetCss + kIconCss + 12 : kInsetCss);
}

Touched Menu::touch_item(Frame& frame, gfx::Canvas& canvas, Rect rect, int index,
                         const MenuItem& item) {
    const Theme& theme = frame.theme;
    std::string key = item_key(index);
    Touched touched = frame.input.touch(key, rect);
    platform::Role role = platform::Role::kMenuItem;
    if (item.checked != platform::Tri::kAbsent) {
        role = item.exclusive ? platform::Role::kMenuRadio : platform::Role::kMenuCheckbox;
    }
    platform::MirrorNode node = make_node(key, role, item.label, rect);
    node.focusable = index == 0;
    node.focusable_by_code = true;
    node.checked = item.checked;
    frame.mirror.leaf(std::move(node));
    if (touched.hovered || touched.ring) {
        canvas.fill(rect, touched.pressed ? theme.color.field_press : theme.color.field,
                    frame.px(radius::kField - 4));
    }
    if (touched.ring) focus_ring(frame, canvas, rect, frame.px(8), true);
    return touched;
}

bool Menu::draw_emoji(Frame& frame, gfx::Canvas& canvas, Rect cell, int index,
                      const MenuItem& item) {
    if (item.checked == platform::Tri::kTrue) {
        canvas.fill(cell, frame.theme.color.accent_soft, frame.px(radius::kField - 4));
    }
    Touched touched = touch_item(frame, canvas, cell, index, item);
    float size = frame.px(kEmojiCss);
    float width = canvas.emoji_width(size, item.emoji);
    canvas.emoji({std::floor(cell.center().x - width / 2), std::floor(cell.center().y - size / 2)},
                 size, item.emoji);
    if (touched.hovered) {
        frame.input.want_tooltip(item_key(index), item.label, cell, frame.now_ms);
    }
    return touched.activated;
}

bool Menu::draw_item(Frame& frame, gfx::Canvas& canvas, Rect rect, int index, const MenuItem& item,
                     float inset) {
    const Theme& theme = frame.theme;
    Touched touched = touch_item(frame, canvas, rect, index, item);
    bool chosen = item.checked == platform::Tri::kTrue;
    Color ink = item.destructive ? theme.color.danger : theme.color.ink;
    if (item.icon) {
        canvas.icon(*item.icon, {rect.x + frame.px(kInsetCss + kIconCss / 2), rect.center().y},
                    frame.px(kIconCss), item.destructive ? ink : theme.color.ink2);
    }
    canvas.text_cut({rect.x + inset, std::floor(rect.center().y - theme.body.line_px / 2)},
                    chosen ? theme.body_bold : theme.body, ink, item.label,
                    rect.w - inset - frame.px(kInsetCss));
    return touched.activated;
}

int Menu::draw_items(Frame& frame, gfx::Canvas& canvas, Rect card, const MenuItem* items,
                     int count) {
    float pad = frame.px(kPaddingCss);
    float height = line_height(frame, items, count);
    float content = content_height(frame, items, count);
    float room = std::min(card.bottom(), frame.layout.safe.bottom()) - card.y - 2 * pad;
    // A part of a pixel is what rounding makes.
    Rect view = {card.x, card.y + pad, card.w, content < room + 1 ? content : room};
    ScrollScope scroll(frame, canvas, area_, view, view, content);
    int used = -1;
    float inset = label_inset(frame, items, count);
    float cell = std::floor((card.w - 2 * pad) / static_cast<float>(std::max(1, emoji_count_)));
    float y = view.y - area_.offset();
    for (int i = 0; i < emoji_count_; ++i) {
        Rect rect = {card.x + pad + cell * static_cast<float>(i), y, cell, height};
        if (draw_emoji(frame, canvas, rect, i, items[i])) used = i;
    }
    if (emoji_count_ > 0) y += height;
    for (int i = emoji_count_; i < count; ++i) {
        if (i > 0 && items[i].destructive && !items[i - 1].destructive) {
            canvas.fill({card.x + frame.px(12), y + pad, card.w - frame.px(24), frame.px(1)},
                        frame.theme.color.line);
            y += 2 * pad;
        }
        Rect rect = {card.x + pad, y, card.w - 2 * pad, height};
        if (draw_item(frame, canvas, rect, i, items[i], inset)) used = i;
        y += height;
    }
    return used;
}

int Menu::draw(Frame& frame, std::string_view name, const MenuItem* items, int count) {
    count_ = count;
    emoji_count_ = count_emoji(items, count);
    if (count == 0) open_ = false;
    if (!open_) return -1;
    const Theme& theme = frame.theme;
    Surface surface(frame, "menu", frame.layout.window, Surface::Kind::kOverlay);
    gfx::Canvas& canvas = surface.canvas();
    Rect card = place(frame, canvas, items, count);
    canvas.set_opacity(arrival(frame, since_ms_, theme.motion.toast_in_ms));
    bool sheet = frame.layout.phone;
    if (sheet) canvas.fill(frame.layout.window, theme.scrim);
    float radius = frame.px(sheet ? radius::kDialog : radius::kRow);
    gfx::Corners corners = sheet ? gfx::Corners(radius, radius, 0, 0) : gfx::Corners(radius);
    draw_elevation(canvas, theme, card, radius, sheet ? Elevation::kE4 : Elevation::kE3);
    canvas.fill(card, theme.dark && !sheet ? theme.color.raised : theme.color.pane, corners);
    if (theme.forced) canvas.outline(card, theme.color.edge, frame.px(1), corners);
    MirrorScope scope(frame.mirror, owner_, make_node("menu", platform::Role::kMenu, name, card));
    int used = draw_items(frame, canvas, card, items, count);
    if (focus_wanted_) {
        focus_wanted_ = false;
        frame.actions.emplace_back(FocusNode{item_key(0)});
    }
    bool just_opened = frame.now_ms - since_ms_ < kJustOpenedMs;
    if (used >= 0 || (!just_opened && clicked_outside(card))) open_ = false;
    return used;
}

bool Menu::on_key(std::string_view key, const platform::KeyEvent& event, std::string* focus) const {
    if (!open_ || count_ == 0 || key.substr(0, 5) != "menu.") return false;
    int at = 0;
    for (int i = 0; i < count_; ++i) {
        if (key == item_key(i)) at = i;
    }
    bool in_row = at < emoji_count_;
    switch (event.key) {
        case platform::Key::kUp:
            at = (in_row ? count_ : at) - 1;
            break;
        case platform::Key::kDown:
            at = in_row ? emoji_count_ : at + 1;
            break;
        case platform::Key::kLeft:
        case platform::Key::kRight:
            if (!in_row) return false;
            at += event.key == platform::Key::kLeft ? emoji_count_ - 1 : 1;
            at %= emoji_count_;
            break;
        case platform::Key::kHome:
            at = 0;
            break;
        case platform::Key::kEnd:
            at = count_ - 1;
            break;
        default:
            return false;
    }
    // From the last to the first and back.
    at = (at + count_) % count_;
    *focus = item_key(at);
    return true;
}

}  // namespace kumquat::ui
