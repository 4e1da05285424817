// The dialog in which a friend is chosen whose messages a search looks for.
#pragma once

#include "ui/frame.h"
#include "ui/people_list.h"

namespace kumquat::ui {

class PersonUi {
  public:
    void open(platform::TextFields& fields, double now_ms);
    void close(platform::TextFields& fields);
    bool is_open() const { return open_; }
    /// Who was chosen (the dialog has closed then), or nobody.
    UserId draw(Frame& frame, const client::OffsetMinutes& offset);

  private:
    bool open_ = false;
    double since_ms_ = 0;
    PeopleList people_{"person", PeopleList::Choice::kOne, Str::filter_nobody};
};

}  // namespace kumquat::ui
