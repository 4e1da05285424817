// Rows as tuples, so that tests can compare them whole.
#pragma once

#include <tuple>

#include "store/rows.h"

namespace kumquat::store {

inline auto fields(const UserRow& row) {
    return std::tuple(row.key.value(), row.id.text(), row.nick, row.has_credential,
                      row.created.value(), row.avatar.text(), static_cast<int>(row.allow),
                      row.friends_only);
}
inline auto fields(const FriendRequestRow& row) {
    return std::tuple(row.requester.value(), row.target.value(), row.wording, row.source,
                      row.remark, row.group, row.one_way, row.time.value(), row.read);
}
inline auto fields(const SessionRow& row) {
    return std::tuple(row.token, row.user.value(), row.device.value(), row.device_name,
                      row.created.value(), row.expires.value(), row.last_seen.value());
}
inline auto fields(const FriendRow& row) {
    return std::tuple(row.user.value(), row.peer.value(), row.remark, row.group, row.source,
                      row.wording, row.added.value());
}
inline auto fields(const ConversationRow& row) {
    return std::tuple(row.key.value(), static_cast<int>(row.kind), row.last_seq.value(),
                      row.last_time.value(), row.pins);
}
inline auto fields(const MemberRow& row) {
    return std::tuple(row.conversation.value(), row.user.value(), row.read.value(), row.unread,
                      row.first_visible.value(), row.pinned, row.muted, row.has_draft);
}
inline auto fields(const MessageRow& row) {
    return std::tuple(row.conversation.value(), row.seq.value(), row.sender.value(),
                      row.time.value(), row.client_id.device.value(), row.client_id.counter,
                      row.type, row.content, row.custom, row.reply_to.value(), row.forwarded,
                      row.recalled, row.edits, row.edited.value(), row.reactions);
}
inline auto fields(const RevisionRow& row) {
    return std::tuple(row.conversation.value(), row.seq.value(), row.edits, row.content,
                      row.custom);
}
inline auto fields(const BlobRow& row) {
    return std::tuple(row.id.text(), row.owner.value(), row.format, row.width, row.height,
                      row.bytes, row.created.value(), row.references, row.released.value());
}
inline auto fields(const FeedHeadRow& row) {
    return std::tuple(row.user.value(), row.last.value(), row.trimmed.value());
}
inline auto fields(const FeedRow& row) {
    return std::tuple(row.user.value(), row.number.value(), static_cast<int>(row.kind),
                      row.conversation.value(), row.seq.value(), row.entity.value(), row.value);
}
inline auto fields(const KeyCounters& row) {
    return std::tuple(row.next_user.value(), row.next_conversation.value());
}

}  // namespace kumquat::store
