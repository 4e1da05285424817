// Scrolling of our own, because Dear ImGui has neither fingers nor inertia: pixels of a wheel, a
// dragging finger with what follows it, and the fading bar, which a mouse can drag.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

#include "gfx/canvas.h"
#include "platform/geometry.h"

namespace kumquat::ui {

struct Frame;

/// A finger that drags a list. Moves begin after 8 CSS px; what was pressed under it is then let
/// go.
class Drag {
  public:
    /// How far content moves this frame: the finger's way, then inertia (time constant 325 ms).
    /// `at`: where it is, along the way that it moves; `slop` likewise in physical pixels.
    /// `inertia` false: stops with the finger (reduced motion).
    float step(bool down, bool inside, float at, double now_ms, float slop, bool inertia);
    /// The same for Dear ImGui's finger over `view`; `across`: to its sides.
    float step(Frame& frame, platform::Rect view, bool across = false);
    /// The finger has left the slop: this is no tap any more.
    bool dragging() const { return dragging_; }
    /// It still moves by itself.
    bool gliding() const { return velocity_ != 0; }
    void stop() { velocity_ = 0; }

  private:
    struct Sample {
        double time_ms = 0;
        float at = 0;
    };
    static constexpr int kSamples = 16;

    void add_sample(double now_ms, float at);
    float release_velocity(double now_ms) const;

    Sample samples_[kSamples];
    int sample_count_ = 0;
    bool held_ = false;
    bool dragging_ = false;
    float start_ = 0;
    float last_ = 0;
    float velocity_ = 0;
    double last_ms_ = 0;
};

/// The bar at the right edge of a view: seen while the view moves and under the mouse, which can
/// drag it. A press beside it brings it there.
class ScrollBar {
  public:
    /// Call in the view's window before what is scrolled, because the bar lies over that. `at`: the
    /// part of its way that the content has gone, 0 to 1. Returns which part of that way the mouse
    /// moves it on, negative for up.
    float drag(Frame& frame, platform::Rect view, float at);
    /// `length`: which part of the content is seen, `moved_ms`: when it last moved.
    void draw(Frame& frame, gfx::Canvas& canvas, platform::Rect view, float at, float length,
              double moved_ms);

  private:
    bool held_ = false;
    /// Where the bar is held, physical pixels from its top.
    float grip_ = 0;
    /// Where its top was drawn, and how high it was.
    float top_ = 0;
    float height_ = 0;
};

/// A list of known height, scrolled by an offset from its top.
class ScrollArea {
  public:
    /// Takes wheel and finger over `view` and keeps the offset within the content. Call it in the
    /// pane's window, before drawing the content at view.y - offset().
    void update(Frame& frame, platform::Rect view, float content_height);
    float offset() const { return offset_; }
    /// Scrolls as little as needed to show `top` to `bottom` (of the content).
    void reveal(float top, float bottom);
    /// Brings what has the focus into view with the next frame. `rect`: where it is drawn in this
    /// one. Once for each focus: afterwards the person may scroll it away.
    void follow_focus(Frame& frame, std::string_view key, platform::Rect rect);
    /// The same for a field, which tells of its focus in another way.
    void field_at(Frame& frame, std::string_view id, platform::Rect rect);
    void to_top() { offset_ = 0; }
    /// As after a movement: it says that there is more.
    void show_bar(double now_ms) { moved_ms_ = now_ms; }
    void draw_bar(Frame& frame, gfx::Canvas& canvas);

  private:
    /// How far it can be scrolled.
    float way() const { return std::max(0.0f, content_height_ - view_.h); }

    Drag drag_;
    ScrollBar bar_;
    platform::Rect view_;
    float content_height_ = 0;
    float offset_ = 0;
    /// With what update() left, while offset_ may be on its way to the next frame.
    float drawn_offset_ = 0;
    double moved_ms_ = -1e9;
    /// What was last brought into view because it had the focus.
    std::string followed_;
};

/// What is drawn while it lives lies in a ScrollArea and follows the keyboard's focus.
class ScrollScope {
  public:
    /// `clip`: what can be seen and hit, at least `view`: rings reach over it.
    ScrollScope(Frame& frame, gfx::Canvas& canvas, ScrollArea& area, platform::Rect view,
                platform::Rect clip, float content_height);
    ~ScrollScope();
    ScrollScope(const ScrollScope&) = delete;
    ScrollScope& operator=(const ScrollScope&) = delete;

  private:
    Frame& frame_;
    gfx::Canvas& canvas_;
    ScrollArea& area_;
};

}  // namespace kumquat::ui
