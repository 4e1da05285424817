// The friends pane: header, search, connection banner, rows.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "client/view/connection_notice.h"
#include "client/view/friend_rows.h"
#include "gfx/canvas.h"
#include "ui/chat_menu.h"
#include "ui/frame.h"
#include "ui/message_hits.h"
#include "ui/scroll.h"
#include "ui/search_filters.h"

namespace kumquat::ui {

/// What the friends pane asks the rest of the UI for.
struct FriendsWish {
    bool open_add = false;
    bool open_settings = false;
    /// The person chose this chat.
    ConversationId open_chat;
    /// The message it should be opened at; 0: none.
    Seq open_at;
    /// The add dialog should start with this ID.
    std::string add_id;
    bool open_requests = false;
    /// A row's menu was asked for.
    std::optional<ChatMenuWish> menu;
};

class FriendsUi {
  public:
    static constexpr std::string_view kSearchField = "friends.search";
    static constexpr std::string_view kRequestsRow = "friends.requests";

    FriendsWish draw(Frame& frame, const client::ConnectionNotice& notice,
                     const client::OffsetMinutes& offset);
    /// Whether a control with that key lies in this pane.
    static bool holds(std::string_view key);
    /// Arrows, Home and End between the rows. True if used; `focus` is where the focus goes.
    bool on_node_key(std::string_view key, const platform::KeyEvent& event, std::string* focus);
    /// Escape leaves the search.
    bool on_search_escape(platform::TextFields& fields);
    void on_search_text() { scroll_.to_top(); }
    SearchFilters& filters() { return filters_; }
    const SearchFilters& filters() const { return filters_; }
    /// The key of the row that Tab reaches.
    std::string tab_stop() const;
    void reset() { *this = FriendsUi(); }

  private:
    void draw_header(Frame& frame, gfx::Canvas& canvas, const client::ConnectionNotice& notice,
                     FriendsWish& wish);
    void draw_actions(Frame& frame, gfx::Canvas& canvas, float middle, FriendsWish& wish);
    void draw_search(Frame& frame, gfx::Canvas& canvas, const client::OffsetMinutes& offset);
    void close_filters();
    void draw_notice(Frame& frame, gfx::Canvas& canvas, const client::ConnectionNotice& notice);
    void draw_retry(Frame& frame, gfx::Canvas& canvas, Rect line,
                    const client::ConnectionNotice& notice);
    void draw_list(Frame& frame, gfx::Canvas& canvas, FriendsWish& wish);
    void draw_rows(Frame& frame, gfx::Canvas& canvas, Rect view, FriendsWish& wish);
    float people_height(const Frame& frame, std::size_t stop, float* stop_top) const;
    float draw_people(Frame& frame, gfx::Canvas& canvas, Rect view, float y, std::size_t stop,
                      FriendsWish& wish);
    void draw_row(Frame& frame, gfx::Canvas& canvas, Rect rect, const client::FriendRow& row,
                  bool tab_stop, FriendsWish& wish);
    void draw_requests_row(Frame& frame, gfx::Canvas& canvas, Rect rect, FriendsWish& wish);
    void draw_empty(Frame& frame, gfx::Canvas& canvas, Rect view, FriendsWish& wish);
    void draw_no_hits(Frame& frame, gfx::Canvas& canvas, Rect view, FriendsWish& wish);
    void draw_skeletons(Frame& frame, gfx::Canvas& canvas, Rect view);
    void refresh_rows(Frame& frame, const client::OffsetMinutes& offset);
    std::string_view caption_above(const Frame& frame, std::size_t index) const;
    std::string section_key(std::size_t first) const;
    void draw_caption(Frame& frame, gfx::Canvas& canvas, Rect rect, std::string_view key,
                      std::string_view words);
    void follow_focus(Frame& frame);
    void reveal_hit(Frame& frame, Rect view);
    Rect reachable(Rect rect) const;
    Rect row_rect(const Frame& frame, Rect view, float y) const;
    std::size_t stop_index() const;

    client::FriendList list_;
    MessageHits hits_;
    bool filters_open_ = false;
    /// Of messages: while one is on, no people are shown.
    SearchFilters filters_{kSearchField};
    std::string searched_;
    client::FriendOrder order_ = client::FriendOrder::kActivity;
    std::int64_t built_day_ = -1;
    bool built_ = false;
    /// The next y that is free, while drawing.
    float y_ = 0;
    ScrollArea scroll_;
    std::string focused_row_;
    std::string seen_focus_;
    bool reveal_wanted_ = false;
    std::string revealed_hit_;
    double loading_since_ms_ = -1;
};

std::string friend_key(const ConversationId& id);

}  // namespace kumquat::ui
