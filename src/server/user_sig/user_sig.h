// UserSig, the sign-in token of TIM ("TLS sig API v2"): who may sign in as whom, until when, proven
// by HMAC-SHA256 with a key that the operator and the issuer share. Tokens made by TIM's own
// libraries are accepted, and theirs accept ours.
//
// A token is a JSON document (proto/user_sig.h), zlib-packed, in base64 with `*-_` for `+/=`. The
// same document packs to different tokens, so tokens are never compared, only documents checked.
// Knows no clock and no configuration.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/ids.h"
#include "base/result.h"

namespace kumquat::server {

/// How far ahead the clock of an issuer may be.
inline constexpr std::int64_t kUserSigSkewSeconds = 300;
/// TIM's usual lifetime, 180 days.
inline constexpr std::int64_t kUserSigExpireDefaultSeconds = 180 * 86400;

/// What issuer and service share.
class UserSigKey {
  public:
    /// `secret` is used as it stands, hexadecimal digits and all. Errors: kInvalidArgument for an
    /// app ID below 1 or an empty secret.
    static Result<UserSigKey> create(std::int64_t sdk_app_id, std::string secret);

    std::int64_t sdk_app_id() const { return sdk_app_id_; }
    const std::string& secret() const { return secret_; }

  private:
    UserSigKey(std::int64_t sdk_app_id, std::string secret);
    std::int64_t sdk_app_id_;
    std::string secret_;
};

/// A token for `user`, good from `now_s` on for `expire_s` seconds. Errors: kNoUserId for an empty
/// user, kInvalidArgument for an `expire_s` below 1 or beyond 50 years, TIM's limit.
Result<std::string> make_user_sig(const UserSigKey& key, const UserId& user, std::int64_t now_s,
                                  std::int64_t expire_s);

/// Whether `user_sig` lets somebody in as `user`. Checked in this order: kUserSigEmpty,
/// kUserSigMalformed, kUserSigOtherApp, kUserSigOtherUser, kUserSigWrong, kUserSigExpired. The last
/// is also the answer to one made more than kUserSigSkewSeconds in the future.
Status verify_user_sig(const UserSigKey& key, const UserId& user, std::string_view user_sig,
                       std::int64_t now_s);

/// The JSON document inside a token. Errors: kUserSigMalformed. For tools and tests; says nothing
/// about the signature.
Result<std::string> unpack_user_sig(std::string_view user_sig);

}  // namespace kumquat::server
