// The dialog in which people are chosen to whom messages are forwarded.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "client/view/friend_rows.h"
#include "gfx/canvas.h"
#include "ui/frame.h"
#include "ui/scroll.h"

namespace kumquat::ui {

class Dialog;

class ForwardUi {
  public:
    static constexpr std::string_view kSearchField = "forward.search";

    void open(const ConversationId& from, std::vector<Seq> seqs, platform::TextFields& fields,
              double now_ms);
    void close(platform::TextFields& fields);
    bool is_open() const { return open_; }
    /// True in the frame in which something was forwarded; the dialog has closed then.
    bool draw(Frame& frame, const client::OffsetMinutes& offset);

  private:
    void refresh_rows(Frame& frame, const client::OffsetMinutes& offset);
    void draw_people(Frame& frame, Dialog& dialog, Rect view);
    void draw_person(Frame& frame, gfx::Canvas& canvas, Rect rect, Rect view,
                     const client::FriendRow& row);
    bool draw_buttons(Frame& frame, Dialog& dialog, Rect line);

    bool open_ = false;
    double since_ms_ = 0;
    ConversationId from_;
    std::vector<Seq> seqs_;
    std::set<ConversationId> chosen_;
    std::vector<client::FriendRow> rows_;
    client::Revision built_revision_ = 0;
    std::string searched_;
    ScrollArea scroll_;
};

}  // namespace kumquat::ui
