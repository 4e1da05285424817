// The blob store over a map. Durable as long as somebody keeps the map: open another on it, and it
// is as after a crash.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "base/executor.h"
#include "store/blob_store.h"

namespace kumquat::store {

/// Thread: that of the executor, for everything.
class MemoryBlobStore final : public BlobStore {
  public:
    using State = std::map<BlobId, std::shared_ptr<const std::string>>;

    /// `executor` must outlive the blob store. Every call does its work in a task of its own.
    explicit MemoryBlobStore(Executor& executor,
                             std::shared_ptr<State> state = std::make_shared<State>());

    void create(BlobId id, Callback<std::unique_ptr<Writer>> done) override;
    void open(BlobId id, Callback<std::shared_ptr<Reader>> done) override;
    void remove(BlobId id, Done done) override;

  private:
    class MemoryWriter;
    class MemoryReader;

    /// Runs `task` on the executor unless the blob store is gone by then.
    void post(std::function<void()> task);

    Executor& executor_;
    std::shared_ptr<State> state_;
    std::shared_ptr<const bool> alive_ = std::make_shared<bool>(true);
};

}  // namespace kumquat::store
