// What the browser home asks of whoever runs it: abi.h as C++, with the same contracts. abi.cpp
// implements it by the host_* imports, tests in memory.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/ids.h"
#include "proto/messages.h"
#include "service/service.h"

namespace kumquat::worker {

using service::ConnectionId;
/// A client's upload, named by the host.
using UploadId = Number<struct UploadIdTag>;

/// None of these calls back into the home before it has returned. abi.h says more of each.
class Host {
  public:
    virtual ~Host() = default;

    virtual void send(ConnectionId connection, std::string_view text) = 0;
    virtual void close(ConnectionId connection, proto::CloseCode code, std::string_view reason) = 0;

    /// To be appended to the journal, durably; then WorkerHome::committed().
    virtual void commit(std::int64_t record, std::string_view bytes) = 0;
    virtual void snapshot_chunk(std::int64_t index, bool last, std::string_view bytes) = 0;

    virtual void upload_ready(UploadId upload, const Status& status) = 0;
    virtual void upload_keep(UploadId upload, const BlobId& id) = 0;
    /// The JSON text that `POST /pictures` answers with.
    virtual void upload_done(UploadId upload, const Result<std::string>& answer) = 0;
    virtual void remove_picture(const BlobId& id) = 0;

    virtual void export_bytes(std::string_view bytes) = 0;
    virtual void export_picture(const BlobId& id, std::int64_t bytes) = 0;
    virtual void import_picture(const BlobId& id, std::int64_t offset, std::int64_t bytes) = 0;

    virtual void random(char* bytes, std::size_t size) = 0;
    virtual TimeMs now() const = 0;
    enum class Level { kInfo = 0, kWarning = 1, kError = 2 };
    virtual void log(Level level, std::string_view text) = 0;
};

}  // namespace kumquat::worker
