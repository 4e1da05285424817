// What a search over all chats has found, below the people in the friends pane.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "client/view/search_rows.h"
#include "gfx/canvas.h"
#include "ui/delayed_search.h"
#include "ui/frame.h"

namespace kumquat::ui {

/// A message of some chat.
struct MessagePlaceWish {
    ConversationId conversation;
    Seq seq;
};

class MessageHits {
  public:
    /// What is looked for in this frame; absent: the search is over.
    void update(Frame& frame, const std::optional<client::SearchQuery>& query,
                const client::OffsetMinutes& offset);
    /// There is something to draw: hits, or that they are being looked for.
    bool shown(const client::Model& model) const;
    float height(const Frame& frame) const;
    /// Draws them into `area`, of which `view` can be seen. The hit that was chosen, or none.
    MessagePlaceWish draw(Frame& frame, gfx::Canvas& canvas, Rect area, Rect view);
    /// The node that Tab reaches; empty without hits.
    std::string first_key() const;
    /// Up and Down between the hits. `before`: where Up leads from the first one.
    bool on_key(std::string_view key, const platform::KeyEvent& event, const std::string& before,
                std::string* focus) const;

  private:
    void draw_rows(Frame& frame, gfx::Canvas& canvas, Rect rect, Rect view, MessagePlaceWish& wish);
    void draw_row(Frame& frame, gfx::Canvas& canvas, Rect rect, Rect reachable,
                  const client::SearchRow& row, MessagePlaceWish& wish);
    void draw_end(Frame& frame, gfx::Canvas& canvas, Rect line);

    DelayedSearch search_;
    std::vector<client::SearchRow> rows_;
    client::Revision built_revision_ = 0;
    std::int64_t built_day_ = -1;
};

}  // namespace kumquat::ui
