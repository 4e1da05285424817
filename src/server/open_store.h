// Opens the data directory and settles how people may sign in to it.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "base/executor.h"
#include "base/result.h"
#include "server/config.h"
#include "store/blob_store.h"
#include "store/store.h"

namespace kumquat::server {

struct OpenedStore {
    std::unique_ptr<store::Store> store;
    /// In the directory's folder "pictures".
    std::unique_ptr<store::BlobStore> blobs;
    /// The modes that hold: those asked for, or those remembered, or name sign-in in a new
    /// directory.
    std::vector<proto::SignInMode> sign_in;
    /// Writes `sign_in` into the data directory.
    std::function<Status()> remember;
};

/// Makes the directory if it is not there. Errors: kInvalidArgument if the modes asked for are not
/// those remembered and `change_sign_in` was not said; kDataNewer, kDataInUse, kDiskFull, kIo.
Result<OpenedStore> open_store(const Config& config, Executor& executor);

}  // namespace kumquat::server
