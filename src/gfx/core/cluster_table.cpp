#include "gfx/core/cluster_table.h"

namespace kumquat::gfx {

ClusterTable::Slot ClusterTable::slot_of(std::string_view cluster) {
    std::string key(cluster);
    if (auto found = index_.find(key); found != index_.end()) {
        Entry& entry = entries_[found->second];
        entry.used_in_frame = frame_;
        order_.splice(order_.begin(), order_, entry.order);
        return {kFirstSlot + found->second, false};
    }
    bool reused = entries_.size() >= static_cast<std::size_t>(slots_max_);
    std::uint16_t number = 0;
    if (reused) {
        number = order_.back();
        Entry& entry = entries_[number];
        if (entry.used_in_frame == frame_) return {U'\uFFFD', false};
        index_.erase(entry.text);
        order_.splice(order_.begin(), order_, entry.order);
    } else {
        number = static_cast<std::uint16_t>(entries_.size());
        order_.push_front(number);
        entries_.push_back({{}, 0, order_.begin()});
    }
    Entry& entry = entries_[number];
    entry.text = key;
    entry.used_in_frame = frame_;
    index_.emplace(std::move(key), number);
    return {kFirstSlot + number, reused};
}

std::string_view ClusterTable::text_of(char32_t code_point) const {
    if (code_point < kFirstSlot || code_point - kFirstSlot >= entries_.size()) return {};
    return entries_[code_point - kFirstSlot].text;
}

}  // namespace kumquat::gfx
