#include "ui/mirror_builder.h"

#include <algorithm>

#include "base/check.h"

namespace kumquat::ui {

void MirrorBuilder::open(platform::MirrorNode node) {
    leaf(std::move(node));
    parents_.push_back(static_cast<int>(tree_.size()) - 1);
}

void MirrorBuilder::open_beside(std::string_view key, platform::MirrorNode node) {
    if (!parents_.empty()) return open(std::move(node));
    int beside = -1;
    int last_root = -1;
    for (std::size_t i = 0; i < tree_.size(); ++i) {
        if (tree_[i].parent < 0) last_root = static_cast<int>(i);
        if (tree_[i].key == key) beside = static_cast<int>(i);
    }
    while (beside >= 0 && tree_[static_cast<std::size_t>(beside)].parent >= 0)
        beside = tree_[static_cast<std::size_t>(beside)].parent;
    node.parent = beside >= 0 ? beside : last_root;
    tree_.push_back(std::move(node));
    parents_.push_back(static_cast<int>(tree_.size()) - 1);
}

void MirrorBuilder::close() {
    KUMQUAT_CHECK(!parents_.empty());
    parents_.pop_back();
}

platform::MirrorNode& MirrorBuilder::leaf(platform::MirrorNode node) {
    node.parent = parents_.empty() ? -1 : parents_.back();
    tree_.push_back(std::move(node));
    return tree_.back();
}

platform::MirrorTree MirrorBuilder::take() {
    KUMQUAT_CHECK(parents_.empty());
    platform::MirrorTree done;
    // The next tree will be about as large.
    done.reserve(tree_.size());
    std::swap(done, tree_);
    return done;
}

bool MirrorBuilder::has(std::string_view key) const {
    return platform::has_node(tree_, key);
}

void MirrorBuilder::clear() {
    tree_.clear();
    parents_.clear();
}

platform::MirrorNode make_node(std::string_view key, platform::Role role, std::string_view name,
                               platform::Rect rect) {
    platform::MirrorNode node;
    node.key = key;
    node.role = role;
    node.name = name;
    node.rect = rect;
    return node;
}

}  // namespace kumquat::ui
