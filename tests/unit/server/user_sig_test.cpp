// Tokens by TIM's own libraries are the yardstick: the two vectors were made with them.
#include "server/user_sig/user_sig.h"

#include <string>

#include <gtest/gtest.h>
#include <sodium.h>
#include <zlib.h>

#include "base/limits.h"
#include "server/user_sig/user_sig_verifier.h"

namespace kumquat::server {
namespace {

constexpr std::int64_t kNow = 1'700'000'000;
constexpr std::int64_t kWeek = 604'800;

// The same document, packed by two libraries.
constexpr const char* kByNode =
    "eJyrVgrxCdYrSy1SslIy0jNQ0gHzM1NS80oy0zLBwok5mcmpUInilOzEgoLMFCUrQxMDCDCEyJRk5qYqWRmaQ0UNIKKp"
    "FQWZRalKVmYGJhYwseLMdCUrpdBQtwAjSycjwzB31wj-ENfciADtpLwQfUfPwmSXNHfXYHMzN-MQg2z3AANbpVoAgv8u"
    "8Q__";
constexpr const char* kByBrowser =
    "eJyrVgrxCdYrSy1SslIy0jNQ0gHzM1NS80oy0zLBwok5mcmpUInilOzEgoLMFCUrQxMDCDCEyJRk5qYCRc2hogYQ0dSK"
    "gswioLiZgYkFTKw4Mx1oamioW4CRpZORYZi7a4R-iGtuRIB2Ul6IvqNnYbJLmrtrsLmZm3mIQbZ7gIGtUi0Agv8u8Q__";
constexpr const char* kDocument =
    R"({"TLS.ver":"2.0","TLS.identifier":"alice","TLS.sdkappid":1400000001,"TLS.time":1700000000,)"
    R"("TLS.expire":604800,"TLS.sig":"UUFP29B21VGEXOTEmXP+bnT/AIqcDfGES76F7T0kGP0="})";

UserSigKey key(std::int64_t app = 1'400'000'001, std::string secret = std::string(64, 'a')) {
    return *UserSigKey::create(app, std::move(secret));
}

UserId alice() {
    return *UserId::parse("alice");
}

// Packs `document` with zlib at `level`; level 0 makes stored blocks.
std::string pack(const std::string& document, int level = Z_DEFAULT_COMPRESSION) {
    uLongf size = compressBound(document.size());
    std::string packed(size, '\0');
    compress2(reinterpret_cast<Bytef*>(packed.data()), &size,
              reinterpret_cast<const Bytef*>(document.data()), document.size(), level);
    std::string text(sodium_base64_ENCODED_LEN(size, sodium_base64_VARIANT_ORIGINAL), '\0');
    sodium_bin2base64(text.data(), text.size(),
                      reinterpret_cast<const unsigned char*>(packed.data()), size,
                      sodium_base64_VARIANT_ORIGINAL);
    text.pop_back();
    for (char& c : text)
        c = c == '+' ? '*' : c == '/' ? '-' : c == '=' ? '_' : c;
    return text;
}

std::string with(const std::string& from, const std::string& to) {
    std::string document = kDocument;
    const std::size_t at = document.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    return document.replace(at, from.size(), to);
}

ErrorCode code_of(const Status& status) {
    return status ? ErrorCode{} : status.error().code;
}

ErrorCode verify(const std::string& user_sig, std::int64_t now = kNow) {
    return code_of(verify_user_sig(key(), alice(), user_sig, now));
}

TEST(UserSig, AcceptsWhatOtherLibrariesMade) {
    EXPECT_EQ(verify(kByNode), ErrorCode{});
    EXPECT_EQ(verify(kByBrowser), ErrorCode{});
}

TEST(UserSig, UnpacksBothVectorsToOneDocument) {
    EXPECT_EQ(*unpack_user_sig(kByNode), kDocument);
    EXPECT_EQ(*unpack_user_sig(kByBrowser), kDocument);
}

TEST(UserSig, MakesTheSameDocumentAsOtherLibraries) {
    const auto made = make_user_sig(key(), alice(), kNow, kWeek);
    ASSERT_TRUE(made);
    EXPECT_EQ(*unpack_user_sig(*made), kDocument);
    EXPECT_EQ(made->find_first_of("+/="), std::string::npos);
    EXPECT_EQ(made->substr(0, 2), "eJ");  // the zlib header 78 9c
}

TEST(UserSig, AcceptsStoredBlocksAndEveryLevel) {
    for (const int level : {Z_NO_COMPRESSION, Z_BEST_SPEED, Z_BEST_COMPRESSION}) {
        EXPECT_EQ(verify(pack(kDocument, level)), ErrorCode{}) << level;
    }
}

TEST(UserSig, AcceptsAnyOrderAndUnknownMembers) {
    EXPECT_EQ(verify(pack(with(R"({"TLS.ver":"2.0",)", R"({"TLS.new":[1],"TLS.ver":"2.0",)"))),
              ErrorCode{});
}

TEST(UserSig, MakesAndVerifiesForHardNames) {
    for (const char* name :
         {"a", "with blank", R"(quo"te\)", "{}:,*-_", "01234567890123456789012345678901"}) {
        const UserId user = *UserId::parse(name);
        const auto made = make_user_sig(key(), user, kNow, kWeek);
        ASSERT_TRUE(made);
        EXPECT_TRUE(verify_user_sig(key(), user, *made, kNow)) << name;
    }
}

TEST(UserSig, TellsWhatIsWrong) {
    EXPECT_EQ(verify(""), ErrorCode::kUserSigEmpty);
    EXPECT_EQ(code_of(verify_user_sig(key(1), alice(), kByNode, kNow)),
              ErrorCode::kUserSigOtherApp);
    EXPECT_EQ(code_of(verify_user_sig(key(), *UserId::parse("Alice"), kByNode, kNow)),
              ErrorCode::kUserSigOtherUser);
    EXPECT_EQ(code_of(verify_user_sig(key(1'400'000'001, "other"), alice(), kByNode, kNow)),
              ErrorCode::kUserSigWrong);
    EXPECT_EQ(verify(kByNode, kNow + kWeek), ErrorCode{});
    EXPECT_EQ(verify(kByNode, kNow + kWeek + 1), ErrorCode::kUserSigExpired);
}

TEST(UserSig, AChangedDocumentIsRefused) {
    EXPECT_EQ(verify(pack(with("604800", "604801"))), ErrorCode::kUserSigWrong);
    EXPECT_EQ(verify(pack(with("1700000000", "1700000001"))), ErrorCode::kUserSigWrong);
    EXPECT_EQ(verify(pack(with("UUFP", "UUFQ"))), ErrorCode::kUserSigWrong);
    EXPECT_EQ(verify(pack(with("GP0=", "GP0"))), ErrorCode::kUserSigWrong);
    EXPECT_EQ(verify(pack(with(R"("TLS.sig")", R"("TLS.userbuf":"eA==","TLS.sig")"))),
              ErrorCode::kUserSigWrong);
}

// The order of the checks is TIM's: a token for another user is told before its signature.
TEST(UserSig, ChecksInTimsOrder) {
    const auto other_app = key(1, "other");
    const UserId bob = *UserId::parse("bob");
    EXPECT_EQ(code_of(verify_user_sig(other_app, bob, kByNode, kNow + 2 * kWeek)),
              ErrorCode::kUserSigOtherApp);
    const auto other_secret = key(1'400'000'001, "other");
    EXPECT_EQ(code_of(verify_user_sig(other_secret, bob, kByNode, kNow + 2 * kWeek)),
              ErrorCode::kUserSigOtherUser);
    EXPECT_EQ(code_of(verify_user_sig(other_secret, alice(), kByNode, kNow + 2 * kWeek)),
              ErrorCode::kUserSigWrong);
}

TEST(UserSig, AnIssuersClockMayBeAhead) {
    EXPECT_EQ(verify(kByNode, kNow - 1), ErrorCode{});
    EXPECT_EQ(verify(kByNode, kNow - kUserSigSkewSeconds), ErrorCode{});
    EXPECT_EQ(verify(kByNode, kNow - kUserSigSkewSeconds - 1), ErrorCode::kUserSigExpired);
}

TEST(UserSig, RefusesWhatCannotBeRead) {
    const std::string good = kByNode;
    std::string base64 = good;
    for (char& c : base64)
        c = c == '*' ? '+' : c == '-' ? '/' : c == '_' ? '=' : c;
    const std::string bad[] = {
        "x",
        "____",
        "eJ__",
        base64,                           // the inner alphabet
        good.substr(0, good.size() - 4),  // cut
        good + "AAAA",                    // goes on after its end
        "\xff" + good.substr(1),
        std::string("\0", 1) + good,
        std::string(limits::kUserSigBytes + 1, 'A'),
        pack(""),
        pack("[]"),
        pack("{"),
        pack(with(R"("TLS.ver":"2.0",)", "")),
        pack(with(R"("2.0")", R"("3.0")")),
        pack(with("1700000000", R"("1700000000")")),
        pack(with("1700000000", "-1")),
        pack(with("604800", "1e5")),
        pack(with(R"("alice")", "7")),
        pack(std::string(limits::kUserSigDocumentBytes + 1, ' ')),  // a small bomb
    };
    for (const std::string& user_sig : bad) {
        EXPECT_EQ(verify(user_sig), ErrorCode::kUserSigMalformed) << user_sig;
    }
}

TEST(UserSig, RefusesKeysAndLifetimesThatMakeNoSense) {
    EXPECT_FALSE(UserSigKey::create(0, "key"));
    EXPECT_FALSE(UserSigKey::create(1, ""));
    EXPECT_FALSE(make_user_sig(key(), alice(), kNow, 0));
    EXPECT_FALSE(make_user_sig(key(), alice(), kNow, kIntegerMax));
    EXPECT_FALSE(make_user_sig(key(), UserId(), kNow, kWeek));
}

TEST(UserSigVerifier, CountsInMilliseconds) {
    UserSigVerifier verifier(key());
    EXPECT_TRUE(verifier.verify(alice(), kByNode, TimeMs((kNow + kWeek) * 1000 + 999)));
    EXPECT_FALSE(verifier.verify(alice(), kByNode, TimeMs((kNow + kWeek + 1) * 1000)));
}

}  // namespace
}  // namespace kumquat::server
