// Any bytes as a record, as they are and with a checksum that fits: an error, or a record that
// comes back as itself; and a state takes whatever such a record holds.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

#include "fuzz_check.h"
#include "store/journal/checksum.h"
#include "store/journal/record.h"
#include "store/journal/replay.h"

namespace {

using namespace kumquat;
using namespace kumquat::store;

constexpr std::size_t kChecksumBytes = 4;

void check(std::string_view bytes) {
    const auto record = decode_record(bytes);
    if (!record) {
        FUZZ_CHECK(record.error().code == ErrorCode::kDataDamaged ||
                   record.error().code == ErrorCode::kDataNewer);
        return;
    }
    const std::string encoded = std::visit([](const auto& one) { return encode(one); }, *record);
    const auto again = decode_record(encoded);
    FUZZ_CHECK(again.has_value());
    FUZZ_CHECK(std::visit([](const auto& one) { return encode(one); }, *again) == encoded);

    Replay replay;
    if (std::holds_alternative<ChunkRecord>(*record)) {
        (void)replay.load_chunk(bytes).has_value();
    } else {
        (void)replay.load_record(bytes).has_value();
    }
    const auto loaded = replay.finish();
    if (!loaded) return;
    std::size_t steps = 0;
    for (RowPlace place; !place.at_end; ++steps)
        (void)loaded->rows.rows_after(place, 1);
    FUZZ_CHECK(steps > 0);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string bytes(reinterpret_cast<const char*>(data), size);
    check(bytes);
    if (size < kChecksumBytes) return 0;
    std::uint32_t sum = checksum(std::string_view(bytes).substr(kChecksumBytes));
    for (std::size_t i = 0; i < kChecksumBytes; ++i, sum >>= 8)
        bytes[i] = static_cast<char>(sum & 0xFF);
    check(bytes);
    return 0;
}
