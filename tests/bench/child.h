// A program under measurement: started, asked for its processor time, killed.
#pragma once

#include <cstdint>
#include <string>
#include <sys/types.h>
#include <vector>

namespace kumquat::bench {

class Child {
  public:
    explicit Child(std::vector<std::string> arguments);
    ~Child();
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;

    /// Reads what it writes, line by line, until `sign` appears; the number behind it, or 0 if it
    /// ended before.
    std::uint16_t wait_port(const std::string& sign);
    /// User and system time so far, seconds.
    double cpu_seconds() const;

  private:
    pid_t pid_ = -1;
    int output_ = -1;
};

/// Of this process.
double own_cpu_seconds();

}  // namespace kumquat::bench
