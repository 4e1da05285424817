// edit_message: a person gives a text another text. The one before is kept, and shown to nobody.
#include <algorithm>
#include <utility>

#include "base/limits.h"
#include "service/named_message.h"
#include "service/to_proto.h"

namespace kumquat::service {

Status check_edit_message(const proto::EditMessage& request, Work& work) {
    KUMQUAT_TRY(check_place(request.conversation, request.seq, work));
    if (request.edits < 0) return Error{ErrorCode::kBadField, "edits"};
    if (request.body.type != proto::kTextType)
        return Error{ErrorCode::kEditUnsupported, "body.type"};
    return check_body(request.body);
}

void keys_edit_message(const proto::EditMessage& request, const Work& work, store::ReadKeys& keys) {
    add_relation(work, keys);
    add_message_keys(work, work.target, request.seq, keys);
}

// Writing what stands there already is no edit, and well at any time: it is what a device does
// whose reply was lost, or two devices that agree.
Result<proto::Reply> apply_edit_message(const proto::EditMessage& request, Run& run) {
    KUMQUAT_TRY_ASSIGN(NamedMessage found, find_own_message(run, request.seq));
    store::MessageRow& row = found.row;
    if (row.recalled) return Error{ErrorCode::kUnknownMessage, "seq"};
    if (row.type != proto::kTextType) return Error{ErrorCode::kEditUnsupported, "seq"};
    if (row.content == request.body.content && row.custom == request.body.custom) {
        const UserKey me = run.work.session->user;
        return proto::Reply(proto::EditMessageReply{to_proto(seen_message(run.rows, row, me), me)});
    }
    if (run.now.value() - row.time.value() > limits::kEditMs)
        return Error{ErrorCode::kEditTooLate, "seq"};
    if (row.edits != request.edits) return Error{ErrorCode::kEditConflict, "edits"};
    KUMQUAT_TRY(check_not_blocked(run, found.peer.key));

    run.rows.put(store::RevisionRow{row.conversation, row.seq, row.edits, row.content, row.custom});
    row.content = request.body.content;
    row.custom = request.body.custom;
    ++row.edits;
    row.edited = std::max(run.now, row.time);
    return proto::Reply(proto::EditMessageReply{change_message(run, found.peer, row)});
}

}  // namespace kumquat::service
