// kumquatd as a process of its own, as an operator starts it.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <sys/types.h>
#include <vector>

#include "server/client.h"

namespace kumquat::server {

class Process {
  public:
    struct Settings {
        std::vector<std::string> arguments;
        /// "NAME=value"; beside HOME and PATH the only ones.
        std::vector<std::string> environment;
        /// Files it may have open; 0: as many as the test.
        std::uint64_t descriptors = 0;
    };

    explicit Process(const Settings& settings);
    /// Kills it if it still runs.
    ~Process();
    Process(const Process&) = delete;
    Process& operator=(const Process&) = delete;

    /// Waits until it says where it is; the port. 0: it ended before.
    std::uint16_t wait_ready();
    void signal(int number) const;
    /// Waits for its end: exit code, or 128 + the signal that killed it. -1 when patience ends.
    int wait(std::chrono::milliseconds patience = kPatience);
    /// All that it has written so far, standard output and error together.
    const std::string& output();

  private:
    void read_output(std::chrono::milliseconds patience);

    pid_t pid_ = -1;
    int pipe_ = -1;
    std::string output_;
    std::optional<int> code_;
};

}  // namespace kumquat::server
