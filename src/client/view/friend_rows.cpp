#include "client/view/friend_rows.h"

#include <algorithm>
#include <tuple>

#include "base/stable_sort.h"
#include "client/core/picture_rules.h"
#include "client/view/avatar.h"
#include "client/view/one_line.h"

namespace kumquat::client {
namespace {

std::string_view trimmed(std::string_view text) {
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

bool matches(const Model& model, const Conversation* conversation, const UserId& peer,
             const std::string& wanted, const Spelling& spelling) {
    if (wanted.empty()) return true;
    if (folded(peer.text()).find(wanted) != std::string::npos) return true;
    if (const Contact* contact = model.find_friend(peer)) {
        return name_matches(contact->data.remark, wanted, spelling) ||
               name_matches(contact->data.profile.nick, wanted, spelling);
    }
    return conversation && name_matches(conversation->peer.nick, wanted, spelling);
}

void show_body(const proto::Body& body, FriendRow* row) {
    if (body.type == proto::kTextType) {
        row->preview = PreviewKind::kText;
        row->text = one_line(body.content, kPreviewBytes);
    } else if (shows_picture(body)) {
        row->preview = PreviewKind::kPicture;
    } else {
        row->preview = PreviewKind::kUnsupported;
    }
}

void show_message(const Model& model, const Conversation& conversation,
                  const proto::Message& message, FriendRow* row) {
    row->time = message.time;
    // Until the one before it is known.
    if (message.deleted) return;
    if (message.recalled) {
        row->preview = PreviewKind::kRecalled;
    } else {
        show_body(message.body, row);
    }
    if (message.from == model.me.user_id)
        row->state = state_of(conversation, message, model.me.user_id);
}

/// The newest thing said: an unsent message stands behind all others, except a failed one, which
/// keeps its place.
void show_activity(const Model& model, const Conversation& conversation, FriendRow* row) {
    const Echo* echo = conversation.echoes.empty() ? nullptr : &conversation.echoes.back();
    const proto::Message* last = conversation.last_message.get();
    if (echo && echo->state == MessageState::kFailed && conversation.last_seq > echo->after)
        echo = nullptr;
    if (echo) {
        show_body(*echo->body, row);
        const bool read =
            echo->state == MessageState::kSent && echo->seq <= conversation.peer_read_seq;
        row->state = read ? MessageState::kRead : echo->state;
        row->time = echo->time ? echo->time : echo->created;
        if (last) row->time = std::max(*row->time, last->time);
    } else if (last) {
        show_message(model, conversation, *last, row);
    }
    if (conversation.typing_until_ms) {
        row->preview = PreviewKind::kTyping;
        row->text.clear();
        row->state.reset();
    } else if (!conversation.draft.empty() && model.open != conversation.id) {
        row->preview = PreviewKind::kDraft;
        row->text = one_line(conversation.draft, kPreviewBytes);
        row->state.reset();
    }
    row->draft_elsewhere =
        conversation.state.has_draft && conversation.draft.empty() && model.open != conversation.id;
}

FriendRow make_row(const Model& model, const ConversationId& id, const Conversation* conversation,
                   TimeMs now, const OffsetMinutes& offset) {
    const UserId& peer = id.peer();
    const Contact* contact = model.find_friend(peer);
    FriendRow row;
    row.id = id;
    row.name = model.name_of(peer);
    row.initials = avatar_initials(row.name, peer.text());
    row.color = avatar_color(peer.text());
    if (const proto::Profile* profile = model.profile_of(peer)) row.avatar = profile->avatar;
    row.is_friend = contact != nullptr;
    if (contact) row.group = contact->data.group;
    row.blocked = model.is_blocked(peer);
    row.online = contact && contact->online && !row.blocked;
    row.open = model.open == id;
    // Whose chat was deleted is no new friend.
    const bool talked = conversation && conversation->last_seq;
    row.preview = contact && !talked ? PreviewKind::kNewFriends : PreviewKind::kNone;
    if (conversation) {
        row.unread = conversation->unread;
        row.pinned = conversation->state.pinned;
        row.muted = conversation->state.muted;
        show_activity(model, *conversation, &row);
    }
    if (row.time) row.date = date_kind(*row.time, now, offset);
    return row;
}

/// A stranger's row stands for something: messages, something unsent or unfinished, or the open
/// chat.
bool is_worth_a_row(const Model& model, const Conversation& conversation) {
    return conversation.last_message || !conversation.echoes.empty() ||
           !conversation.draft.empty() || conversation.state.pinned ||
           model.open == conversation.id || model.find_friend(conversation.id.peer());
}

bool is_never_talked(const FriendRow& row) {
    return !row.time && !row.pinned;
}

bool more_active(const FriendRow& a, const FriendRow& b) {
    if (a.pinned != b.pinned) return a.pinned;
    if (a.time.has_value() != b.time.has_value()) return a.time.has_value();
    if (a.time && *a.time != *b.time) return *a.time > *b.time;
    if (is_never_talked(a) && a.group != b.group) return a.group < b.group;
    return std::tie(a.name, a.id) < std::tie(b.name, b.id);
}

bool grouped_before(const FriendRow& a, const FriendRow& b) {
    return std::tie(a.group, a.name, a.id) < std::tie(b.group, b.name, b.id);
}

FriendSection section_of(const FriendRow& row, FriendOrder order) {
    using Kind = FriendSection::Kind;
    FriendSection section;
    const bool grouped = order == FriendOrder::kGroups;
    if (!grouped && !is_never_talked(row)) return section;
    section.kind = grouped ? Kind::kNoGroup : Kind::kNever;
    if (!row.group.empty()) section.kind = Kind::kGroup;
    section.group = row.group;
    return section;
}

std::vector<FriendSection> sections_of(const std::vector<FriendRow>& rows, FriendOrder order) {
    std::vector<FriendSection> sections;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        FriendSection section = section_of(rows[i], order);
        section.first = i;
        const bool goes_on = !sections.empty() && sections.back().kind == section.kind &&
                             sections.back().group == section.group;
        if (!goes_on) sections.push_back(std::move(section));
    }
    return sections;
}

std::optional<RequestsRow> requests_row(const Model& model, TimeMs now,
                                        const OffsetMinutes& offset) {
    const auto& shown = model.received.empty() ? model.sent : model.received;
    if (shown.empty()) return std::nullopt;
    const auto newest = std::max_element(
        shown.begin(), shown.end(),
        [](const auto& a, const auto& b) { return a.second.time < b.second.time; });
    RequestsRow row;
    row.received = static_cast<std::int64_t>(model.received.size());
    row.unread = model.requests_unread();
    row.sent = static_cast<std::int64_t>(model.sent.size());
    row.name = model.name_of(newest->first);
    row.time = newest->second.time;
    row.date = date_kind(row.time, now, offset);
    return row;
}

}  // namespace

FriendList build_friend_list(const Model& model, std::string_view search, TimeMs now,
                             const OffsetMinutes& offset, const Spelling& spelling,
                             FriendOrder order) {
    FriendList list;
    list.list_revision = model.list_revision;
    const std::string wanted = folded(trimmed(search));
    const auto add = [&](const ConversationId& id, const Conversation* conversation) {
        if (matches(model, conversation, id.peer(), wanted, spelling)) {
            list.rows.push_back(make_row(model, id, conversation, now, offset));
        }
    };
    const bool grouped = order == FriendOrder::kGroups;
    for (const auto& [id, conversation] : model.conversations) {
        const bool shown =
            grouped ? model.find_friend(id.peer()) != nullptr : is_worth_a_row(model, conversation);
        if (shown) add(id, &conversation);
    }
    for (const auto& [id, contact] : model.friends) {
        const ConversationId conversation = ConversationId::with(id);
        if (!model.find(conversation)) add(conversation, nullptr);
    }

    stable_sort(list.rows, grouped ? grouped_before : more_active);
    list.sections = sections_of(list.rows, order);
    if (wanted.empty()) list.requests = requests_row(model, now, offset);

    if (!list.rows.empty()) {
        list.status = FriendList::Status::kRows;
    } else if (!model.loaded) {
        list.status = FriendList::Status::kLoading;
    } else {
        list.status = wanted.empty() ? FriendList::Status::kEmpty : FriendList::Status::kNoHits;
    }
    return list;
}

}  // namespace kumquat::client
