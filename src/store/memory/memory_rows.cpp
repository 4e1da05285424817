// The walk over all rows of a state, a few at a time.
#include <utility>

#include "base/check.h"
#include "store/memory/memory_state.h"

namespace kumquat::store {
namespace {

// What a row takes beside its texts: a bound is all that is needed.
constexpr std::size_t kRowBytes = 64;
constexpr std::size_t kReactionBytes = 32;

template <typename Row>
std::size_t size_of(const Row&) {
    return kRowBytes;
}
std::size_t size_of(const UserRow& row) {
    return kRowBytes + row.nick.size();
}
std::size_t size_of(const FriendRow& row) {
    return kRowBytes + row.remark.size() + row.group.size() + row.source.size() +
           row.wording.size();
}
std::size_t size_of(const FriendRequestRow& row) {
    return kRowBytes + row.remark.size() + row.group.size() + row.source.size() +
           row.wording.size();
}
std::size_t size_of(const MessageRow& row) {
    return kRowBytes + row.content.size() + row.custom.size() +
           kReactionBytes * row.reactions.size();
}
std::size_t size_of(const RevisionRow& row) {
    return kRowBytes + row.content.size() + row.custom.size();
}

const BlockRow& key_of(const BlockRow& row) {
    return row;
}
const HiddenRow& key_of(const HiddenRow& row) {
    return row;
}
template <typename Key, typename Row>
const Key& key_of(const std::pair<const Key, Row>& entry) {
    return entry.first;
}
const BlockRow& row_of(const BlockRow& row) {
    return row;
}
const HiddenRow& row_of(const HiddenRow& row) {
    return row;
}
template <typename Key, typename Row>
const Row& row_of(const std::pair<const Key, Row>& entry) {
    return entry.second;
}

// One step of the walk: fills up with rows of one table after the other.
class Step {
  public:
    Step(RowPlace& place, std::size_t bytes_max) : place_(place), bytes_left_(bytes_max) {}

    /// The rows of table number `table`, each handed to `take`, unless the walk is elsewhere.
    template <typename Table, typename Take>
    void walk(int table, const Table& rows, Take take) {
        using Key = typename Table::key_type;
        if (full_ || place_.table != table) return;
        const auto* after = std::get_if<Key>(&place_.after);
        auto at = after == nullptr ? rows.begin() : rows.upper_bound(*after);
        for (; at != rows.end(); ++at) {
            if (full_) return;
            take(*at);
            place_.after = key_of(*at);
            const std::size_t bytes = size_of(row_of(*at));
            full_ = bytes >= bytes_left_;
            bytes_left_ -= full_ ? bytes_left_ : bytes;
        }
        ++place_.table;
        place_.after = std::monostate();
    }

  private:
    RowPlace& place_;
    std::size_t bytes_left_;
    bool full_ = false;
};

}  // namespace

WriteSet MemoryState::rows_after(RowPlace& place, std::size_t bytes_max) const {
    constexpr int kTables = 14;
    KUMQUAT_CHECK(!place.at_end);
    WriteSet out;
    // With every step: keys that were given under way must never be given again.
    out.counters = counters_;
    Step step(place, bytes_max);
    const auto into = [](auto& rows) {
        return [&rows](const auto& entry) { rows.push_back(row_of(entry)); };
    };
    step.walk(0, users_, into(out.users));
    step.walk(1, sessions_, into(out.sessions));
    step.walk(2, friends_, into(out.friends));
    step.walk(3, requests_, into(out.friend_requests));
    step.walk(4, blocks_, into(out.blocks));
    step.walk(5, direct_,
              [&out](const auto& entry) { out.direct.emplace_back(entry.first, entry.second); });
    step.walk(6, conversations_, into(out.conversations));
    step.walk(7, members_, into(out.members));
    step.walk(8, messages_, into(out.messages));
    step.walk(9, revisions_, into(out.revisions));
    step.walk(10, hidden_, into(out.hidden));
    step.walk(11, blobs_, into(out.blobs));
    step.walk(12, feed_, into(out.feed));
    step.walk(13, heads_, into(out.heads));
    place.at_end = place.table == kTables;
    return out;
}

}  // namespace kumquat::store
