#include "gfx/core/cluster_table.h"

#include <gtest/gtest.h>

namespace kumquat::gfx {
namespace {

TEST(ClusterTable, GivesEachClusterOneSlot) {
    ClusterTable table;
    ClusterTable::Slot first = table.slot_of("👍🏽");
    EXPECT_TRUE(first.fresh);
    EXPECT_TRUE(ClusterTable::is_slot(first.code_point));
    EXPECT_EQ(table.slot_of("👍🏽").code_point, first.code_point);
    EXPECT_FALSE(table.slot_of("👍🏽").fresh);
    EXPECT_NE(table.slot_of("🎉").code_point, first.code_point);
    EXPECT_EQ(table.text_of(first.code_point), "👍🏽");
}

TEST(ClusterTable, FreeSlotsAreEmpty) {
    ClusterTable table;
    EXPECT_EQ(table.text_of(0xE000), "");
    EXPECT_EQ(table.text_of('a'), "");
}

TEST(ClusterTable, FillsUpWithoutGivingASlotTwice) {
    ClusterTable table;
    for (std::size_t i = 0; i < ClusterTable::kSlotsMax; ++i) {
        EXPECT_EQ(table.nearly_full(), i > ClusterTable::kSlotsMax * 9 / 10);
        ASSERT_EQ(table.slot_of(std::to_string(i)).code_point, ClusterTable::kFirstSlot + i);
    }
    EXPECT_EQ(table.slot_of("one more").code_point, U'\uFFFD');
    EXPECT_EQ(table.text_of(0xE000), "0");
    EXPECT_EQ(table.text_of(0xF8FF), std::to_string(ClusterTable::kSlotsMax - 1));
    table.clear();
    EXPECT_FALSE(table.nearly_full());
    EXPECT_TRUE(table.slot_of("one more").fresh);
}

}  // namespace
}  // namespace kumquat::gfx
