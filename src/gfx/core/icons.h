// The icons (24 grid, stroked) and the state glyphs of messages, by name. Shapes: the design's list
// of paths.
#pragma once

#include <cstdint>
#include <string_view>

namespace kumquat::gfx {

enum class Icon : std::uint8_t {
    kBack,
    kSearch,
    kAddUser,
    kUser,
    kImage,
    kSmile,
    kSend,
    kMore,
    kDown,
    kChevron,
    kChevronDown,
    kMoon,
    kSun,
    kGlobe,
    kEye,
    kEyeOff,
    kLaptop,
    kClose,
    kPlus,
    kRetry,
    kAuto,
    kPin,
    kMuted,
    kReply,
    kForward,
    kCopy,
    kTrash,
    kCheck,
    kUp,
    kEdit,
    kUndo,
    kSelect,
    kBlock,
    kCalendar,
    kExport,
    kFilter,
    kText,
    // State glyphs. Their grids differ; see icon_grid().
    kSending,
    kSent,
    kRead,
    kFailed
};

/// A path in SVG's notation on a 24 grid, and the width of the stroke on it.
struct IconShape {
    std::string_view path;
    float stroke = 1.7f;
};

IconShape icon_shape(Icon icon);

/// Width and height in CSS pixels that a state glyph (kSending ... kFailed) is drawn at; 24 for the
/// others.
struct IconSize {
    float w = 24;
    float h = 24;
};
IconSize icon_grid(Icon icon);

}  // namespace kumquat::gfx
