#include "platform/web/web_mirror.h"

#include <utility>

#include "platform/web/page_calls.h"

namespace kumquat::platform::web {
namespace {

// Bits of kq_node_state(); web/page/mirror.js has the same list.
enum StateBit {
    kDisabled = 1,
    kFocusable = 2,
    kFocusableByCode = 4,
    kInert = 8,
    kHasChecked = 16,
    kChecked = 32,
    kHasExpanded = 64,
    kExpanded = 128,
    kHasPressed = 256,
    kPressed = 512,
    kCurrent = 1024,
    kHasPopup = 2048,
    kBusy = 4096,
    kHasDirection = 8192,
    kRightToLeft = 16384,
    kOnePiece = 32768
};
// The texts of kq_node_text().
enum NodeText { kTextName = 0, kTextDescription = 1, kTextLink = 2, kTextCopied = 3 };

int tri_bits(Tri value, int has, int is) {
    return value == Tri::kAbsent ? 0 : has | (value == Tri::kTrue ? is : 0);
}

int state_bits(const MirrorNode& node) {
    return (node.disabled ? kDisabled : 0) | (node.focusable ? kFocusable : 0) |
           (node.focusable_by_code ? kFocusableByCode : 0) | (node.inert ? kInert : 0) |
           tri_bits(node.checked, kHasChecked, kChecked) |
           tri_bits(node.expanded, kHasExpanded, kExpanded) |
           tri_bits(node.pressed, kHasPressed, kPressed) |
           tri_bits(node.right_to_left, kHasDirection, kRightToLeft) |
           (node.current ? kCurrent : 0) | (node.has_popup ? kHasPopup : 0) |
           (node.busy ? kBusy : 0) | (node.one_piece ? kOnePiece : 0);
}

void send_text(const MirrorNode& node, NodeText which, const std::string& text) {
    kq_node_text(node.key.data(), size_of(node.key), which, text.data(), size_of(text));
}

}  // namespace

void WebMirror::update(MirrorTree tree) {
    std::vector<MirrorChange> changes = diff_.update(std::move(tree));
    for (const MirrorChange& change : changes)
        send(change);
    if (!changes.empty()) kq_mirror_done();
    if (!focus_waits_.empty() && diff_.find(focus_waits_) >= 0)
        focus(std::exchange(focus_waits_, {}));
}

void WebMirror::send(const MirrorChange& change) {
    const std::string& key = change.key;
    const std::string& parent = change.parent;
    const std::string& after = change.after;
    switch (change.kind) {
        case MirrorChange::Kind::kRemove:
            kq_node_remove(key.data(), size_of(key));
            return;
        case MirrorChange::Kind::kMove:
            kq_node_move(key.data(), size_of(key), parent.data(), size_of(parent), after.data(),
                         size_of(after));
            return;
        case MirrorChange::Kind::kCreate: {
            const MirrorNode& node = diff_.tree()[static_cast<std::size_t>(change.node)];
            kq_node_create(key.data(), size_of(key), static_cast<int>(node.role), node.level,
                           parent.data(), size_of(parent), after.data(), size_of(after));
            break;
        }
        case MirrorChange::Kind::kUpdate:
            break;
    }
    send_parts(diff_.tree()[static_cast<std::size_t>(change.node)], change.parts);
}

void WebMirror::send_parts(const MirrorNode& node, unsigned parts) {
    // A field's node only says where it stands in the order; what it looks like comes from
    // TextFields.
    if (node.role == Role::kField) return;
    if (parts & kMirrorName) send_text(node, kTextName, node.name);
    if (parts & kMirrorDescription) send_text(node, kTextDescription, node.description);
    if (parts & kMirrorLink) send_text(node, kTextLink, node.href);
    if (parts & kMirrorCopied) send_text(node, kTextCopied, node.copied);
    if (parts & kMirrorState) {
        kq_node_state(node.key.data(), size_of(node.key), state_bits(node), node.position,
                      node.set_size, node.value_percent);
    }
    if (parts & kMirrorPlace) {
        float k = 1 / *pixel_ratio_;
        float numbers[] = {node.rect.x * k, node.rect.y * k, node.rect.w * k, node.rect.h * k,
                           node.font_px * k};
        kq_node_place(node.key.data(), size_of(node.key), numbers);
    }
}

void WebMirror::focus(std::string_view key) {
    if (diff_.find(key) < 0) {
        focus_waits_ = std::string(key);
        return;
    }
    kq_node_focus(key.data(), size_of(key));
}

void WebMirror::on_focus(std::string_view key, bool by_keyboard) {
    focused_ = std::string(key);
    if (listener != nullptr) listener->on_node_focus(focused_, by_keyboard);
}

void WebMirror::on_lost(std::string_view key) {
    // What is to have it has come with the same update.
    if (diff_.find(focus_waits_) >= 0) return;
    std::string beside = diff_.neighbour(key);
    if (!beside.empty()) {
        focus(beside);
    } else if (listener != nullptr) {
        listener->on_focus_lost(diff_.tree());
    }
}

void WebMirror::select_text(std::string_view key) {
    kq_node_select(key.data(), size_of(key));
}

void WebMirror::announce(std::string_view text, Politeness politeness) {
    kq_announce(text.data(), size_of(text), politeness == Politeness::kAssertive ? 1 : 0);
}

}  // namespace kumquat::platform::web
