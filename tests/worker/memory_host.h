// A host in memory, in place of a browser: ports that keep what was sent, storage that is durable
// when the test says so.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "worker/worker_home.h"

namespace kumquat::worker {

/// What a browser's database holds.
struct Storage {
    std::vector<std::string> chunks;
    std::map<std::int64_t, std::string> records;
    std::map<BlobId, std::string> pictures;

    /// Loads all of it into `home` and starts it.
    Status open(WorkerHome& home) {
        for (const std::string& chunk : chunks)
            KUMQUAT_TRY(home.load_chunk(chunk));
        for (const auto& [number, record] : records)
            KUMQUAT_TRY(home.load_record(record));
        KUMQUAT_TRY(home.start());
        std::erase_if(pictures,
                      [&](const auto& entry) { return !home.has_picture(entry.first.text()); });
        return {};
    }
};

class MemoryHost : public Host {
  public:
    struct Port {
        std::deque<std::string> frames;
        std::optional<proto::CloseCode> closed;
    };
    struct Upload {
        std::optional<Status> ready;
        BlobId keep;
        std::optional<Result<std::string>> done;
    };

    /// `storage` outlives it.
    explicit MemoryHost(Storage& storage) : storage_(storage) {}

    /// The home whose answers come from here. Set before the first call.
    WorkerHome* home = nullptr;
    TimeMs time = TimeMs(1'700'000'000'000);
    /// How the storage answers the next writes.
    Status storage_status;
    std::map<ConnectionId, Port> ports;
    std::map<UploadId, Upload> uploads;
    std::string exported;
    BlobId export_wanted;
    std::vector<std::pair<BlobId, std::pair<std::int64_t, std::int64_t>>> imported;
    std::vector<std::string> logged;

    /// Carries out and answers the writes that have been asked for, and those that follow.
    void settle() {
        while (!writes_.empty()) {
            const auto write = std::move(writes_.front());
            writes_.pop_front();
            write();
        }
    }
    bool settled() const { return writes_.empty(); }

    /// Takes a whole snapshot and keeps it.
    void snapshot() {
        const std::int64_t through = home->snapshot_begin();
        taken_.clear();
        while (home->snapshot_next()) {
        }
        keep(through);
    }
    void keep(std::int64_t through) {
        storage_.chunks = taken_;
        storage_.records.erase(storage_.records.begin(), storage_.records.upper_bound(through));
        home->snapshot_stored(Status());
    }
    /// The whole world as a file.
    std::string export_all() {
        exported.clear();
        home->export_begin();
        for (;;) {
            const auto step = home->export_next();
            if (step == WorkerHome::ExportStep::kEnd) return exported;
            if (step != WorkerHome::ExportStep::kPicture) continue;
            const auto found = storage_.pictures.find(export_wanted);
            home->export_picture(found != storage_.pictures.end());
            if (found != storage_.pictures.end()) exported += found->second;
        }
    }
    /// As the host does for a file that a person has chosen. Errors: the import's.
    Status import_all(const std::string& file, std::size_t piece) {
        for (std::size_t at = 0; at < file.size(); at += piece)
            KUMQUAT_TRY(home->import_feed(std::string_view(file).substr(at, piece)));
        KUMQUAT_TRY(home->import_finish());
        for (const auto& [id, place] : imported)
            storage_.pictures[id] = file.substr(static_cast<std::size_t>(place.first),
                                                static_cast<std::size_t>(place.second));
        snapshot();
        return home->start();
    }

    void send(ConnectionId connection, std::string_view text) override {
        ports[connection].frames.emplace_back(text);
    }
    void close(ConnectionId connection, proto::CloseCode code, std::string_view) override {
        ports[connection].closed = code;
    }
    void commit(std::int64_t record, std::string_view bytes) override {
        writes_.push_back([this, record, text = std::string(bytes)] {
            const Status status = storage_status;
            if (status) storage_.records[record] = text;
            home->committed(record, status);
        });
    }
    void snapshot_chunk(std::int64_t, bool, std::string_view bytes) override {
        taken_.emplace_back(bytes);
    }
    void upload_ready(UploadId upload, const Status& status) override {
        uploads[upload].ready = status;
    }
    void upload_keep(UploadId upload, const BlobId& id) override { uploads[upload].keep = id; }
    void upload_done(UploadId upload, const Result<std::string>& answer) override {
        uploads[upload].done = answer;
    }
    void remove_picture(const BlobId& id) override { storage_.pictures.erase(id); }
    void export_bytes(std::string_view bytes) override { exported += bytes; }
    void export_picture(const BlobId& id, std::int64_t) override { export_wanted = id; }
    void import_picture(const BlobId& id, std::int64_t offset, std::int64_t bytes) override {
        imported.push_back({id, {offset, bytes}});
    }
    void random(char* bytes, std::size_t size) override {
        // Counts; no secrets are kept here.
        for (std::size_t i = 0; i < size; ++i)
            bytes[i] = static_cast<char>(i < 8 ? randoms_ >> (8 * i) : 0x5A);
        ++randoms_;
    }
    TimeMs now() const override { return time; }
    void log(Level, std::string_view text) override { logged.emplace_back(text); }

  private:
    Storage& storage_;
    std::deque<std::function<void()>> writes_;
    std::vector<std::string> taken_;
    std::uint64_t randoms_ = 1;
};

/// Takes a picture in, as the host does. Empty: refused, with the answer in `host.uploads`.
inline std::optional<std::string> upload(MemoryHost& host, Storage& storage, UploadId id,
                                         const std::string& session, const std::string& file) {
    host.home->upload_begin(id, session);
    host.settle();
    auto& one = host.uploads[id];
    if (!one.ready || !*one.ready) return std::nullopt;
    constexpr std::size_t kPiece = 7;
    for (std::size_t at = 0; at < file.size(); at += kPiece) {
        const Status fed = host.home->upload_feed(id, std::string_view(file).substr(at, kPiece));
        if (!fed) {
            one.done = Result<std::string>(fed.error());
            return std::nullopt;
        }
    }
    const Status finished = host.home->upload_finish(id);
    if (!finished) {
        one.done = Result<std::string>(finished.error());
        return std::nullopt;
    }
    storage.pictures[one.keep] = file;
    host.home->upload_kept(id, Status());
    host.settle();
    if (!one.done || !*one.done) return std::nullopt;
    return **one.done;
}

}  // namespace kumquat::worker
