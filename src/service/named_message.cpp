#include "service/named_message.h"

#include <algorithm>
#include <utility>

#include "service/feed.h"
#include "service/to_proto.h"
#include "store/stored_message.h"

namespace kumquat::service {
namespace {

store::StoredQuote seen_quote(const Overlay& rows, ConversationKey conversation, Seq seq,
                              UserKey viewer) {
    const store::MessageRow* row = rows.message(conversation, seq);
    if (row == nullptr || row->recalled || !can_see(rows, *row, viewer))
        return store::StoredQuote{seq};
    return store::quote_of(*row, rows.user(row->sender)->id);
}

void announce_change(Run& run, const store::MessageRow& row, UserKey viewer,
                     const store::UserRow& peer) {
    if (!can_see(run.rows, row, viewer)) return;
    store::FeedItem item;
    item.row.user = viewer;
    item.row.kind = store::FeedKind::kMessageChanged;
    item.row.conversation = row.conversation;
    item.row.seq = row.seq;
    item.row.value = run.rows.member(row.conversation, viewer).unread;
    item.message = seen_message(run.rows, row, viewer);
    item.peer = peer;
    announce(run.rows, run.outcome, std::move(item));
}

void announce_pins(Run& run, ConversationKey conversation, UserKey viewer,
                   const store::UserRow& peer) {
    store::FeedItem item;
    item.row.user = viewer;
    item.row.kind = store::FeedKind::kPins;
    item.row.conversation = conversation;
    item.pins = seen_pins(run.rows, conversation, viewer);
    item.peer = peer;
    announce(run.rows, run.outcome, std::move(item));
}

}  // namespace

void add_message_keys(const Work& work, const UserId& peer, Seq seq, store::ReadKeys& keys) {
    keys.messages.insert(store::MessagePlace{work.session->user, peer, seq});
}

Result<NamedMessage> find_message(const Run& run, Seq seq) {
    const UserKey me = run.work.session->user;
    const store::UserRow* peer = run.rows.user(run.work.target);
    const store::ConversationRow* conversation =
        peer == nullptr ? nullptr : run.rows.direct(me, peer->key);
    if (conversation == nullptr) return Error{ErrorCode::kUnknownConversation, "conversation"};
    const store::MessageRow* row = run.rows.message(conversation->key, seq);
    if (row == nullptr || !can_see(run.rows, *row, me))
        return Error{ErrorCode::kUnknownMessage, "seq"};
    return NamedMessage{*peer, *row};
}

Result<NamedMessage> find_whole_message(const Run& run, Seq seq) {
    KUMQUAT_TRY_ASSIGN(NamedMessage found, find_message(run, seq));
    if (found.row.recalled) return Error{ErrorCode::kUnknownMessage, "seq"};
    return found;
}

Result<NamedMessage> find_own_message(const Run& run, Seq seq) {
    KUMQUAT_TRY_ASSIGN(NamedMessage found, find_message(run, seq));
    if (found.row.sender != run.work.session->user) return Error{ErrorCode::kNotOwnMessage, "seq"};
    return found;
}

bool can_see(const Overlay& rows, const store::MessageRow& row, UserKey viewer) {
    return row.seq >= rows.member(row.conversation, viewer).first_visible &&
           !rows.hides(row.conversation, viewer, row.seq);
}

store::StoredMessage seen_message(const Overlay& rows, const store::MessageRow& row,
                                  UserKey viewer) {
    store::StoredMessage message{row, rows.user(row.sender)->id};
    if (row.reply_to) message.quote = seen_quote(rows, row.conversation, row.reply_to, viewer);
    for (const store::ReactionPart& part : row.reactions)
        message.reacted.push_back(rows.user(part.user)->id);
    return message;
}

std::vector<store::StoredQuote> seen_pins(const Overlay& rows, ConversationKey conversation,
                                          UserKey viewer) {
    std::vector<store::StoredQuote> pins;
    for (const Seq seq : rows.conversation(conversation).pins)
        pins.push_back(seen_quote(rows, conversation, seq, viewer));
    return pins;
}

proto::Message change_message(Run& run, const store::UserRow& peer, const store::MessageRow& row) {
    const UserKey me = run.work.session->user;
    run.rows.change(row);
    announce_change(run, row, me, peer);
    announce_change(run, row, peer.key, *run.rows.user(me));
    return to_proto(seen_message(run.rows, row, me), me);
}

void change_pins(Run& run, const store::UserRow& peer, const store::ConversationRow& row) {
    const UserKey me = run.work.session->user;
    const ConversationKey key = row.key;
    run.rows.put(row);
    announce_pins(run, key, me, peer);
    announce_pins(run, key, peer.key, *run.rows.user(me));
}

void uncount(Run& run, const store::MessageRow& row, UserKey reader) {
    store::MemberRow member = run.rows.member(row.conversation, reader);
    if (row.sender == reader || row.recalled || row.seq <= member.read ||
        !can_see(run.rows, row, reader))
        return;
    member.unread = std::max<std::int64_t>(member.unread - 1, 0);
    run.rows.put(member);
}

Status check_not_blocked(const Run& run, UserKey peer) {
    const UserKey me = run.work.session->user;
    if (run.rows.blocks(me, peer)) return Error{ErrorCode::kPeerIsBlocked, "conversation"};
    if (run.rows.blocks(peer, me)) return Error{ErrorCode::kRefusedByPeer, "conversation"};
    return Status();
}

}  // namespace kumquat::service
