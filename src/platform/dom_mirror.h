// The page as a tree of roles and names, for screen readers, keyboards, find-in-page, text
// selection and tests.
//
// A canvas says nothing to any of them. The panes describe what they show as a flat list of nodes
// in reading order; the mirror compares it with the last one and changes only what differs, so
// focus and selection survive. It is always on.
//
// Real pointers pass through the nodes to the canvas' own hit test; activation by keyboard or
// assistive technology comes back as on_activate(). So nothing is executed twice.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "platform/geometry.h"
#include "platform/input.h"

namespace kumquat::platform {

enum class Role : std::uint8_t {
    kGroup,       ///< Plain container; has a role only if it has a name.
    kNavigation,  ///< Landmark <nav>.
    kMain,        ///< Landmark <main>.
    kRegion,      ///< Landmark <section>, needs a name.
    kForm,        ///< <form>; Enter in its fields is handled by TextFields.
    kDialog,      ///< Modal dialog: everything outside it becomes inert.
    kHeading,     ///< `level` 1 to 6; `name` is its text.
    kList,
    kListItem,
    kButton,
    kLink,    ///< In a kLine. `href` is opened in a new tab by the browser itself.
    kSwitch,  ///< `checked`.
    kRadioGroup,
    kRadio,  ///< `checked`.
    kMenu,
    kMenuItem,
    kLog,       ///< Scrollable list of messages, focusable, silent (use announce()).
    kArticle,   ///< One message: `position`, `set_size`.
    kText,      ///< Text drawn on the canvas, in a kLine: `name` is the text. Selectable, findable.
    kStatus,    ///< A short state in words, read when asked for.
    kProgress,  ///< `value_percent`.
    kImage,
    kField,         ///< The place of a text field in the order; `key` is the field's id.
    kSeparator,     ///< `name` is its text ("Today", "New messages").
    kCheckbox,      ///< `checked`.
    kMenuCheckbox,  ///< A menu's item that is on or off: `checked`.
    kMenuRadio,     ///< A menu's item of which one is chosen: `checked`.
    /// Several lines that are one text, which the browser finds, selects and reads across their
    /// breaks. Its children are kLine, from top to bottom.
    kParagraph,
    kLine  ///< Its children are kText and kLink, from left to right.
};

/// Three-valued state: absent, false, true.
enum class Tri : std::uint8_t { kAbsent, kFalse, kTrue };

struct MirrorNode {
    /// Stable and unique in the whole tree: "chat.send", "friend:ann", "msg:C2Cann:17". Never a row
    /// number.
    std::string key;
    /// Index of the parent in the same list, always smaller than the node's own; -1 for the root.
    int parent = -1;
    Role role = Role::kGroup;
    /// Accessible name, or the text itself for kHeading, kText, kStatus, kSeparator.
    std::string name;
    std::string description;
    /// kLink only: http(s) alone, others are dropped.
    std::string href;
    /// What copying puts for it: over a message whose it is and when, for a picture what it shows.
    std::string copied;
    /// Where it is drawn, physical pixels of the window; empty keeps it out of sight but not out of
    /// reach.
    Rect rect;
    /// kText, kLink: the size of the font the canvas used, so that selection and find-in-page lie
    /// on the drawn letters.
    float font_px = 0;
    /// kText, kLink: the direction of the paragraph that it is a line of. Absent: that of its own
    /// first letter.
    Tri right_to_left = Tri::kAbsent;
    /// kText, kLink: the browser drew it in one piece, as it would set it in a page.
    bool one_piece = false;
    bool disabled = false;
    /// Takes part in Tab order. Of a roving group only one node should.
    bool focusable = false;
    /// Can be focused by focus() and by pointer, but not by Tab.
    bool focusable_by_code = false;
    /// Seen but not reachable: behind a dialog, or an off-screen pane. Covers the children too.
    bool inert = false;
    Tri checked = Tri::kAbsent;
    Tri expanded = Tri::kAbsent;
    Tri pressed = Tri::kAbsent;
    /// aria-current: the chosen row.
    bool current = false;
    bool has_popup = false;
    bool busy = false;
    int level = 0;
    int position = 0;
    /// 0: unknown here; -1: unknown to anybody (a history without end).
    int set_size = 0;
    int value_percent = -1;
};

using MirrorTree = std::vector<MirrorNode>;

enum class Politeness : std::uint8_t { kPolite, kAssertive };

inline bool has_node(const MirrorTree& tree, std::string_view key) {
    return std::any_of(tree.begin(), tree.end(),
                       [key](const MirrorNode& node) { return node.key == key; });
}

class DomMirror {
  public:
    class Listener {
      public:
        virtual ~Listener() = default;
        /// Enter, Space, a screen reader's "activate", or a scripted click without a pointer.
        virtual void on_activate(std::string_view key) = 0;
        /// A context menu asked for by keyboard (Shift+F10, the menu key) or a long press of
        /// assistive technology.
        virtual void on_context_menu(std::string_view key) = 0;
        /// `key` is empty when the focus left the mirror's nodes. `by_keyboard`: draw the focus
        /// ring.
        virtual void on_node_focus(std::string_view key, bool by_keyboard) = 0;
        /// What had the focus is gone, and nothing beside it can take it. `shown`: what there is.
        virtual void on_focus_lost(const MirrorTree& shown) = 0;
        /// Text of the log is selected from the kArticle `first` to `last`; both empty: none is.
        virtual void on_text_selected(std::string_view first, std::string_view last) = 0;
        /// Arrows, Home, End, PageUp, PageDown, Escape, F6 on a focused node. True if used.
        virtual bool on_node_key(std::string_view key, const KeyEvent& event) = 0;
    };

    virtual ~DomMirror() = default;
    virtual void set_listener(Listener* listener) = 0;
    /// Makes the page's tree equal to `tree`. Cheap if little changed. Requires unique keys and
    /// parents before children.
    virtual void update(MirrorTree tree) = 0;
    /// Moves the focus to a node; remembered until the node appears with the next update().
    virtual void focus(std::string_view key) = 0;
    virtual std::string_view focused() const = 0;
    /// Selects all text of a node, as a person would who wants to copy a part of it.
    virtual void select_text(std::string_view key) = 0;
    /// Says `text` to screen readers. The same text twice is said twice.
    virtual void announce(std::string_view text, Politeness politeness) = 0;
};

}  // namespace kumquat::platform
