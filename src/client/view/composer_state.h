// The composer: may this text be sent, and how much room is left.
#pragma once

#include <cstdint>
#include <string_view>

#include "client/core/model.h"

namespace kumquat::client {

struct ComposerState {
    bool can_send = false;
    /// Nothing but blanks and line ends: no disc behind the arrow.
    bool empty = true;
    std::int64_t bytes = 0;
    std::int64_t bytes_max = 0;
    /// Code points too many, counted from the end; 0: it fits.
    std::int64_t characters_over = 0;
};

/// Offline changes nothing here: the message waits.
ComposerState build_composer_state(const Model& model, std::string_view text);

/// For limits in bytes that a person sees as characters (greeting, remark, group): how many of the
/// text's characters are over `bytes_max`, and how many bytes are left. From 80 % on the UI shows a
/// counter.
struct FieldRoom {
    std::int64_t bytes = 0;
    std::int64_t bytes_left = 0;
    std::int64_t characters_over = 0;
    bool nearly_full = false;
};
FieldRoom room_in_field(std::string_view text, std::int64_t bytes_max);

}  // namespace kumquat::client
