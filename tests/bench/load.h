// The load: pairs of people over real WebSockets. In each pair one sends, with a fixed number of
// messages that are not yet acknowledged, and one receives. One thread drives them all.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace kumquat::bench {

struct LoadSettings {
    std::uint16_t port = 0;
    int pairs = 100;
    int window = 16;
    int text_bytes = 100;
    int seconds = 15;
    /// true: signs in and adds friends, as kumquatd wants it. false: a relay, where connecting is
    /// enough.
    bool speaks_protocol = true;
};

struct LoadResult {
    /// Empty: all went well.
    std::string trouble;
    double seconds = 0;
    /// Within the measured time.
    std::int64_t acknowledged = 0;
    std::int64_t delivered = 0;
    /// From the call to send to the acknowledgement, seconds, sorted.
    std::vector<double> latencies;
};

/// Connects everybody, then calls `started`, sends for `seconds`, calls `ended`, and waits for what
/// is still open.
LoadResult run_load(const LoadSettings& settings, const std::function<void()>& started,
                    const std::function<void()>& ended);

}  // namespace kumquat::bench
