#include "worker/worker_home.h"

#include <algorithm>
#include <utility>

#include "base/check.h"
#include "base/limits.h"
#include "proto/codec.h"

namespace kumquat::worker {
namespace {

constexpr std::int64_t kRecordsUntilRetry = 256;

}  // namespace

WorkerHome::WorkerHome(Host& host, std::size_t chunk_bytes)
    : host_(host), chunk_bytes_(chunk_bytes), crypto_(host) {}

WorkerHome::~WorkerHome() = default;

// --- Beginning -----------------------------------------------------------------------------------

Status WorkerHome::load_chunk(std::string_view bytes) {
    loaded_ = true;
    return replay_.load_chunk(bytes);
}

Status WorkerHome::load_record(std::string_view bytes) {
    loaded_ = true;
    return replay_.load_record(bytes);
}

Status WorkerHome::start() {
    if (service_ != nullptr) return Error{ErrorCode::kInvalidArgument, "it has started before"};
    if (import_ != nullptr) return Error{ErrorCode::kInvalidArgument, "an import is under way"};
    if (store_ == nullptr) {
        KUMQUAT_TRY_ASSIGN(store::JournalState state, replay_.finish());
        open(std::move(state));
    }
    service::Options options;
    options.sign_in = {proto::SignInMode::kName};
    const Clock& clock = *this;
    service::Outlet& outlet = *this;
    service_ = std::make_unique<service::Service>(std::move(options), *store_, clock, crypto_,
                                                  nullptr, outlet);
    uploads_ = std::make_unique<Uploads>(host_, *service_, crypto_);
    sweep_at_ = TimeMs(now().value() + kOrphanSweepMs);
    return {};
}

void WorkerHome::open(store::JournalState state) {
    store::Journal& journal = *this;
    store_ = std::make_unique<store::JournalStore>(tasks_, journal, std::move(state));
}

const store::MemoryState& WorkerHome::rows() const {
    return store_ == nullptr ? replay_.rows() : store_->rows();
}

bool WorkerHome::is_empty() const {
    return rows().empty();
}

// --- Connections ---------------------------------------------------------------------------------

void WorkerHome::connect(ConnectionId connection) {
    if (service_ == nullptr) return;
    if (connections_.size() >= kConnections)
        return host_.close(connection, proto::CloseCode::kStopping, "too many tabs");
    if (!connections_.emplace(connection, proto::FrameIntake()).second) return;
    service_->connect(connection);
    tasks_.run();
}

void WorkerHome::receive(ConnectionId connection, std::string_view text) {
    const auto found = connections_.find(connection);
    // It has been closed, and what it sent before it knew is of no interest.
    if (found == connections_.end()) return;
    auto taken = found->second.take(text);
    if (const auto* refusal = std::get_if<proto::Refusal>(&taken)) {
        refuse(connection, *refusal);
    } else {
        service_->receive(connection, std::move(*std::get_if<proto::ClientFrame>(&taken)));
    }
    tasks_.run();
}

void WorkerHome::refuse(ConnectionId connection, const proto::Refusal& refusal) {
    if (refusal.answer) host_.send(connection, proto::encode(proto::ServerFrame(*refusal.answer)));
    if (!refusal.ending) return;
    connections_.erase(connection);
    service_->disconnect(connection);
    host_.close(connection, refusal.ending->code, refusal.ending->reason);
}

void WorkerHome::disconnect(ConnectionId connection) {
    if (connections_.erase(connection) == 0) return;
    service_->disconnect(connection);
    tasks_.run();
}

void WorkerHome::send(const std::vector<ConnectionId>& to,
                      std::shared_ptr<const proto::ServerFrame> frame) {
    const std::string text = proto::encode(*frame);
    for (const ConnectionId connection : to)
        host_.send(connection, text);
}

void WorkerHome::close(ConnectionId connection, proto::CloseCode code, std::string_view reason) {
    if (connections_.erase(connection) != 0) host_.close(connection, code, reason);
}

// --- Time ----------------------------------------------------------------------------------------

std::optional<TimeMs> WorkerHome::next_tick() const {
    if (service_ == nullptr) return std::nullopt;
    const auto next = service_->next_tick();
    if (sweeping_) return next;
    return next ? std::min(*next, sweep_at_) : sweep_at_;
}

void WorkerHome::tick() {
    if (service_ == nullptr) return;
    const TimeMs at = now();
    if (const auto next = service_->next_tick(); next && *next <= at) service_->tick();
    if (!sweeping_ && sweep_at_ <= at) sweep_orphans();
    tasks_.run();
}

void WorkerHome::sweep_orphans() {
    sweeping_ = true;
    service_->forget_orphans([this](const Result<std::vector<BlobId>>& ids) {
        if (ids && !ids->empty()) {
            for (const BlobId& id : *ids)
                host_.remove_picture(id);
            return sweep_orphans();
        }
        if (!ids)
            host_.log(Host::Level::kWarning, "orphaned pictures were not removed: " +
                                                 std::string(error_text(ids.error().code)));
        sweeping_ = false;
        sweep_at_ = TimeMs(now().value() + kOrphanSweepMs);
    });
}

// --- The journal ---------------------------------------------------------------------------------

void WorkerHome::append(std::int64_t number, std::string record, std::function<void(Status)> done) {
    KUMQUAT_CHECK(appended_ == nullptr);
    appending_ = number;
    appended_ = std::move(done);
    host_.commit(number, record);
}

void WorkerHome::committed(std::int64_t record, const Status& status) {
    // An answer to what nobody has asked.
    if (appended_ == nullptr || record != appending_) return;
    const auto done = std::exchange(appended_, nullptr);
    done(status);
    tasks_.run();
}

bool WorkerHome::snapshot_due() const {
    return service_ != nullptr && snapshot_ == Snapshot::kNone && store_->snapshot_due() &&
           store_->last_record() >= snapshot_not_before_;
}

std::int64_t WorkerHome::snapshot_begin() {
    if (store_ == nullptr) return 0;
    store_->begin_snapshot();
    snapshot_ = Snapshot::kChunks;
    return store_->snapshot_through();
}

bool WorkerHome::snapshot_next() {
    if (snapshot_ != Snapshot::kChunks) return false;
    const auto chunk = store_->next_chunk(chunk_bytes_);
    if (chunk.last) snapshot_ = Snapshot::kStoring;
    host_.snapshot_chunk(chunk.index, chunk.last, chunk.bytes);
    return !chunk.last;
}

void WorkerHome::snapshot_stored(const Status& status) {
    if (snapshot_ == Snapshot::kNone) return;
    const bool complete = std::exchange(snapshot_, Snapshot::kNone) == Snapshot::kStoring;
    if (status && complete) {
        store_->snapshot_kept();
    } else {
        snapshot_not_before_ = store_->last_record() + kRecordsUntilRetry;
    }
}

// --- Pictures ------------------------------------------------------------------------------------

void WorkerHome::upload_begin(UploadId upload, std::string_view session) {
    if (uploads_ == nullptr) return;
    uploads_->begin(upload, session);
    tasks_.run();
}

Status WorkerHome::upload_feed(UploadId upload, std::string_view bytes) {
    return uploads_ == nullptr ? Status() : uploads_->feed(upload, bytes);
}

Status WorkerHome::upload_finish(UploadId upload) {
    return uploads_ == nullptr ? Status() : uploads_->finish(upload);
}

void WorkerHome::upload_kept(UploadId upload, const Status& status) {
    if (uploads_ == nullptr) return;
    uploads_->kept(upload, status);
    tasks_.run();
}

void WorkerHome::upload_cancel(UploadId upload) {
    if (uploads_ != nullptr) uploads_->cancel(upload);
}

bool WorkerHome::has_picture(std::string_view id) const {
    const auto parsed = BlobId::parse(id);
    return parsed && rows().has_blob(*parsed);
}

// --- Export and import ---------------------------------------------------------------------------

void WorkerHome::export_begin() {
    export_ = std::make_unique<world::WorldWriter>(rows());
}

WorkerHome::ExportStep WorkerHome::export_next() {
    if (export_ == nullptr) return ExportStep::kEnd;
    const auto part = export_->next();
    if (part.step == world::WorldWriter::Step::kPicture) {
        host_.export_picture(part.picture, part.picture_bytes);
        return ExportStep::kPicture;
    }
    host_.export_bytes(part.bytes);
    if (part.step == world::WorldWriter::Step::kBytes) return ExportStep::kBytes;
    export_ = nullptr;
    return ExportStep::kEnd;
}

void WorkerHome::export_picture(bool found) {
    if (export_ != nullptr) host_.export_bytes(export_->picture(found));
}

Status WorkerHome::import_feed(std::string_view bytes) {
    if (store_ != nullptr || loaded_ || !is_empty())
        return Error{ErrorCode::kDataNotEmpty, "this module has loaded something"};
    if (import_ == nullptr) {
        import_ = std::make_unique<world::WorldReader>(
            [this](const store::BlobRow& row, std::int64_t offset) {
                host_.import_picture(row.id, offset, row.bytes);
            });
    }
    return import_->feed(bytes);
}

Status WorkerHome::import_finish() {
    if (store_ != nullptr || loaded_)
        return Error{ErrorCode::kDataNotEmpty, "this module has loaded something"};
    if (import_ == nullptr) KUMQUAT_TRY(import_feed(""));
    const auto reader = std::exchange(import_, nullptr);
    KUMQUAT_TRY_ASSIGN(store::MemoryState rows, reader->finish());
    store::JournalState state;
    state.rows = std::move(rows);
    open(std::move(state));
    return {};
}

}  // namespace kumquat::worker
