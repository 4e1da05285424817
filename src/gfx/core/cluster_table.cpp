#include "gfx/core/cluster_table.h"

namespace kumquat::gfx {

ClusterTable::Slot ClusterTable::slot_of(std::string_view cluster) {
    std::string key(cluster);
    if (auto found = slots_.find(key); found != slots_.end()) return {found->second, false};
    if (texts_.size() >= kSlotsMax) return {U'\uFFFD', false};
    char32_t slot = kFirstSlot + static_cast<char32_t>(texts_.size());
    auto added = slots_.emplace(std::move(key), slot).first;
    texts_.push_back(&added->first);
    return {slot, true};
}

std::string_view ClusterTable::text_of(char32_t code_point) const {
    if (code_point < kFirstSlot || code_point - kFirstSlot >= texts_.size()) return {};
    return *texts_[code_point - kFirstSlot];
}

void ClusterTable::clear() {
    texts_.clear();
    slots_.clear();
}

}  // namespace kumquat::gfx
