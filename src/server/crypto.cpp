#include "server/crypto.h"

#include <array>
#include <string>

#include <sodium.h>

namespace kumquat::server {
namespace {

class SodiumCrypto final : public service::Crypto {
  public:
    std::string random_token() override {
        std::array<unsigned char, 16> bytes{};
        randombytes_buf(bytes.data(), bytes.size());
        std::array<char, 2 * bytes.size() + 1> text{};
        sodium_bin2hex(text.data(), text.size(), bytes.data(), bytes.size());
        return std::string(text.data(), text.size() - 1);
    }

    store::TokenHash hash(std::string_view text) override {
        static_assert(crypto_hash_sha256_BYTES == std::tuple_size_v<store::TokenHash>);
        store::TokenHash digest{};
        crypto_hash_sha256(digest.data(), reinterpret_cast<const unsigned char*>(text.data()),
                           text.size());
        return digest;
    }
};

}  // namespace

Result<std::unique_ptr<service::Crypto>> make_crypto() {
    if (sodium_init() < 0) return Error{ErrorCode::kInternal, "libsodium could not be started"};
    return std::unique_ptr<service::Crypto>(std::make_unique<SodiumCrypto>());
}

}  // namespace kumquat::server
