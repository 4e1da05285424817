// The dialog in which people are chosen to whom messages are forwarded.
#pragma once

#include <set>
#include <vector>

#include "ui/frame.h"
#include "ui/people_list.h"

namespace kumquat::ui {

class Dialog;

class ForwardUi {
  public:
    void open(const ConversationId& from, std::vector<Seq> seqs, platform::TextFields& fields,
              double now_ms);
    void close(platform::TextFields& fields);
    bool is_open() const { return open_; }
    /// True in the frame in which something was forwarded; the dialog has closed then.
    bool draw(Frame& frame, const client::OffsetMinutes& offset);

  private:
    bool draw_buttons(Frame& frame, Dialog& dialog, Rect line);

    bool open_ = false;
    double since_ms_ = 0;
    ConversationId from_;
    std::vector<Seq> seqs_;
    std::set<ConversationId> chosen_;
    PeopleList people_{"forward", PeopleList::Choice::kMany, Str::forward_none};
};

}  // namespace kumquat::ui
