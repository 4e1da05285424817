// Both decoders on any bytes: they never crash, and what was read once reads the same when written
// again.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/limits.h"
#include "fuzz_check.h"
#include "proto/codec.h"

namespace {

using namespace kumquat;
using namespace kumquat::proto;

// A frame at its bounds may grow beyond them when written: a bare error gets its text.
bool fits(const std::string& text) {
    return text.size() <= limits::kFrameBytes;
}

void check_client_frame(std::string_view text) {
    const auto decoded = decode_client_frame(text);
    if (const auto* bad = std::get_if<BadFrame>(&decoded)) {
        FUZZ_CHECK(static_cast<int>(bad->error.code) != 0);
        return;
    }
    const auto& frame = std::get<ClientFrame>(decoded);
    FUZZ_CHECK(frame.id.value() >= 1 && frame.id.value() <= kIntegerMax);
    const std::string written = encode(frame);
    if (!fits(written)) return;
    const auto again = decode_client_frame(written);
    FUZZ_CHECK(std::holds_alternative<ClientFrame>(again));
    FUZZ_CHECK(encode(std::get<ClientFrame>(again)) == written);
}

void check_server_frame(std::string_view text) {
    const auto decoded = decode_server_frame(text);
    if (!decoded || !decoded->frame) return;
    const std::string written = encode(*decoded->frame);
    if (!fits(written)) return;
    const auto again = decode_server_frame(written);
    FUZZ_CHECK(again && again->frame);
    FUZZ_CHECK(encode(*again->frame) == written);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    check_client_frame(text);
    check_server_frame(text);
    return 0;
}
