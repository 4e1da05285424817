#include "platform/mirror_diff.h"

#include <algorithm>

#include "base/check.h"

namespace kumquat::platform {
namespace {

unsigned differing_parts(const MirrorNode& a, const MirrorNode& b) {
    unsigned parts = 0;
    if (a.name != b.name) parts |= kMirrorName;
    if (a.description != b.description) parts |= kMirrorDescription;
    if (a.href != b.href) parts |= kMirrorLink;
    if (a.copied != b.copied) parts |= kMirrorCopied;
    if (a.rect != b.rect || a.font_px != b.font_px) parts |= kMirrorPlace;
    if (a.disabled != b.disabled || a.focusable != b.focusable ||
        a.focusable_by_code != b.focusable_by_code || a.inert != b.inert ||
        a.checked != b.checked || a.expanded != b.expanded || a.pressed != b.pressed ||
        a.right_to_left != b.right_to_left || a.one_piece != b.one_piece ||
        a.current != b.current || a.has_popup != b.has_popup || a.busy != b.busy ||
        a.position != b.position || a.set_size != b.set_size ||
        a.value_percent != b.value_percent) {
        parts |= kMirrorState;
    }
    return parts;
}

bool same_element(const MirrorNode& a, const MirrorNode& b) {
    return a.role == b.role && a.level == b.level;
}

bool same_nodes(const MirrorTree& a, const MirrorTree& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](const MirrorNode& x, const MirrorNode& y) {
                          return x.parent == y.parent && same_element(x, y) && x.key == y.key;
                      });
}

// Rects relative to the nearest ancestor with one: a list that scrolls or a pane that slides then
// moves one node only.
void make_relative(MirrorTree& tree) {
    std::vector<Point> origins(tree.size());
    for (std::size_t i = 0; i < tree.size(); ++i) {
        MirrorNode& node = tree[i];
        Point base = node.parent < 0 ? Point{} : origins[static_cast<std::size_t>(node.parent)];
        origins[i] = node.rect.empty() ? base : Point{node.rect.x, node.rect.y};
        node.rect.x -= base.x;
        node.rect.y -= base.y;
        if (node.rect.empty()) node.rect = {};
    }
}

// Everything that is neither inside nor around the topmost (last) dialog cannot be reached.
void make_inert_around_dialog(MirrorTree& tree) {
    int dialog = -1;
    for (std::size_t i = 0; i < tree.size(); ++i) {
        if (tree[i].role == Role::kDialog) dialog = static_cast<int>(i);
    }
    if (dialog < 0) return;
    std::vector<bool> around(tree.size(), false);
    for (int i = dialog; i >= 0; i = tree[static_cast<std::size_t>(i)].parent)
        around[static_cast<std::size_t>(i)] = true;
    for (std::size_t i = 0; i < tree.size(); ++i) {
        int parent = tree[i].parent;
        bool beside = parent < 0 || (around[static_cast<std::size_t>(parent)] && parent != dialog);
        if (beside && !around[i]) tree[i].inert = true;
    }
}

// Marks the positions of the longest increasing run of `values` (negative ones are left out): those
// nodes stay.
std::vector<bool> longest_increasing(const std::vector<int>& values) {
    std::vector<int> tails;
    std::vector<int> previous(values.size(), -1);
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (values[i] < 0) continue;
        auto at = std::lower_bound(tails.begin(), tails.end(), values[i], [&](int tail, int value) {
            return values[static_cast<std::size_t>(tail)] < value;
        });
        if (at != tails.begin()) previous[i] = *(at - 1);
        if (at == tails.end()) {
            tails.push_back(static_cast<int>(i));
        } else {
            *at = static_cast<int>(i);
        }
    }
    std::vector<bool> stays(values.size(), false);
    for (int i = tails.empty() ? -1 : tails.back(); i >= 0;
         i = previous[static_cast<std::size_t>(i)]) {
        stays[static_cast<std::size_t>(i)] = true;
    }
    return stays;
}

/// Children of each node, in order; the last entry holds those of the root.
std::vector<std::vector<int>> children_of_each(const MirrorTree& tree) {
    std::vector<std::vector<int>> children(tree.size() + 1);
    for (std::size_t i = 0; i < tree.size(); ++i) {
        int parent = tree[i].parent;
        KUMQUAT_CHECK(parent < static_cast<int>(i));
        children[parent < 0 ? tree.size() : static_cast<std::size_t>(parent)].push_back(
            static_cast<int>(i));
    }
    return children;
}

/// Which nodes need not be moved: as many siblings as already stand in their new order.
std::vector<bool> nodes_that_stay(const std::vector<std::vector<int>>& children,
                                  const std::vector<int>& old_place) {
    std::vector<bool> stays(old_place.size(), false);
    for (const std::vector<int>& siblings : children) {
        std::vector<int> places;
        places.reserve(siblings.size());
        for (int i : siblings)
            places.push_back(old_place[static_cast<std::size_t>(i)]);
        std::vector<bool> kept = longest_increasing(places);
        for (std::size_t i = 0; i < siblings.size(); ++i)
            stays[static_cast<std::size_t>(siblings[i])] = kept[i];
    }
    return stays;
}

}  // namespace

int MirrorDiff::find(std::string_view key) const {
    auto found = index_.find(std::string(key));
    return found == index_.end() ? -1 : found->second;
}

bool MirrorDiff::can_focus(int index) const {
    const MirrorNode& node = tree_[static_cast<std::size_t>(index)];
    if (!node.focusable && !node.focusable_by_code) return false;
    for (int i = index; i >= 0; i = tree_[static_cast<std::size_t>(i)].parent) {
        if (tree_[static_cast<std::size_t>(i)].inert) return false;
    }
    return true;
}

std::string MirrorDiff::neighbour(std::string_view lost) const {
    int count = static_cast<int>(previous_.size());
    int at = 0;
    while (at < count && previous_[static_cast<std::size_t>(at)].key != lost)
        ++at;
    if (at == count) return {};
    Role role = previous_[static_cast<std::size_t>(at)].role;
    for (;;) {
        const MirrorNode& node = previous_[static_cast<std::size_t>(at)];
        // The next of its kind, or else the one before: itself, or what of that role lies in it.
        for (int step : {1, -1}) {
            for (int i = at + step; i >= 0 && i < count; i += step) {
                const MirrorNode& beside = previous_[static_cast<std::size_t>(i)];
                int found = beside.parent == node.parent && beside.role == node.role
                                ? find(beside.key)
                                : -1;
                if (found < 0) continue;
                if (can_focus(found)) return beside.key;
                for (std::size_t in = static_cast<std::size_t>(found) + 1;
                     in < tree_.size() && tree_[in].parent >= found; ++in) {
                    if (tree_[in].role == role && can_focus(static_cast<int>(in)))
                        return tree_[in].key;
                }
            }
        }
        at = node.parent;
        if (at < 0) return {};
        const std::string& around = previous_[static_cast<std::size_t>(at)].key;
        int found = find(around);
        if (found >= 0 && can_focus(found)) return around;
    }
}

void MirrorDiff::add_update(const MirrorNode& old, const MirrorNode& node, int at,
                            std::vector<MirrorChange>& changes) const {
    unsigned parts = differing_parts(old, node);
    if (!places_known_) parts |= kMirrorPlace;
    if (parts != 0) changes.push_back({MirrorChange::Kind::kUpdate, at, node.key, {}, {}, parts});
}

std::vector<MirrorChange> MirrorDiff::update(MirrorTree tree) {
    make_relative(tree);
    make_inert_around_dialog(tree);
    std::vector<MirrorChange> changes;
    // Most frames: nothing came, went or moved, so the index stays as well.
    if (same_nodes(tree_, tree)) {
        for (std::size_t i = 0; i < tree.size(); ++i)
            add_update(tree_[i], tree[i], static_cast<int>(i), changes);
        previous_ = std::move(tree_);
        tree_ = std::move(tree);
        places_known_ = true;
        return changes;
    }

    std::unordered_map<std::string, int> index;
    index.reserve(tree.size());
    for (std::size_t i = 0; i < tree.size(); ++i) {
        bool unique = index.emplace(tree[i].key, static_cast<int>(i)).second;
        KUMQUAT_CHECK(unique);
    }

    auto old_key_of_parent = [&](const MirrorNode& old) {
        return old.parent < 0 ? std::string() : tree_[static_cast<std::size_t>(old.parent)].key;
    };
    // For every node that stays under its parent: where it was; -1 for the others.
    std::vector<int> old_place(tree.size(), -1);
    std::vector<int> old_index(tree.size(), -1);
    for (std::size_t i = 0; i < tree.size(); ++i) {
        int old = find(tree[i].key);
        if (old < 0 || !same_element(tree_[static_cast<std::size_t>(old)], tree[i])) continue;
        old_index[i] = old;
        std::string parent =
            tree[i].parent < 0 ? std::string() : tree[static_cast<std::size_t>(tree[i].parent)].key;
        bool parent_stays =
            tree[i].parent < 0 || old_index[static_cast<std::size_t>(tree[i].parent)] >= 0;
        if (parent_stays && old_key_of_parent(tree_[static_cast<std::size_t>(old)]) == parent)
            old_place[i] = old;
    }

    const std::vector<bool> stays = nodes_that_stay(children_of_each(tree), old_place);
    // An element of another kind under the same key has to go before its successor comes.
    for (const MirrorNode& old : tree_) {
        auto found = index.find(old.key);
        bool replaced =
            found != index.end() && old_index[static_cast<std::size_t>(found->second)] < 0;
        if (replaced) changes.push_back({MirrorChange::Kind::kRemove, -1, old.key, {}, {}, 0});
    }
    std::vector<int> last_child(tree.size() + 1, -1);
    for (std::size_t i = 0; i < tree.size(); ++i) {
        const MirrorNode& node = tree[i];
        std::size_t slot = node.parent < 0 ? tree.size() : static_cast<std::size_t>(node.parent);
        std::string parent = node.parent < 0 ? std::string() : tree[slot].key;
        std::string after = last_child[slot] < 0
                                ? std::string()
                                : tree[static_cast<std::size_t>(last_child[slot])].key;
        last_child[slot] = static_cast<int>(i);
        int self = static_cast<int>(i);
        if (old_index[i] < 0) {
            changes.push_back(
                {MirrorChange::Kind::kCreate, self, node.key, parent, after, kMirrorEverything});
            continue;
        }
        if (!stays[i])
            changes.push_back({MirrorChange::Kind::kMove, self, node.key, parent, after, 0});
        add_update(tree_[static_cast<std::size_t>(old_index[i])], node, self, changes);
    }
    for (const MirrorNode& old : tree_) {
        if (index.count(old.key) == 0)
            changes.push_back({MirrorChange::Kind::kRemove, -1, old.key, {}, {}, 0});
    }
    previous_ = std::move(tree_);
    tree_ = std::move(tree);
    index_ = std::move(index);
    places_known_ = true;
    return changes;
}

}  // namespace kumquat::platform
