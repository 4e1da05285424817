// Frames, timers, clocks and random bytes of the browser.
#pragma once

#include "platform/clock.h"
#include "platform/frame_queue.h"
#include "platform/web/page_calls.h"

namespace kumquat::platform::web {

class WebClock : public PageClock {
  public:
    TimeMs now() const override { return TimeMs(static_cast<std::int64_t>(kq_wall_clock())); }
    double monotonic_ms() const override { return kq_now(); }
};

class WebRandom : public Random {
  public:
    void fill(std::uint8_t* bytes, std::size_t count) override {
        kq_random(bytes, static_cast<int>(count));
    }
};

class WebScheduler : public FrameQueue, private FrameQueue::Sink {
  public:
    WebScheduler() : FrameQueue(this) {}

  private:
    double monotonic_ms() override { return kq_now(); }
    void request_frame() override { kq_request_frame(); }
    void set_timer(double delay_ms) override { kq_set_timer(delay_ms); }
    void request_idle() override { kq_request_idle(); }
};

}  // namespace kumquat::platform::web
