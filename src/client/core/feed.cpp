#include "client/core/feed.h"

#include <algorithm>
#include <utility>

#include "client/core/bounds.h"

namespace kumquat::client {

void Feed::forget() {
    *this = Feed();
}

void Feed::fall_behind() {
    behind_ = true;
    waiting_.clear();
    dropped_ = FeedNumber();
}

bool Feed::accept(FeedEntry entry) {
    if (position_ && entry.number <= *position_) return false;
    if (!behind_ && position_ && entry.number == position_->next()) {
        position_ = entry.number;
        return true;
    }
    behind_ = true;
    if (waiting_.size() >= kEventsHeld) {
        dropped_ = std::max(dropped_, entry.number);
        return false;
    }
    waiting_.emplace(entry.number, std::move(entry));
    return false;
}

void Feed::move_to(FeedNumber number) {
    position_ = number;
    drop_known();
}

bool Feed::catch_up() {
    drop_known();
    if (!position_) return false;
    // Everything that waits must follow without a hole; otherwise the sync has to go on.
    FeedNumber reached = *position_;
    for (const auto& [number, entry] : waiting_) {
        if (number != reached.next()) return false;
        reached = number;
    }
    if (dropped_ > reached) return false;
    dropped_ = FeedNumber();
    behind_ = false;
    return true;
}

std::optional<FeedEntry> Feed::take_waiting() {
    if (waiting_.empty() || !position_) return std::nullopt;
    const auto first = waiting_.begin();
    if (first->first != position_->next()) return std::nullopt;
    FeedEntry entry = std::move(first->second);
    waiting_.erase(first);
    position_ = entry.number;
    return entry;
}

void Feed::drop_known() {
    if (!position_) return;
    waiting_.erase(waiting_.begin(), waiting_.upper_bound(*position_));
}

}  // namespace kumquat::client
