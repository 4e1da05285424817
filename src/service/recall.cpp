// recall_message: a person takes a message back, for both. Nothing of it is kept.
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "base/limits.h"
#include "proto/codec.h"
#include "service/named_message.h"
#include "service/pictures.h"
#include "service/to_proto.h"

namespace kumquat::service {
namespace {

store::MessageRow recalled(const store::MessageRow& row) {
    store::MessageRow gone;
    gone.conversation = row.conversation;
    gone.seq = row.seq;
    gone.sender = row.sender;
    gone.time = row.time;
    gone.client_id = row.client_id;
    gone.type = row.type;
    gone.recalled = true;
    return gone;
}

// The pictures that the message shows.
std::optional<proto::Image> image_of(const store::MessageRow& row) {
    return row.type == proto::kImageType ? proto::read_image(row.content) : std::nullopt;
}

// Pictures that the batch has not loaded: which they are shows in the message alone. Asked for
// once: what is not there then is lost.
std::set<BlobId> unloaded(const Run& run, const proto::Image& image) {
    std::set<BlobId> missing;
    for (const proto::Rendition& rendition : image.renditions) {
        if (run.rows.blob(rendition.id) == nullptr && run.work.pictures.count(rendition.id) == 0)
            missing.insert(rendition.id);
    }
    return missing;
}

void unpin(Run& run, const NamedMessage& found) {
    store::ConversationRow row = run.rows.conversation(found.row.conversation);
    if (std::erase(row.pins, found.row.seq) != 0) change_pins(run, found.peer, row);
}

}  // namespace

Status check_recall_message(const proto::RecallMessage& request, Work& work) {
    return check_place(request.conversation, request.seq, work);
}

void keys_recall_message(const proto::RecallMessage& request, const Work& work,
                         store::ReadKeys& keys) {
    add_relation(work, keys);
    add_message_keys(work, work.target, request.seq, keys);
    keys.pins.emplace(work.session->user, work.target);
}

Result<proto::Reply> apply_recall_message(const proto::RecallMessage& request, Run& run) {
    KUMQUAT_TRY_ASSIGN(const NamedMessage found, find_own_message(run, request.seq));
    const UserKey me = run.work.session->user;
    if (found.row.recalled) {
        return proto::Reply(
            proto::RecallMessageReply{to_proto(seen_message(run.rows, found.row, me), me)});
    }
    if (run.now.value() - found.row.time.value() > limits::kRecallMs)
        return Error{ErrorCode::kRecallTooLate, "seq"};
    const std::optional<proto::Image> image = image_of(found.row);
    if (image) {
        run.outcome.missing = unloaded(run, *image);
        if (!run.outcome.missing.empty()) return Error{ErrorCode::kInternal, "not loaded"};
        release_image(run, *image);
    }
    uncount(run, found.row, found.peer.key);
    if (found.row.edits > 0) run.rows.end_revisions(found.row.conversation, found.row.seq);
    proto::RecallMessageReply reply{change_message(run, found.peer, recalled(found.row))};
    unpin(run, found);
    return proto::Reply(std::move(reply));
}

}  // namespace kumquat::service
