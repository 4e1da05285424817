#include "app/picture_check.h"

#include "base/limits.h"
#include "picture/inspector.h"

namespace kumquat::app {

Status check_picture(const platform::PickedFile& file) {
    if (file.bytes == 0) return Error{ErrorCode::kPictureEmpty, file.key};
    if (file.head.empty()) return Error{ErrorCode::kPictureKind, "cannot be read"};
    picture::Inspector inspector;
    Status status = inspector.feed(file.head);
    // What is no picture at all is told so, however large it is.
    if (!status && status.error().code == ErrorCode::kPictureKind) return status;
    if (file.bytes > limits::kPictureBytes) return Error{ErrorCode::kPictureTooLarge, file.key};
    if (!status) return status;
    bool whole = static_cast<std::int64_t>(file.head.size()) == file.bytes;
    if (!whole) return {};
    Result<picture::Header> header = inspector.finish();
    if (!header) return header.error();
    return {};
}

}  // namespace kumquat::app
