#include "client/core/picture_rules.h"

#include <algorithm>

#include "base/limits.h"

namespace kumquat::client {
namespace {

/// TIM's numbers for JPEG, GIF, PNG and others (WebP).
bool is_format(std::int64_t format) {
    return (format >= 1 && format <= 3) || format == 255;
}

}  // namespace

std::optional<ErrorCode> refusal_of_picture(const LocalPicture& picture) {
    if (picture.key.empty() || !is_format(picture.format)) return ErrorCode::kPictureKind;
    for (const LocalRendition& rendition : picture.renditions) {
        if (rendition.bytes <= 0) return ErrorCode::kPictureEmpty;
        if (rendition.bytes > limits::kPictureBytes) return ErrorCode::kPictureTooLarge;
        const std::int64_t shorter = std::min(rendition.width, rendition.height);
        const std::int64_t longer = std::max(rendition.width, rendition.height);
        if (shorter <= 0 || longer > limits::kPictureSide ||
            shorter * longer > limits::kPicturePixels)
            return ErrorCode::kPictureDamaged;
    }
    return std::nullopt;
}

proto::Body body_of(const LocalPicture& picture) {
    proto::Image image;
    image.format = picture.format;
    for (const LocalRendition& local : picture.renditions) {
        proto::Rendition rendition;
        rendition.type = static_cast<std::int64_t>(image.renditions.size()) + 1;
        rendition.width = local.width;
        rendition.height = local.height;
        rendition.size = local.bytes;
        image.renditions.push_back(rendition);
    }
    proto::Body body;
    body.type = proto::kImageType;
    body.image = std::move(image);
    return body;
}

bool shows_picture(const proto::Body& body) {
    return body.type == proto::kImageType && body.image &&
           body.image->renditions.size() == limits::kRenditions;
}

bool has_ids(const proto::Image& image) {
    return std::none_of(image.renditions.begin(), image.renditions.end(),
                        [](const proto::Rendition& rendition) { return rendition.id.empty(); });
}

}  // namespace kumquat::client
