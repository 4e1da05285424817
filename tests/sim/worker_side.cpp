#include "sim/worker_side.h"

#include <limits>
#include <utility>
#include <variant>

#include "base/check.h"
#include "picture/samples.h"
#include "proto/codec.h"
#include "store/journal/record.h"

namespace kumquat::sim {
namespace {

std::string all_rows(const store::MemoryState& rows) {
    store::RowPlace place;
    return store::encode(
        store::WorldRowsRecord{rows.rows_after(place, std::numeric_limits<std::size_t>::max())});
}

}  // namespace

void WorkerSide::start() {
    ++life_;
    taking_ = false;
    // So small that a snapshot has many chunks, between which commits come.
    constexpr std::size_t kChunkBytes = 500;
    home_ = std::make_unique<worker::WorkerHome>(*this, kChunkBytes);
    Status status;
    for (const std::string& chunk : chunks_) {
        if (status) status = home_->load_chunk(chunk);
    }
    for (const auto& [number, record] : records_) {
        if (status) status = home_->load_record(record);
    }
    if (status) status = home_->start();
    if (!fault_.empty()) return;
    if (!status) {
        fault_ = "what was stored cannot be loaded: " + status.error().context;
    } else if (all_rows(home_->rows()) != all_rows(*parts_.durable)) {
        fault_ = "what was loaded is not what was stored";
    }
}

void WorkerSide::crash() {
    ++life_;
    uploads_.clear();
    home_.reset();
}

void WorkerSide::later(std::function<void()> task) {
    const std::int64_t delay_max_ms =
        rng_.percent(10) ? parts_.faults->delay_max_ms : parts_.faults->delay_max_ms / 20;
    parts_.queue->after(rng_.between(0, delay_max_ms),
                        [this, life = life_, task = std::move(task)] {
                            if (life == life_) task();
                        });
}

void WorkerSide::receive(ConnectionId id, const proto::ClientFrame& frame) {
    home_->receive(id, proto::encode(frame));
}

void WorkerSide::send(ConnectionId connection, std::string_view text) {
    auto decoded = proto::decode_server_frame(text);
    KUMQUAT_CHECK(decoded && decoded->frame);
    parts_.outlet->send({connection},
                        std::make_shared<const proto::ServerFrame>(*std::move(decoded->frame)));
}

void WorkerSide::random(char* bytes, std::size_t size) {
    for (std::size_t i = 0; i < size; ++i)
        bytes[i] = static_cast<char>(rng_.below(256));
}

// --- Pictures

void WorkerSide::upload(const std::string& session, const client::LocalRendition& rendition,
                        std::function<void(const Result<BlobId>&)> done) {
    last_upload_ = last_upload_.next();
    uploads_[last_upload_] = Upload{rendition, BlobId(), std::move(done)};
    home_->upload_begin(last_upload_, session);
}

void WorkerSide::upload_ready(worker::UploadId upload, const Status& status) {
    if (!status) return end_upload(upload, status.error());
    later([this, upload] { feed(upload); });
}

void WorkerSide::feed(worker::UploadId upload) {
    const client::LocalRendition& rendition = uploads_.at(upload).rendition;
    const std::string bytes = picture::png_of(static_cast<std::uint32_t>(rendition.width),
                                              static_cast<std::uint32_t>(rendition.height),
                                              static_cast<std::size_t>(rendition.bytes));
    Status status = home_->upload_feed(upload, bytes);
    if (status) status = home_->upload_finish(upload);
    if (!status) end_upload(upload, status.error());
}

void WorkerSide::upload_keep(worker::UploadId upload, const BlobId& id) {
    uploads_.at(upload).id = id;
    if (rng_.percent(parts_.faults->commit_fails_percent)) {
        const Error full{ErrorCode::kDiskFull, "simulated"};
        return later([this, upload, full] { home_->upload_kept(upload, full); });
    }
    later([this, upload, id] {
        pictures_.insert(id);
        later([this, upload] { home_->upload_kept(upload, Status()); });
    });
}

void WorkerSide::upload_done(worker::UploadId upload, const Result<std::string>& answer) {
    end_upload(upload, answer ? Result<BlobId>(uploads_.at(upload).id) : answer.error());
}

void WorkerSide::end_upload(worker::UploadId upload, const Result<BlobId>& id) {
    const auto done = std::move(uploads_.at(upload).done);
    uploads_.erase(upload);
    done(id);
}

void WorkerSide::remove_picture(const BlobId& id) {
    later([this, id] { pictures_.erase(id); });
}

// --- The journal

void WorkerSide::commit(std::int64_t record, std::string_view bytes) {
    if (rng_.percent(parts_.faults->commit_fails_percent)) {
        const ErrorCode code = rng_.percent(30) ? ErrorCode::kDiskFull : ErrorCode::kStorageFailed;
        return later([this, record, code] { answer(record, Error{code, "simulated"}); });
    }
    const bool stuck = rng_.below(1000) < parts_.faults->stuck_per_mille;
    if (stuck) {
        parts_.on_stuck();
        if (rng_.percent(50)) return;
    }
    later([this, record, stuck, text = std::string(bytes)] {
        append(record, text);
        if (!stuck) later([this, record] { answer(record, Status()); });
    });
}

void WorkerSide::append(std::int64_t record, const std::string& bytes) {
    KUMQUAT_CHECK(records_.emplace(record, bytes).second);
    auto decoded = store::decode_record(bytes);
    KUMQUAT_CHECK(decoded);
    const auto* commit = std::get_if<store::CommitRecord>(&*decoded);
    KUMQUAT_CHECK(commit != nullptr && commit->number == record);
    KUMQUAT_CHECK(parts_.durable->apply(commit->writes));
}

void WorkerSide::answer(std::int64_t record, const Status& status) {
    home_->committed(record, status);
    // Far more often than it pays, so that every run has some.
    if (!taking_ && rng_.percent(10)) {
        taking_ = true;
        taken_.clear();
        through_ = home_->snapshot_begin();
        later([this] { snapshot_step(); });
    }
    parts_.on_change();
}

void WorkerSide::snapshot_chunk(std::int64_t, bool, std::string_view bytes) {
    taken_.emplace_back(bytes);
}

void WorkerSide::snapshot_step() {
    const bool more = home_->snapshot_next();
    later([this, more] {
        if (more) {
            snapshot_step();
        } else {
            keep_snapshot();
        }
    });
}

void WorkerSide::keep_snapshot() {
    if (rng_.percent(parts_.faults->commit_fails_percent)) {
        taking_ = false;
        return home_->snapshot_stored(Error{ErrorCode::kDiskFull, "simulated"});
    }
    parts_.log("a snapshot is kept");
    chunks_ = taken_;
    later([this] {
        records_.erase(records_.begin(), records_.upper_bound(through_));
        taking_ = false;
        home_->snapshot_stored(Status());
    });
}

}  // namespace kumquat::sim
