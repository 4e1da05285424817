#include "ui/picture_shape.h"

#include <algorithm>
#include <cmath>

namespace kumquat::ui {

namespace {

/// Stretched by no more than this a picture still looks sharp.
constexpr float kStretch = 1.25f;

bool covers(const ShownRendition& rendition, const PictureBox& box) {
    return static_cast<float>(rendition.width) * kStretch >= box.width &&
           static_cast<float>(rendition.height) * kStretch >= box.height;
}

}  // namespace

PictureBox picture_box(const PictureMeasures& measures, std::int64_t width, std::int64_t height) {
    if (width <= 0 || height <= 0) return {measures.width_min, measures.height_min};
    float w = static_cast<float>(width) * measures.unit;
    float h = static_cast<float>(height) * measures.unit;
    float scale = std::min({1.0f, measures.width_max / w, measures.height_max / h});
    return {std::clamp(std::round(w * scale), measures.width_min, measures.width_max),
            std::clamp(std::round(h * scale), measures.height_min, measures.height_max)};
}

const ShownRendition& ShownPicture::for_box(const PictureBox& box) const {
    return covers(renditions[2], box) ? renditions[2] : renditions[1];
}

ShownPicture shown_picture(const proto::Image& image) {
    ShownPicture shown;
    shown.format = image.format;
    for (std::size_t i = 0; i < shown.renditions.size(); ++i) {
        if (i >= image.renditions.size()) {
            if (i > 0) shown.renditions[i] = shown.renditions[i - 1];
            continue;
        }
        const proto::Rendition& from = image.renditions[i];
        shown.renditions[i] = {platform::PictureName::uploaded(from.id.text()), from.width,
                               from.height};
    }
    return shown;
}

ShownPicture shown_picture(const client::LocalPicture& picture, const UserId& user) {
    ShownPicture shown;
    shown.format = picture.format;
    for (std::size_t i = 0; i < shown.renditions.size(); ++i) {
        const client::LocalRendition& from = picture.renditions[i];
        if (i > 0 && from == picture.renditions[i - 1]) {
            shown.renditions[i] = shown.renditions[i - 1];
            continue;
        }
        shown.renditions[i] = {
            platform::PictureName::local(user.text(), picture.key, static_cast<int>(i)), from.width,
            from.height};
    }
    return shown;
}

}  // namespace kumquat::ui
