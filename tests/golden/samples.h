// Every message once, with every field set, as the structs that the golden files must be.
#pragma once

#include <ostream>
#include <string>
#include <variant>
#include <vector>

#include "proto/messages.h"

namespace kumquat::proto {

struct Sample {
    /// The golden file without ".json"; its first frame is this one.
    std::string file;
    std::variant<ClientFrame, ServerFrame> frame;
};

/// For messages of failed tests.
inline void PrintTo(const Sample& sample, std::ostream* out) {
    *out << sample.file;
}

/// In the order of the variants of messages.h; then the error, and a message that is a picture.
std::vector<Sample> samples();

}  // namespace kumquat::proto
