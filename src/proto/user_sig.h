// The JSON document inside a UserSig (TIM's sign-in token, "TLS sig API v2"). Only the text:
// signing, compression and the outer alphabet are the server's (server/user_sig).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace kumquat::proto {

struct UserSigDocument {
    std::string version = "2.0";
    /// The user ID.
    std::string identifier;
    std::int64_t sdk_app_id = 0;
    /// When it was made, in seconds since 1970-01-01 UTC.
    std::int64_t time_s = 0;
    /// How long it is good for.
    std::int64_t expire_s = 0;
    /// Base64 of further rights, not used for chat; empty: absent.
    std::string user_buffer;
    /// Base64 of the signature.
    std::string signature;
};

/// Members in the order that TIM's own libraries write, without blanks.
std::string encode_user_sig(const UserSigDocument& document);

/// Errors: kUserSigMalformed, naming the member.
Result<UserSigDocument> decode_user_sig(std::string_view text);

}  // namespace kumquat::proto
