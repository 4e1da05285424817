// Randomness and hashing for the service, by libsodium.
#pragma once

#include <memory>

#include "base/result.h"
#include "service/service.h"

namespace kumquat::server {

/// Thread-safe. Errors: kInternal if libsodium finds no source of randomness.
Result<std::unique_ptr<service::Crypto>> make_crypto();

}  // namespace kumquat::server
