// A menu over the panes: beside what it belongs to, or a sheet at the bottom of a phone.
//
// It keeps where it stands and that it is open; what stands in it is said anew in every frame.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "gfx/canvas.h"
#include "ui/frame.h"
#include "ui/scroll.h"

namespace kumquat::ui {

struct MenuItem {
    std::string_view label;
    /// Before the label. In a menu where none has one, labels begin at the edge.
    std::optional<gfx::Icon> icon;
    /// In the colour of danger, behind a line.
    bool destructive = false;
    /// kTrue: it holds now.
    platform::Tri checked = platform::Tri::kAbsent;
    /// Choosing it ends what held before: a radio item. Else it is on or off by itself.
    bool exclusive = false;
    /// Drawn in place of the label. Such items come first and stand in one row.
    std::string_view emoji;
};

class Menu {
  public:
    /// `owner`: the key of the node that it was opened from. `width_css`: at least.
    void open(std::string_view owner, Rect anchor, double now_ms, float width_css = 180);
    void close() { open_ = false; }
    bool is_open() const { return open_; }
    const std::string& owner() const { return owner_; }
    /// The index of the item that was used (the menu has closed then), or -1. Draws nothing while
    /// closed; without items it closes.
    int draw(Frame& frame, std::string_view name, const MenuItem* items, int count);
    /// Arrows between the items, Home, End. True if used; `focus` is where the focus goes.
    bool on_key(std::string_view key, const platform::KeyEvent& event, std::string* focus) const;

  private:
    /// Of what is in it, without its padding.
    float content_height(Frame& frame, const MenuItem* items, int count) const;
    float separator(Frame& frame, const MenuItem* items, int count) const;
    float line_height(Frame& frame, const MenuItem* items, int count) const;
    Rect place(Frame& frame, gfx::Canvas& canvas, const MenuItem* items, int count) const;
    /// How far labels stand from their item's left edge.
    float label_inset(const Frame& frame, const MenuItem* items, int count) const;
    Touched touch_item(Frame& frame, gfx::Canvas& canvas, Rect rect, int index,
                       const MenuItem& item);
    /// The index of the one that was used, or -1.
    int draw_items(Frame& frame, gfx::Canvas& canvas, Rect card, const MenuItem* items, int count);
    bool draw_item(Frame& frame, gfx::Canvas& canvas, Rect rect, int index, const MenuItem& item,
                   float inset);
    bool draw_emoji(Frame& frame, gfx::Canvas& canvas, Rect cell, int index, const MenuItem& item);

    bool open_ = false;
    bool focus_wanted_ = false;
    double since_ms_ = 0;
    float width_css_ = 0;
    std::string owner_;
    Rect anchor_;
    /// What a low window cannot hold is scrolled.
    ScrollArea area_;
    int count_ = 0;
    /// How many of the items stand in the row of emoji.
    int emoji_count_ = 0;
};

/// The left button was pressed outside `card`, in the Dear ImGui window that is being drawn.
bool clicked_outside(Rect card);
/// How far an overlay has come since `since_ms`, 0 to 1, eased.
float arrival(Frame& frame, double since_ms, float duration_ms);

}  // namespace kumquat::ui
