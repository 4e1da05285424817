// Numbers with a fraction are read by the browser. The C library's strtod, which the JSON library
// calls for them, brings arithmetic with 128 bits: 15 KB of the page's program for numbers that no
// message of ours has.
#include <cstdlib>

#include "platform/web/page_calls.h"

extern "C" double strtod(const char* text, char** end) {
    int used = 0;
    double number = kq_parse_number(text, &used);
    if (end != nullptr) *end = const_cast<char*>(text) + used;
    return number;
}

// Nobody calls these two. The C++ library names them, and the C library's come with its strtod.
extern "C" float strtof(const char* text, char** end) {
    return static_cast<float>(strtod(text, end));
}
extern "C" long double strtold(const char* text, char** end) {
    return strtod(text, end);
}
