#include "server/user_sig/zlib_text.h"

#include <zlib.h>

#include "base/check.h"

namespace kumquat::server {
namespace {

// zlib does not write through next_in; its type is older than const.
Bytef* input(std::string_view text) {
    return const_cast<Bytef*>(reinterpret_cast<const Bytef*>(text.data()));
}

}  // namespace

std::string deflate_text(std::string_view text) {
    uLongf size = compressBound(text.size());
    std::string packed(size, '\0');
    const int result =
        compress(reinterpret_cast<Bytef*>(packed.data()), &size, input(text), text.size());
    KUMQUAT_CHECK(result == Z_OK);  // only lack of memory is left
    packed.resize(size);
    return packed;
}

std::optional<std::string> inflate_text(std::string_view packed, std::size_t bytes_max) {
    z_stream stream{};
    if (inflateInit(&stream) != Z_OK) return std::nullopt;
    std::string text(bytes_max, '\0');
    stream.next_in = input(packed);
    stream.avail_in = static_cast<uInt>(packed.size());
    stream.next_out = reinterpret_cast<Bytef*>(text.data());
    stream.avail_out = static_cast<uInt>(text.size());
    const int result = inflate(&stream, Z_FINISH);
    const bool whole = result == Z_STREAM_END && stream.avail_in == 0;
    text.resize(text.size() - stream.avail_out);
    inflateEnd(&stream);
    if (!whole) return std::nullopt;
    return text;
}

}  // namespace kumquat::server
