#include "platform/blob_channel.h"

namespace kumquat::platform {
namespace {

constexpr std::int64_t kWaitMs = 2'000;

bool passes(int status) {
    return status == 0 || status == 408 || status == 429 || status >= 500;
}

ErrorCode code_of(const BlobAnswer& answer) {
    // Codes of later services have no name here; they are shown as numbers.
    if (answer.code > 0) return static_cast<ErrorCode>(answer.code);
    switch (answer.status) {
        case 401:
        case 403:
            return ErrorCode::kSessionInvalid;
        case 413:
            return ErrorCode::kPictureTooLarge;
        case 415:
            return ErrorCode::kPictureKind;
        case 429:
            return ErrorCode::kTooManyRequests;
        case 507:
            return ErrorCode::kDiskFull;
        default:
            return ErrorCode::kIo;
    }
}

}  // namespace

Result<BlobId> blob_result(const BlobAnswer& answer) {
    if (answer.status >= 200 && answer.status < 300) {
        Result<BlobId> id = BlobId::parse(answer.id);
        // Something that is not the service has answered: a captive portal, a proxy.
        if (!id) return Error{ErrorCode::kIo, "no picture ID in the answer", kWaitMs};
        return id;
    }
    Error error{code_of(answer), "status " + std::to_string(answer.status)};
    if (answer.retry_after_ms >= 0) {
        error.retry_after_ms = answer.retry_after_ms;
    } else if (passes(answer.status)) {
        error.retry_after_ms = kWaitMs;
    }
    return error;
}

}  // namespace kumquat::platform
