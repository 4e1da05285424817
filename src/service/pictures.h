// Pictures: what homes ask for beside the connections (uploads, orphans), and who names a blob.
//
// A blob is named by messages and by profiles, and counts them. Only its owner may name it. One
// that nothing names is forgotten after a day.
#pragma once

#include <vector>

#include "proto/messages.h"
#include "service/handlers.h"
#include "service/work.h"
#include "store/rows.h"

namespace kumquat::service {

/// A blob without a reference is kept for so long: an upload is followed by its message, but the
/// device may be offline in between.
inline constexpr std::int64_t kOrphanMs = 24LL * 60 * 60 * 1000;

void keys_home_work(const HomeWork& work, store::ReadKeys& keys);
/// Errors: kSessionInvalid.
Status apply_home_work(const HomeWork& work, Run& run);
/// Hands the outcome to whoever asked.
void finish_home_work(const HomeWork& work, const Outcome& outcome);

/// kBadField unless the payload is a picture's: original, 720 and 198, in this order.
Status check_image(const proto::Body& body);
void keys_image(const proto::Body& body, store::ReadKeys& keys);
/// The sender's blobs, as they are described. Errors: kUnknownPicture.
Status check_named(const proto::Image& image, const Run& run);
/// Counts a reference to each different blob of a picture message.
void name_blobs(const proto::Image& image, Run& run);

/// A blob of `owner`'s. Errors: kUnknownPicture.
Status check_avatar(const BlobId& id, UserKey owner, const Run& run);
/// A profile names `after` instead of `before`; either may be empty.
void move_avatar(const BlobId& before, const BlobId& after, Run& run);

}  // namespace kumquat::service
