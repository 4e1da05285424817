// The sizes in which a picture is sent, as TIM has them.
#pragma once

#include <cstdint>

namespace kumquat::platform {

struct PictureSize {
    std::int64_t width = 0;
    std::int64_t height = 0;
    friend bool operator==(const PictureSize& a, const PictureSize& b) {
        return a.width == b.width && a.height == b.height;
    }
};

/// The shorter side becomes `side`, the other follows, rounded up. A picture that is not larger
/// stays as it is. Requires positive sizes.
PictureSize rendition_size(PictureSize original, std::int64_t side);

/// The shorter sides of the second and third rendition.
inline constexpr std::int64_t kLargeSide = 720;
inline constexpr std::int64_t kSmallSide = 198;

}  // namespace kumquat::platform
