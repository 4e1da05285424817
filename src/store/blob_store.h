// Where the bytes of pictures lie. The rows that say whose they are and who names them lie in the
// Store; a blob that no row knows is nobody's.
//
// One contract, several homes (files for kumquatd, memory for tests, later the browser and S3);
// tests/contract holds what all of them must keep. All calls are asynchronous: a callback runs on
// the blob store's own thread or executor, never on the stack of the call, and exactly once -
// unless the blob store is destroyed first, then never.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "base/ids.h"
#include "base/result.h"

namespace kumquat::store {

class BlobStore {
  public:
    template <typename T>
    using Callback = std::function<void(Result<T>)>;
    using Done = std::function<void(Status)>;

    /// A blob on its way in. One call at a time: the next only when the one before has called back.
    /// A writer that goes before publish() has succeeded leaves nothing behind; nor does one that a
    /// crash ends, once the blob store is opened again. Errors of all calls: kStorageFailed,
    /// kDiskFull.
    class Writer {
      public:
        virtual ~Writer() = default;
        virtual void append(std::string bytes, Done done) = 0;
        /// Every byte is durable when it calls back. Nobody can read them yet.
        virtual void seal(Done done) = 0;
        /// The blob is there for readers, durably, when it calls back. Requires seal().
        virtual void publish(Done done) = 0;
    };

    /// A blob that is there. It can be read to its end even if it is removed meanwhile.
    class Reader {
      public:
        virtual ~Reader() = default;
        /// Bytes.
        virtual std::int64_t size() const = 0;
        /// `bytes` bytes from `offset` on, fewer where the blob ends. Errors: kStorageFailed.
        virtual void read(std::int64_t offset, std::size_t bytes, Callback<std::string> done) = 0;
    };

    virtual ~BlobStore() = default;

    /// `id` must be new. Errors: kStorageFailed, kDiskFull.
    virtual void create(BlobId id, Callback<std::unique_ptr<Writer>> done) = 0;
    /// Errors: kUnknownPicture, kStorageFailed.
    virtual void open(BlobId id, Callback<std::shared_ptr<Reader>> done) = 0;
    /// One that is not there is removed already. Errors: kStorageFailed.
    virtual void remove(BlobId id, Done done) = 0;
};

}  // namespace kumquat::store
