#include "ui/scroll.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include <imgui.h>
#include <imgui_internal.h>

#include "ui/frame.h"

namespace kumquat::ui {

namespace {

constexpr double kVelocityWindowMs = 100;
constexpr float kDecayMs = 325;
/// Slower than this (physical pixels per ms) counts as standing still.
constexpr float kStandstill = 0.02f;
constexpr double kBarShownMs = 800;
constexpr double kBarFadeMs = 200;
/// A bar that is held this near to where it should be stays there.
constexpr float kStillPx = 0.5f;
/// What belongs to the bar, at the view's right edge.
constexpr float kLaneCss = 12;

platform::Rect lane_of(const Frame& frame, platform::Rect view) {
    float width = frame.px(kLaneCss);
    return {view.right() - width, view.y, width, view.h};
}

/// The bar's height in `view`.
float bar_height(const Frame& frame, platform::Rect view, float length) {
    return std::min(view.h, std::max(frame.px(32), std::floor(view.h * length)));
}

}  // namespace

void Drag::add_sample(double now_ms, float at) {
    if (sample_count_ == kSamples) {
        std::copy(samples_ + 1, samples_ + kSamples, samples_);
        --sample_count_;
    }
    samples_[sample_count_++] = {now_ms, at};
}

float Drag::release_velocity(double now_ms) const {
    int first = 0;
    while (first < sample_count_ && samples_[first].time_ms < now_ms - kVelocityWindowMs)
        ++first;
    if (sample_count_ - first < 2) return 0;
    double time = samples_[sample_count_ - 1].time_ms - samples_[first].time_ms;
    if (time <= 0) return 0;
    return static_cast<float>((samples_[first].at - samples_[sample_count_ - 1].at) / time);
}

float Drag::step(bool down, bool inside, float at, double now_ms, float slop, bool inertia) {
    float elapsed = static_cast<float>(std::max(0.0, now_ms - last_ms_));
    last_ms_ = now_ms;
    if (down && !held_ && inside) {
        held_ = true;
        dragging_ = false;
        velocity_ = 0;
        sample_count_ = 0;
        start_ = last_ = at;
        add_sample(now_ms, at);
        return 0;
    }
    if (down && held_) {
        add_sample(now_ms, at);
        if (!dragging_ && std::fabs(at - start_) > slop) dragging_ = true;
        if (!dragging_) return 0;
        float moved = last_ - at;
        last_ = at;
        return moved;
    }
    if (held_) {
        velocity_ = dragging_ && inertia ? release_velocity(now_ms) : 0;
        held_ = dragging_ = false;
        return 0;
    }
    if (std::fabs(velocity_) < kStandstill) {
        velocity_ = 0;
        return 0;
    }
    float decay = std::exp(-elapsed / kDecayMs);
    float moved = velocity_ * kDecayMs * (1 - decay);
    velocity_ *= decay;
    return moved;
}

float Drag::step(Frame& frame, platform::Rect view, bool across) {
    const ImGuiIO& io = ImGui::GetIO();
    bool down = io.MouseSource == ImGuiMouseSource_TouchScreen && io.MouseDown[0];
    if (down && !ImGui::IsMousePosValid()) {
        // Cancelled: two fingers enlarge the page, for one.
        held_ = dragging_ = false;
        velocity_ = 0;
        return 0;
    }
    float moved =
        step(down, down && frame.input.hovers(view), across ? io.MousePos.x : io.MousePos.y,
             frame.now_ms, frame.px(8), !frame.theme.motion.reduced);
    if (dragging_) ImGui::ClearActiveID();
    if (gliding()) frame.animating = true;
    return moved;
}

float ScrollBar::drag(Frame& frame, platform::Rect view, float at) {
    if (frame.theme.touch) return 0;
    platform::Rect lane = lane_of(frame, view);
    bool was_held = std::exchange(held_, frame.input.holds(this, lane));
    if (!held_) return 0;
    float bar = std::min(height_, view.h);
    float way = view.h - bar;
    at = std::clamp(at, 0.0f, 1.0f);
    float top = view.y + way * at;
    float y = ImGui::GetIO().MousePos.y;
    if (!was_held) {
        grip_ = y >= top && y < top + bar ? y - top : bar / 2;
    } else if (std::fabs(top - top_) > kStillPx) {
        // Content has come: that moves the bar, not the content.
        grip_ = y - top;
    }
    float moved = y - grip_ - top;
    if (way <= 0 || std::fabs(moved) < kStillPx) return 0;
    return std::clamp(moved / way, -at, 1 - at);
}

void ScrollBar::draw(Frame& frame, gfx::Canvas& canvas, platform::Rect view, float at, float length,
                     double moved_ms) {
    // As long as it was when it was taken hold of.
    if (!held_) height_ = bar_height(frame, view, length);
    float bar = std::min(height_, view.h);
    top_ = view.y + (view.h - bar) * std::clamp(at, 0.0f, 1.0f);
    bool hovered = held_ || (!frame.theme.touch && frame.input.hovers(lane_of(frame, view)));
    double since = frame.now_ms - moved_ms;
    float shown =
        hovered
            ? 1.0f
            : 1.0f - static_cast<float>(std::clamp((since - kBarShownMs) / kBarFadeMs, 0.0, 1.0));
    if (shown <= 0) return;
    if (!hovered) {
        if (since < kBarShownMs) {
            frame.change_at(moved_ms + kBarShownMs);
        } else {
            frame.animating = true;
        }
    }
    float width = frame.px(hovered ? 8 : 6);
    float alpha = held_ ? 0.9f : hovered ? 0.7f : 0.4f;
    canvas.fill({view.right() - frame.px(3) - width, std::floor(top_), width, bar},
                frame.theme.color.ink2.faded(alpha * shown), width / 2);
}

void ScrollArea::update(Frame& frame, platform::Rect view, float content_height) {
    view_ = view;
    content_height_ = content_height;
    float before = offset_;
    offset_ += frame.input.take_wheel(view);
    offset_ += drag_.step(frame, view);
    if (way() > 0) offset_ += way() * bar_.drag(frame, view, offset_ / way());
    float clamped = std::clamp(offset_, 0.0f, way());
    if (clamped != offset_) drag_.stop();
    offset_ = clamped;
    drawn_offset_ = offset_;
    if (offset_ != before) moved_ms_ = frame.now_ms;
}

void ScrollArea::follow_focus(Frame& frame, std::string_view key, platform::Rect rect) {
    if (followed_ == key) return;
    followed_ = key;
    float top = rect.y - view_.y + drawn_offset_;
    // With its label.
    reveal(std::max(0.0f, top - frame.px(32)), top + rect.h + frame.px(8));
    if (offset_ != drawn_offset_) frame.animating = true;
}

void ScrollArea::reveal(float top, float bottom) {
    if (bottom - offset_ > view_.h) offset_ = bottom - view_.h;
    if (top < offset_) offset_ = top;
    offset_ = std::clamp(offset_, 0.0f, way());
}

void ScrollArea::field_at(Frame& frame, std::string_view id, platform::Rect rect) {
    if (frame.fields.focused() == id) follow_focus(frame, id, rect);
}

void ScrollArea::draw_bar(Frame& frame, gfx::Canvas& canvas) {
    if (way() <= 0) return;
    bar_.draw(frame, canvas, view_, offset_ / way(), view_.h / content_height_, moved_ms_);
}

ScrollScope::ScrollScope(Frame& frame, gfx::Canvas& canvas, ScrollArea& area, platform::Rect view,
                         platform::Rect clip, float content_height)
    : frame_(frame), canvas_(canvas), area_(area) {
    area_.update(frame, view, content_height);
    // Dear ImGui's own clip, so that what is out of sight is out of reach, too.
    ImGui::PushClipRect({clip.x, clip.y}, {clip.right(), clip.bottom()}, true);
    (void)frame.input.take_focused_rect();
}

ScrollScope::~ScrollScope() {
    ImGui::PopClipRect();
    platform::Rect focused = frame_.input.take_focused_rect();
    if (!focused.empty() && frame_.input.focus_by_keyboard())
        area_.follow_focus(frame_, frame_.input.focused(), focused);
    area_.draw_bar(frame_, canvas_);
}

}  // namespace kumquat::ui
