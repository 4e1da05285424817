#include "proto/user_sig.h"

#include <gtest/gtest.h>

namespace kumquat::proto {
namespace {

// What TIM's own libraries write: no blanks, this order.
constexpr const char* kText =
    R"({"TLS.ver":"2.0","TLS.identifier":"alice","TLS.sdkappid":1400000001,"TLS.time":1700000000,)"
    R"("TLS.expire":604800,"TLS.sig":"UUFP29B21VGEXOTEmXP+bnT/AIqcDfGES76F7T0kGP0="})";

TEST(UserSigDocument, IsWrittenAsTimDoes) {
    UserSigDocument document;
    document.identifier = "alice";
    document.sdk_app_id = 1'400'000'001;
    document.time_s = 1'700'000'000;
    document.expire_s = 604'800;
    document.signature = "UUFP29B21VGEXOTEmXP+bnT/AIqcDfGES76F7T0kGP0=";
    EXPECT_EQ(encode_user_sig(document), kText);
    EXPECT_EQ(encode_user_sig(document).size(), 167U);
}

TEST(UserSigDocument, IsReadInFull) {
    const auto document = decode_user_sig(kText);
    ASSERT_TRUE(document);
    EXPECT_EQ(document->version, "2.0");
    EXPECT_EQ(document->identifier, "alice");
    EXPECT_EQ(document->sdk_app_id, 1'400'000'001);
    EXPECT_EQ(document->time_s, 1'700'000'000);
    EXPECT_EQ(document->expire_s, 604'800);
    EXPECT_EQ(document->user_buffer, "");
    EXPECT_EQ(encode_user_sig(*document), kText);
}

TEST(UserSigDocument, TheUserBufferComesBeforeTheSignature) {
    auto document = *decode_user_sig(kText);
    document.user_buffer = "eA==";
    const std::string text = encode_user_sig(document);
    EXPECT_LT(text.find("TLS.userbuf"), text.find("TLS.sig"));
    EXPECT_EQ(decode_user_sig(text)->user_buffer, "eA==");
}

TEST(UserSigDocument, AllFaultsHaveOneCode) {
    for (const char* text : {"", "{}", "[]", "7", "{\"TLS.ver\":2.0}", "\xff",
                             R"({"TLS.ver":"2.0","TLS.identifier":""})"}) {
        const auto document = decode_user_sig(text);
        ASSERT_FALSE(document) << text;
        EXPECT_EQ(document.error().code, ErrorCode::kUserSigMalformed);
    }
    EXPECT_EQ(decode_user_sig("{\"TLS.ver\":2.0}").error().context, "TLS.ver");
}

}  // namespace
}  // namespace kumquat::proto
