// The blob contract suite on files.
#include <gtest/gtest.h>

#include "contract/blob_home.h"
#include "contract/temporary_directory.h"
#include "store/files/file_blob_store.h"

namespace kumquat::store {
namespace {

class FileHome final : public BlobHome {
  public:
    std::unique_ptr<BlobStore> open(Executor&) override {
        FileBlobOptions options;
        options.folder = directory_.path() + "/pictures";
        auto store = FileBlobStore::open(options);
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

std::unique_ptr<BlobHome> make_blob_home() {
    return std::make_unique<FileHome>();
}

}  // namespace kumquat::store
