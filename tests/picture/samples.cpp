#include "picture/samples.h"

#include <fstream>
#include <iterator>
#include <string_view>

#include "base/check.h"

namespace kumquat::picture {
namespace {

void append_big32(std::string& out, std::uint32_t number) {
    for (int shift = 24; shift >= 0; shift -= 8)
        out += static_cast<char>(number >> shift & 0xFF);
}

// The checksum is left 0: nothing here looks at it.
void append_chunk(std::string& out, std::string_view name, std::string_view data) {
    append_big32(out, static_cast<std::uint32_t>(data.size()));
    out.append(name).append(data).append(4, '\0');
}

}  // namespace

std::string sample(const std::string& name) {
    std::ifstream in(KUMQUAT_SOURCE_DIR "/tests/picture/files/" + name, std::ios::binary);
    KUMQUAT_CHECK(in.good());
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

std::string png_of(std::uint32_t width, std::uint32_t height, std::size_t bytes) {
    std::string header;
    append_big32(header, width);
    append_big32(header, height);
    header.append("\x08\x06\0\0\0", 5);
    std::string file = "\x89PNG\r\n\x1a\n";
    append_chunk(file, "IHDR", header);
    constexpr std::size_t kTwoEmptyChunks = 2 * 12;
    const std::size_t size = file.size() + kTwoEmptyChunks;
    append_chunk(file, "IDAT", std::string(bytes > size ? bytes - size : 0, 'x'));
    append_chunk(file, "IEND", "");
    return file;
}

}  // namespace kumquat::picture
