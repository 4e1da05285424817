// One connection's frames on their way in, the same for every home: decoded, or answered, and
// after too many that nobody can read the connection is over.
#pragma once

#include <optional>
#include <string_view>
#include <variant>

#include "proto/codec.h"
#include "proto/messages.h"

namespace kumquat::proto {

/// What a home does with a frame that it does not hand to the service.
struct Refusal {
    /// Empty: no answer.
    std::optional<ErrorFrame> answer;
    struct Ending {
        CloseCode code;
        std::string_view reason;
    };
    /// After the answer the connection is closed.
    std::optional<Ending> ending;
};

class FrameIntake {
  public:
    /// Frames that cannot be read, before the connection ends.
    static constexpr int kBadFrames = 8;

    explicit FrameIntake(int bad_frames_max = kBadFrames) : bad_frames_left_(bad_frames_max) {}

    std::variant<ClientFrame, Refusal> take(std::string_view text);
    /// Of a frame that the transport has found fault with.
    Refusal refuse(RequestId id, Error error);
    /// A frame beyond limits::kFrameBytes.
    static Refusal too_large();

  private:
    int bad_frames_left_;
};

}  // namespace kumquat::proto
