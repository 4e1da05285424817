#include "service/pictures.h"

#include <algorithm>
#include <optional>
#include <set>

#include "base/limits.h"
#include "proto/codec.h"

namespace kumquat::service {
namespace {

// Another person's picture is as unknown as none.
const store::BlobRow* own_blob(const Run& run, const BlobId& id) {
    const store::BlobRow* blob = run.rows.blob(id);
    return blob != nullptr && blob->owner == run.work.session->user ? blob : nullptr;
}

bool is_as_told(const store::BlobRow& blob, const proto::Rendition& told) {
    return blob.width == told.width && blob.height == told.height && blob.bytes == told.size;
}

void name(Run& run, const BlobId& id) {
    store::BlobRow blob = *run.rows.blob(id);
    ++blob.references;
    run.rows.put(blob);
}

void release(Run& run, const BlobId& id) {
    const store::BlobRow* found = run.rows.blob(id);
    if (found == nullptr) return;
    store::BlobRow blob = *found;
    --blob.references;
    blob.released = run.now;
    run.rows.put(blob);
}

// Each once, however many renditions are the same.
std::set<BlobId> pictures_of(const proto::Image& image) {
    std::set<BlobId> pictures;
    for (const proto::Rendition& rendition : image.renditions)
        pictures.insert(rendition.id);
    return pictures;
}

// All but the IDs.
bool is_same(const proto::Rendition& a, const proto::Rendition& b) {
    return a.type == b.type && a.width == b.width && a.height == b.height && a.size == b.size;
}

}  // namespace

Status check_image(const std::optional<proto::Image>& image) {
    if (!image) return Error{ErrorCode::kBadField, "body.payload"};
    if (image->renditions.size() != limits::kRenditions)
        return Error{ErrorCode::kBadField, "body.payload.imageInfoArray"};
    std::int64_t type = 0;
    for (const proto::Rendition& rendition : image->renditions) {
        if (rendition.type != ++type)
            return Error{ErrorCode::kBadField, "body.payload.imageInfoArray"};
    }
    return Status();
}

void add_image_keys(const proto::Image& image, store::ReadKeys& keys) {
    for (const proto::Rendition& rendition : image.renditions)
        keys.blobs.insert(rendition.id);
}

bool is_same_image(const store::MessageRow& row, const proto::Body& body) {
    if (row.type != proto::kImageType || body.type != proto::kImageType || !body.image)
        return false;
    const std::optional<proto::Image> before = proto::read_image(row.content);
    return before && before->format == body.image->format &&
           std::equal(before->renditions.begin(), before->renditions.end(),
                      body.image->renditions.begin(), body.image->renditions.end(), is_same);
}

// The format is told of the original: a small one of a GIF may well be a PNG.
Status check_own_image(const Run& run, const proto::Image& image) {
    for (const proto::Rendition& rendition : image.renditions) {
        const store::BlobRow* blob = own_blob(run, rendition.id);
        if (blob == nullptr || !is_as_told(*blob, rendition))
            return Error{ErrorCode::kUnknownPicture, "body.payload.imageInfoArray"};
    }
    if (own_blob(run, image.renditions.front().id)->format != image.format)
        return Error{ErrorCode::kUnknownPicture, "body.payload.imageFormat"};
    return Status();
}

void name_image(Run& run, const proto::Image& image) {
    for (const BlobId& id : pictures_of(image))
        name(run, id);
}

Status check_copied_image(const Run& run, const proto::Image& image) {
    for (const BlobId& id : pictures_of(image)) {
        if (run.rows.blob(id) == nullptr)
            return Error{ErrorCode::kUnknownPicture, "body.payload.imageInfoArray"};
    }
    return Status();
}

void release_image(Run& run, const proto::Image& image) {
    for (const BlobId& id : pictures_of(image))
        release(run, id);
}

Status check_own_avatar(const Run& run, const BlobId& avatar) {
    if (!avatar.empty() && own_blob(run, avatar) == nullptr)
        return Error{ErrorCode::kUnknownPicture, "avatar"};
    return Status();
}

void move_avatar(Run& run, const BlobId& before, const BlobId& after) {
    if (before == after) return;
    if (!before.empty()) release(run, before);
    if (!after.empty()) name(run, after);
}

}  // namespace kumquat::service
