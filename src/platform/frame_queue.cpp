#include "platform/frame_queue.h"

#include <algorithm>
#include <utility>

namespace kumquat::platform {

namespace {
constexpr int kFramesAfterInput = 3;
constexpr double kSoonMs = 400;

// The earlier of two times of which negative ones mean "never".
double earlier(double a, double b) {
    if (a < 0) return b;
    if (b < 0) return a;
    return std::min(a, b);
}
}  // namespace

void FrameQueue::invalidate(FrameReason reason) {
    if (reason == FrameReason::kInput) frames_to_follow_ = kFramesAfterInput;
    request();
}

void FrameQueue::request() {
    // Becoming visible asks for a frame anyway.
    if (!visible_ || frame_requested_) return;
    frame_requested_ = true;
    sink_->request_frame();
}

void FrameQueue::frame_at(double when_ms) {
    frame_at_ms_ = earlier(frame_at_ms_, when_ms);
    arm();
}

void FrameQueue::wake_at(double when_ms) {
    wake_at_ms_ = earlier(wake_at_ms_, when_ms);
    arm();
}

void FrameQueue::when_idle(std::function<void()> run) {
    bool pending = static_cast<bool>(idle_work_);
    idle_work_ = std::move(run);
    if (!pending) sink_->request_idle();
}

void FrameQueue::arm() {
    double next = visible_ ? earlier(frame_at_ms_, wake_at_ms_) : wake_at_ms_;
    if (next == armed_ms_) return;
    armed_ms_ = next;
    sink_->set_timer(next < 0 ? -1 : std::max(0.0, next - sink_->monotonic_ms()));
}

void FrameQueue::on_timer() {
    armed_ms_ = -1;
    // Timers may come up to a millisecond early; taking them as due saves a second one.
    double now = sink_->monotonic_ms() + 1;
    if (visible_ && frame_at_ms_ >= 0 && frame_at_ms_ <= now) {
        frame_at_ms_ = -1;
        request();
    }
    if (wake_at_ms_ >= 0 && wake_at_ms_ <= now) {
        wake_at_ms_ = -1;
        if (listener_ != nullptr) listener_->on_wake(sink_->monotonic_ms());
    }
    arm();
}

void FrameQueue::on_animation_frame(double now_ms) {
    frame_requested_ = false;
    if (!visible_) return;
    if (frames_to_follow_ > 0) --frames_to_follow_;
    if (frame_at_ms_ >= 0 && frame_at_ms_ <= now_ms) frame_at_ms_ = -1;
    ++frames_count_;
    if (listener_ != nullptr) listener_->on_frame(now_ms);
    if (frames_to_follow_ > 0) request();
    arm();
}

bool FrameQueue::idle() const {
    if (!visible_) return !idle_work_;
    bool soon = frame_at_ms_ >= 0 && frame_at_ms_ < sink_->monotonic_ms() + kSoonMs;
    return !frame_requested_ && frames_to_follow_ == 0 && !soon && !idle_work_;
}

void FrameQueue::on_idle() {
    std::function<void()> run = std::exchange(idle_work_, nullptr);
    if (run) run();
}

void FrameQueue::set_visible(bool visible) {
    if (visible == visible_) return;
    visible_ = visible;
    if (visible) {
        request();
    } else {
        frames_to_follow_ = 0;
    }
    arm();
}

}  // namespace kumquat::platform
