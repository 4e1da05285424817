#include "worker/uploads.h"

#include <utility>

#include "base/check.h"
#include "base/limits.h"
#include "proto/uploaded.h"

namespace kumquat::worker {

Uploads::Upload* Uploads::find(UploadId id) {
    const auto found = uploads_.find(id);
    return found == uploads_.end() ? nullptr : &found->second;
}

void Uploads::begin(UploadId id, std::string_view session) {
    if (uploads_.size() >= kUploads)
        return host_.upload_ready(id, Error{ErrorCode::kOverloaded, "uploads"});
    uploads_[id];
    if (session.empty() || session.size() > limits::kSessionTokenBytes)
        return refuse(id, Error{ErrorCode::kSessionInvalid, ""});
    service_.begin_upload(session,
                          [this, id](const Result<UserKey>& owner) { on_session(id, owner); });
}

void Uploads::on_session(UploadId id, const Result<UserKey>& owner) {
    Upload* upload = find(id);
    if (upload == nullptr) return;
    if (!owner) return refuse(id, owner.error());
    std::size_t of_person = 1;
    for (const auto& [other_id, other] : uploads_) {
        if (other.row.owner == *owner) ++of_person;
    }
    if (of_person > kUploadsOfPerson)
        return refuse(id, Error{ErrorCode::kTooManyRequests, "uploads"});
    upload->row.owner = *owner;
    upload->step = Step::kBytes;
    host_.upload_ready(id, Status());
}

Status Uploads::feed(UploadId id, std::string_view bytes) {
    Upload* upload = find(id);
    if (upload == nullptr || upload->step != Step::kBytes) return {};
    upload->row.bytes += static_cast<std::int64_t>(bytes.size());
    return fail(id, upload->inspector.feed(bytes));
}

Status Uploads::finish(UploadId id) {
    Upload* upload = find(id);
    if (upload == nullptr || upload->step != Step::kBytes) return {};
    const auto header = upload->inspector.finish();
    if (!header) return fail(id, header.error());
    auto picture = BlobId::parse(crypto_.random_token());
    KUMQUAT_CHECK(picture);
    upload->row.id = *std::move(picture);
    upload->row.format = static_cast<std::int64_t>(header->format);
    upload->row.width = header->width;
    upload->row.height = header->height;
    upload->step = Step::kKeeping;
    host_.upload_keep(id, upload->row.id);
    return {};
}

void Uploads::kept(UploadId id, const Status& status) {
    Upload* upload = find(id);
    if (upload == nullptr || upload->step != Step::kKeeping) return;
    if (upload->cancelled) {
        if (status) host_.remove_picture(upload->row.id);
        uploads_.erase(id);
        return;
    }
    if (!status) {
        uploads_.erase(id);
        return host_.upload_done(id, status.error());
    }
    upload->step = Step::kNoting;
    service_.finish_upload(upload->row, [this, id, picture = upload->row.id](const Status& noted) {
        on_noted(id, picture, noted);
    });
}

void Uploads::on_noted(UploadId id, const BlobId& picture, const Status& status) {
    Upload* upload = find(id);
    KUMQUAT_CHECK(upload != nullptr);
    const store::BlobRow row = upload->row;
    const bool cancelled = upload->cancelled;
    uploads_.erase(id);
    if (!status) host_.remove_picture(picture);
    // Cancelled after its row was on the way: the row goes a day later, like every picture that
    // nothing names.
    if (cancelled) return;
    if (!status) return host_.upload_done(id, status.error());
    host_.upload_done(id, proto::uploaded_json(picture, row.width, row.height, row.bytes));
}

void Uploads::cancel(UploadId id) {
    Upload* upload = find(id);
    if (upload == nullptr) return;
    if (upload->step == Step::kKeeping || upload->step == Step::kNoting) {
        upload->cancelled = true;
    } else {
        uploads_.erase(id);
    }
}

void Uploads::refuse(UploadId id, const Error& error) {
    uploads_.erase(id);
    host_.upload_ready(id, error);
}

Status Uploads::fail(UploadId id, Status status) {
    if (!status) uploads_.erase(id);
    return status;
}

}  // namespace kumquat::worker
