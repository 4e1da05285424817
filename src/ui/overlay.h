// What lies over the panes: the shell of dialogs, menus, the toast and tooltips.
#pragma once

#include <string>
#include <string_view>

#include "gfx/canvas.h"
#include "ui/frame.h"
#include "ui/menu.h"
#include "ui/scroll.h"

namespace kumquat::ui {

struct DialogOptions {
    /// false: no X and no close by the scrim (the person has to decide).
    bool closable = true;
    /// A card also on a phone, where other dialogs fill the window: for questions.
    bool card = false;
    /// An arrow before the title: a page of a dialog.
    bool back = false;
    /// Not null: what does not fit is scrolled.
    ScrollArea* scroll = nullptr;
};

/// Scrim, card and title of a modal dialog; opens its node in the mirror until destroyed. What is
/// drawn while it lives lies in it.
class Dialog {
  public:
    /// `height` of the content below the title, physical pixels. `since_ms`: when it was opened.
    Dialog(Frame& frame, std::string_view key, std::string_view title, float width_css,
           float height, double since_ms, DialogOptions options = {});
    ~Dialog();
    Dialog(const Dialog&) = delete;
    Dialog& operator=(const Dialog&) = delete;

    gfx::Canvas& canvas() { return surface_.canvas(); }
    /// Where the content goes: below the title, paddings taken off; moved by what was scrolled.
    Rect content() const { return content_; }
    /// X or the scrim was used.
    bool closed() const { return closed_; }
    /// The arrow was used.
    bool went_back() const { return went_back_; }
    const Rect& card() const { return card_; }
    /// What fields may be seen of: their letters are the browser's and know no Dear ImGui.
    const Rect& clip() const { return clip_; }
    /// A field lies at `rect`: when it gets the focus, it is scrolled into view.
    void field_at(std::string_view id, Rect rect);

  private:
    void draw_head(std::string_view key, std::string_view title, Rect head,
                   const DialogOptions& options);

    Frame& frame_;
    Surface surface_;
    ScrollArea* area_;
    std::optional<ScrollScope> scroll_;
    Rect card_;
    Rect content_;
    Rect clip_;
    bool closed_ = false;
    bool went_back_ = false;
};

/// A few words that go by themselves; one at a time.
class Toast {
  public:
    /// In a chat it hangs over the upper end of the messages, where the newest is never under it;
    /// over a dialog at the top, where the dialog's title leaves room; elsewhere, and over a dialog
    /// that fills a phone, it stands at the bottom.
    enum class Place { kChat, kDialog, kBottom };

    void show(std::string words, double now_ms, bool error = false);
    /// `messages_top`: where the messages begin, for kChat.
    void draw(Frame& frame, Place place, float messages_top);
    void clear() { words_.clear(); }

  private:
    std::string words_;
    double since_ms_ = 0;
    double until_ms_ = 0;
};

/// Draws the tooltip that a control has asked for, once the pointer has rested on it.
void draw_tooltip(Frame& frame);

}  // namespace kumquat::ui
