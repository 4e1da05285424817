// What makes a picture sendable, as far as its numbers tell. Its bytes were looked at when it was
// picked.
#pragma once

#include <optional>

#include "base/error_code.h"
#include "client/core/picture.h"
#include "proto/messages.h"

namespace kumquat::client {

/// Why the picture cannot be sent: kPictureKind, kPictureEmpty, kPictureTooLarge, kPictureDamaged
/// (dimensions that no picture has, or more than a browser can decode without harm); absent: it
/// can.
std::optional<ErrorCode> refusal_of_picture(const LocalPicture& picture);

/// The body of a message that shows the picture, without IDs.
proto::Body body_of(const LocalPicture& picture);

/// A picture message whose payload could be read.
bool shows_picture(const proto::Body& body);

/// Whether every rendition of the image has its ID.
bool has_ids(const proto::Image& image);

}  // namespace kumquat::client
