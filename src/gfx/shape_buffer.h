// The shapes of one frame, as the shader reads them.
//
// A shape is a quad in a draw list whose texture coordinate names a record in here: uv.x = -(index
// + 1), which no text has. So shapes need no state of their own, keep their order among text and
// clip like it. The records travel in one small integer texture, four texels of four 32-bit words
// each; floats are sent as their bits.
#pragma once

#include <cstdint>
#include <vector>

#include "gfx/core/color.h"

namespace kumquat::gfx {

/// Numbers shared with shaders/page.frag and shaders/soft.frag.
enum class ShapeKind : std::uint32_t {
    kBox = 0,
    kShadow = 1,
    kPicture = 2,
    kGlow = 3,
    kArc = 4,
    kLine = 5
};

struct ShapeRecord {
    /// Left, top, width, height, physical pixels.
    float rect[4];
    /// Corner radii from the top left, clockwise.
    float radii[4];
    ShapeKind kind;
    /// The colour at the bottom (kBox) or rim (kGlow).
    std::uint32_t second_color;
    std::uint32_t line_color;
    /// kBox: width of the outline; kShadow: sigma; kArc and kLine: half the width of the stroke.
    float width;
    /// kPicture: part of the texture; kArc: start and sweep in turns; kLine: both ends.
    float extra[4];
};
static_assert(sizeof(ShapeRecord) == 64, "four texels of RGBA32UI");

class ShapeBuffer {
  public:
    /// More are not drawn. A full screen of bubbles has about a hundred.
    static constexpr int kShapesMax = 8192;
    /// Records in one row of the texture.
    static constexpr int kShapesPerRow = 128;

    void clear() { records_.clear(); }
    /// The index, -1 if it is full.
    int add(const ShapeRecord& record) {
        if (records_.size() >= kShapesMax) return -1;
        records_.push_back(record);
        return static_cast<int>(records_.size()) - 1;
    }
    const std::vector<ShapeRecord>& records() const { return records_; }

  private:
    std::vector<ShapeRecord> records_;
};

}  // namespace kumquat::gfx
