// SHA-256 (FIPS 180-4) for the homes that have no library for it: no toolchain for WebAssembly
// brings one. Natively tests hold it against libsodium's.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace kumquat {

class Sha256 {
  public:
    using Digest = std::array<std::uint8_t, 32>;

    void add(std::string_view bytes);
    /// Of all that was added. Once.
    Digest finish();

    static Digest of(std::string_view bytes);

  private:
    void add_block(const std::uint8_t* block);

    std::array<std::uint32_t, 8> state_{0x6a09e667U, 0xbb67ae85U, 0x3c6ef372U, 0xa54ff53aU,
                                        0x510e527fU, 0x9b05688cU, 0x1f83d9abU, 0x5be0cd19U};
    std::array<std::uint8_t, 64> block_{};
    std::size_t block_size_ = 0;
    std::uint64_t size_ = 0;
};

}  // namespace kumquat
