// The part of a Scheduler that decides: which frame is due, how many follow, which timer runs. A
// home supplies the browser's requestAnimationFrame and setTimeout (or a test's) as a sink.
#pragma once

#include <cstdint>

#include "platform/scheduler.h"

namespace kumquat::platform {

class FrameQueue : public Scheduler {
  public:
    class Sink {
      public:
        virtual ~Sink() = default;
        virtual double monotonic_ms() = 0;
        /// Call on_animation_frame() once, before the next repaint.
        virtual void request_frame() = 0;
        /// Call on_timer() once after `delay_ms`; replaces the timer that runs. Negative: stop it.
        virtual void set_timer(double delay_ms) = 0;
        virtual void request_idle() = 0;
    };

    explicit FrameQueue(Sink* sink) : sink_(sink) {}

    void set_listener(Listener* listener) override { listener_ = listener; }
    void invalidate(FrameReason reason) override;
    void frame_at(double when_ms) override;
    void wake_at(double when_ms) override;
    void when_idle(std::function<void()> run) override;

    // Events of the home.
    void on_animation_frame(double now_ms);
    void on_timer();
    void on_idle();
    void set_visible(bool visible);

    /// Nothing is under way: no frame asked for or due within a moment, no idle work. Wake-ups do
    /// not count, nor frames in the distance (a toast that will end), nor those that wait until the
    /// page is visible.
    bool idle() const;
    std::int64_t frames_count() const { return frames_count_; }

  private:
    void request();
    void arm();

    Sink* sink_;
    Listener* listener_ = nullptr;
    bool visible_ = true;
    bool frame_requested_ = false;
    int frames_to_follow_ = 0;
    double frame_at_ms_ = -1;
    double wake_at_ms_ = -1;
    double armed_ms_ = -1;
    std::function<void()> idle_work_;
    std::int64_t frames_count_ = 0;
};

}  // namespace kumquat::platform
