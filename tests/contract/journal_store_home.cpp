// The contract suite on the journal store. Every reopening goes through a snapshot in the smallest
// chunks and the journal behind it, or through the journal alone, in turns.
#include <gtest/gtest.h>

#include "contract/memory_journal.h"
#include "contract/store_home.h"

namespace kumquat::store {
namespace {

/// A store with the journal that it writes to.
class JournalHome final : public StoreHome {
  public:
    std::unique_ptr<Store> open(Executor& executor) override {
        if (journal_ == nullptr) journal_ = std::make_unique<MemoryJournal>(executor, durable_);
        if (++opened_ % 2 == 0) snapshot(executor);
        auto state = durable_.load();
        if (!state) {
            ADD_FAILURE() << state.error().context;
            return nullptr;
        }
        return std::make_unique<JournalStore>(executor, *journal_, *std::move(state));
    }

  private:
    void snapshot(Executor& executor) {
        auto state = durable_.load();
        ASSERT_TRUE(state) << state.error().context;
        JournalStore store(executor, *journal_, *std::move(state));
        durable_.snapshot(store, 1);
    }

    DurableJournal durable_;
    std::unique_ptr<MemoryJournal> journal_;
    int opened_ = 0;
};

}  // namespace

std::unique_ptr<StoreHome> make_store_home() {
    return std::make_unique<JournalHome>();
}

}  // namespace kumquat::store
