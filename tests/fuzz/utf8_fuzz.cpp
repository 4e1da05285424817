// UTF-8 by three ways that must agree, and any bytes as a JSON string.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/utf8.h"
#include "fuzz_check.h"
#include "proto/json_tree.h"
#include "proto/json_writer.h"

namespace {

using namespace kumquat;

// Whether decoding finds a fault. U+FFFD stands for one only if it is not written there itself.
bool decodes_cleanly(std::string_view text) {
    for (std::size_t offset = 0; offset < text.size();) {
        const std::size_t start = offset;
        const char32_t code_point = decode_utf8(text, &offset);
        FUZZ_CHECK(offset > start && offset <= text.size() && offset - start <= 4);
        FUZZ_CHECK(code_point <= 0x10FFFF && (code_point < 0xD800 || code_point > 0xDFFF));
        if (code_point == 0xFFFD && text.substr(start, 3) != "\xEF\xBF\xBD") return false;
    }
    return true;
}

void check_truncation(std::string_view text) {
    for (std::size_t bytes = 0; bytes <= text.size(); ++bytes) {
        const std::string_view cut = truncate_utf8(text, bytes);
        FUZZ_CHECK(cut.size() <= bytes && bytes - cut.size() < 4);
        FUZZ_CHECK(is_valid_utf8(cut));
    }
}

void check_json_string(std::string_view text, bool valid) {
    proto::JsonWriter json;
    json.string(text);
    const std::string written = json.take();
    const auto tree = proto::JsonTree::parse(written, written.size(), 1);
    FUZZ_CHECK(tree && tree->root().string());
    FUZZ_CHECK(!valid || *tree->root().string() == text);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const bool valid = is_valid_utf8(text);
    FUZZ_CHECK(valid == decodes_cleanly(text));
    if (valid && size < 200) check_truncation(text);
    check_json_string(text, valid);
    return 0;
}
