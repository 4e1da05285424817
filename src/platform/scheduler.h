// When to draw and when to wake. A page that nothing happens to draws nothing and has no timer.
#pragma once

#include <cstdint>
#include <functional>

namespace kumquat::platform {

/// Why a frame is wanted; counted for tests and tuning.
enum class FrameReason : std::uint8_t {
    kModel,
    kInput,
    kAnimation,
    kResize,
    kTheme,
    kTextures,
    kTimer,
    kRestored
};

class Scheduler {
  public:
    class Listener {
      public:
        virtual ~Listener() = default;
        /// Draw one frame now. Never called while the page is hidden.
        virtual void on_frame(double now_ms) = 0;
        /// The time given to wake_at() has come. Called while hidden too (browsers then delay it by
        /// a second and more).
        virtual void on_wake(double now_ms) = 0;
    };

    virtual ~Scheduler() = default;
    virtual void set_listener(Listener* listener) = 0;

    /// Asks for one frame soon. Cheap, and any number of calls before it make one frame. While the
    /// page is hidden it is remembered. kInput makes three more frames follow, because Dear ImGui
    /// settles hover and popups late.
    virtual void invalidate(FrameReason reason) = 0;
    /// Draws a frame at `when_ms` (monotonic) or earlier: for delays and ends of animations.
    /// Nothing while hidden.
    virtual void frame_at(double when_ms) = 0;
    /// Calls on_wake() once at `when_ms` (monotonic) or as soon after as the browser allows. The
    /// earliest of several calls counts; a call made from on_wake() starts anew. For timers of the
    /// client core.
    virtual void wake_at(double when_ms) = 0;
    /// Calls `run` once, between frames, when the browser has time to spare. For warming up glyphs.
    /// A second call before the first was carried out replaces it.
    virtual void when_idle(std::function<void()> run) = 0;
};

}  // namespace kumquat::platform
