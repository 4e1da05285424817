// Pictures on their way in. Their bytes lie with the host; what passes here is looked at and
// forgotten. As in kumquatd the bytes are durable first, then the row that says whose they are, and
// only then the ID is told.
#pragma once

#include <map>
#include <string_view>

#include "picture/inspector.h"
#include "service/service.h"
#include "worker/crypto.h"
#include "worker/host.h"

namespace kumquat::worker {

class Uploads {
  public:
    /// At the same time: of everybody, of one person.
    static constexpr std::size_t kUploads = 64;
    static constexpr std::size_t kUploadsOfPerson = 8;

    /// All outlive it, and the service calls nothing back after it has gone.
    Uploads(Host& host, service::Service& service, HostCrypto& crypto)
        : host_(host), service_(service), crypto_(crypto) {}

    // As the functions of abi.h. An upload that is not known (any more) is passed over.
    void begin(UploadId id, std::string_view session);
    Status feed(UploadId id, std::string_view bytes);
    Status finish(UploadId id);
    void kept(UploadId id, const Status& status);
    void cancel(UploadId id);

  private:
    enum class Step { kSession, kBytes, kKeeping, kNoting };
    struct Upload {
        Step step = Step::kSession;
        /// By the client, while the host stores its bytes.
        bool cancelled = false;
        picture::Inspector inspector;
        store::BlobRow row;
    };

    Upload* find(UploadId id);
    void on_session(UploadId id, const Result<UserKey>& owner);
    void on_noted(UploadId id, const BlobId& picture, const Status& status);
    void refuse(UploadId id, const Error& error);
    Status fail(UploadId id, Status status);

    Host& host_;
    service::Service& service_;
    HostCrypto& crypto_;
    std::map<UploadId, Upload> uploads_;
};

}  // namespace kumquat::worker
