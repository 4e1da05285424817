// Whether a file that somebody chose is a picture that can be sent, by its first bytes.
#pragma once

#include "base/result.h"
#include "platform/pictures.h"

namespace kumquat::app {

/// Errors: kPictureEmpty; kPictureKind, also for what cannot be read (a folder); kPictureTooLarge;
/// kPictureDamaged for a broken header or dimensions that no browser can decode without harm.
Status check_picture(const platform::PickedFile& file);

}  // namespace kumquat::app
