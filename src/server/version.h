// Name and version, as told to clients, in logs and by --version.
#pragma once

namespace kumquat::server {

#ifdef KUMQUAT_VERSION
inline constexpr const char* kVersionText = KUMQUAT_VERSION;
#else
inline constexpr const char* kVersionText = "unknown";
#endif

}  // namespace kumquat::server
