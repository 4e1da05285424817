// A way for the bytes of pictures to a service: HTTP to kumquatd, or a port to the service inside
// the browser. One file at a time and number; several numbers at once.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/ids.h"
#include "base/result.h"
#include "platform/pictures.h"

namespace kumquat::platform {

struct BlobUpload {
    /// Chosen by the caller, never used twice.
    std::int64_t number = 0;
    /// A rendition of this device's picture store.
    PictureName picture;
    /// The session's token.
    std::string session;
};

class BlobChannel {
  public:
    class Listener {
      public:
        virtual ~Listener() = default;
        virtual void on_blob_progress(std::int64_t number, std::int64_t sent_bytes) = 0;
        /// The end of an upload, once. Errors: the service's codes; kIo with a wait (the network
        /// failed or stood still), kUnknownPicture (this device no longer has the bytes).
        virtual void on_blob_done(std::int64_t number, const Result<BlobId>& id) = 0;
    };

    virtual ~BlobChannel() = default;
    virtual void set_listener(Listener* listener) = 0;
    virtual void upload(const BlobUpload& upload) = 0;
    /// Gives it up; nothing more is heard of it.
    virtual void abort(std::int64_t number) = 0;
};

/// How an HTTP exchange ended.
struct BlobAnswer {
    /// 0: there was none.
    int status = 0;
    /// Of an answer in the service's form; 0 and empty if it had another (a proxy's page).
    std::int32_t code = 0;
    std::string id;
    /// From Retry-After; negative: none.
    std::int64_t retry_after_ms = -1;
};

/// A missing answer and a status that speaks of a passing state (408, 429, 5xx) get a wait; so
/// whatever stands between page and service can fail for a while without a picture being lost.
Result<BlobId> blob_result(const BlobAnswer& answer);

}  // namespace kumquat::platform
