// The contract suite on the memory store.
#include "contract/store_home.h"
#include "store/memory/memory_store.h"

namespace kumquat::store {
namespace {

class MemoryHome final : public StoreHome {
  public:
    std::unique_ptr<Store> open(Executor& executor) override {
        return std::make_unique<MemoryStore>(executor, state_);
    }

  private:
    std::shared_ptr<MemoryState> state_ = std::make_shared<MemoryState>();
};

}  // namespace

std::unique_ptr<StoreHome> make_store_home() {
    return std::make_unique<MemoryHome>();
}

}  // namespace kumquat::store
