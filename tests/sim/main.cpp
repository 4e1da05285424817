// Replays one seed, or searches many: kumquat_sim --seed 123 --verbose; kumquat_sim --from 1
// --count 5000.
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "sim/simulation.h"

namespace {

int usage() {
    std::fprintf(stderr, "usage: kumquat_sim (--seed N | --from N --count N) [--verbose]\n");
    return 2;
}

}  // namespace

int main(int argc, char** argv) {
    std::uint64_t from = 1;
    std::uint64_t count = 1000;
    bool verbose = false;
    for (int i = 1; i < argc; ++i) {
        const std::string_view option = argv[i];
        if (option == "--verbose") {
            verbose = true;
            continue;
        }
        if (++i == argc) return usage();
        char* end = nullptr;
        const std::uint64_t value = std::strtoull(argv[i], &end, 10);
        if (*argv[i] == '\0' || *end != '\0') return usage();
        if (option == "--seed") {
            from = value;
            count = 1;
        } else if (option == "--from") {
            from = value;
        } else if (option == "--count") {
            count = value;
        } else {
            return usage();
        }
    }

    std::uint64_t failed = 0;
    long long acknowledged = 0;
    for (std::uint64_t seed = from; seed < from + count; ++seed) {
        const auto result = kumquat::sim::run_simulation(seed, verbose);
        acknowledged += result.acknowledged;
        if (result.failures.empty()) continue;
        ++failed;
        std::printf("seed %llu failed:\n", static_cast<unsigned long long>(seed));
        for (const auto& failure : result.failures)
            std::printf("  %s\n", failure.c_str());
    }
    std::printf("%llu passed, %llu failed (%lld messages acknowledged)\n",
                static_cast<unsigned long long>(count - failed),
                static_cast<unsigned long long>(failed), acknowledged);
    return failed == 0 ? 0 : 1;
}
