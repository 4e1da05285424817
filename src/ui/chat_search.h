// Search in the open chat: the header becomes a field, and one hit after the other is shown.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "gfx/canvas.h"
#include "ui/delayed_search.h"
#include "ui/frame.h"
#include "ui/search_filters.h"

namespace kumquat::ui {

struct ChatSearchUse {
    /// Of the line below the header.
    float height = 0;
    /// The hit that should be shown now; 0: it is shown already, or there is none.
    Seq show;
    bool closed = false;
};

class ChatSearch {
  public:
    static constexpr std::string_view kField = "chat.search";

    bool is_open() const { return open_; }
    void open(const ConversationId& conversation, platform::TextFields& fields);
    void close(platform::TextFields& fields);
    /// Ends what a closed one has asked for; in frames without it.
    void rest(Frame& frame);
    /// Draws the field into `header`, and the filters below it.
    ChatSearchUse draw(Frame& frame, gfx::Canvas& canvas, Rect header, Rect column,
                       const client::OffsetMinutes& offset);
    SearchFilters& filters() { return filters_; }
    const SearchFilters& filters() const { return filters_; }
    /// The hit that is shown; 0: none.
    Seq shown() const { return open_ ? shown_ : Seq(); }
    /// Enter and the arrows: to an older hit, or a newer one.
    void step(bool older) { step_ = older ? 1 : -1; }

  private:
    void follow_query(Frame& frame, const client::OffsetMinutes& offset);
    void take_step(Frame& frame);
    void draw_steps(Frame& frame, gfx::Canvas& canvas, Rect line);
    void draw_filters(Frame& frame, gfx::Canvas& canvas, Rect line,
                      const client::OffsetMinutes& offset);
    std::string count_words(const Frame& frame) const;
    bool has_hits(const client::Model& model) const;

    bool open_ = false;
    ConversationId conversation_;
    DelayedSearch search_;
    std::optional<client::SearchQuery> query_;
    SearchFilters filters_{kField};
    /// Of the hits, the newest first.
    std::size_t at_ = 0;
    int step_ = 0;
    Seq shown_;
};

}  // namespace kumquat::ui
