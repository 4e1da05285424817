// The service in its browser home, over a storage that is late, fails, and is left behind by
// crashes between any two of its steps: before a record is appended, after it but before the
// answer, amid the chunks of a snapshot, between the snapshot and the end of the records that it
// holds.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "client/core/picture.h"
#include "sim/event_queue.h"
#include "sim/late_store.h"
#include "worker/worker_home.h"

namespace kumquat::sim {

class WorkerSide final : public worker::Host {
  public:
    using ConnectionId = service::ConnectionId;
    struct Parts {
        EventQueue* queue = nullptr;
        const StoreFaults* faults = nullptr;
        /// Kept equal to what the storage holds.
        store::MemoryState* durable = nullptr;
        service::Outlet* outlet = nullptr;
        const Clock* clock = nullptr;
        std::function<void()> on_stuck;
        /// next_tick() may be another one now.
        std::function<void()> on_change;
        std::function<void(const std::string&)> log;
    };

    WorkerSide(Parts parts, Rng rng) : parts_(std::move(parts)), rng_(rng) {}

    bool up() const { return home_ != nullptr; }
    bool idle() const { return home_ == nullptr || home_->idle(); }
    void start();
    void crash();
    void connect(ConnectionId id) { home_->connect(id); }
    void receive(ConnectionId id, const proto::ClientFrame& frame);
    void disconnect(ConnectionId id) { home_->disconnect(id); }
    std::optional<TimeMs> next_tick() const { return home_->next_tick(); }
    void tick() { home_->tick(); }
    /// A PNG of these dimensions and this size; its ID once it is durable.
    void upload(const std::string& session, const client::LocalRendition& rendition,
                std::function<void(const Result<BlobId>&)> done);
    /// The bytes lie in the storage.
    bool has_picture(const BlobId& id) const { return pictures_.count(id) != 0; }
    /// The first start at which the storage did not give back what was durable; empty: none.
    const std::string& fault() const { return fault_; }

    void send(ConnectionId connection, std::string_view text) override;
    void close(ConnectionId connection, proto::CloseCode code, std::string_view reason) override {
        parts_.outlet->close(connection, code, reason);
    }
    void commit(std::int64_t record, std::string_view bytes) override;
    void snapshot_chunk(std::int64_t index, bool last, std::string_view bytes) override;
    void upload_ready(worker::UploadId upload, const Status& status) override;
    void upload_keep(worker::UploadId upload, const BlobId& id) override;
    void upload_done(worker::UploadId upload, const Result<std::string>& answer) override;
    void remove_picture(const BlobId& id) override;
    void export_bytes(std::string_view) override {}
    void export_picture(const BlobId&, std::int64_t) override {}
    void import_picture(const BlobId&, std::int64_t, std::int64_t) override {}
    void random(char* bytes, std::size_t size) override;
    TimeMs now() const override { return parts_.clock->now(); }
    void log(Level, std::string_view text) override { parts_.log(std::string(text)); }

  private:
    /// Later, unless the home has crashed by then.
    void later(std::function<void()> task);
    void append(std::int64_t record, const std::string& bytes);
    void answer(std::int64_t record, const Status& status);
    void snapshot_step();
    void keep_snapshot();
    void feed(worker::UploadId upload);
    void end_upload(worker::UploadId upload, const Result<BlobId>& id);

    const Parts parts_;
    Rng rng_;
    std::unique_ptr<worker::WorkerHome> home_;
    /// Counts the homes: what was meant for one that has crashed is dropped.
    std::int64_t life_ = 0;
    // What survives crashes.
    std::vector<std::string> chunks_;
    std::map<std::int64_t, std::string> records_;
    std::set<BlobId> pictures_;
    // Of the snapshot under way.
    bool taking_ = false;
    std::vector<std::string> taken_;
    std::int64_t through_ = 0;
    std::string fault_;
    struct Upload {
        client::LocalRendition rendition;
        BlobId id;
        std::function<void(const Result<BlobId>&)> done;
    };
    worker::UploadId last_upload_;
    std::map<worker::UploadId, Upload> uploads_;
};

}  // namespace kumquat::sim
