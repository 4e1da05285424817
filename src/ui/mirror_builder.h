// Collects the nodes of one frame for the parallel DOM tree, in reading order, with parents by
// nesting.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "platform/dom_mirror.h"

namespace kumquat::ui {

class MirrorBuilder {
  public:
    /// Adds a node that the following ones lie in, until close().
    void open(platform::MirrorNode node);
    /// The same. With nothing open, in the landmark or dialog that the node `key` lies in, or else
    /// in the last one: what floats over the panes belongs to what it came from.
    void open_beside(std::string_view key, platform::MirrorNode node);
    void close();
    /// Adds a node without children. The reference lives until the next call.
    platform::MirrorNode& leaf(platform::MirrorNode node);

    /// The finished tree; the next one begins. Requires that everything opened is closed.
    platform::MirrorTree take();
    bool has(std::string_view key) const;
    void clear();

  private:
    platform::MirrorTree tree_;
    std::vector<int> parents_;
};

/// Opens in its constructor, closes in its destructor.
class MirrorScope {
  public:
    MirrorScope(MirrorBuilder& builder, platform::MirrorNode node) : builder_(builder) {
        builder_.open(std::move(node));
    }
    /// With open_beside().
    MirrorScope(MirrorBuilder& builder, std::string_view key, platform::MirrorNode node)
        : builder_(builder) {
        builder_.open_beside(key, std::move(node));
    }
    ~MirrorScope() { builder_.close(); }
    MirrorScope(const MirrorScope&) = delete;
    MirrorScope& operator=(const MirrorScope&) = delete;

  private:
    MirrorBuilder& builder_;
};

/// A node with the parts that nearly every one has.
platform::MirrorNode make_node(std::string_view key, platform::Role role,
                               std::string_view name = {}, platform::Rect rect = {});

}  // namespace kumquat::ui
