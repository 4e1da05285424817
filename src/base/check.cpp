#include "base/check.h"

#include <cstdio>
#include <cstdlib>

namespace kumquat {

void check_failed(const char* expression, const char* file, int line) {
    std::fprintf(stderr, "kumquat: check failed: %s (%s:%d)\n", expression, file, line);
    std::abort();
}

}  // namespace kumquat
