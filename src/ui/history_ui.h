// The history of the open chat: rows of unequal height between header and composer, scrolled by an
// anchor, with day pills, the unread divider, "to the newest", and what screen readers get of it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "client/view/timeline_rows.h"
#include "gfx/canvas.h"
#include "ui/frame.h"
#include "ui/history_jump.h"
#include "ui/history_scroll.h"
#include "ui/message_menu.h"
#include "ui/message_ui.h"
#include "ui/scroll.h"
#include "ui/selection.h"

namespace kumquat::ui {

/// What the history asks the rest of the UI for.
struct HistoryWish {
    std::optional<MessageMenuWish> menu;
    /// The message that should be answered.
    std::optional<client::TimelineRow> reply;
    /// The recalled message whose text should be written anew.
    std::optional<Seq> rewrite;
    /// What was to be shown is not there any more.
    bool gone = false;
};

class HistoryUi : private RowHeights {
  public:
    static constexpr std::string_view kLog = "chat.log";
    /// Kept free at the left while messages are being chosen.
    static constexpr float kCheckRoomCss = 36;

    /// Another chat is open now.
    void show(const ConversationId& conversation);
    /// The rows of this frame; before draw().
    const client::TimelineRows& prepare(Frame& frame, const client::OffsetMinutes& offset);
    /// Draws the rows into `view` (the pane's width); bubbles lie in `column`.
    HistoryWish draw(Frame& frame, gfx::Canvas& canvas, Rect view, Rect column);
    /// Brings a message, or a day, into view, from wherever it is.
    void show_message(Seq seq) { jump_.to_message(seq); }
    void show_time(TimeMs time) { jump_.to_time(time); }
    /// That message stays lit; 0: none.
    void keep_lit(Seq seq) { kept_lit_ = seq; }
    Selection& selection() { return selection_; }
    const Selection& selection() const { return selection_; }
    /// The last text of one's own, if it can be edited; else null.
    const client::TimelineRow* last_editable() const;
    /// The person has sent something: the end comes into view.
    void to_end(bool smooth);
    /// PageUp, PageDown, Home, End, arrows. `focus`: where the focus goes, if it moves. True if
    /// used.
    bool on_key(std::string_view key, const platform::KeyEvent& event, std::string* focus);
    /// The viewer wants the picture before (-1) or after (1) the one it shows; or was closed.
    void on_viewer_step(int direction) { viewer_step_ = direction; }
    void on_viewer_closed() { viewed_.reset(); }
    /// From one message to another text is selected: they and what lies between them stay in the
    /// mirror, so that it stays selected. Keys of their nodes; empty: nothing is.
    void hold_selected(std::string_view first, std::string_view last);
    /// The history is scrolled away from its top: a line under the header shows it.
    bool scrolled() const { return scrolled_; }

  private:
    float height(std::size_t index) override;
    float gap_above(std::size_t index) const;
    void refresh_rows(Frame& frame, const client::OffsetMinutes& offset);
    void keep_anchor(const client::RowKey& key);
    bool first_place();
    bool unread_is_above();
    void make_look(Frame& frame, Rect column);
    void scroll_by_input(Frame& frame, Rect view);
    bool bar_needed() const;
    float bar_length(const Frame& frame, Rect view) const;
    void ask_for_pages(Frame& frame, Rect view);
    void draw_row(Frame& frame, gfx::Canvas& canvas, Rect view, Rect column,
                  const PlacedRow& placed, HistoryWish& wish);
    void draw_message_row(Frame& frame, gfx::Canvas& canvas, Rect view,
                          const client::TimelineRow& row, float y, HistoryWish& wish);
    void draw_check_row(Frame& frame, gfx::Canvas& canvas, const client::TimelineRow& row,
                        const MessageShape& shape, std::string_view key, float y);
    void run_use(Frame& frame, const client::TimelineRow& row, std::string_view key,
                 const MessageUse& use, HistoryWish& wish);
    void draw_beside(Frame& frame, gfx::Canvas& canvas, Rect view, const client::TimelineRow& row,
                     std::string_view key, const MessageUse& use, const MessageShape& shape,
                     HistoryWish& wish);
    void ask_for_menu(const client::TimelineRow& row, std::string_view key, Rect bubble,
                      HistoryWish& wish) const;
    void step_jump(Frame& frame, HistoryWish& wish);
    float lit_of(Frame& frame, const client::TimelineRow& row) const;
    void draw_start(Frame& frame, gfx::Canvas& canvas, Rect column, const client::TimelineRow& row,
                    float y);
    void draw_typing(Frame& frame, gfx::Canvas& canvas, float y);
    void draw_skeletons(Frame& frame, gfx::Canvas& canvas, float y);
    void draw_newest(Frame& frame, gfx::Canvas& canvas, Rect view, Rect column);
    void draw_sticky_day(Frame& frame, gfx::Canvas& canvas, Rect view, Rect column);
    std::vector<PlacedRow> rows_within_reach();
    std::optional<client::RowKey> row_of(std::string_view key) const;
    std::pair<std::size_t, std::size_t> held_rows() const;
    float mirror_origin(const std::vector<PlacedRow>& rows);
    void view_picture(Frame& frame, std::size_t index);
    void step_viewer(Frame& frame);
    std::optional<std::size_t> picture_beside(std::size_t index, int direction) const;
    void note_seen(Frame& frame, Rect view);
    void note_painted(Frame& frame, const client::TimelineRow& row);
    void count_new(Seq old_last);
    std::string day_words(const Frame& frame, TimeMs time, client::DateKind date) const;
    std::string row_key(const client::TimelineRow& row) const;
    float slide_of(Frame& frame, const client::TimelineRow& row);

    ConversationId conversation_;
    client::TimelineRows rows_;
    std::uint64_t built_revision_ = 0;
    bool built_ = false;
    bool placed_first_ = false;
    bool around_asked_ = false;
    HistoryScroll scroll_;
    Drag drag_;
    ScrollBar bar_;
    HistoryLook look_;
    MessageShapes shapes_;
    /// Only while drawing.
    Frame* frame_ = nullptr;
    gfx::Canvas* canvas_ = nullptr;

    float view_height_ = 0;
    float distance_ = 0;
    bool scrolled_ = false;
    double moved_ms_ = -1e9;
    /// Between which rows text is selected.
    std::optional<client::RowKey> held_first_;
    std::optional<client::RowKey> held_last_;
    /// A row and where it stands in the mirror's list of rows.
    client::RowKey origin_key_;
    float origin_y_ = 0;
    bool jump_wanted_ = false;
    float jump_left_ = 0;
    float jump_from_ = 0;
    double jump_ms_ = -1;
    float key_scroll_ = 0;
    std::int64_t new_below_ = 0;
    Seq newest_seen_;
    std::vector<std::int64_t> painted_;
    /// The newest own message that slides in, and since when.
    client::RowKey sliding_;
    double slide_ms_ = -1;
    /// The picture that the viewer shows, and where it wants to go.
    std::optional<client::RowKey> viewed_;
    int viewer_step_ = 0;
    Selection selection_;
    HistoryJump jump_;
    /// The message that was jumped to, since when it is lit, and the one that stays so.
    Seq lit_;
    double lit_ms_ = 0;
    Seq kept_lit_;
    std::string more_key_;
    double more_since_ms_ = 0;
};

}  // namespace kumquat::ui
