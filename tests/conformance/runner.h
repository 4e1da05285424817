// Plays a script against a home, over any transport.
#pragma once

#include <string>
#include <vector>

#include "conformance/script.h"
#include "conformance/wire.h"

namespace kumquat::conformance {

/// What was not as the script says, with the line; empty if all was. `run` is part of the user IDs
/// of this run: with another one a script can be played again against the same service.
std::vector<std::string> play(const Script& script, Home& home, const std::string& run);

}  // namespace kumquat::conformance
