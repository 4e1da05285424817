// The panel in which emoji are chosen: over the composer, or on a phone in the keyboard's place.
//
// The list of all emoji comes when it is opened for the first time; until then it shows those that
// were used last. Only what is near the visible rows is drawn and told to the mirror.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "client/view/emoji_list.h"
#include "gfx/canvas.h"
#include "ui/frame.h"
#include "ui/menu.h"
#include "ui/scroll.h"

namespace kumquat::ui {

class EmojiPicker {
  public:
    static constexpr std::string_view kButton = "composer.emoji";
    static constexpr std::string_view kSearch = "emoji.search";

    /// The button that opens and closes it. `text_field`: where the chosen ones go.
    void draw_button(Frame& frame, gfx::Canvas& canvas, Rect rect, const std::string& text_field);
    /// Learns from the window how high a keyboard is. Once a frame, before the rest.
    void follow_window(const Frame& frame);
    /// What it takes of the chat's lower end; 0 where it floats, or is closed.
    float docked_height(const Frame& frame) const;
    /// Above `pill`, the composer; or at the lower end of `area`, docked.
    void draw(Frame& frame, gfx::Canvas& canvas, Rect pill, Rect area,
              const std::string& text_field);
    /// The skin tones, over everything.
    void draw_menu(Frame& frame);

    bool is_open() const { return open_; }
    void close(platform::TextFields& fields);
    bool menu_open() const { return menu_.is_open(); }
    void close_menu() { menu_.close(); }
    /// The text was sent: where a keyboard is at hand the panel has served its purpose.
    void on_sent() { sent_ = true; }
    /// Enter in the search.
    void submit() { first_wanted_ = true; }
    /// Arrows, Home, End and pages on an emoji or a skin tone, Down in the search. True if used;
    /// `focus` is where the focus goes.
    bool on_key(std::string_view key, const platform::KeyEvent& event, std::string* focus);
    /// The file with the list; nothing if it could not be had.
    void on_loaded(const std::optional<std::string>& file);

  private:
    enum class Data { kNone, kLoading, kReady, kFailed };
    /// Some emoji under a heading.
    struct Section {
        std::string_view title;
        /// Of its first cell among all cells.
        std::size_t first = 0;
        std::size_t count = 0;
        /// Of its group's first emoji in the list. In `recent` and in what was found, not used.
        std::size_t begin = 0;
        bool recent = false;
        /// Of its heading, and of its first row, in the scrolled content.
        float top = 0;
        float rows_top = 0;
    };

    void open(Frame& frame, const std::string& text_field);
    void want_list(Frame& frame);
    void follow_search(Frame& frame);
    void lay_out(Frame& frame, float width);
    void add_section(Frame& frame, Section section);
    std::size_t cells() const;
    const Section& section_of(std::size_t cell) const;
    const client::Emoji* known_at(std::size_t cell) const;
    std::string_view emoji_at(std::size_t cell) const;
    std::string key_at(std::size_t cell) const;
    Rect rect_at(std::size_t cell) const;
    /// The cell above or below, in the same column if there is one.
    std::size_t beside(std::size_t cell, bool down) const;
    void draw_grid(Frame& frame, gfx::Canvas& canvas, Rect view);
    void draw_section(Frame& frame, gfx::Canvas& canvas, const Section& section);
    void draw_cell(Frame& frame, gfx::Canvas& canvas, std::size_t cell);
    void draw_state(Frame& frame, gfx::Canvas& canvas, Rect view);
    void draw_bar(Frame& frame, gfx::Canvas& canvas, Rect bar);
    void choose(Frame& frame, std::string_view emoji);

    bool open_ = false;
    bool sent_ = false;
    bool first_wanted_ = false;
    bool reveal_ = false;
    bool text_focused_ = false;
    Data data_ = Data::kNone;
    client::EmojiList list_;
    /// Where chosen emoji go.
    std::string field_;
    /// As they were when it was opened: what is under the pointer stays there.
    std::vector<std::string> recent_;
    std::string words_;
    std::vector<std::size_t> found_;
    std::vector<Section> sections_;
    /// The cell that Tab reaches.
    std::size_t cursor_ = 0;
    std::size_t columns_ = 1;
    Rect view_;
    Point cell_;
    float left_ = 0;
    float content_ = 0;
    ScrollArea area_;
    /// The tabs, where a finger needs more room for them than there is.
    Drag tabs_drag_;
    float tabs_offset_ = 0;
    /// Which was last brought into view because the grid shows its group.
    std::size_t tab_shown_ = 0;
    Menu menu_;
    std::string menu_for_;
    /// The window's width, its greatest height with that, and what a keyboard took of it.
    float width_ = 0;
    float tallest_ = 0;
    float keyboard_ = 0;
};

}  // namespace kumquat::ui
