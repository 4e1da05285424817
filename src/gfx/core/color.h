// Colours as plain values. Which colour means what is the theme's business (src/ui).
#pragma once

#include <cstdint>

namespace kumquat::gfx {

/// Straight (not premultiplied) 8-bit channels in sRGB.
struct Color {
    std::uint8_t r = 0;
    std::uint8_t g = 0;
    std::uint8_t b = 0;
    std::uint8_t a = 255;

    /// Opaque, from 0xRRGGBB.
    static constexpr Color rgb(std::uint32_t hex) {
        return {static_cast<std::uint8_t>(hex >> 16), static_cast<std::uint8_t>(hex >> 8),
                static_cast<std::uint8_t>(hex), 255};
    }
    /// 0xRRGGBB.
    constexpr std::uint32_t to_rgb() const {
        return (std::uint32_t{r} << 16) | (std::uint32_t{g} << 8) | std::uint32_t{b};
    }
    /// Dear ImGui's packing, which is also the renderer's: red in the lowest byte.
    constexpr std::uint32_t packed() const {
        return (std::uint32_t{a} << 24) | (std::uint32_t{b} << 16) | (std::uint32_t{g} << 8) | r;
    }
    /// The same colour with its alpha multiplied by `factor` (0 to 1).
    constexpr Color faded(float factor) const {
        return {r, g, b, static_cast<std::uint8_t>(static_cast<float>(a) * factor + 0.5f)};
    }
    friend constexpr bool operator==(Color x, Color y) {
        return x.r == y.r && x.g == y.g && x.b == y.b && x.a == y.a;
    }
    friend constexpr bool operator!=(Color x, Color y) { return !(x == y); }
};

/// `from` at t = 0, `to` at t = 1.
constexpr Color mix(Color from, Color to, float t) {
    auto channel = [t](std::uint8_t x, std::uint8_t y) {
        return static_cast<std::uint8_t>(
            static_cast<float>(x) + (static_cast<float>(y) - static_cast<float>(x)) * t + 0.5f);
    };
    return {channel(from.r, to.r), channel(from.g, to.g), channel(from.b, to.b),
            channel(from.a, to.a)};
}

}  // namespace kumquat::gfx
