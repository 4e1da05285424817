// What narrows a search for messages beside its words: pictures only, who sent them, and when.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "client/core/search_query.h"
#include "client/view/local_time.h"
#include "gfx/canvas.h"
#include "ui/frame.h"
#include "ui/menu.h"

namespace kumquat::ui {

/// From the first day to the last, both included; an absent one is no bound.
struct DaySpan {
    std::optional<client::LocalDay> first;
    std::optional<client::LocalDay> last;

    bool any() const { return first || last; }
};

/// What a used item of a filter's menu asks the rest of the UI for.
struct FilterWish {
    bool choose_person = false;
    bool choose_days = false;
};

class SearchFilters {
  public:
    /// `field`: of the search's words; the filters' keys begin with it and a dot.
    explicit SearchFilters(std::string_view field) : field_(field) {}

    bool any() const { return pictures_ || from_ || period_ != Period::kAny; }
    /// For messages with `text` that pass them; nothing if there is neither text nor a filter.
    std::optional<client::SearchQuery> query(const Frame& frame, std::string_view text,
                                             const client::OffsetMinutes& offset) const;
    /// Side by side in `line`, from the left. `peer`: of the chat that is searched; empty: all
    /// chats are.
    void draw(Frame& frame, gfx::Canvas& canvas, Rect line, const UserId& peer,
              const client::OffsetMinutes& offset);
    void set_from(const UserId& user) { from_ = user; }
    const DaySpan& days() const { return days_; }
    /// Without a bound it is no filter.
    void set_days(const DaySpan& days);

    /// A menu of its own lies over all panes.
    bool menu_open() const { return menu_.is_open(); }
    void close_menu() { menu_.close(); }
    FilterWish draw_menu(Frame& frame);
    bool on_key(std::string_view key, const platform::KeyEvent& event, std::string* focus) const {
        return menu_.on_key(key, event, focus);
    }

  private:
    enum class Period { kAny, kToday, kWeek, kMonth, kYear, kDays };

    DaySpan span_of(client::LocalDay today) const;
    std::string from_words(const Frame& frame) const;
    std::string period_words(const Frame& frame, const client::OffsetMinutes& offset) const;
    std::string key(std::string_view name) const { return field_ + "." + std::string(name); }
    bool draw_filter(Frame& frame, gfx::Canvas& canvas, const std::string& key, Rect rect,
                     std::string_view label, bool on, bool opens_menu);
    FilterWish draw_from_menu(Frame& frame);
    FilterWish draw_period_menu(Frame& frame);

    std::string field_;
    bool pictures_ = false;
    std::optional<UserId> from_;
    Period period_ = Period::kAny;
    /// Of Period::kDays.
    DaySpan days_;
    UserId peer_;
    Menu menu_;
};

}  // namespace kumquat::ui
