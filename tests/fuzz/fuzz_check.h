// What a fuzz target does with a property that does not hold.
#pragma once

#include <cstdio>
#include <cstdlib>

/// Tells the property and aborts, so that libFuzzer keeps the input. Unlike assert() it is always
/// on.
#define FUZZ_CHECK(property)                                                                    \
    do {                                                                                        \
        if (!(property)) {                                                                      \
            std::fprintf(stderr, "does not hold: %s (%s:%d)\n", #property, __FILE__, __LINE__); \
            std::abort();                                                                       \
        }                                                                                       \
    } while (false)
