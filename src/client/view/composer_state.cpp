#include "client/view/composer_state.h"

#include "base/utf8.h"
#include "client/core/text_rules.h"

namespace kumquat::client {
namespace {

/// Code points behind the first `bytes_max` bytes; one that is cut counts.
std::int64_t characters_behind(std::string_view text, std::int64_t bytes_max) {
    std::int64_t characters = 0;
    for (std::size_t offset = 0; offset < text.size();) {
        decode_utf8(text, &offset);
        characters += static_cast<std::int64_t>(offset) > bytes_max;
    }
    return characters;
}

}  // namespace

ComposerState build_composer_state(const Model& model, std::string_view text) {
    ComposerState state;
    state.bytes = static_cast<std::int64_t>(text.size());
    state.bytes_max = model.message_bytes_max;
    state.empty = is_blank_text(text);
    if (state.bytes > state.bytes_max)
        state.characters_over = characters_behind(text, state.bytes_max);
    state.can_send = !model.me.user_id.empty() && !refusal_of_text(text, "", state.bytes_max);
    return state;
}

FieldRoom room_in_field(std::string_view text, std::int64_t bytes_max) {
    FieldRoom room;
    room.bytes = static_cast<std::int64_t>(text.size());
    room.bytes_left = room.bytes < bytes_max ? bytes_max - room.bytes : 0;
    if (room.bytes > bytes_max) room.characters_over = characters_behind(text, bytes_max);
    room.nearly_full = room.bytes * 5 >= bytes_max * 4;
    return room;
}

}  // namespace kumquat::client
