#include "ui/mirror_builder.h"

#include "base/check.h"

namespace kumquat::ui {

void MirrorBuilder::open(platform::MirrorNode node) {
    leaf(std::move(node));
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

const platform::MirrorTree& MirrorBuilder::tree() const {
    KUMQUAT_CHECK(parents_.empty());
    return tree_;
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
