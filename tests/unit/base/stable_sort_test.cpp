#include "base/stable_sort.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

namespace kumquat {
namespace {

TEST(StableSort, EqualElementsKeepTheirOrder) {
    std::vector<std::pair<int, std::string>> rows{{2, "a"}, {1, "b"}, {2, "c"}, {1, "d"}, {0, "e"}};
    stable_sort(rows, [](const auto& a, const auto& b) { return a.first < b.first; });
    EXPECT_EQ(rows, (std::vector<std::pair<int, std::string>>{
                        {0, "e"}, {1, "b"}, {1, "d"}, {2, "a"}, {2, "c"}}));
}

TEST(StableSort, ElementsThatCannotBeCopiedAreMoved) {
    std::vector<std::unique_ptr<int>> rows;
    for (int number : {3, 1, 2})
        rows.push_back(std::make_unique<int>(number));
    stable_sort(rows, [](const auto& a, const auto& b) { return *a < *b; });
    EXPECT_EQ(*rows.front(), 1);
    EXPECT_EQ(*rows.back(), 3);
}

TEST(StableSort, NothingIsInOrder) {
    std::vector<int> rows;
    stable_sort(rows, [](int a, int b) { return a < b; });
    EXPECT_TRUE(rows.empty());
}

}  // namespace
}  // namespace kumquat
