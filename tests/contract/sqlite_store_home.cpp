// The contract suite on SQLite.
#include <gtest/gtest.h>

#include "contract/store_home.h"
#include "contract/temporary_directory.h"
#include "store/sqlite/sqlite_store.h"

namespace kumquat::store {
namespace {

class SqliteHome final : public StoreHome {
  public:
    std::unique_ptr<Store> open(Executor& executor) override {
        SqliteOptions options;
        options.data_dir = directory_.path();
        auto store = SqliteStore::open(options, executor);
        if (!store) {
            ADD_FAILURE() << store.error().context;
            return nullptr;
        }
        return *std::move(store);
    }

  private:
    TemporaryDirectory directory_;
};

}  // namespace

std::unique_ptr<StoreHome> make_store_home() {
    return std::make_unique<SqliteHome>();
}

}  // namespace kumquat::store
