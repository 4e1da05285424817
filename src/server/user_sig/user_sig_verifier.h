// Lets the service check UserSigs. See user_sig.h.
#pragma once

#include <string_view>
#include <utility>

#include "server/user_sig/user_sig.h"
#include "service/service.h"

namespace kumquat::server {

class UserSigVerifier final : public service::CredentialVerifier {
  public:
    explicit UserSigVerifier(UserSigKey key) : key_(std::move(key)) {}

    Status verify(const UserId& user, std::string_view user_sig, TimeMs now) override {
        return verify_user_sig(key_, user, user_sig, now.value() / 1000);
    }

  private:
    UserSigKey key_;
};

}  // namespace kumquat::server
