#include "sim/pictures.h"

#include <utility>

#include "sim/home.h"
#include "sim/worker_side.h"

namespace kumquat::sim {
namespace {

// As the platform reports whatever happens to a connection.
Error broken() {
    Error error{ErrorCode::kIo, "the upload was cut"};
    error.retry_after_ms = 1000;
    return error;
}

}  // namespace

void Pictures::serve(service::Service& service) {
    ++life_;
    up_ = true;
    service_ = &service;
}

void Pictures::serve(WorkerSide& worker) {
    ++life_;
    up_ = true;
    worker_ = &worker;
}

void Pictures::stop() {
    ++life_;
    up_ = false;
    service_ = nullptr;
    while (!uploads_.empty())
        end(uploads_.begin()->first, broken());
}

bool Pictures::has(const BlobId& id) const {
    return worker_ != nullptr ? worker_->has_picture(id) : blobs_.count(id) != 0;
}

void Pictures::later(std::function<void()> task) {
    queue_.after(rng_.between(1, faults_.delay_max_ms),
                 [this, life = life_, task = std::move(task)] {
                     if (life == life_) task();
                 });
}

// --- Uploads
// -----------------------------------------------------------------------------------------------------

void Pictures::upload(const std::string& session, const client::LocalPicture& picture, Done done) {
    const std::int64_t number = ++last_;
    Upload& upload = uploads_[number];
    upload.picture = picture;
    upload.session = session;
    upload.done = std::move(done);
    if (!up_ || rng_.percent(faults_.connect_fails_percent)) return end(number, broken());
    later([this, number] { begin(number); });
}

void Pictures::begin(std::int64_t number) {
    if (worker_ != nullptr) return go_on(number);
    service_->begin_upload(uploads_.at(number).session,
                           [this, number](const Result<UserKey>& owner) {
                               if (!owner) return end(number, owner.error());
                               uploads_.at(number).owner = *owner;
                               go_on(number);
                           });
}

void Pictures::go_on(std::int64_t number) {
    Upload& upload = uploads_.at(number);
    const auto& renditions = upload.picture.renditions;
    // The same file as the one before is uploaded once.
    while (upload.finished > 0 && upload.finished < renditions.size() &&
           renditions[upload.finished] == renditions[upload.finished - 1]) {
        upload.ids[upload.finished] = upload.ids[upload.finished - 1];
        ++upload.finished;
    }
    if (upload.finished == renditions.size()) return end(number, upload.ids);
    if (rng_.percent(faults_.connect_fails_percent)) return end(number, broken());
    later([this, number] { worker_ != nullptr ? take_in(number) : keep(number); });
}

void Pictures::take_in(std::int64_t number) {
    const Upload& upload = uploads_.at(number);
    worker_->upload(upload.session, upload.picture.renditions[upload.finished],
                    [this, number](const Result<BlobId>& id) {
                        if (!id) return end(number, id.error());
                        made_.insert(*id);
                        finish_one(number, *id);
                    });
}

// The bytes are in and sealed: first the row that says whose they are, then they can be read, then
// the ID is told.
void Pictures::keep(std::int64_t number) {
    const Upload& upload = uploads_.at(number);
    const client::LocalRendition& rendition = upload.picture.renditions[upload.finished];
    std::string digits(32, '0');
    for (char& digit : digits)
        digit = "0123456789abcdef"[rng_.below(16)];
    store::BlobRow row;
    row.id = *BlobId::parse(digits);
    row.owner = upload.owner;
    row.format = upload.picture.format;
    row.width = rendition.width;
    row.height = rendition.height;
    row.bytes = rendition.bytes;
    made_.insert(row.id);
    service_->finish_upload(row, [this, number, id = row.id](const Status& status) {
        if (!status) return end(number, status.error());
        later([this, number, id] { publish(number, id); });
    });
}

void Pictures::publish(std::int64_t number, const BlobId& id) {
    blobs_.insert(id);
    finish_one(number, id);
}

void Pictures::finish_one(std::int64_t number, const BlobId& id) {
    Upload& upload = uploads_.at(number);
    upload.ids[upload.finished++] = id;
    go_on(number);
}

// The answer may be lost on its way, though the pictures are there.
void Pictures::end(std::int64_t number, const Result<Ids>& result) {
    const Done done = std::move(uploads_.at(number).done);
    uploads_.erase(number);
    const bool lost = rng_.percent(faults_.connect_fails_percent);
    queue_.after(rng_.between(1, faults_.delay_max_ms),
                 [done, answer = lost ? Result<Ids>(broken()) : result] { done(answer); });
}

// --- Orphans
// -----------------------------------------------------------------------------------------------------

void Pictures::sweep() {
    if (service_ == nullptr) return;
    service_->forget_orphans([this](const Result<std::vector<BlobId>>& ids) {
        if (ids && !ids->empty()) later([this, removed = *ids] { remove(removed); });
    });
}

void Pictures::remove(const std::vector<BlobId>& ids) {
    for (const BlobId& id : ids)
        blobs_.erase(id);
    sweep();
}

}  // namespace kumquat::sim
