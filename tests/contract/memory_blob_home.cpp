// The blob contract suite in memory.
#include "contract/blob_home.h"
#include "store/memory/memory_blob_store.h"

namespace kumquat::store {
namespace {

class MemoryHome final : public BlobHome {
  public:
    std::unique_ptr<BlobStore> open(Executor& executor) override {
        return std::make_unique<MemoryBlobStore>(executor, state_);
    }

  private:
    std::shared_ptr<MemoryBlobStore::State> state_ = std::make_shared<MemoryBlobStore::State>();
};

}  // namespace

std::unique_ptr<BlobHome> make_blob_home() {
    return std::make_unique<MemoryHome>();
}

}  // namespace kumquat::store
