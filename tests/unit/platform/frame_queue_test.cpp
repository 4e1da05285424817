#include "platform/frame_queue.h"

#include <gtest/gtest.h>

#include "platform/headless/headless.h"

namespace kumquat::platform {
namespace {

class Counter : public Scheduler::Listener {
  public:
    void on_frame(double) override { ++frames; }
    void on_wake(double) override { ++wakes; }
    int frames = 0;
    int wakes = 0;
};

class FrameQueueTest : public testing::Test {
  protected:
    FrameQueueTest() { frames.set_listener(&counter); }
    // Lets time pass in steps of 16 ms.
    void run_ms(double ms) {
        for (double end = clock.elapsed_ms + ms; clock.elapsed_ms < end; clock.elapsed_ms += 16)
            frames.step();
        frames.step();
    }
    headless::ManualClock clock;
    headless::ManualFrames frames{&clock};
    Counter counter;
};

TEST_F(FrameQueueTest, NothingHappensWhenNothingIsAsked) {
    run_ms(10'000);
    EXPECT_EQ(counter.frames, 0);
    EXPECT_EQ(counter.wakes, 0);
    EXPECT_TRUE(frames.idle());
}

TEST_F(FrameQueueTest, ManyReasonsMakeOneFrame) {
    for (int i = 0; i < 5; ++i)
        frames.invalidate(FrameReason::kModel);
    EXPECT_FALSE(frames.idle());
    run_ms(500);
    EXPECT_EQ(counter.frames, 1);
    EXPECT_TRUE(frames.idle());
}

TEST_F(FrameQueueTest, ThreeFramesFollowInput) {
    frames.invalidate(FrameReason::kInput);
    run_ms(500);
    EXPECT_EQ(counter.frames, 3);
    EXPECT_TRUE(frames.idle());
}

TEST_F(FrameQueueTest, NoFrameWhileHidden) {
    frames.set_visible(false);
    frames.invalidate(FrameReason::kInput);
    frames.frame_at(clock.elapsed_ms + 10);
    run_ms(500);
    EXPECT_EQ(counter.frames, 0);
    // What waits to be seen is not under way.
    EXPECT_TRUE(frames.idle());
    frames.set_visible(true);
    run_ms(500);
    EXPECT_GE(counter.frames, 1);
    EXPECT_TRUE(frames.idle());
}

TEST_F(FrameQueueTest, HiddenWithAFrameUnderWay) {
    frames.invalidate(FrameReason::kModel);
    frames.set_visible(false);
    run_ms(100);
    EXPECT_EQ(counter.frames, 0);
    frames.set_visible(true);
    run_ms(100);
    EXPECT_EQ(counter.frames, 1);
}

TEST_F(FrameQueueTest, FramesInTime) {
    frames.frame_at(clock.elapsed_ms + 300);
    frames.frame_at(clock.elapsed_ms + 100);
    run_ms(80);
    EXPECT_EQ(counter.frames, 0);
    run_ms(64);
    EXPECT_EQ(counter.frames, 1);
}

TEST_F(FrameQueueTest, TheEarliestWakeCountsAndComesWhileHidden) {
    frames.set_visible(false);
    frames.wake_at(clock.elapsed_ms + 500);
    frames.wake_at(clock.elapsed_ms + 100);
    frames.wake_at(clock.elapsed_ms + 900);
    run_ms(200);
    EXPECT_EQ(counter.wakes, 1);
    run_ms(2000);
    EXPECT_EQ(counter.wakes, 1);
}

TEST_F(FrameQueueTest, AWakeMayAskForTheNext) {
    class Chain : public Scheduler::Listener {
      public:
        explicit Chain(FrameQueue* queue) : queue_(queue) {}
        void on_frame(double) override {}
        void on_wake(double now_ms) override {
            if (++wakes < 3) queue_->wake_at(now_ms + 100);
        }
        int wakes = 0;

      private:
        FrameQueue* queue_;
    };
    Chain chain(&frames);
    frames.set_listener(&chain);
    frames.wake_at(clock.elapsed_ms + 100);
    run_ms(1000);
    EXPECT_EQ(chain.wakes, 3);
}

TEST_F(FrameQueueTest, IdleWorkRunsOnce) {
    int runs = 0;
    frames.when_idle([&] { ++runs; });
    EXPECT_FALSE(frames.idle());
    run_ms(100);
    EXPECT_EQ(runs, 1);
}

TEST_F(FrameQueueTest, ADistantFrameIsNoWorkUnderWay) {
    frames.frame_at(clock.elapsed_ms + 60'000);
    EXPECT_TRUE(frames.idle());
    frames.frame_at(clock.elapsed_ms + 50);
    EXPECT_FALSE(frames.idle());
}

}  // namespace
}  // namespace kumquat::platform
