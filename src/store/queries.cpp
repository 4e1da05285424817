#include "store/queries.h"

#include <algorithm>
#include <iterator>

#include "store/page_budget.h"
#include "store/people.h"

namespace kumquat::store {
namespace {

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

// The first message at or after `time`, or the newest. Time never runs back in a conversation.
Seq seq_at(RowReader& rows, const Visible& visible, TimeMs time) {
    Seq first = visible.first;
    Seq last = visible.last;
    while (first < last) {
        const Seq middle(first.value() + (last.value() - first.value()) / 2);
        const auto row = rows.message(visible.conversation, middle);
        if (!row) return last;
        if (row->time < time) {
            first = middle.next();
        } else {
            last = middle;
        }
    }
    return last;
}

using Messages = std::vector<StoredMessage>;

// Up to `limit` messages on one side of `seq`, in order of distance, cut where no page would go
// further.
Messages one_side(RowReader& rows, People& people, const Visible& visible, Seq seq, bool older,
                  const HistoryQuery& query) {
    Messages found;
    PageBudget budget(query.limit, query.bytes_max);
    const auto take = [&](const MessageRow& row) {
        if (row.seq < visible.first) return false;
        // One more than fits, so that the caller sees the same boundary.
        found.push_back(people.seen(row, query.viewer));
        const bool fits = budget.take(encoded_bytes(found.back()));
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
Messages merge_sides(Messages older, Messages newer, const HistoryQuery& query) {
    PageBudget budget(query.limit, query.bytes_max);
    Messages before;
    Messages after;
    while (before.size() < older.size() || after.size() < newer.size()) {
        const bool forward = before.size() == older.size() ||
                             (after.size() < newer.size() && after.size() <= before.size());
        StoredMessage& message = forward ? newer[after.size()] : older[before.size()];
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

std::optional<StoredFriendRequest> stored_request(RowReader& rows, People& people,
                                                  const FeedRow& entry) {
    const bool incoming = entry.value != 0;
    const UserKey requester = incoming ? entry.entity : entry.user;
    const UserKey target = incoming ? entry.user : entry.entity;
    auto row = rows.friend_request(requester, target);
    if (!row) return std::nullopt;
    return StoredFriendRequest{*std::move(row), people.user(entry.entity)};
}

std::optional<StoredMessage> feed_message(RowReader& rows, People& people, const FeedRow& entry) {
    if (entry.seq < people.own_member(entry.conversation, entry.user).first_visible)
        return std::nullopt;
    const auto row = rows.message(entry.conversation, entry.seq);
    if (!row) return std::nullopt;
    StoredMessage message = people.seen(*row, entry.user);
    if (message.deleted) return std::nullopt;
    return message;
}

FeedItem feed_item(RowReader& rows, People& people, const FeedRow& row) {
    FeedItem item;
    item.row = row;
    switch (row.kind) {
        case FeedKind::kMessage:
        case FeedKind::kMessageChanged:
            item.peer = people.other_member(row.conversation, row.user);
            item.message = feed_message(rows, people, row);
            break;
        case FeedKind::kMessageDeleted:
            item.peer = people.other_member(row.conversation, row.user);
            break;
        case FeedKind::kPins:
            item.peer = people.other_member(row.conversation, row.user);
            item.pins = people.pins(row.conversation, row.user);
            break;
        case FeedKind::kRead:
            item.peer = people.other_member(row.conversation, row.user);
            item.entity = people.user(row.entity).id;
            break;
        case FeedKind::kFriend:
            item.entity = people.user(row.entity).id;
            if (const auto found = rows.friend_row(row.user, row.entity)) {
                item.friendship = StoredFriend{*found, people.user(row.entity)};
            }
            break;
        case FeedKind::kFriendRequest:
            item.entity = people.user(row.entity).id;
            item.request = stored_request(rows, people, row);
            break;
        case FeedKind::kBlock:
            item.peer = people.user(row.entity);
            item.blocked = rows.blocks(row.user, row.entity);
            break;
        case FeedKind::kProfile:
            item.peer = people.user(row.entity);
            break;
        case FeedKind::kAccount:
            item.peer = people.user(row.user);
            break;
        case FeedKind::kConversation:
            item.peer = people.other_member(row.conversation, row.user);
            item.member = people.own_member(row.conversation, row.user);
            break;
    }
    return item;
}

// The newest message that the member has not deleted.
std::optional<StoredMessage> last_seen_message(RowReader& rows, People& people, Seq last,
                                               const MemberRow& self) {
    rows.hidden_before(self.conversation, self.user, last.next(), [&](Seq seq) {
        if (seq != last) return false;
        last = Seq(last.value() - 1);
        return true;
    });
    if (!last || last < self.first_visible) return std::nullopt;
    const auto row = rows.message(self.conversation, last);
    if (!row) return std::nullopt;
    return people.seen(*row, self.user);
}

StoredConversation stored_conversation(RowReader& rows, People& people, const MemberRow& self) {
    StoredConversation stored;
    stored.row = rows.conversation(self.conversation).value_or(ConversationRow{});
    stored.self = self;
    stored.peer = people.other_member(self.conversation, self.user);
    stored.other = rows.member(self.conversation, stored.peer.key).value_or(MemberRow{});
    stored.last_message = last_seen_message(rows, people, stored.row.last_seq, self);
    stored.pins = people.pins(self.conversation, self.user);
    return stored;
}

// Fills a page of a snapshot from one section after the other.
class SnapshotFiller {
  public:
    SnapshotFiller(RowReader& rows, const SnapshotQuery& query, SnapshotPage& page)
        : rows_(rows),
          people_(rows),
          user_(query.user),
          budget_(query.limit, query.bytes_max),
          page_(page) {}

    /// Rows of `section` above the key `after`. Empty if all of them are on the page, else the key
    /// to go on after.
    std::optional<std::int64_t> fill(SnapshotCursor::Section section, std::int64_t after) {
        using Section = SnapshotCursor::Section;
        after_ = after;
        full_ = false;
        switch (section) {
            case Section::kFriends:
                fill_friends();
                break;
            case Section::kRequestsTo:
                rows_.requests_to(user_, UserKey(after), [this](const FriendRequestRow& row) {
                    return take(page_.requests, request(row, row.requester), row.requester.value());
                });
                break;
            case Section::kRequestsFrom:
                rows_.requests_from(user_, UserKey(after), [this](const FriendRequestRow& row) {
                    return take(page_.requests, request(row, row.target), row.target.value());
                });
                break;
            case Section::kBlocked:
                rows_.blocked(user_, UserKey(after), [this](const UserKey& peer) {
                    return take(page_.blocked, people_.user(peer), peer.value());
                });
                break;
            case Section::kConversations:
                fill_conversations();
                break;
        }
        if (!full_) return std::nullopt;
        return after_;
    }

  private:
    void fill_friends() {
        rows_.friends(user_, UserKey(after_), [this](const FriendRow& row) {
            return take(page_.friends, StoredFriend{row, people_.user(row.peer)}, row.peer.value());
        });
    }

    void fill_conversations() {
        rows_.memberships(user_, ConversationKey(after_), [this](const MemberRow& self) {
            return take(page_.conversations, stored_conversation(rows_, people_, self),
                        self.conversation.value());
        });
    }

    StoredFriendRequest request(const FriendRequestRow& row, UserKey peer) {
        return {row, people_.user(peer)};
    }

    template <typename Row>
    bool take(std::vector<Row>& list, Row row, std::int64_t key) {
        full_ = !budget_.take(encoded_bytes(row));
        if (full_) return false;
        after_ = key;
        list.push_back(std::move(row));
        return true;
    }

    RowReader& rows_;
    People people_;
    const UserKey user_;
    PageBudget budget_;
    SnapshotPage& page_;
    std::int64_t after_ = 0;
    bool full_ = false;
};

}  // namespace

HistoryPage history_page(RowReader& rows, const HistoryQuery& query) {
    HistoryPage page;
    const auto visible = visible_history(rows, query);
    if (!visible) return page;
    using Anchor = HistoryQuery::Anchor;
    const Seq anchor = query.anchor == Anchor::kAfter ? query.seq.next()
                       : query.anchor == Anchor::kAt  ? seq_at(rows, *visible, query.time)
                       : query.anchor == Anchor::kBefore && !query.seq ? visible->last.next()
                                                                       : query.seq;
    People people(rows);
    Messages older;
    Messages newer;
    if (query.anchor != Anchor::kAfter)
        older = one_side(rows, people, *visible, anchor, /*older=*/true, query);
    if (query.anchor != Anchor::kBefore)
        newer = one_side(rows, people, *visible, anchor, /*older=*/false, query);
    page.messages = merge_sides(std::move(older), std::move(newer), query);
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
    constexpr Section kSections[] = {Section::kFriends, Section::kRequestsTo,
                                     Section::kRequestsFrom, Section::kBlocked,
                                     Section::kConversations};
    SnapshotPage page;
    SnapshotCursor at = query.cursor.value_or(SnapshotCursor{});
    if (!query.cursor) {
        at.number = rows.head(query.user).value_or(FeedHeadRow{}).last;
        page.self = rows.user(query.user);
    }
    page.number = at.number;
    SnapshotFiller filler(rows, query, page);
    for (const Section section : kSections) {
        if (section < at.section) continue;
        const std::int64_t from = section == at.section ? at.after : 0;
        if (const auto after = filler.fill(section, from)) {
            page.next = SnapshotCursor{at.number, section, *after};
            break;
        }
    }
    return page;
}

std::optional<FoundUser> found_user(RowReader& rows, UserKey viewer, const UserId& id) {
    const auto user = rows.user(id);
    if (!user) return std::nullopt;
    return FoundUser{*user, rows.friend_row(viewer, user->key).has_value()};
}

std::vector<Tie> ties(RowReader& rows, UserKey user) {
    std::map<UserKey, Tie> found;
    rows.friends(user, UserKey(), [&](const FriendRow& row) {
        found[row.peer].has = true;
        return true;
    });
    rows.befriended_by(user, [&](const UserKey& key) {
        found[key].had_by = true;
        return true;
    });
    const auto drop = [&](const UserKey& key) {
        found.erase(key);
        return true;
    };
    rows.blocked(user, UserKey(), drop);
    rows.blocked_by(user, drop);
    std::vector<Tie> ties;
    for (auto& [key, tie] : found) {
        const auto peer = rows.user(key);
        if (!peer) continue;
        tie.peer = key;
        tie.id = peer->id;
        ties.push_back(std::move(tie));
    }
    return ties;
}

std::vector<SessionRow> sessions_of(RowReader& rows, UserKey user) {
    std::vector<SessionRow> found;
    rows.sessions(user, [&](const SessionRow& row) {
        found.push_back(row);
        return true;
    });
    return found;
}

std::optional<SessionRow> found_session(RowReader& rows, const TokenHash& token) {
    const auto session = rows.session(token);
    if (!session || !rows.user(session->user)) return std::nullopt;
    return session;
}

std::vector<BlobId> orphans(RowReader& rows, const OrphanQuery& query) {
    std::vector<BlobId> found;
    if (query.limit <= 0) return found;
    rows.orphans(query.before, [&](const BlobRow& row) {
        found.push_back(row.id);
        return static_cast<std::int64_t>(found.size()) < query.limit;
    });
    return found;
}

}  // namespace kumquat::store
