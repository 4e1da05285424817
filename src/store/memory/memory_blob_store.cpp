#include "store/memory/memory_blob_store.h"

#include <algorithm>
#include <utility>

#include "base/check.h"

namespace kumquat::store {

class MemoryBlobStore::MemoryWriter final : public Writer {
  public:
    MemoryWriter(MemoryBlobStore& store, BlobId id) : store_(store), id_(std::move(id)) {}

    void append(std::string bytes, Done done) override {
        KUMQUAT_CHECK(!sealed_);
        *bytes_ += bytes;
        store_.post([done = std::move(done)] { done(Status()); });
    }
    void seal(Done done) override {
        sealed_ = true;
        store_.post([done = std::move(done)] { done(Status()); });
    }
    void publish(Done done) override {
        KUMQUAT_CHECK(sealed_);
        store_.post([state = store_.state_, id = id_, bytes = bytes_, done = std::move(done)] {
            state->emplace(id, bytes);
            done(Status());
        });
    }

  private:
    MemoryBlobStore& store_;
    const BlobId id_;
    std::shared_ptr<std::string> bytes_ = std::make_shared<std::string>();
    bool sealed_ = false;
};

class MemoryBlobStore::MemoryReader final : public Reader {
  public:
    MemoryReader(MemoryBlobStore& store, std::shared_ptr<const std::string> bytes)
        : store_(store), bytes_(std::move(bytes)) {}

    std::int64_t size() const override { return static_cast<std::int64_t>(bytes_->size()); }
    void read(std::int64_t offset, std::size_t bytes, Callback<std::string> done) override {
        store_.post([all = bytes_, offset, bytes, done = std::move(done)] {
            const auto from = std::min(static_cast<std::size_t>(offset), all->size());
            done(all->substr(from, bytes));
        });
    }

  private:
    MemoryBlobStore& store_;
    const std::shared_ptr<const std::string> bytes_;
};

MemoryBlobStore::MemoryBlobStore(Executor& executor, std::shared_ptr<State> state)
    : executor_(executor), state_(std::move(state)) {}

void MemoryBlobStore::post(std::function<void()> task) {
    executor_.post([alive = std::weak_ptr<const bool>(alive_), task = std::move(task)] {
        if (!alive.expired()) task();
    });
}

void MemoryBlobStore::create(BlobId id, Callback<std::unique_ptr<Writer>> done) {
    post([this, id = std::move(id), done = std::move(done)] {
        if (state_->count(id) != 0) return done(Error{ErrorCode::kStorageFailed, "blob: id"});
        done(std::unique_ptr<Writer>(std::make_unique<MemoryWriter>(*this, id)));
    });
}

void MemoryBlobStore::open(BlobId id, Callback<std::shared_ptr<Reader>> done) {
    post([this, id = std::move(id), done = std::move(done)] {
        const auto found = state_->find(id);
        if (found == state_->end()) return done(Error{ErrorCode::kUnknownPicture, id.text()});
        done(std::shared_ptr<Reader>(std::make_shared<MemoryReader>(*this, found->second)));
    });
}

void MemoryBlobStore::remove(BlobId id, Done done) {
    post([this, id = std::move(id), done = std::move(done)] {
        state_->erase(id);
        done(Status());
    });
}

}  // namespace kumquat::store
