#include "worker/crypto.h"

#include <array>
#include <cstdint>

#include "base/sha256.h"

namespace kumquat::worker {

std::string HostCrypto::random_token() {
    constexpr char kDigits[] = "0123456789abcdef";
    std::array<char, 16> bytes{};
    host_.random(bytes.data(), bytes.size());
    std::string token;
    for (const char byte : bytes) {
        const auto value = static_cast<std::uint8_t>(byte);
        token += kDigits[value >> 4];
        token += kDigits[value & 15];
    }
    return token;
}

store::TokenHash HostCrypto::hash(std::string_view text) {
    return Sha256::of(text);
}

}  // namespace kumquat::worker
