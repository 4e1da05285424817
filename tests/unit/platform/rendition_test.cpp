#include "platform/rendition.h"

#include <gtest/gtest.h>

namespace kumquat::platform {
namespace {

TEST(RenditionSize, ShorterSideBecomesTheLimitAndTheOtherIsRoundedUp) {
    // The numbers of TIM for 2000 x 1000.
    EXPECT_EQ(rendition_size({2000, 1000}, kLargeSide), (PictureSize{1440, 720}));
    EXPECT_EQ(rendition_size({2000, 1000}, kSmallSide), (PictureSize{396, 198}));
    EXPECT_EQ(rendition_size({1000, 2000}, kSmallSide), (PictureSize{198, 396}));
    EXPECT_EQ(rendition_size({1001, 1000}, kSmallSide), (PictureSize{199, 198}));
}

TEST(RenditionSize, SmallPictureStaysAsItIs) {
    EXPECT_EQ(rendition_size({198, 5000}, kSmallSide), (PictureSize{198, 5000}));
    EXPECT_EQ(rendition_size({1, 1}, kLargeSide), (PictureSize{1, 1}));
    EXPECT_EQ(rendition_size({199, 199}, kSmallSide), (PictureSize{198, 198}));
}

TEST(RenditionSize, LargestAllowedSidesDoNotOverflow) {
    EXPECT_EQ(rendition_size({16384, 2441}, kLargeSide), (PictureSize{4833, 720}));
}

}  // namespace
}  // namespace kumquat::platform
