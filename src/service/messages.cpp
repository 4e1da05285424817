// send_message: a message gets its seq, its time and its place in both members' feeds.
#include <algorithm>

#include "base/limits.h"
#include "service/feed.h"
#include "service/handlers.h"
#include "service/pictures.h"

namespace kumquat::service {
namespace {

// A picture has other IDs once it has been uploaded again, which a device does that has lost those
// of the first time together with the reply to its message.
bool same_message(const store::MessageRow& row, ConversationKey conversation,
                  const proto::Body& body) {
    return row.conversation == conversation && row.type == body.type && row.custom == body.custom &&
           (row.content == body.content || is_same_image(row, body));
}

// The entry for `viewer`, who has the conversation with `peer`.
void announce_message(Run& run, const store::StoredMessage& message, UserKey viewer,
                      const store::UserRow& peer) {
    store::FeedItem item;
    item.row.user = viewer;
    item.row.kind = store::FeedKind::kMessage;
    item.row.conversation = message.row.conversation;
    item.row.seq = message.row.seq;
    item.message = message;
    item.peer = peer;
    announce(run.rows, run.outcome, std::move(item));
}

// Of another type, an image means nothing.
const proto::Image* image_of(const proto::Body& body) {
    return body.type == proto::kImageType && body.image ? &*body.image : nullptr;
}

store::MessageRow append_message(const proto::SendMessage& request, Run& run,
                                 store::ConversationRow conversation) {
    conversation.last_seq = conversation.last_seq.next();
    // The clock may jump back; within a conversation time does not.
    conversation.last_time = std::max(run.now, conversation.last_time);
    run.rows.put(conversation);

    store::MessageRow message;
    message.conversation = conversation.key;
    message.seq = conversation.last_seq;
    message.sender = run.work.session->user;
    message.time = conversation.last_time;
    message.client_id = request.client_id;
    message.type = request.body.type;
    message.content = request.body.content;
    message.custom = request.body.custom;
    run.rows.add(message);
    return message;
}

// A stranger may write, as with TIM's default, unless the receiver has chosen otherwise. One's own
// block first: it is the one that the sender can do something about.
Status check_welcome(const Run& run, UserKey me, const store::UserRow& peer) {
    if (run.rows.blocks(me, peer.key)) return Error{ErrorCode::kPeerIsBlocked, "conversation"};
    if (run.rows.blocks(peer.key, me)) return Error{ErrorCode::kRefusedByPeer, "conversation"};
    if (peer.friends_only && run.rows.friendship(peer.key, me) == nullptr)
        return Error{ErrorCode::kNotPeersFriend, "conversation"};
    return Status();
}

}  // namespace

Status check_send_message(const proto::SendMessage& request, Work& work) {
    // TIM has no word on writing to oneself; a conversation has two members, so there is nobody to
    // receive it.
    KUMQUAT_TRY(check_conversation(request.conversation, work, ErrorCode::kUnknownReceiver));
    if (!request.client_id.device || request.client_id.counter <= 0)
        return Error{ErrorCode::kBadField, "client_id"};
    if (request.body.type.empty()) return Error{ErrorCode::kBadField, "body.type"};
    KUMQUAT_TRY(check_length(request.body.type, limits::kMessageTypeBytes, "body.type"));
    if (request.body.content.empty()) return Error{ErrorCode::kEmptyMessage, "body"};
    if (request.body.content.size() + request.body.custom.size() > limits::kMessageBytes) {
        return Error{ErrorCode::kTextTooLong, "body"};
    }
    if (request.body.type == proto::kImageType) KUMQUAT_TRY(check_image(request.body.image));
    return Status();
}

void keys_send_message(const proto::SendMessage& request, const Work& work, store::ReadKeys& keys) {
    add_relation(work, keys);
    keys.client_ids.emplace(work.session->user, request.client_id);
    if (const proto::Image* image = image_of(request.body)) add_image_keys(*image, keys);
}

// The receiver's unread grows; the sender's own
// message is never unread, and leaves the sender's read mark where it is: what an outbox sends
// after a night offline says nothing about what was read.
Result<proto::Reply> apply_send_message(const proto::SendMessage& request, Run& run) {
    const UserKey me = run.work.session->user;
    const store::UserRow* found = run.rows.user(run.work.target);
    if (found == nullptr) return Error{ErrorCode::kUnknownReceiver, "conversation"};
    const store::UserRow peer = *found;
    const store::ConversationRow* existing = run.rows.direct(me, peer.key);
    if (const store::MessageRow* before = run.rows.sent(me, request.client_id)) {
        if (existing == nullptr || !same_message(*before, existing->key, request.body)) {
            return Error{ErrorCode::kClientIdReused, "client_id"};
        }
        return proto::Reply(proto::SendMessageReply{before->seq, before->time});
    }
    KUMQUAT_TRY(check_welcome(run, me, peer));
    const proto::Image* image = image_of(request.body);
    if (image != nullptr) KUMQUAT_TRY(check_own_image(run, *image));

    if (existing == nullptr) {
        run.rows.create_direct(me, peer.key);
        existing = run.rows.direct(me, peer.key);
    }
    const store::StoredMessage message{append_message(request, run, *existing),
                                       run.work.session->id};
    store::MemberRow receiver = run.rows.member(message.row.conversation, peer.key);
    ++receiver.unread;
    run.rows.put(receiver);

    announce_message(run, message, me, peer);
    announce_message(run, message, peer.key, *run.rows.user(me));
    if (image != nullptr) name_image(run, *image);
    run.outcome.new_message = true;
    return proto::Reply(proto::SendMessageReply{message.row.seq, message.row.time});
}

}  // namespace kumquat::service
