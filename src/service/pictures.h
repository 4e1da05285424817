// What messages and profiles have to do with uploaded pictures: only one's own may be named, and
// each is counted, so that what nobody names can go.
#pragma once

#include <optional>

#include "base/result.h"
#include "proto/messages.h"
#include "service/handlers.h"
#include "store/rows.h"

namespace kumquat::service {

/// Whether a picture message's payload has what it must. Errors: kBadField.
Status check_image(const std::optional<proto::Image>& image);
void add_image_keys(const proto::Image& image, store::ReadKeys& keys);
/// Whether a picture message in the store says what `body` says, whatever IDs its pictures have.
bool is_same_image(const store::MessageRow& row, const proto::Body& body);
/// Whether every rendition is a picture of the sender's, and is as the message says. Errors:
/// kUnknownPicture.
Status check_own_image(const Run& run, const proto::Image& image);
/// A message names the image: each of its pictures once, however many renditions are the same.
void name_image(Run& run, const proto::Image& image);

/// Whether the pictures of a message that is copied are still there. Errors: kUnknownPicture.
Status check_copied_image(const Run& run, const proto::Image& image);
/// A message does not name the image any more. Requires that its pictures were asked for.
void release_image(Run& run, const proto::Image& image);

/// Errors: kUnknownPicture.
Status check_own_avatar(const Run& run, const BlobId& avatar);
/// A profile shows `after` instead of `before`; either may be empty.
void move_avatar(Run& run, const BlobId& before, const BlobId& after);

}  // namespace kumquat::service
