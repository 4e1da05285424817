#include "client/view/composer_state.h"

#include <gtest/gtest.h>

#include "unit/client/tab.h"

namespace kumquat::client {
namespace {

TEST(Composer, SaysWhetherATextCanGoAndHowMuchIsTooMuch) {
    Tab tab;
    tab.live_as("an");
    EXPECT_FALSE(build_composer_state(tab.model(), "").can_send);
    EXPECT_TRUE(build_composer_state(tab.model(), " \n").empty);
    EXPECT_TRUE(build_composer_state(tab.model(), "好").can_send);
    const std::string full(12 * 1024, 'x');
    EXPECT_TRUE(build_composer_state(tab.model(), full).can_send);
    const ComposerState over = build_composer_state(tab.model(), full + "橙子");
    EXPECT_FALSE(over.can_send);
    EXPECT_EQ(over.characters_over, 2);
    EXPECT_EQ(over.bytes, 12 * 1024 + 6);
}

TEST(Composer, OfflineChangesNothing) {
    Tab tab;
    tab.live_as("an");
    tab.close();
    EXPECT_TRUE(build_composer_state(tab.model(), "好").can_send);
}

TEST(Composer, FieldsWithAByteLimitCountDown) {
    EXPECT_EQ(room_in_field("橙", 10).bytes_left, 7);
    EXPECT_FALSE(room_in_field("1234567", 10).nearly_full);
    EXPECT_TRUE(room_in_field("12345678", 10).nearly_full);
    const FieldRoom over = room_in_field("橙橙橙橙", 10);
    EXPECT_EQ(over.characters_over, 1) << "a character that is cut counts";
    EXPECT_EQ(over.bytes_left, 0);
}

}  // namespace
}  // namespace kumquat::client
