// What has to change in the page's tree of nodes to make it equal to a new one. Nodes that stay
// keep their place, because moving a DOM element takes the focus and the selection from it.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "platform/dom_mirror.h"

namespace kumquat::platform {

/// Which parts of a node differ.
enum MirrorPart : unsigned {
    kMirrorName = 1,
    kMirrorDescription = 2,
    kMirrorLink = 4,
    kMirrorPlace = 8,   ///< rect (relative to the parent's), font.
    kMirrorState = 16,  ///< everything else.
    kMirrorCopied = 32,
    kMirrorEverything = 63
};

struct MirrorChange {
    enum class Kind : std::uint8_t { kCreate, kMove, kUpdate, kRemove };
    Kind kind;
    /// The node's index in the new tree; -1 for kRemove.
    int node = -1;
    std::string key;
    /// kCreate, kMove: key of the parent (empty: the root) and of the sibling before it (empty: it
    /// is the first).
    std::string parent;
    std::string after;
    /// kCreate, kUpdate: bits of MirrorPart.
    unsigned parts = 0;
};

class MirrorDiff {
  public:
    /// The changes from the last tree to this one, to be carried out in order. Requires what
    /// DomMirror::update requires.
    std::vector<MirrorChange> update(MirrorTree tree);
    /// Forgets positions, so that they are sent anew (the pixel ratio changed).
    void resend_places() { places_known_ = false; }

    /// The last tree, with what update() works out: rects relative to the nearest ancestor that has
    /// one, and `inert` on everything beside the topmost dialog.
    const MirrorTree& tree() const { return tree_; }
    /// What should have the focus now that `lost` went with the last update(): what stood beside
    /// it, or what it stood in. Empty if nothing does.
    std::string neighbour(std::string_view lost) const;
    /// Index in tree(), -1 if there is none.
    int find(std::string_view key) const;

  private:
    void add_update(const MirrorNode& old, const MirrorNode& node, int at,
                    std::vector<MirrorChange>& changes) const;
    bool can_focus(int index) const;

    MirrorTree tree_;
    /// The one before the last update().
    MirrorTree previous_;
    std::unordered_map<std::string, int> index_;
    bool places_known_ = true;
};

}  // namespace kumquat::platform
