// Checks for promises of our own code. Never for input: what comes from outside gets a Result.
#pragma once

namespace kumquat {

/// Prints the broken promise to standard error and aborts. In the page the abort becomes a visible "reload" notice.
[[noreturn]] void check_failed(const char* expression, const char* file, int line);

}  // namespace kumquat

/// Aborts if `condition` is false. Always on, in release builds too.
#define KUMQUAT_CHECK(condition) \
    ((condition) ? static_cast<void>(0) : ::kumquat::check_failed(#condition, __FILE__, __LINE__))
