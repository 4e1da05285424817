#include "proto/frame_intake.h"

#include <utility>

#include "base/limits.h"

namespace kumquat::proto {
namespace {

// A frame in a language that is not spoken here. What a newer client may well send (an unknown
// request, a field of another shape) is answered and does not count.
bool is_broken(ErrorCode code) {
    return code == ErrorCode::kBadFrame || code == ErrorCode::kFrameTooDeep ||
           code == ErrorCode::kBadUtf8 || code == ErrorCode::kFrameTooLarge;
}

}  // namespace

std::variant<ClientFrame, Refusal> FrameIntake::take(std::string_view text) {
    if (text.size() > limits::kFrameBytes) return too_large();
    auto decoded = decode_client_frame(text);
    if (auto* bad = std::get_if<BadFrame>(&decoded)) return refuse(bad->id, std::move(bad->error));
    return std::move(*std::get_if<ClientFrame>(&decoded));
}

Refusal FrameIntake::refuse(RequestId id, Error error) {
    Refusal refusal;
    if (is_broken(error.code) && --bad_frames_left_ < 0)
        refusal.ending = {CloseCode::kBadFrame, "too many frames that cannot be read"};
    refusal.answer = ErrorFrame{id, std::move(error)};
    return refusal;
}

Refusal FrameIntake::too_large() {
    return Refusal{std::nullopt, Refusal::Ending{CloseCode::kFrameTooLarge,
                                                 error_text(ErrorCode::kFrameTooLarge)}};
}

}  // namespace kumquat::proto
