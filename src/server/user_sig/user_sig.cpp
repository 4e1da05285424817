#include "server/user_sig/user_sig.h"

#include <array>
#include <utility>

#include <sodium.h>

#include "base/check.h"
#include "base/limits.h"
#include "proto/user_sig.h"
#include "server/user_sig/zlib_text.h"

namespace kumquat::server {
namespace {

constexpr std::int64_t kExpireMaxSeconds = std::int64_t{50} * 366 * 86400;

Error malformed(std::string context) {
    return Error{ErrorCode::kUserSigMalformed, std::move(context)};
}

std::string to_base64(std::string_view bytes) {
    std::string text(sodium_base64_ENCODED_LEN(bytes.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
    sodium_bin2base64(text.data(), text.size(),
                      reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(),
                      sodium_base64_VARIANT_ORIGINAL);
    text.pop_back();  // the terminating NUL
    return text;
}

Result<std::string> from_base64(std::string_view text) {
    std::string bytes(text.size(), '\0');
    std::size_t size = 0;
    const char* end = nullptr;
    const int fault =
        sodium_base642bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(), text.data(),
                          text.size(), nullptr, &size, &end, sodium_base64_VARIANT_ORIGINAL);
    if (fault != 0 || end != text.data() + text.size()) return malformed("base64");
    bytes.resize(size);
    return bytes;
}

// TIM's alphabet is not base64url: `-` stands for `/`.
std::string to_outer_alphabet(std::string base64) {
    for (char& c : base64) {
        c = c == '+' ? '*' : c == '/' ? '-' : c == '=' ? '_' : c;
    }
    return base64;
}

Result<std::string> from_outer_alphabet(std::string_view text) {
    std::string base64;
    for (const char c : text) {
        if (c == '+' || c == '/' || c == '=') return malformed("alphabet");
        base64 += c == '*' ? '+' : c == '-' ? '/' : c == '_' ? '=' : c;
    }
    return base64;
}

std::string signed_text(const proto::UserSigDocument& document) {
    std::string text;
    text += "TLS.identifier:" + document.identifier + '\n';
    text += "TLS.sdkappid:" + std::to_string(document.sdk_app_id) + '\n';
    text += "TLS.time:" + std::to_string(document.time_s) + '\n';
    text += "TLS.expire:" + std::to_string(document.expire_s) + '\n';
    if (!document.user_buffer.empty()) text += "TLS.userbuf:" + document.user_buffer + '\n';
    return text;
}

// Base64 of the HMAC-SHA256 of `document`, its signature member aside.
std::string signature(const UserSigKey& key, const proto::UserSigDocument& document) {
    KUMQUAT_CHECK(sodium_init() >= 0);
    const auto bytes = [](const std::string& text) {
        return reinterpret_cast<const unsigned char*>(text.data());
    };
    const std::string text = signed_text(document);
    crypto_auth_hmacsha256_state state;
    crypto_auth_hmacsha256_init(&state, bytes(key.secret()), key.secret().size());
    crypto_auth_hmacsha256_update(&state, bytes(text), text.size());
    std::array<unsigned char, crypto_auth_hmacsha256_BYTES> mac{};
    crypto_auth_hmacsha256_final(&state, mac.data());
    return to_base64({reinterpret_cast<const char*>(mac.data()), mac.size()});
}

// In a time that does not tell where the first difference lies.
bool equal(std::string_view a, std::string_view b) {
    return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace

UserSigKey::UserSigKey(std::int64_t sdk_app_id, std::string secret)
    : sdk_app_id_(sdk_app_id), secret_(std::move(secret)) {}

Result<UserSigKey> UserSigKey::create(std::int64_t sdk_app_id, std::string secret) {
    if (sdk_app_id < 1 || sdk_app_id > kIntegerMax) {
        return Error{ErrorCode::kInvalidArgument, "SDKAppID"};
    }
    if (secret.empty()) return Error{ErrorCode::kInvalidArgument, "empty UserSig key"};
    return UserSigKey(sdk_app_id, std::move(secret));
}

Result<std::string> make_user_sig(const UserSigKey& key, const UserId& user, std::int64_t now_s,
                                  std::int64_t expire_s) {
    if (user.empty()) return Error{ErrorCode::kNoUserId, ""};
    if (expire_s < 1 || expire_s > kExpireMaxSeconds) {
        return Error{ErrorCode::kInvalidArgument, "lifetime"};
    }
    proto::UserSigDocument document;
    document.identifier = user.text();
    document.sdk_app_id = key.sdk_app_id();
    document.time_s = now_s;
    document.expire_s = expire_s;
    document.signature = signature(key, document);
    return to_outer_alphabet(to_base64(deflate_text(proto::encode_user_sig(document))));
}

Result<std::string> unpack_user_sig(std::string_view user_sig) {
    if (user_sig.size() > limits::kUserSigBytes) return malformed("too long");
    KUMQUAT_TRY_ASSIGN(const std::string base64, from_outer_alphabet(user_sig));
    KUMQUAT_TRY_ASSIGN(const std::string packed, from_base64(base64));
    auto text = inflate_text(packed, limits::kUserSigDocumentBytes);
    if (!text) return malformed("zlib");
    return *std::move(text);
}

Status verify_user_sig(const UserSigKey& key, const UserId& user, std::string_view user_sig,
                       std::int64_t now_s) {
    if (user_sig.empty()) return Error{ErrorCode::kUserSigEmpty, ""};
    KUMQUAT_TRY_ASSIGN(const std::string text, unpack_user_sig(user_sig));
    KUMQUAT_TRY_ASSIGN(const proto::UserSigDocument document, proto::decode_user_sig(text));
    if (document.version != "2.0") return malformed("TLS.ver");
    if (document.sdk_app_id != key.sdk_app_id()) return Error{ErrorCode::kUserSigOtherApp, ""};
    if (document.identifier != user.text()) return Error{ErrorCode::kUserSigOtherUser, ""};
    if (!equal(document.signature, signature(key, document))) {
        return Error{ErrorCode::kUserSigWrong, ""};
    }
    if (now_s > document.time_s + document.expire_s) return Error{ErrorCode::kUserSigExpired, ""};
    if (document.time_s > now_s + kUserSigSkewSeconds) {
        return Error{ErrorCode::kUserSigExpired, "made in the future"};
    }
    return {};
}

}  // namespace kumquat::server
