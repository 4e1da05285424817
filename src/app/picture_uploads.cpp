#include "app/picture_uploads.h"

#include <algorithm>
#include <utility>

namespace kumquat::app {

namespace {

/// The file of rendition `i` is that of the one before it.
bool repeats(const client::LocalPicture& picture, std::size_t i) {
    return i > 0 && picture.renditions[i] == picture.renditions[i - 1];
}

}  // namespace

PictureUploads::PictureUploads(platform::BlobChannel& channel, Listener* listener)
    : channel_(channel), listener_(listener) {
    channel_.set_listener(this);
}

PictureUploads::~PictureUploads() {
    channel_.set_listener(nullptr);
}

void PictureUploads::start(const client::UploadPicture& effect, const UserId& user) {
    cancel(effect.number);
    Upload upload;
    upload.effect = effect;
    upload.user = user;
    for (std::size_t i = 0; i < limits::kRenditions; ++i) {
        if (!repeats(effect.picture, i)) upload.total += effect.picture.renditions[i].bytes;
    }
    go_on(uploads_.emplace(effect.number, std::move(upload)).first);
}

void PictureUploads::cancel(client::UploadNumber number) {
    auto found = uploads_.find(number);
    if (found == uploads_.end()) return;
    channel_.abort(found->second.blob);
    uploads_.erase(found);
}

/// Sends the next file that the service does not have, or says that all are there.
void PictureUploads::go_on(Uploads::iterator at) {
    Upload& upload = at->second;
    const client::LocalPicture& picture = upload.effect.picture;
    Ids& ids = done_[picture.key];
    for (; upload.at < limits::kRenditions; ++upload.at) {
        if (repeats(picture, upload.at)) {
            ids[upload.at] = ids[upload.at - 1];
            continue;
        }
        if (ids[upload.at].empty()) break;
        upload.sent += picture.renditions[upload.at].bytes;
    }
    if (upload.at < limits::kRenditions) {
        upload.blob = next_blob_++;
        channel_.upload({upload.blob,
                         platform::PictureName::local(upload.user.text(), picture.key,
                                                      static_cast<int>(upload.at)),
                         upload.effect.session});
        return;
    }
    Ids all = ids;
    Upload ended = std::move(upload);
    uploads_.erase(at);
    // Uploaded again it is uploaded whole: the service has lost it then.
    done_.erase(ended.effect.picture.key);
    listener_->on_uploaded(ended.effect.number, ended.effect.picture, all);
}

PictureUploads::Uploads::iterator PictureUploads::find_blob(std::int64_t blob) {
    return std::find_if(uploads_.begin(), uploads_.end(),
                        [blob](const auto& upload) { return upload.second.blob == blob; });
}

void PictureUploads::on_blob_progress(std::int64_t number, std::int64_t sent_bytes) {
    auto found = find_blob(number);
    if (found == uploads_.end()) return;
    const Upload& upload = found->second;
    std::int64_t file = upload.effect.picture.renditions[upload.at].bytes;
    listener_->on_upload_progress(
        found->first, upload.sent + std::clamp<std::int64_t>(sent_bytes, 0, file), upload.total);
}

void PictureUploads::on_blob_done(std::int64_t number, const Result<BlobId>& id) {
    auto found = find_blob(number);
    if (found == uploads_.end()) return;
    if (!id) {
        client::UploadNumber failed = found->first;
        uploads_.erase(found);
        listener_->on_upload_failed(failed, id.error());
        return;
    }
    const Upload& upload = found->second;
    done_[upload.effect.picture.key][upload.at] = *id;
    go_on(found);
}

}  // namespace kumquat::app
