// The seeds of every test run, a hundred to a case.
#include <gtest/gtest.h>

#include "sim/simulation.h"

namespace kumquat::sim {
namespace {

constexpr int kSeedsPerCase = 100;

class Seeds : public ::testing::TestWithParam<int> {};

TEST_P(Seeds, EndAsPromised) {
    for (int i = 0; i < kSeedsPerCase; ++i) {
        const int seed = GetParam() * kSeedsPerCase + i;
        const RunResult result =
            run_simulation(static_cast<std::uint64_t>(seed), /*verbose=*/false);
        EXPECT_GE(result.acknowledged, 0);
        for (const auto& failure : result.failures)
            ADD_FAILURE() << "seed " << seed << ": " << failure;
        if (!result.failures.empty()) {
            GTEST_FAIL() << "replay with: build/dev/bin/kumquat_sim --seed " << seed
                         << " --verbose";
        }
    }
}

INSTANTIATE_TEST_SUITE_P(Simulation, Seeds, ::testing::Range(0, 12));

}  // namespace
}  // namespace kumquat::sim
