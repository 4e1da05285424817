// UserSigs of any bytes. The first byte says from which layer on the rest is taken: the token
// itself, the zlib stream in it, or the document in that, so that the outer layers need not be
// guessed.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include <sodium.h>

#include "base/limits.h"
#include "fuzz_check.h"
#include "proto/user_sig.h"
#include "server/user_sig/user_sig.h"
#include "server/user_sig/zlib_text.h"

namespace {

using namespace kumquat;

std::string token_around(std::string_view stream) {
    std::string text(sodium_base64_ENCODED_LEN(stream.size(), sodium_base64_VARIANT_ORIGINAL),
                     '\0');
    sodium_bin2base64(text.data(), text.size(),
                      reinterpret_cast<const unsigned char*>(stream.data()), stream.size(),
                      sodium_base64_VARIANT_ORIGINAL);
    text.pop_back();
    for (char& c : text)
        c = c == '+' ? '*' : c == '/' ? '-' : c == '=' ? '_' : c;
    return text;
}

// Nobody without the key gets in, whatever the token.
void check_token(std::string_view token) {
    static const auto key =
        *server::UserSigKey::create(1'400'000'001, "a key that no input can know");
    static const auto alice = *UserId::parse("alice");
    FUZZ_CHECK(!server::verify_user_sig(key, alice, token, 1'700'000'000));
    const auto document = server::unpack_user_sig(token);
    FUZZ_CHECK(!document || document->size() <= limits::kUserSigDocumentBytes);
}

void check_document(std::string_view text) {
    const auto document = proto::decode_user_sig(text);
    if (!document) return;
    const std::string written = proto::encode_user_sig(*document);
    if (written.size() > limits::kUserSigDocumentBytes) return;
    const auto again = proto::decode_user_sig(written);
    FUZZ_CHECK(again && proto::encode_user_sig(*again) == written);
    FUZZ_CHECK(*server::unpack_user_sig(token_around(server::deflate_text(written))) == written ||
               token_around(server::deflate_text(written)).size() > limits::kUserSigBytes);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const std::string_view rest(reinterpret_cast<const char*>(data) + 1, size - 1);
    switch (data[0] % 3) {
        case 0:
            check_token(rest);
            break;
        case 1:
            check_token(token_around(rest));
            break;
        default:
            check_document(rest);
            check_token(token_around(server::deflate_text(rest)));
            break;
    }
    return 0;
}
