// Any bytes as a picture file: in one piece and in many they come to the same, within the bounds.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/limits.h"
#include "fuzz_check.h"
#include "picture/inspector.h"

namespace {

using namespace kumquat;
using namespace kumquat::picture;

void check_header(const Header& header) {
    FUZZ_CHECK(header.width >= 1 && header.height >= 1);
    FUZZ_CHECK(std::max(header.width, header.height) <= limits::kPictureSide);
    FUZZ_CHECK(header.width * header.height <= limits::kPicturePixels);
    FUZZ_CHECK(!content_type(header.format).empty());
}

Result<Header> in_pieces(std::string_view file, std::size_t piece) {
    Inspector inspector;
    for (std::size_t at = 0; at < file.size(); at += piece) {
        const bool well = static_cast<bool>(inspector.feed(file.substr(at, piece)));
        if (inspector.header()) check_header(*inspector.header());
        if (!well) break;
    }
    return inspector.finish();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view file(reinterpret_cast<const char*>(data), size);
    const auto whole = inspect(file);
    if (whole) check_header(*whole);
    for (const std::size_t piece : {1, 7, 64}) {
        const auto again = in_pieces(file, piece);
        FUZZ_CHECK(again.has_value() == whole.has_value());
        if (whole) {
            FUZZ_CHECK(*again == *whole);
        } else {
            FUZZ_CHECK(again.error().code == whole.error().code);
        }
    }
    return 0;
}
