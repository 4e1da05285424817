// The browser home of the service: the service, the journal store and the codec put together over a
// host (host.h) that owns the ports, the storage and the clock. Each function is one of abi.h.
//
// Plain C++: tests run it natively. It may be dropped at any moment, as a crash would drop it; what
// the host has stored by then is the world.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string_view>

#include "base/clock.h"
#include "proto/frame_intake.h"
#include "service/service.h"
#include "store/journal/journal_store.h"
#include "worker/crypto.h"
#include "worker/host.h"
#include "worker/task_queue.h"
#include "worker/uploads.h"
#include "world/world_reader.h"
#include "world/world_writer.h"

namespace kumquat::worker {

class WorkerHome final : private service::Outlet, private store::Journal, private Clock {
  public:
    /// Tabs at the same time; more are closed at once (4503).
    static constexpr std::size_t kConnections = 256;
    /// Between two looks for pictures that nothing names.
    static constexpr std::int64_t kOrphanSweepMs = 5 * 60'000;

    /// Encoding so much takes a few milliseconds, during which nobody is served.
    static constexpr std::size_t kChunkBytes = 256 * 1024;

    /// `host` outlives it. Chunks of snapshots have about `chunk_bytes`.
    explicit WorkerHome(Host& host, std::size_t chunk_bytes = kChunkBytes);
    ~WorkerHome() override;

    Status load_chunk(std::string_view bytes);
    Status load_record(std::string_view bytes);
    /// Errors: kDataDamaged, kInvalidArgument if it has been called before.
    Status start();
    bool started() const { return service_ != nullptr; }

    // Behind start(); before it nothing happens.

    void connect(ConnectionId connection);
    void receive(ConnectionId connection, std::string_view text);
    void disconnect(ConnectionId connection);
    std::optional<TimeMs> next_tick() const;
    void tick();
    void committed(std::int64_t record, const Status& status);

    void upload_begin(UploadId upload, std::string_view session);
    Status upload_feed(UploadId upload, std::string_view bytes);
    Status upload_finish(UploadId upload);
    void upload_kept(UploadId upload, const Status& status);
    void upload_cancel(UploadId upload);
    bool has_picture(std::string_view id) const;

    void export_begin();
    enum class ExportStep { kEnd = 0, kBytes = 1, kPicture = 2 };
    ExportStep export_next();
    void export_picture(bool found);

    // Behind start(), or behind import_finish().

    bool snapshot_due() const;
    /// 0 where there is nothing to take one of.
    std::int64_t snapshot_begin();
    /// False: that was the last chunk, or none is under way.
    bool snapshot_next();
    void snapshot_stored(const Status& status);

    // Before start(), in a home that has loaded nothing.

    bool is_empty() const;
    Status import_feed(std::string_view bytes);
    Status import_finish();

    /// No request is waiting or under way.
    bool idle() const { return service_ == nullptr || service_->idle(); }
    /// Every commit that is durable; for tests.
    const store::MemoryState& rows() const;

  private:
    // Outlet, Journal, Clock.
    void send(const std::vector<ConnectionId>& to,
              std::shared_ptr<const proto::ServerFrame> frame) override;
    void close(ConnectionId connection, proto::CloseCode code, std::string_view reason) override;
    void append(std::int64_t number, std::string record, std::function<void(Status)> done) override;
    TimeMs now() const override { return host_.now(); }

    void open(store::JournalState state);
    void refuse(ConnectionId connection, const proto::Refusal& refusal);
    void sweep_orphans();

    Host& host_;
    const std::size_t chunk_bytes_;
    TaskQueue tasks_;
    HostCrypto crypto_;
    store::Replay replay_;
    bool loaded_ = false;
    std::unique_ptr<world::WorldReader> import_;
    std::unique_ptr<store::JournalStore> store_;
    std::int64_t appending_ = 0;
    std::function<void(Status)> appended_;
    enum class Snapshot { kNone, kChunks, kStoring };
    Snapshot snapshot_ = Snapshot::kNone;
    /// A snapshot that failed is not tried again before this record.
    std::int64_t snapshot_not_before_ = 0;
    std::map<ConnectionId, proto::FrameIntake> connections_;
    TimeMs sweep_at_;
    bool sweeping_ = false;
    std::unique_ptr<world::WorldWriter> export_;
    // Last, so that they go first: they call all of the above.
    std::unique_ptr<service::Service> service_;
    std::unique_ptr<Uploads> uploads_;
};

}  // namespace kumquat::worker
