// Blobs as files of a data directory: pictures/ab/<id>, where "ab" begins the id, and
// pictures/incoming/<id> for those on their way in.
//
// Durability: a blob's bytes have reached the disk when seal() calls back, and its name when
// publish() does.
#pragma once

#include <memory>
#include <string>

#include "store/blob_store.h"

namespace kumquat::store {

struct FileBlobOptions {
    /// Made if it is missing. Its owner holds the data directory's lock.
    std::string folder;
    /// How many files are worked on at the same time.
    int threads = 2;
};

/// Thread: any, for all calls. Callbacks run on the blob store's threads.
class FileBlobStore final : public BlobStore {
  public:
    /// Removes what uploads that a crash had cut left behind. Synchronous. Errors: kIo and
    /// kDiskFull, with the path.
    static Result<std::unique_ptr<FileBlobStore>> open(FileBlobOptions options);
    ~FileBlobStore() override;

    void create(BlobId id, Callback<std::unique_ptr<Writer>> done) override;
    void open(BlobId id, Callback<std::shared_ptr<Reader>> done) override;
    void remove(BlobId id, Done done) override;

    /// Waits for what is under way; what has not begun never happens. Writers and readers that are
    /// still there may be destroyed afterwards.
    void close();

  private:
    class Impl;
    explicit FileBlobStore(std::shared_ptr<Impl> impl);
    std::shared_ptr<Impl> impl_;
};

}  // namespace kumquat::store
