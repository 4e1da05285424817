#include "store/queries.h"

#include <algorithm>
#include <iterator>

#include "store/page_budget.h"

namespace kumquat::store {
namespace {

void load_user(const UserRow& user, ReadRows* found) {
    found->user_keys.emplace(user.id, user.key);
    found->users.emplace(user.key, user);
}

void load_head(RowReader& rows, UserKey user, ReadRows* found) {
    if (found->heads.count(user) != 0) return;
    if (const auto head = rows.head(user)) found->heads.emplace(user, *head);
}

void load_friend(RowReader& rows, UserKey user, UserKey peer, ReadRows* found) {
    if (const auto row = rows.friend_row(user, peer))
        found->friends.emplace(std::pair(user, peer), *row);
    if (found->friend_counts.count(user) == 0)
        found->friend_counts.emplace(user, rows.friend_count(user));
}

void load_member(RowReader& rows, ConversationKey conversation, UserKey user, ReadRows* found) {
    if (const auto row = rows.member(conversation, user))
        found->members.emplace(std::pair(conversation, user), *row);
}

void load_direct(RowReader& rows, UserPair pair, ReadRows* found) {
    if (found->direct.count(pair) != 0) return;
    const auto key = rows.direct(pair);
    if (!key) return;
    found->direct.emplace(pair, *key);
    if (const auto row = rows.conversation(*key)) found->conversations.emplace(*key, *row);
    load_member(rows, *key, pair.low, found);
    load_member(rows, *key, pair.high, found);
}

void load_relation(RowReader& rows, UserKey account, const UserId& other, ReadRows* found) {
    const auto known = found->user_keys.find(other);
    const auto user = known != found->user_keys.end()
                          ? std::optional(found->users.at(known->second))
                          : rows.user(other);
    if (!user) return;
    load_user(*user, found);
    load_head(rows, account, found);
    load_friend(rows, account, user->key, found);
    if (user->key == account) return;
    load_head(rows, user->key, found);
    load_friend(rows, user->key, account, found);
    load_direct(rows, UserPair::of(account, user->key), found);
}

// What is unread above a mark: what was unread before, less what the mark passes over. So marks
// that step through a long conversation look at each message once; and most marks go to its end.
void load_mark(RowReader& rows, const ReadMark& mark, ReadRows* found) {
    const auto peer = rows.user(mark.peer);
    const auto key = peer ? rows.direct(UserPair::of(mark.user, peer->key)) : std::nullopt;
    const auto conversation = key ? rows.conversation(*key) : std::nullopt;
    const auto member = key ? rows.member(*key, mark.user) : std::nullopt;
    if (!conversation || !member) return;
    std::int64_t unread = 0;
    if (mark.seq < conversation->last_seq) {
        unread = member->unread;
        unread -= rows.count_received(*key, mark.user, member->read.next(), mark.seq);
    }
    found->unread_above.emplace(mark, std::max<std::int64_t>(unread, 0));
}

// Users met while a page is put together: the same few again and again.
class People {
  public:
    explicit People(RowReader& rows) : rows_(rows) {}

    const UserRow& user(UserKey key) {
        const auto known = users_.find(key);
        if (known != users_.end()) return known->second;
        return users_.emplace(key, rows_.user(key).value_or(UserRow{})).first->second;
    }

    StoredMessage with_sender(const MessageRow& row) { return {row, user(row.sender).id}; }

    const UserRow& other_member(ConversationKey conversation, UserKey self) {
        const auto known = others_.find(conversation);
        if (known != others_.end()) return user(known->second);
        UserKey other;
        rows_.members(conversation, [&](const MemberRow& member) {
            if (member.user != self) other = member.user;
            return !other;
        });
        others_.emplace(conversation, other);
        return user(other);
    }

  private:
    RowReader& rows_;
    std::map<UserKey, UserRow> users_;
    std::map<ConversationKey, UserKey> others_;
};

// What of a conversation a page of history may show.
struct Visible {
    ConversationKey conversation;
    Seq first;
    Seq last;
};

std::optional<Visible> visible_history(RowReader& rows, const HistoryQuery& query) {
    const auto peer = rows.user(query.peer);
    if (!peer) return std::nullopt;
    const auto key = rows.direct(UserPair::of(query.viewer, peer->key));
    if (!key) return std::nullopt;
    const auto conversation = rows.conversation(*key);
    const auto member = rows.member(*key, query.viewer);
    if (!conversation || !member) return std::nullopt;
    return Visible{*key, std::max(member->first_visible, Seq(1)), conversation->last_seq};
}

using Messages = std::vector<MessageRow>;

// Up to `limit` messages on one side of `seq`, in order of distance, cut where no page would go
// further.
Messages one_side(RowReader& rows, const Visible& visible, Seq seq, bool older,
                  const HistoryQuery& query) {
    Messages found;
    PageBudget budget(query.limit, query.bytes_max);
    const auto take = [&](const MessageRow& row) {
        if (row.seq < visible.first) return false;
        // One more than fits, so that the caller sees the same boundary.
        const bool fits = budget.take(encoded_bytes(StoredMessage{row, {}}));
        found.push_back(row);
        return fits && !budget.full();
    };
    if (older) {
        rows.messages_before(visible.conversation, seq, take);
    } else {
        rows.messages_from(visible.conversation, std::max(seq, visible.first), take);
    }
    return found;
}

// Takes messages alternately from both sides, nearest first, `newer` beginning. Ends at the first
// that does not fit, so that the page has no hole; a side that has run out leaves its room to the
// other.
std::vector<StoredMessage> merge_sides(People& people, const Messages& older, const Messages& newer,
                                       const HistoryQuery& query) {
    PageBudget budget(query.limit, query.bytes_max);
    std::vector<StoredMessage> before;
    std::vector<StoredMessage> after;
    while (before.size() < older.size() || after.size() < newer.size()) {
        const bool forward = before.size() == older.size() ||
                             (after.size() < newer.size() && after.size() <= before.size());
        StoredMessage message =
            people.with_sender(forward ? newer[after.size()] : older[before.size()]);
        if (!budget.take(encoded_bytes(message))) break;
        (forward ? after : before).push_back(std::move(message));
    }
    std::reverse(before.begin(), before.end());
    before.insert(before.end(), std::make_move_iterator(after.begin()),
                  std::make_move_iterator(after.end()));
    return before;
}

void mark_edges(const Visible& visible, Seq anchor, HistoryPage* page) {
    if (!page->messages.empty()) {
        page->older = page->messages.front().row.seq > visible.first;
        page->newer = page->messages.back().row.seq < visible.last;
        return;
    }
    // An empty page lies at one end: what there is, is on its other side.
    const bool any = visible.first <= visible.last;
    page->older = any && anchor > visible.last;
    page->newer = any && anchor <= visible.first;
}

FeedItem feed_item(RowReader& rows, People& people, const FeedRow& row) {
    FeedItem item;
    item.row = row;
    switch (row.kind) {
        case FeedKind::kMessage:
            if (const auto message = rows.message(row.conversation, row.seq))
                item.message = people.with_sender(*message);
            item.peer = people.other_member(row.conversation, row.user);
            break;
        case FeedKind::kRead:
            item.peer = people.other_member(row.conversation, row.user);
            item.entity = people.user(row.entity).id;
            break;
        case FeedKind::kFriend:
            if (const auto found = rows.friend_row(row.user, row.entity)) {
                item.friendship = StoredFriend{*found, people.user(row.entity)};
            }
            break;
    }
    return item;
}

StoredConversation stored_conversation(RowReader& rows, People& people, const MemberRow& self) {
    StoredConversation stored;
    stored.row = rows.conversation(self.conversation).value_or(ConversationRow{});
    stored.self = self;
    stored.peer = people.other_member(self.conversation, self.user);
    stored.other = rows.member(self.conversation, stored.peer.key).value_or(MemberRow{});
    if (stored.row.last_seq && stored.row.last_seq >= self.first_visible) {
        if (const auto message = rows.message(self.conversation, stored.row.last_seq)) {
            stored.last_message = people.with_sender(*message);
        }
    }
    return stored;
}

// Each of the two fills the page from `after` on, and returns the key to go on after if rows are
// left, 0 if none are.

std::optional<std::int64_t> fill_friends(RowReader& rows, People& people, UserKey user,
                                         std::int64_t after, PageBudget* budget,
                                         SnapshotPage* page) {
    std::optional<std::int64_t> more_after;
    rows.friends(user, UserKey(after), [&](const FriendRow& row) {
        StoredFriend stored{row, people.user(row.peer)};
        if (!budget->take(encoded_bytes(stored))) {
            more_after = after;
            return false;
        }
        after = row.peer.value();
        page->friends.push_back(std::move(stored));
        return true;
    });
    return more_after;
}

std::optional<std::int64_t> fill_conversations(RowReader& rows, People& people, UserKey user,
                                               std::int64_t after, PageBudget* budget,
                                               SnapshotPage* page) {
    std::optional<std::int64_t> more_after;
    rows.memberships(user, ConversationKey(after), [&](const MemberRow& self) {
        StoredConversation stored = stored_conversation(rows, people, self);
        if (!budget->take(encoded_bytes(stored))) {
            more_after = after;
            return false;
        }
        after = self.conversation.value();
        page->conversations.push_back(std::move(stored));
        return true;
    });
    return more_after;
}

}  // namespace

ReadRows load_rows(RowReader& rows, const ReadKeys& keys) {
    ReadRows found;
    found.counters = rows.counters();
    for (const TokenHash& token : keys.sessions) {
        const auto session = rows.session(token);
        if (!session) continue;
        found.sessions.emplace(token, *session);
        if (const auto user = rows.user(session->user)) load_user(*user, &found);
    }
    for (const UserId& id : keys.users) {
        const auto user = rows.user(id);
        if (!user) continue;
        load_user(*user, &found);
        load_head(rows, user->key, &found);
    }
    for (const auto& [account, other] : keys.relations)
        load_relation(rows, account, other, &found);
    for (const auto& [sender, id] : keys.client_ids) {
        if (auto message = rows.sent(sender, id))
            found.sent.emplace(std::pair(sender, id), *std::move(message));
    }
    for (const ReadMark& mark : keys.marks)
        load_mark(rows, mark, &found);
    return found;
}

HistoryPage history_page(RowReader& rows, const HistoryQuery& query) {
    HistoryPage page;
    const auto visible = visible_history(rows, query);
    if (!visible) return page;
    using Anchor = HistoryQuery::Anchor;
    const Seq anchor = query.anchor == Anchor::kAfter                  ? query.seq.next()
                       : query.anchor == Anchor::kBefore && !query.seq ? visible->last.next()
                                                                       : query.seq;
    Messages older;
    Messages newer;
    if (query.anchor != Anchor::kAfter)
        older = one_side(rows, *visible, anchor, /*older=*/true, query);
    if (query.anchor != Anchor::kBefore)
        newer = one_side(rows, *visible, anchor, /*older=*/false, query);
    People people(rows);
    page.messages = merge_sides(people, older, newer, query);
    mark_edges(*visible, anchor, &page);
    return page;
}

FeedPage feed_page(RowReader& rows, const FeedQuery& query) {
    FeedPage page;
    const FeedHeadRow head = rows.head(query.user).value_or(FeedHeadRow{});
    page.too_far = query.since < head.trimmed || query.since > head.last ||
                   head.last.value() - query.since.value() > query.tail_max;
    if (page.too_far) return page;
    People people(rows);
    PageBudget budget(query.limit, query.bytes_max);
    rows.feed(query.user, query.since, [&](const FeedRow& row) {
        FeedItem item = feed_item(rows, people, row);
        page.more = !budget.take(encoded_bytes(item));
        if (!page.more) page.items.push_back(std::move(item));
        return !page.more;
    });
    return page;
}

SnapshotPage snapshot_page(RowReader& rows, const SnapshotQuery& query) {
    using Section = SnapshotCursor::Section;
    SnapshotPage page;
    SnapshotCursor at = query.cursor.value_or(SnapshotCursor{});
    if (!query.cursor) at.number = rows.head(query.user).value_or(FeedHeadRow{}).last;
    page.number = at.number;
    People people(rows);
    PageBudget budget(query.limit, query.bytes_max);
    if (at.section == Section::kFriends) {
        if (const auto after = fill_friends(rows, people, query.user, at.after, &budget, &page)) {
            page.next = SnapshotCursor{at.number, Section::kFriends, *after};
            return page;
        }
        at = SnapshotCursor{at.number, Section::kConversations, 0};
    }
    if (const auto after = fill_conversations(rows, people, query.user, at.after, &budget, &page)) {
        page.next = SnapshotCursor{at.number, Section::kConversations, *after};
    }
    return page;
}

std::optional<FoundUser> found_user(RowReader& rows, UserKey viewer, const UserId& id) {
    const auto user = rows.user(id);
    if (!user) return std::nullopt;
    return FoundUser{*user, rows.friend_row(viewer, user->key).has_value()};
}

std::vector<std::pair<UserKey, UserId>> friend_keys(RowReader& rows, UserKey user) {
    std::set<UserKey> keys;
    rows.friends(user, UserKey(), [&](const FriendRow& row) {
        keys.insert(row.peer);
        return true;
    });
    rows.befriended_by(user, [&](const UserKey& key) {
        keys.insert(key);
        return true;
    });
    std::vector<std::pair<UserKey, UserId>> found;
    for (const UserKey key : keys) {
        if (const auto row = rows.user(key)) found.emplace_back(key, row->id);
    }
    return found;
}

}  // namespace kumquat::store
