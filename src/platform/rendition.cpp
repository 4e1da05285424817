#include "platform/rendition.h"

#include <algorithm>

namespace kumquat::platform {

PictureSize rendition_size(PictureSize original, std::int64_t side) {
    std::int64_t shorter = std::min(original.width, original.height);
    if (shorter <= side) return original;
    auto scaled = [&](std::int64_t length) { return (length * side + shorter - 1) / shorter; };
    return {scaled(original.width), scaled(original.height)};
}

}  // namespace kumquat::platform
