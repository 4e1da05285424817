#include "service/pictures.h"

#include <algorithm>
#include <set>
#include <utility>

#include "base/limits.h"

namespace kumquat::service {
namespace {

template <class... Ts>
struct Overloaded : Ts... {
    using Ts::operator()...;
};
template <class... Ts>
Overloaded(Ts...) -> Overloaded<Ts...>;

std::set<BlobId> blobs_of(const proto::Image& image) {
    std::set<BlobId> ids;
    for (const proto::Rendition& rendition : image.renditions)
        ids.insert(rendition.id);
    return ids;
}

void add_references(const BlobId& id, std::int64_t count, Run& run) {
    // A profile may name a blob that a damaged store has lost; then there is nothing to count.
    const store::BlobRow* found = run.rows.blob(id);
    if (found == nullptr) return;
    store::BlobRow row = *found;
    row.references += count;
    run.rows.put(std::move(row));
}

Status apply(const BeginUpload& work, Run& run) {
    const store::SessionRow* session = run.rows.session(work.token);
    if (session == nullptr || session->expires <= run.now || run.rows.session_ended(work.token))
        return Error{ErrorCode::kSessionInvalid, "session"};
    run.outcome.uploader = session->user;
    return Status();
}

Status apply(const FinishUpload& work, Run& run) {
    store::BlobRow row = work.blob;
    row.created = run.now;
    row.references = 0;
    run.rows.put(std::move(row));
    return Status();
}

Status apply(const ForgetBlobs& work, Run& run) {
    for (const BlobId& id : work.blobs) {
        const store::BlobRow* row = run.rows.blob(id);
        // A message may have named it since the store was asked.
        if (row == nullptr || row->references > 0) continue;
        run.rows.forget_blob(id);
        run.outcome.forgotten.push_back(id);
    }
    return Status();
}

}  // namespace

void keys_home_work(const HomeWork& work, store::ReadKeys& keys) {
    std::visit(Overloaded{
                   [&](const BeginUpload& upload) { keys.sessions.insert(upload.token); },
                   [](const FinishUpload&) {},
                   [&](const ForgetBlobs& forget) {
                       keys.blobs.insert(forget.blobs.begin(), forget.blobs.end());
                   },
               },
               work);
}

Status apply_home_work(const HomeWork& work, Run& run) {
    return std::visit([&run](const auto& each) { return apply(each, run); }, work);
}

void finish_home_work(const HomeWork& work, const Outcome& outcome) {
    const bool failed = outcome.reply.has_value();
    std::visit(Overloaded{
                   [&](const BeginUpload& upload) {
                       if (failed) return upload.done(outcome.reply->error());
                       upload.done(outcome.uploader);
                   },
                   [&](const FinishUpload& upload) {
                       upload.done(failed ? Status(outcome.reply->error()) : Status());
                   },
                   [&](const ForgetBlobs& forget) {
                       if (failed) return forget.done(outcome.reply->error());
                       forget.done(outcome.forgotten);
                   },
               },
               work);
}

Status check_image(const proto::Body& body) {
    const Error bad{ErrorCode::kBadField, "body.payload.imageInfoArray"};
    if (!body.image || body.image->renditions.size() != limits::kRenditions) return bad;
    std::int64_t type = 0;
    for (const proto::Rendition& rendition : body.image->renditions) {
        if (rendition.type != ++type) return bad;
    }
    return Status();
}

void keys_image(const proto::Body& body, store::ReadKeys& keys) {
    if (!body.image) return;
    for (const proto::Rendition& rendition : body.image->renditions)
        keys.blobs.insert(rendition.id);
}

Status check_named(const proto::Image& image, const Run& run) {
    const UserKey me = run.work.session->user;
    for (const proto::Rendition& rendition : image.renditions) {
        const store::BlobRow* row = run.rows.blob(rendition.id);
        const bool matches = row != nullptr && row->owner == me && row->width == rendition.width &&
                             row->height == rendition.height && row->bytes == rendition.size;
        if (!matches) return Error{ErrorCode::kUnknownPicture, "body.payload.imageInfoArray"};
    }
    if (run.rows.blob(image.renditions.front().id)->format != image.format)
        return Error{ErrorCode::kUnknownPicture, "body.payload.imageFormat"};
    return Status();
}

void name_blobs(const proto::Image& image, Run& run) {
    for (const BlobId& id : blobs_of(image))
        add_references(id, 1, run);
}

Status check_avatar(const BlobId& id, UserKey owner, const Run& run) {
    const store::BlobRow* row = run.rows.blob(id);
    if (row == nullptr || row->owner != owner) return Error{ErrorCode::kUnknownPicture, "avatar"};
    return Status();
}

void move_avatar(const BlobId& before, const BlobId& after, Run& run) {
    if (before == after) return;
    if (!before.empty()) add_references(before, -1, run);
    if (!after.empty()) add_references(after, 1, run);
}

}  // namespace kumquat::service
