// JSON text with one place changed, for tests.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace kumquat::proto {

/// `json` with the value at `path` ("body.events[0].number") replaced by the JSON text `value`, or
/// removed without one. A member of an object that is not there is added.
std::string change_json(const std::string& json, const std::string& path,
                        const std::optional<std::string>& value);

/// Paths of all values in `json`, the root's aside.
std::vector<std::string> json_paths(const std::string& json);

}  // namespace kumquat::proto
