#include "server/import_world.h"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <fstream>
#include <functional>
#include <limits>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

#include "server/open_store.h"
#include "world/world_reader.h"

namespace kumquat::server {
namespace {

constexpr std::size_t kPieceBytes = 1024 * 1024;

struct Picture {
    store::BlobRow row;
    /// In the file.
    std::int64_t offset = 0;
};

Error about_file(const std::string& file, Error error) {
    error.context = file + ": " + std::string(error_text(error.code)) +
                    (error.context.empty() ? "" : ": " + error.context);
    return error;
}

/// Runs the stores' callbacks on the one thread that waits for them.
class WaitingExecutor final : public Executor {
  public:
    void post(std::function<void()> task) override {
        const std::lock_guard lock(mutex_);
        tasks_.push_back(std::move(task));
        posted_.notify_one();
    }

    /// Calls `call` with a callback and waits for what it is called with, on any thread.
    template <typename Value, typename Call>
    Value wait(Call call) {
        std::optional<Value> value;
        call([this, &value](Value got) {
            post([&value, got = std::make_shared<Value>(std::move(got))] {
                value.emplace(std::move(*got));
            });
        });
        while (!value)
            pop()();
        return *std::move(value);
    }

  private:
    std::function<void()> pop() {
        std::unique_lock lock(mutex_);
        posted_.wait(lock, [this] { return !tasks_.empty(); });
        auto task = std::move(tasks_.front());
        tasks_.pop_front();
        return task;
    }

    std::mutex mutex_;
    std::condition_variable posted_;
    std::deque<std::function<void()>> tasks_;
};

class Import {
  public:
    Import(const std::string& file, const Config& config) : file_(file), config_(config) {}

    Result<Imported> run();

  private:
    Status read_file();
    Status write_picture(const Picture& picture);
    Status write_rows();

    const std::string& file_;
    const Config& config_;
    std::ifstream in_;
    std::vector<Picture> pictures_;
    store::MemoryState rows_;
    // Before the stores, which call back through it.
    WaitingExecutor executor_;
    OpenedStore opened_;
    Imported imported_;
};

Result<Imported> Import::run() {
    KUMQUAT_TRY(read_file());
    KUMQUAT_TRY_ASSIGN(opened_, open_store(config_, executor_));
    const auto before = executor_.wait<Result<store::ReadRows>>(
        [this](auto done) { opened_.store->load(store::ReadKeys(), std::move(done)); });
    if (!before) return before.error();
    if (before->counters.next_user != UserKey(1)) {
        return Error{ErrorCode::kDataNotEmpty,
                     "--data-dir: " + config_.data_dir + ": " +
                         std::string(error_text(ErrorCode::kDataNotEmpty))};
    }
    for (const Picture& picture : pictures_)
        KUMQUAT_TRY(write_picture(picture));
    KUMQUAT_TRY(write_rows());
    KUMQUAT_TRY(opened_.remember());
    imported_.pictures = static_cast<std::int64_t>(pictures_.size());
    return imported_;
}

Status Import::read_file() {
    in_.open(file_, std::ios::binary);
    if (!in_) return about_file(file_, Error{ErrorCode::kIo, "it cannot be opened"});
    world::WorldReader reader([this](const store::BlobRow& row, std::int64_t offset) {
        pictures_.push_back({row, offset});
    });
    std::string piece(kPieceBytes, '\0');
    while (in_.read(piece.data(), static_cast<std::streamsize>(piece.size())) || in_.gcount() > 0) {
        const auto size = static_cast<std::size_t>(in_.gcount());
        if (const Status fed = reader.feed(std::string_view(piece).substr(0, size)); !fed)
            return about_file(file_, fed.error());
    }
    if (in_.bad()) return about_file(file_, Error{ErrorCode::kIo, "it cannot be read"});
    auto rows = reader.finish();
    if (!rows) return about_file(file_, rows.error());
    rows_ = *std::move(rows);
    return {};
}

Status Import::write_picture(const Picture& picture) {
    store::BlobStore& blobs = *opened_.blobs;
    const BlobId& id = picture.row.id;
    // Left by an import that was cut off.
    KUMQUAT_TRY(executor_.wait<Status>([&](auto done) { blobs.remove(id, std::move(done)); }));
    auto created = executor_.wait<Result<std::unique_ptr<store::BlobStore::Writer>>>(
        [&](auto done) { blobs.create(id, std::move(done)); });
    if (!created) return created.error();
    store::BlobStore::Writer& writer = **created;
    in_.clear();
    in_.seekg(picture.offset);
    for (std::int64_t left = picture.row.bytes; left > 0;) {
        std::string piece(static_cast<std::size_t>(
                              std::min<std::int64_t>(left, static_cast<std::int64_t>(kPieceBytes))),
                          '\0');
        if (!in_.read(piece.data(), static_cast<std::streamsize>(piece.size())))
            return about_file(file_, Error{ErrorCode::kIo, "it has changed while it was read"});
        left -= static_cast<std::int64_t>(piece.size());
        KUMQUAT_TRY(executor_.wait<Status>(
            [&](auto done) { writer.append(std::move(piece), std::move(done)); }));
    }
    KUMQUAT_TRY(executor_.wait<Status>([&](auto done) { writer.seal(std::move(done)); }));
    return executor_.wait<Status>([&](auto done) { writer.publish(std::move(done)); });
}

Status Import::write_rows() {
    store::RowPlace place;
    store::WriteSet all = rows_.rows_after(place, std::numeric_limits<std::size_t>::max());
    imported_.users = static_cast<std::int64_t>(all.users.size());
    imported_.messages = static_cast<std::int64_t>(all.messages.size());
    return executor_.wait<Status>(
        [&](auto done) { opened_.store->commit(std::move(all), std::move(done)); });
}

}  // namespace

Result<Imported> import_world(const std::string& file, const Config& config) {
    return Import(file, config).run();
}

}  // namespace kumquat::server
