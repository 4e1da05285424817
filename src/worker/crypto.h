// Randomness and hashing for the service, where there is no library for them: the host's source of
// randomness, and SHA-256 of our own.
#pragma once

#include "service/service.h"
#include "worker/host.h"

namespace kumquat::worker {

class HostCrypto final : public service::Crypto {
  public:
    explicit HostCrypto(Host& host) : host_(host) {}
    std::string random_token() override;
    store::TokenHash hash(std::string_view text) override;

  private:
    Host& host_;
};

}  // namespace kumquat::worker
