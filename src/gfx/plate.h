// The inside of a large opaque area: cleared by the device, which costs next to nothing, where a
// shader would run for every pixel. Without a GPU that is most of a frame's time.
#pragma once

#include "gfx/core/color.h"
#include "platform/geometry.h"

struct ImDrawCmd;
struct ImDrawList;

namespace kumquat::gfx {

/// Whole pixels.
struct Plate {
    platform::Rect rect;
    Color color;
};

/// Adds it to the list, in its place among the rest.
void add_plate(ImDrawList* list, const Plate& plate);
/// The plate that a command of a list is; null if it is another command.
const Plate* plate_of(const ImDrawCmd& command);

}  // namespace kumquat::gfx
