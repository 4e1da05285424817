// send_message: a message gets its seq, its time and its place in both members' feeds.
#include <algorithm>

#include "base/limits.h"
#include "service/feed.h"
#include "service/named_message.h"
#include "service/pictures.h"

namespace kumquat::service {
namespace {

// What has been edited or recalled since cannot be compared any more: then the ID alone says that
// it is the message. A picture has other IDs once it has been uploaded again, which a device does
// that has lost those of the first time together with the reply to its message.
bool same_message(const store::MessageRow& row, ConversationKey conversation,
                  const proto::SendMessage& request) {
    const proto::Body& body = request.body;
    if (row.conversation != conversation || row.type != body.type) return false;
    if (row.recalled) return true;
    if (row.reply_to != request.reply_to || row.forwarded != request.forward_of.has_value())
        return false;
    if (row.edits > 0) return true;
    return row.custom == body.custom && (row.content == body.content || is_same_image(row, body));
}

// The entry for `viewer`, who has the conversation with `peer`.
void announce_message(Run& run, const store::MessageRow& row, UserKey viewer,
                      const store::UserRow& peer) {
    store::FeedItem item;
    item.row.user = viewer;
    item.row.kind = store::FeedKind::kMessage;
    item.row.conversation = row.conversation;
    item.row.seq = row.seq;
    item.message = seen_message(run.rows, row, viewer);
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
    message.reply_to = request.reply_to;
    message.forwarded = request.forward_of.has_value();
    run.rows.add(message);
    return message;
}

// A stranger may write, as with TIM's default, unless the receiver has chosen otherwise. One's own
// block first: it is the one that the sender can do something about.
Status check_welcome(const Run& run, UserKey me, const store::UserRow& peer) {
    KUMQUAT_TRY(check_not_blocked(run, peer.key));
    if (peer.friends_only && run.rows.friendship(peer.key, me) == nullptr)
        return Error{ErrorCode::kNotPeersFriend, "conversation"};
    return Status();
}

// A message that the sender can see, in the conversation with `peer`; null if there is none.
const store::MessageRow* visible_message(const Run& run, const store::UserRow* peer, Seq seq) {
    const UserKey me = run.work.session->user;
    const store::ConversationRow* conversation =
        peer == nullptr ? nullptr : run.rows.direct(me, peer->key);
    if (conversation == nullptr) return nullptr;
    const store::MessageRow* row = run.rows.message(conversation->key, seq);
    return row != nullptr && !row->recalled && can_see(run.rows, *row, me) ? row : nullptr;
}

// What it answers and copies must be there; the pictures of a copy may be another person's.
Status check_origins(const proto::SendMessage& request, const Run& run,
                     const store::UserRow& peer) {
    if (request.reply_to && visible_message(run, &peer, request.reply_to) == nullptr)
        return Error{ErrorCode::kUnknownMessage, "reply_to"};
    const proto::Image* image = image_of(request.body);
    if (!request.forward_of) return image == nullptr ? Status() : check_own_image(run, *image);
    const store::MessageRow* original = visible_message(
        run, run.rows.user(request.forward_of->conversation.peer()), request.forward_of->seq);
    if (original == nullptr) return Error{ErrorCode::kUnknownMessage, "forward_of"};
    if (original->type != request.body.type || original->content != request.body.content ||
        original->custom != request.body.custom)
        return Error{ErrorCode::kBadField, "body"};
    return image == nullptr ? Status() : check_copied_image(run, *image);
}

}  // namespace

Status check_body(const proto::Body& body) {
    if (body.content.empty()) return Error{ErrorCode::kEmptyMessage, "body"};
    if (body.content.size() + body.custom.size() > limits::kMessageBytes)
        return Error{ErrorCode::kTextTooLong, "body"};
    return Status();
}

Status check_send_message(const proto::SendMessage& request, Work& work) {
    // TIM has no word on writing to oneself; a conversation has two members, so there is nobody to
    // receive it.
    KUMQUAT_TRY(check_conversation(request.conversation, work, ErrorCode::kUnknownReceiver));
    if (!request.client_id.device || request.client_id.counter <= 0)
        return Error{ErrorCode::kBadField, "client_id"};
    if (request.body.type.empty()) return Error{ErrorCode::kBadField, "body.type"};
    KUMQUAT_TRY(check_length(request.body.type, limits::kMessageTypeBytes, "body.type"));
    KUMQUAT_TRY(check_body(request.body));
    if (request.reply_to.value() < 0) return Error{ErrorCode::kBadField, "reply_to"};
    if (request.forward_of &&
        (request.forward_of->conversation.empty() || request.forward_of->seq.value() < 0))
        return Error{ErrorCode::kBadField, "forward_of"};
    if (request.body.type == proto::kImageType) KUMQUAT_TRY(check_image(request.body.image));
    return Status();
}

void keys_send_message(const proto::SendMessage& request, const Work& work, store::ReadKeys& keys) {
    add_relation(work, keys);
    keys.client_ids.emplace(work.session->user, request.client_id);
    if (const proto::Image* image = image_of(request.body)) add_image_keys(*image, keys);
    if (request.reply_to) add_message_keys(work, work.target, request.reply_to, keys);
    if (request.forward_of) {
        add_message_keys(work, request.forward_of->conversation.peer(), request.forward_of->seq,
                         keys);
    }
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
        if (existing == nullptr || !same_message(*before, existing->key, request)) {
            return Error{ErrorCode::kClientIdReused, "client_id"};
        }
        return proto::Reply(proto::SendMessageReply{before->seq, before->time});
    }
    KUMQUAT_TRY(check_welcome(run, me, peer));
    KUMQUAT_TRY(check_origins(request, run, peer));

    if (existing == nullptr) {
        run.rows.create_direct(me, peer.key);
        existing = run.rows.direct(me, peer.key);
    }
    const store::MessageRow message = append_message(request, run, *existing);
    store::MemberRow receiver = run.rows.member(message.conversation, peer.key);
    ++receiver.unread;
    run.rows.put(receiver);

    announce_message(run, message, me, peer);
    announce_message(run, message, peer.key, *run.rows.user(me));
    if (const proto::Image* image = image_of(request.body)) name_image(run, *image);
    run.outcome.new_message = true;
    return proto::Reply(proto::SendMessageReply{message.seq, message.time});
}

}  // namespace kumquat::service
