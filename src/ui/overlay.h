// What lies over the panes: the shell of dialogs, menus, the toast and tooltips.
#pragma once

#include <string>
#include <string_view>

#include "gfx/canvas.h"
#include "ui/frame.h"
#include "ui/history_ui.h"

namespace kumquat::ui {

/// Scrim, card and title of a modal dialog; opens its node in the mirror until destroyed. What is
/// drawn while it lives lies in it.
class Dialog {
  public:
    /// `height` of the content below the title, physical pixels. `since_ms`: when it was opened.
    /// `card` false: no X and no close by the scrim (the person has to decide).
    Dialog(Frame& frame, std::string_view key, std::string_view title, float width_css,
           float height, double since_ms, bool closable = true);
    ~Dialog();
    Dialog(const Dialog&) = delete;
    Dialog& operator=(const Dialog&) = delete;

    gfx::Canvas& canvas() { return surface_.canvas(); }
    /// Where the content goes: below the title, paddings taken off.
    Rect content() const { return content_; }
    /// X or the scrim was used.
    bool closed() const { return closed_; }
    const Rect& card() const { return card_; }

  private:
    Frame& frame_;
    Surface surface_;
    Rect card_;
    Rect content_;
    bool closed_ = false;
};

/// One short line at the bottom that goes by itself; one at a time.
class Toast {
  public:
    void show(std::string words, double now_ms, bool error = false);
    void draw(Frame& frame, float bottom);
    void clear() { words_.clear(); }

  private:
    std::string words_;
    double since_ms_ = 0;
    double until_ms_ = 0;
};

/// The menu of a message: copy, and for unsent ones try again and delete.
class MessageMenu {
  public:
    void open(const MessageMenuWish& wish, double now_ms);
    void close() { open_ = false; }
    bool is_open() const { return open_; }
    /// True while it stays open.
    bool draw(Frame& frame);
    /// Up and down between the items. True if used.
    bool on_key(std::string_view key, const platform::KeyEvent& event, std::string* focus) const;
    /// The message it belongs to.
    const std::string& owner() const { return wish_.key; }

  private:
    enum class Item { kCopy, kRetry, kDiscard };
    int items(Item* out) const;
    Rect place(Frame& frame, gfx::Canvas& canvas, const Item* items, int count) const;
    std::string_view words(const Frame& frame, Item item) const;
    void run(Frame& frame, Item item);

    bool open_ = false;
    bool focus_wanted_ = false;
    double since_ms_ = 0;
    MessageMenuWish wish_;
};

/// Draws the tooltip that a control has asked for, once the pointer has rested on it.
void draw_tooltip(Frame& frame);

}  // namespace kumquat::ui
