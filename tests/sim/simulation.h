// One run: people at their tabs, the service, and a world that breaks things; then everything
// heals, and what each tab shows is compared with what is stored and with what was promised.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace kumquat::sim {

struct RunResult {
    /// Empty: all is well.
    std::vector<std::string> failures;
    std::int64_t acknowledged = 0;
};

/// `verbose`: tells on standard error what happens.
RunResult run_simulation(std::uint64_t seed, bool verbose);

}  // namespace kumquat::sim
