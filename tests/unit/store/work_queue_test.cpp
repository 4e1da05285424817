#include "store/work_queue.h"

#include <memory>

#include <gtest/gtest.h>

namespace kumquat::store {
namespace {

TEST(WorkQueue, GivesWorkInOrderUpToItsBound) {
    WorkQueue<int> queue(2);
    EXPECT_TRUE(queue.push(1));
    EXPECT_TRUE(queue.push(2));
    EXPECT_FALSE(queue.push(3));
    EXPECT_EQ(queue.pop(), 1);
    EXPECT_EQ(queue.pop(), 2);
}

TEST(WorkQueue, ClosedItGivesAndTakesNothing) {
    WorkQueue<int> queue(2);
    EXPECT_TRUE(queue.push(1));
    queue.close();
    EXPECT_EQ(queue.pop(), std::nullopt);
    EXPECT_FALSE(queue.push(2));
}

// What waits may hold the queue's own owner: kept, neither would ever go.
TEST(WorkQueue, ClosedItLetsGoOfWhatWaited) {
    WorkQueue<std::shared_ptr<int>> queue(2);
    const auto held = std::make_shared<int>(1);
    EXPECT_TRUE(queue.push(std::shared_ptr<int>(held)));
    queue.close();
    EXPECT_EQ(held.use_count(), 1);
}

}  // namespace
}  // namespace kumquat::store
