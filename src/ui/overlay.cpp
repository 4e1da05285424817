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

}  // namespace

// --- Dialog ---

Dialog::Dialog(Frame& frame, std::string_view key, std::string_view title, float width_css,
               float height, double since_ms, DialogOptions options)
    : frame_(frame),
      surface_(frame, "dialog", frame.layout.window, Surface::Kind::kOverlay),
      area_(options.scroll) {
    const Theme& theme = frame.theme;
    gfx::Canvas& canvas = surface_.canvas();
    float opacity = arrival(frame, since_ms, theme.motion.dialog_in_ms);
    canvas.set_opacity(opacity);
    canvas.fill(frame.layout.window, theme.scrim);
    float padding = frame.px(24);
    float title_h = std::max(theme.title.line_px, frame.px(32));
    float card_h = padding * 2 + title_h + frame.px(16) + height;
    bool sheet = frame.layout.phone && !options.card;
    card_ = sheet ? dialog_rect(frame.layout, width_css, card_h)
                  : card_rect(frame.layout, width_css, card_h);
    float radius = sheet ? 0 : frame.px(radius::kDialog);
    if (!sheet) draw_elevation(canvas, theme, card_, radius, Elevation::kE4);
    canvas.fill(sheet ? frame.layout.window : card_, theme.color.pane, radius);
    platform::MirrorNode node = make_node(key, platform::Role::kDialog, title, card_);
    frame.mirror.open(std::move(node));
    Rect head = {card_.x + padding, card_.y + padding, card_.w - 2 * padding, title_h};
    draw_head(key, title, head, options);
    if (options.closable && !sheet && clicked_outside(card_)) closed_ = true;
    content_ = {head.x, head.bottom() + frame.px(16), head.w,
                card_.bottom() - padding - head.bottom() - frame.px(16)};
    clip_ = card_;
    if (area_ == nullptr) return;
    // To the card's edges: focus rings and field edges reach over the content's own.
    clip_ = {card_.x, content_.y - frame.px(6), card_.w, card_.bottom() - content_.y + frame.px(6)};
    scroll_.emplace(frame, canvas, *area_, Rect{card_.x, content_.y, card_.w, content_.h}, clip_,
                    height);
    content_.y -= area_->offset();
}

void Dialog::draw_head(std::string_view key, std::string_view title, Rect head,
                       const DialogOptions& options) {
    const Theme& theme = frame_.theme;
    gfx::Canvas& canvas = surface_.canvas();
    float size = theme.measure(40, 44);
    float top = std::floor(head.center().y - size / 2);
    float x = head.x;
    if (options.back) {
        // The sign's left edge lies on the content's left edge.
        Rect back = {head.x - std::floor(size / 2) + frame_.px(8), top, size, size};
        went_back_ = icon_button(frame_, canvas, std::string(key) + ".back", back, gfx::Icon::kBack,
                                 frame_.str(Str::chat_back));
        x = back.right() + frame_.px(8);
    }
    platform::MirrorNode heading =
        make_node(std::string(key) + ".title", platform::Role::kHeading, title, head);
    heading.level = 2;
    frame_.mirror.leaf(std::move(heading));
    canvas.text_cut({x, std::floor(head.center().y - theme.title.line_px / 2)}, theme.title,
                    theme.color.ink, title, head.right() - frame_.px(44) - x);
    if (!options.closable) return;
    // The sign's right edge lies on the fields' right edge.
    Rect close = {head.right() - std::floor(size / 2) - frame_.px(12), top, size, size};
    closed_ = icon_button(frame_, canvas, std::string(key) + ".close", close, gfx::Icon::kClose,
                          frame_.str(Str::close));
}

void Dialog::field_at(std::string_view id, Rect rect) {
    if (area_ != nullptr) area_->field_at(frame_, id, rect);
}

Dialog::~Dialog() {
    scroll_.reset();
    frame_.mirror.close();
}

// --- Toast ---

void Toast::show(std::string words, double now_ms, bool error) {
    words_ = std::move(words);
    since_ms_ = now_ms;
    until_ms_ = now_ms + (error ? kToastErrorMs : kToastMs);
}

void Toast::draw(Frame& frame, Place place, float messages_top) {
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
    std::vector<gfx::TextLine> lines =
        canvas.break_lines(theme.small, words_, width_max - 2 * padding);
    float text_w = 0;
    for (const gfx::TextLine& line : lines) {
        std::string_view words = std::string_view(words_).substr(line.begin, line.end - line.begin);
        text_w = std::max(text_w, std::ceil(canvas.text_width(theme.small, words)));
    }
    float text_h = theme.small.line_px * static_cast<float>(lines.size());
    Rect rect = {0, 0, text_w + 2 * padding, std::max(frame.px(44), text_h + frame.px(20))};
    rect.x = std::floor(pane.center().x - rect.w / 2);
    rect.y = pane.bottom() - frame.px(16) - rect.h;
    if (place == Place::kChat) rect.y = messages_top + frame.px(12);
    if (place == Place::kDialog) rect.y = pane.y + frame.px(12);
    float shown = arrival(frame, since_ms_, theme.motion.toast_in_ms);
    if (frame.now_ms > until_ms_) {
        shown = 1 - static_cast<float>(frame.now_ms - until_ms_) / out;
        frame.animating = true;
    }
    float from = frame.px(place == Place::kBottom ? 4.0f : -4.0f);
    if (!theme.motion.reduced) rect.y += std::floor((1 - shown) * from);
    canvas.set_opacity(std::clamp(shown, 0.0f, 1.0f));
    draw_elevation(canvas, theme, rect, frame.px(radius::kRow), Elevation::kE3);
    canvas.fill(rect, theme.color.toast, frame.px(radius::kRow));
    Point text = {rect.x + padding, std::floor(rect.center().y - text_h / 2)};
    paragraph(frame, canvas, text, width_max - 2 * padding, theme.small, theme.color.on_toast,
              words_);
    MirrorScope scope(frame.mirror, {}, make_node("toast", platform::Role::kStatus, words_, rect));
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
