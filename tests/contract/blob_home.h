// What a kind of blob store brings to the contract suite: how to open it, and open it again.
#pragma once

#include <memory>

#include "base/executor.h"
#include "store/blob_store.h"

namespace kumquat::store {

/// A place where a blob store of some kind keeps what is durable.
class BlobHome {
  public:
    virtual ~BlobHome() = default;
    /// Opens the blob store on what is durable. One at a time. Callbacks need not come through
    /// `executor`.
    virtual std::unique_ptr<BlobStore> open(Executor& executor) = 0;
};

/// An empty home. Each test program of the suite defines it, for its kind of blob store.
std::unique_ptr<BlobHome> make_blob_home();

}  // namespace kumquat::store
