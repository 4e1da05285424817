// A picture of a message as the panes see it: the size of its box, and which of its renditions is
// shown there. Pure: numbers come in, numbers come out.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "base/limits.h"
#include "client/core/picture.h"
#include "platform/pictures.h"
#include "proto/messages.h"

namespace kumquat::ui {

/// The box of a picture, in the unit of what it was made from.
struct PictureBox {
    float width = 0;
    float height = 0;
};

/// Measures of the design, physical pixels.
struct PictureMeasures {
    float width_max = 320;
    float height_max = 320;
    float width_min = 120;
    float height_min = 80;
    /// Physical pixels for one of the picture's own: it is not shown larger than it is.
    float unit = 1;
};

/// Fits the whole picture; what is thinner than the smallest box is cut by whoever fills it. Sizes
/// that no picture has (0, negative) give the smallest box.
PictureBox picture_box(const PictureMeasures& measures, std::int64_t width, std::int64_t height);

/// One rendition: its bytes' name and its size.
struct ShownRendition {
    platform::PictureName name;
    std::int64_t width = 0;
    std::int64_t height = 0;
};

struct ShownPicture {
    /// TIM's number.
    std::int64_t format = 0;
    /// Original, 720, 198. Where two are the same file, they have the same name.
    std::array<ShownRendition, limits::kRenditions> renditions;

    const ShownRendition& original() const { return renditions[0]; }
    bool is_animation() const { return format == 2; }
    /// The smallest that is sharp in the box. The original only where there is nothing else.
    const ShownRendition& for_box(const PictureBox& box) const;
};

/// A picture of the service. Missing renditions are the one before; without any, names are empty.
ShownPicture shown_picture(const proto::Image& image);
/// A picture of this device, of `user`.
ShownPicture shown_picture(const client::LocalPicture& picture, const UserId& user);

}  // namespace kumquat::ui
