#include "base/utf8.h"

#include <string>

#include <gtest/gtest.h>

namespace kumquat {
namespace {

// RFC 3629, section 4: each code point at the edges of the forms.
struct Form {
    char32_t code_point;
    std::string bytes;
};
const Form kForms[] = {
    {0x00, std::string(1, '\0')},
    {0x7F, "\x7F"},
    {0x80, "\xC2\x80"},
    {0x7FF, "\xDF\xBF"},
    {0x800, "\xE0\xA0\x80"},
    {0xD7FF, "\xED\x9F\xBF"},
    {0xE000, "\xEE\x80\x80"},
    {0xFFFF, "\xEF\xBF\xBF"},
    {0x10000, "\xF0\x90\x80\x80"},
    {0x10FFFF, "\xF4\x8F\xBF\xBF"},
};

const std::string kBad[] = {
    "\x80",  // a continuation alone
    "\xBF",
    "\xC0\x80",  // overlong
    "\xC1\xBF",
    "\xE0\x9F\xBF",
    "\xF0\x8F\xBF\xBF",
    "\xED\xA0\x80",  // surrogates
    "\xED\xBF\xBF",
    "\xF4\x90\x80\x80",  // above U+10FFFF
    "\xF5\x80\x80\x80",
    "\xFE",
    "\xFF",
    "\xC2",  // cut
    "\xE4\xBD",
    "\xF0\x9F\x98",
    "\xC2\x41",  // something else where a continuation must be
    "\xE4\xBD\x41",
    "\xE4\x41\xA0",
    "\xF0\x9F\x98\x41",
};

TEST(Utf8, TakesEveryForm) {
    std::string all;
    for (const Form& form : kForms) {
        EXPECT_TRUE(is_valid_utf8(form.bytes))
            << std::hex << static_cast<unsigned>(form.code_point);
        all += form.bytes;
    }
    EXPECT_TRUE(is_valid_utf8(all));
    EXPECT_TRUE(is_valid_utf8(""));
    EXPECT_TRUE(is_valid_utf8("你好, 小橙子 🍊 e\xCC\x81"));
}

TEST(Utf8, RefusesWhatIsNone) {
    for (const std::string& bad : kBad) {
        EXPECT_FALSE(is_valid_utf8(bad)) << testing::PrintToString(bad);
        EXPECT_FALSE(is_valid_utf8("a" + bad + "b")) << testing::PrintToString(bad);
        EXPECT_FALSE(is_valid_utf8("橙" + bad)) << testing::PrintToString(bad);
    }
}

// The check takes eight bytes at a time where it can.
TEST(Utf8, FindsFaultsAtEveryPlace) {
    for (std::size_t before = 0; before < 20; ++before) {
        for (std::size_t after = 0; after < 20; ++after) {
            const std::string head(before, 'a');
            const std::string tail(after, 'z');
            EXPECT_TRUE(is_valid_utf8(head + "橙" + tail)) << before << " " << after;
            EXPECT_FALSE(is_valid_utf8(head + "\x80" + tail)) << before << " " << after;
            EXPECT_FALSE(is_valid_utf8(head + "\xE6\xA9" + tail)) << before << " " << after;
        }
    }
}

TEST(Utf8, Decodes) {
    for (const Form& form : kForms) {
        const std::string text = "x" + form.bytes + "y";
        std::size_t offset = 1;
        EXPECT_EQ(decode_utf8(text, &offset), form.code_point);
        EXPECT_EQ(offset, 1 + form.bytes.size());
    }
}

TEST(Utf8, DecodingMovesOnFromBadBytes) {
    for (const std::string& bad : kBad) {
        std::size_t offset = 0;
        EXPECT_EQ(decode_utf8(bad, &offset), U'\xFFFD');
        EXPECT_EQ(offset, 1U);
        while (offset < bad.size())
            decode_utf8(bad, &offset);
        EXPECT_EQ(offset, bad.size());
    }
}

TEST(Utf8, TruncatesBetweenCodePoints) {
    const std::string text = "a橙🍊";  // 1 + 3 + 4 bytes
    const std::size_t expected[] = {0, 1, 1, 1, 4, 4, 4, 4, 8, 8};
    for (std::size_t bytes = 0; bytes < std::size(expected); ++bytes) {
        EXPECT_EQ(truncate_utf8(text, bytes), text.substr(0, expected[bytes])) << bytes;
    }
    EXPECT_EQ(truncate_utf8("", 0), "");
}

}  // namespace
}  // namespace kumquat
