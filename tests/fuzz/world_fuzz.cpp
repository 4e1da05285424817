// Any bytes as a world file, whatever the pieces: an error, or a world that can be written again.
// The input's records get checksums that fit, so that the fuzzer comes behind them.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "fuzz_check.h"
#include "store/journal/checksum.h"
#include "world/world_file.h"
#include "world/world_reader.h"
#include "world/world_writer.h"

namespace {

using namespace kumquat;
using namespace kumquat::world;

Result<store::MemoryState> read(std::string_view file, std::size_t piece) {
    WorldReader reader([&](const store::BlobRow& row, std::int64_t offset) {
        FUZZ_CHECK(offset >= 0 && row.bytes >= 1);
        FUZZ_CHECK(offset + row.bytes <= static_cast<std::int64_t>(file.size()));
    });
    for (std::size_t at = 0; at < file.size(); at += piece)
        KUMQUAT_TRY(reader.feed(file.substr(at, piece)));
    return reader.finish();
}

// Each record: 4 bytes of length, 4 of checksum, the rest.
void fit_checksums(std::string& file) {
    for (std::size_t at = kWorldMagic.size(); at + 8 <= file.size();) {
        std::size_t length = 0;
        for (std::size_t i = 4; i-- > 0;)
            length = length << 8 | static_cast<std::uint8_t>(file[at + i]);
        at += 4;
        if (length < 4 || length > file.size() - at) return;
        std::uint32_t sum = store::checksum(std::string_view(file).substr(at + 4, length - 4));
        for (std::size_t i = 0; i < 4; ++i, sum >>= 8)
            file[at + i] = static_cast<char>(sum & 0xFF);
        at += length;
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string file(kWorldMagic);
    file.append(reinterpret_cast<const char*>(data), size);
    fit_checksums(file);
    auto whole = read(file, file.size());
    const auto pieces = read(file, 3);
    FUZZ_CHECK(whole.has_value() == pieces.has_value());
    if (!whole) {
        FUZZ_CHECK(whole.error().code == pieces.error().code);
        return 0;
    }
    WorldWriter writer(*std::move(whole));
    while (true) {
        const auto part = writer.next();
        if (part.step == WorldWriter::Step::kEnd) break;
        if (part.step == WorldWriter::Step::kPicture) FUZZ_CHECK(!writer.picture(false).empty());
    }
    return 0;
}
