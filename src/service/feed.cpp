#include "service/feed.h"

#include <utility>

#include "base/check.h"
#include "service/to_proto.h"

namespace kumquat::service {

std::optional<proto::Event> to_event(const store::FeedItem& item) {
    proto::Event event;
    event.number = item.row.number;
    switch (item.row.kind) {
        case store::FeedKind::kMessage: {
            if (!item.message) return std::nullopt;
            proto::MessageEvent what;
            what.conversation = ConversationId::with(item.peer.id);
            what.peer = to_proto(item.peer);
            what.message = to_proto(*item.message, item.row.user);
            event.what = std::move(what);
            return event;
        }
        case store::FeedKind::kRead: {
            proto::ReadEvent what;
            what.conversation = ConversationId::with(item.peer.id);
            what.reader = item.entity;
            what.seq = item.row.seq;
            what.unread = item.row.value;
            event.what = std::move(what);
            return event;
        }
        case store::FeedKind::kFriend: {
            if (item.friendship) {
                event.what = proto::FriendEvent{to_proto(*item.friendship)};
            } else {
                event.what = proto::FriendGoneEvent{item.entity};
            }
            return event;
        }
        case store::FeedKind::kFriendRequest: {
            if (item.request) {
                event.what = proto::FriendRequestEvent{to_proto(*item.request, item.row.user)};
            } else {
                event.what = proto::FriendRequestGoneEvent{item.entity, item.row.value != 0};
            }
            return event;
        }
        case store::FeedKind::kBlock: {
            event.what = proto::BlockEvent{to_proto(item.peer), item.blocked};
            return event;
        }
        case store::FeedKind::kProfile: {
            event.what = proto::ProfileEvent{to_proto(item.peer)};
            return event;
        }
        case store::FeedKind::kAccount: {
            event.what = proto::AccountEvent{account_to_proto(item.peer)};
            return event;
        }
        case store::FeedKind::kMessageChanged: {
            if (!item.message) return std::nullopt;
            proto::MessageChangedEvent what;
            what.conversation = ConversationId::with(item.peer.id);
            what.message = to_proto(*item.message, item.row.user);
            what.unread = item.row.value;
            event.what = std::move(what);
            return event;
        }
        case store::FeedKind::kMessageDeleted: {
            event.what = proto::MessageDeletedEvent{ConversationId::with(item.peer.id),
                                                    item.row.seq, item.row.value};
            return event;
        }
        case store::FeedKind::kPins: {
            event.what = proto::PinsEvent{ConversationId::with(item.peer.id), to_proto(item.pins)};
            return event;
        }
        case store::FeedKind::kConversation: {
            proto::ConversationEvent what;
            what.conversation = ConversationId::with(item.peer.id);
            what.peer = to_proto(item.peer);
            what.state = to_proto(item.member);
            event.what = std::move(what);
            return event;
        }
    }
    return std::nullopt;
}

void announce(Overlay& rows, Outcome& outcome, store::FeedItem item) {
    item.row.number = rows.append(item.row);
    std::optional<proto::Event> event = to_event(item);
    KUMQUAT_CHECK(event.has_value());
    outcome.events.emplace_back(item.row.user, *std::move(event));
}

}  // namespace kumquat::service
