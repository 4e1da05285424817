#include "ui/overlay.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include <imgui.h>

#include "ui/controls.h"
#include "ui/pieces.h"

namespace kumquat::ui {

namespace {

constexpr double kToastMs = 4000;
constexpr double kToastErrorMs = 8000;
constexpr double kTooltipAfterMs = 500;

/// How far an overlay has come since `since_ms`, 0 to 1, eased.
float arrival(Frame& frame, double since_ms, float duration_ms) {
    float t = duration_ms > 0 ? static_cast<float>(frame.now_ms - since_ms) / duration_ms : 1;
    if (t >= 1) return 1;
    frame.animating = true;
    return ease_out(t);
}

bool clicked_outside(Rect card) {
    if (!ImGui::IsMouseClicked(ImGuiMouseButton_Left) || !ImGui::IsWindowHovered()) return false;
    ImVec2 at = ImGui::GetIO().MousePos;
    return !card.contains({at.x, at.y});
}

}  // namespace

// --- Dialog ---

Dialog::Dialog(Frame& frame, std::string_view key, std::string_view title, float width_css,
               float height, double since_ms, bool closable)
    : frame_(frame), surface_(frame, "dialog", frame.layout.window, Surface::Kind::kOverlay) {
    const Theme& theme = frame.theme;
    gfx::Canvas& canvas = surface_.canvas();
    float opacity = arrival(frame, since_ms, theme.motion.dialog_in_ms);
    canvas.set_opacity(opacity);
    canvas.fill(frame.layout.window, theme.scrim);
    float padding = frame.px(24);
    float title_h = std::max(theme.title.line_px, frame.px(32));
    card_ = dialog_rect(frame.layout, width_css, padding * 2 + title_h + frame.px(16) + height);
    bool sheet = frame.layout.phone;
    float radius = sheet ? 0 : frame.px(radius::kDialog);
    if (!sheet) draw_elevation(canvas, theme, card_, radius, Elevation::kE4);
    canvas.fill(sheet ? frame.layout.window : card_, theme.color.pane, radius);
    platform::MirrorNode node = make_node(key, platform::Role::kDialog, title, card_);
    frame.mirror.open(std::move(node));

    Rect head = {card_.x + padding, card_.y + padding, card_.w - 2 * padding, title_h};
    platform::MirrorNode heading =
        make_node(std::string(key) + ".title", platform::Role::kHeading, title, head);
    heading.level = 2;
    frame.mirror.leaf(std::move(heading));
    canvas.text_cut({head.x, std::floor(head.center().y - theme.title.line_px / 2)}, theme.title,
                    theme.color.ink, title, head.w - frame.px(44));
    if (closable) {
        float size = theme.measure(40, 44);
        // The sign's right edge lies on the fields' right edge.
        Rect x = {head.right() - std::floor(size / 2) - frame.px(12),
                  std::floor(head.center().y - size / 2), size, size};
        closed_ = icon_button(frame, canvas, std::string(key) + ".close", x, gfx::Icon::kClose,
                              frame.str(Str::close));
        if (!sheet && clicked_outside(card_)) closed_ = true;
    }
    content_ = {head.x, head.bottom() + frame.px(16), head.w,
                card_.bottom() - padding - head.bottom() - frame.px(16)};
}

Dialog::~Dialog() {
    frame_.mirror.close();
}

// --- Toast ---

void Toast::show(std::string words, double now_ms, bool error) {
    words_ = std::move(words);
    since_ms_ = now_ms;
    until_ms_ = now_ms + (error ? kToastErrorMs : kToastMs);
}

void Toast::draw(Frame& frame, float bottom) {
    if (words_.empty()) return;
    const Theme& theme = frame.theme;
    float out = theme.motion.toast_out_ms;
    if (frame.now_ms >= until_ms_ + static_cast<double>(out)) {
        words_.clear();
        return;
    }
    frame.change_at(until_ms_);
    const Rect& pane = frame.layout.two_columns ? frame.layout.chat : frame.layout.safe;
    gfx::Canvas canvas = frame.screen.canvas(ImGui::GetForegroundDrawList());
    float width_max = std::min(frame.px(480), pane.w - frame.px(24));
    float padding = frame.px(16);
    std::string words = canvas.cut(theme.small, words_, width_max - 2 * padding);
    float width = std::ceil(canvas.text_width(theme.small, words)) + 2 * padding;
    Rect rect = {std::floor(pane.center().x - width / 2), bottom - frame.px(44), width,
                 frame.px(44)};
    float shown = arrival(frame, since_ms_, theme.motion.toast_in_ms);
    if (frame.now_ms > until_ms_) {
        shown = 1 - static_cast<float>(frame.now_ms - until_ms_) / out;
        frame.animating = true;
    }
    if (!theme.motion.reduced) rect.y += std::floor((1 - shown) * frame.px(4));
    canvas.set_opacity(std::clamp(shown, 0.0f, 1.0f));
    draw_elevation(canvas, theme, rect, frame.px(radius::kRow), Elevation::kE3);
    canvas.fill(rect, theme.color.toast, frame.px(radius::kRow));
    canvas.text_in(rect, theme.small, theme.color.on_toast, words);
    frame.mirror.leaf(make_node("toast", platform::Role::kStatus, words_, rect));
}

// --- Message menu ---

void MessageMenu::open(const MessageMenuWish& wish, double now_ms) {
    wish_ = wish;
    open_ = true;
    focus_wanted_ = true;
    since_ms_ = now_ms;
}

int MessageMenu::items(Item* out) const {
    int count = 0;
    if (!wish_.text.empty()) out[count++] = Item::kCopy;
    if (wish_.failed) out[count++] = Item::kRetry;
    if (wish_.failed && wish_.client_id) out[count++] = Item::kDiscard;
    return count;
}

std::string_view MessageMenu::words(const Frame& frame, Item item) const {
    switch (item) {
        case Item::kCopy:
            return frame.str(Str::msg_copy);
        case Item::kRetry:
            return frame.str(Str::msg_retry);
        case Item::kDiscard:
            return frame.str(Str::msg_discard);
    }
    return {};
}

Rect MessageMenu::place(Frame& frame, gfx::Canvas& canvas, const Item* list, int count) const {
    const Layout& layout = frame.layout;
    float pad = frame.px(6);
    float item = frame.theme.measure(40, 52);
    float width = frame.px(180);
    for (int i = 0; i < count; ++i) {
        width = std::max(width, canvas.text_width(frame.theme.body, words(frame, list[i])) +
                                    frame.px(12 + 12 + 12));
    }
    float height = item * static_cast<float>(count) + 2 * pad;
    if (layout.phone) {
        return {0, layout.safe.bottom() - height, layout.window.w,
                height + layout.window.h - layout.safe.bottom()};
    }
    float x = wish_.bubble.center().x > layout.chat.center().x ? wish_.bubble.right() - width
                                                               : wish_.bubble.x;
    float y = wish_.bubble.bottom() + frame.px(4);
    if (y + height > layout.safe.bottom() - pad) y = wish_.bubble.y - frame.px(4) - height;
    y = std::clamp(y, layout.safe.y + pad,
                   std::max(layout.safe.y + pad, layout.safe.bottom() - pad - height));
    x = std::clamp(x, layout.safe.x + pad, layout.safe.right() - pad - width);
    return {std::floor(x), std::floor(y), std::ceil(width), height};
}

void MessageMenu::run(Frame& frame, Item item) {
    open_ = false;
    switch (item) {
        case Item::kCopy:
            frame.actions.emplace_back(CopyText{wish_.text});
            return;
        case Item::kRetry:
            if (wish_.client_id) frame.command(client::RetryMessage{*wish_.client_id});
            return;
        case Item::kDiscard:
            if (wish_.client_id) frame.command(client::DiscardMessage{*wish_.client_id});
            return;
    }
}

bool MessageMenu::draw(Frame& frame) {
    if (!open_) return false;
    Item list[3];
    int count = items(list);
    if (count == 0) {
        open_ = false;
        return false;
    }
    const Theme& theme = frame.theme;
    Surface surface(frame, "menu", frame.layout.window, Surface::Kind::kOverlay);
    gfx::Canvas& canvas = surface.canvas();
    Rect card = place(frame, canvas, list, count);
    float shown = arrival(frame, since_ms_, theme.motion.toast_in_ms);
    canvas.set_opacity(shown);
    bool sheet = frame.layout.phone;
    if (sheet) canvas.fill(frame.layout.window, theme.scrim);
    float radius = frame.px(sheet ? radius::kDialog : radius::kRow);
    gfx::Corners corners = sheet ? gfx::Corners(radius, radius, 0, 0) : gfx::Corners(radius);
    draw_elevation(canvas, theme, card, radius, sheet ? Elevation::kE4 : Elevation::kE3);
    canvas.fill(card, theme.dark && !sheet ? theme.color.raised : theme.color.pane, corners);
    platform::MirrorNode menu =
        make_node("menu", platform::Role::kMenu, frame.str(Str::msg_menu), card);
    MirrorScope scope(frame.mirror, std::move(menu));
    float pad = frame.px(6);
    float height = theme.measure(40, 52);
    for (int i = 0; i < count; ++i) {
        Rect rect = {card.x + pad, card.y + pad + height * static_cast<float>(i), card.w - 2 * pad,
                     height};
        std::string key = "menu." + number_text(i);
        std::string_view label = words(frame, list[i]);
        Touched touched = frame.input.touch(key, rect);
        platform::MirrorNode node = make_node(key, platform::Role::kMenuItem, label, rect);
        node.focusable = i == 0;
        node.focusable_by_code = true;
        frame.mirror.leaf(std::move(node));
        if (touched.hovered || touched.ring) {
            canvas.fill(rect, touched.pressed ? theme.color.field_press : theme.color.field,
                        frame.px(radius::kField - 4));
        }
        Color ink = list[i] == Item::kDiscard ? theme.color.danger : theme.color.ink;
        canvas.text({rect.x + frame.px(12), std::floor(rect.center().y - theme.body.line_px / 2)},
                    theme.body, ink, label);
        if (touched.ring) focus_ring(frame, canvas, rect, frame.px(8), true);
        if (touched.activated) run(frame, list[i]);
    }
    if (focus_wanted_) {
        focus_wanted_ = false;
        frame.actions.emplace_back(FocusNode{"menu.0"});
    }
    bool just_opened = frame.now_ms - since_ms_ < 50;
    if (!just_opened && clicked_outside(card)) open_ = false;
    return open_;
}

bool MessageMenu::on_key(std::string_view key, const platform::KeyEvent& event,
                         std::string* focus) const {
    if (!open_ || key.substr(0, 5) != "menu.") return false;
    Item list[3];
    int count = items(list);
    int at = key[5] - '0';
    switch (event.key) {
        case platform::Key::kUp:
            at = (at + count - 1) % count;
            break;
        case platform::Key::kDown:
            at = (at + 1) % count;
            break;
        case platform::Key::kHome:
            at = 0;
            break;
        case platform::Key::kEnd:
            at = count - 1;
            break;
        default:
            return false;
    }
    *focus = "menu." + number_text(at);
    return true;
}

// --- Tooltip ---

void draw_tooltip(Frame& frame) {
    const Interaction::Tooltip& tip = frame.input.tooltip();
    if (!tip.wanted || tip.key.empty() || frame.theme.touch) return;
    if (frame.now_ms < tip.since_ms + kTooltipAfterMs) {
        frame.change_at(tip.since_ms + kTooltipAfterMs);
        return;
    }
    const Theme& theme = frame.theme;
    gfx::Canvas canvas = frame.screen.canvas(ImGui::GetForegroundDrawList());
    float width = std::ceil(canvas.text_width(theme.caption, tip.words)) + frame.px(16);
    float height = theme.caption.line_px + frame.px(10);
    float x = std::floor(tip.rect.center().x - width / 2);
    const Rect& safe = frame.layout.safe;
    x = std::clamp(x, safe.x + frame.px(4),
                   std::max(safe.x + frame.px(4), safe.right() - width - frame.px(4)));
    float y = tip.rect.bottom() + frame.px(6);
    if (y + height > safe.bottom()) y = tip.rect.y - frame.px(6) - height;
    Rect rect = {x, y, width, height};
    draw_elevation(canvas, theme, rect, frame.px(8), Elevation::kE3);
    canvas.fill(rect, theme.color.toast, frame.px(8));
    canvas.text_in(rect, theme.caption, theme.color.on_toast, tip.words);
}

}  // namespace kumquat::ui
