// Comparing a frame with a script's pattern, and filling in what a script writes short.
#pragma once

#include <map>
#include <string>

#include <nlohmann/json.hpp>

namespace kumquat::conformance {

using Json = nlohmann::json;
/// Values kept under "$name".
using Kept = std::map<std::string, Json>;

/// Replaces @name, <<x*100>> and <<bytes ff>>, and "$name" where it is known.
std::string fill_in(const std::string& text, const std::string& run, const Kept& kept);

/// Whether `value` is as `pattern` says (script.h). Adds to `kept` if so.
bool matches(const Json& pattern, const Json& value, Kept& kept);

}  // namespace kumquat::conformance
