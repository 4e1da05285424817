#include "base/sha256.h"

#include <algorithm>
#include <string>

#include <gtest/gtest.h>

namespace kumquat {
namespace {

std::string hex(const Sha256::Digest& digest) {
    constexpr char kDigits[] = "0123456789abcdef";
    std::string text;
    for (const std::uint8_t byte : digest) {
        text += kDigits[byte >> 4];
        text += kDigits[byte & 15];
    }
    return text;
}

// FIPS 180-4's examples and NIST's long one.
TEST(Sha256Test, TheStandardsExamples) {
    EXPECT_EQ(hex(Sha256::of("")),
              "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    EXPECT_EQ(hex(Sha256::of("abc")),
              "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_EQ(hex(Sha256::of("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")),
              "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    EXPECT_EQ(hex(Sha256::of(std::string(1'000'000, 'a'))),
              "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(Sha256Test, PiecesOfAnySizeComeToTheSame) {
    const std::string text(200, 'k');
    for (std::size_t size = 0; size <= text.size(); ++size) {
        Sha256 sum;
        for (std::size_t at = 0; at < size; at += 7)
            sum.add(std::string_view(text).substr(at, std::min<std::size_t>(7, size - at)));
        EXPECT_EQ(sum.finish(), Sha256::of(std::string_view(text).substr(0, size))) << size;
    }
}

}  // namespace
}  // namespace kumquat
