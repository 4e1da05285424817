#include "service/rate_limit.h"

#include <gtest/gtest.h>

namespace kumquat::service {
namespace {

TEST(RateLimit, AllowsSoMuchWithinAWindow) {
    RateLimit limit(2, 1000);
    const UserKey user(1);
    EXPECT_FALSE(limit.take(user, TimeMs(5000)));
    EXPECT_FALSE(limit.take(user, TimeMs(5400)));
    EXPECT_EQ(limit.take(user, TimeMs(5500)), 500);
    EXPECT_EQ(limit.take(user, TimeMs(5999)), 1) << "what was refused does not count";
    EXPECT_FALSE(limit.take(user, TimeMs(6000)));
    EXPECT_EQ(limit.take(user, TimeMs(6000)), 400);
}

TEST(RateLimit, CountsEverybodyAlone) {
    RateLimit limit(1, 1000);
    EXPECT_FALSE(limit.take(UserKey(1), TimeMs(5000)));
    EXPECT_FALSE(limit.take(UserKey(2), TimeMs(5000)));
    EXPECT_TRUE(limit.take(UserKey(1), TimeMs(5000)));
}

TEST(RateLimit, AClockSetBackBlocksNobody) {
    RateLimit limit(1, 1000);
    EXPECT_FALSE(limit.take(UserKey(1), TimeMs(500'000)));
    EXPECT_FALSE(limit.take(UserKey(1), TimeMs(5000)));
    EXPECT_TRUE(limit.take(UserKey(1), TimeMs(5001)));
}

TEST(RateLimit, ForgetsWhoeverCameOnce) {
    RateLimit limit(1, 1000);
    for (int i = 1; i <= 100; ++i)
        EXPECT_FALSE(limit.take(UserKey(i), TimeMs(5000)));
    EXPECT_EQ(limit.size(), 100u);
    EXPECT_FALSE(limit.take(UserKey(1000), TimeMs(6500)));
    EXPECT_EQ(limit.size(), 1u);
}

}  // namespace
}  // namespace kumquat::service
