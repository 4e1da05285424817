// pin_message: a person pins a message for both, or unpins one.
#include <utility>
#include <vector>

#include "base/limits.h"
#include "service/named_message.h"
#include "service/to_proto.h"

namespace kumquat::service {

Status check_pin_message(const proto::PinMessage& request, Work& work) {
    return check_place(request.conversation, request.seq, work);
}

void keys_pin_message(const proto::PinMessage& request, const Work& work, store::ReadKeys& keys) {
    add_relation(work, keys);
    add_message_keys(work, work.target, request.seq, keys);
    keys.pins.emplace(work.session->user, work.target);
}

Result<proto::Reply> apply_pin_message(const proto::PinMessage& request, Run& run) {
    KUMQUAT_TRY_ASSIGN(const NamedMessage found, find_whole_message(run, request.seq));
    store::ConversationRow row = run.rows.conversation(found.row.conversation);
    const std::vector<Seq> before = row.pins;
    std::erase(row.pins, request.seq);
    if (request.pinned) row.pins.insert(row.pins.begin(), request.seq);
    if (row.pins != before) {
        KUMQUAT_TRY(check_not_blocked(run, found.peer.key));
        if (row.pins.size() > limits::kPins) return Error{ErrorCode::kTooManyPins, "conversation"};
        change_pins(run, found.peer, row);
    }
    return proto::Reply(
        proto::PinMessageReply{to_proto(seen_pins(run.rows, row.key, run.work.session->user))});
}

}  // namespace kumquat::service
