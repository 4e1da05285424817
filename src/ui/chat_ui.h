// The chat pane: header, history, composer; or the empty island while no chat is open.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "client/view/chat_header.h"
#include "client/view/connection_notice.h"
#include "gfx/canvas.h"
#include "ui/chat_menu.h"
#include "ui/chat_search.h"
#include "ui/composer_ui.h"
#include "ui/frame.h"
#include "ui/history_ui.h"
#include "ui/pins_ui.h"
#include "ui/question.h"

namespace kumquat::ui {

/// What the chat pane asks the rest of the UI for.
struct ChatWish {
    bool leave = false;
    /// Not a friend yet: open the add dialog with this ID.
    std::string add_id;
    std::optional<MessageMenuWish> menu;
    /// A message that was to be shown is not there any more.
    bool gone = false;
    /// What should be forwarded; empty: nothing.
    std::vector<Seq> forward;
    /// The chat's own menu was asked for.
    std::optional<ChatMenuWish> chat_menu;
    /// Whose profile should open.
    UserId profile;
    /// To ask first.
    std::optional<Question> question;
};

class ChatUi {
  public:
    ChatWish draw(Frame& frame, const client::ConnectionNotice& notice,
                  const client::OffsetMinutes& offset);
    /// Files are being dragged over the page.
    void on_drag(bool over) { dragged_over_ = over; }
    ComposerUi& composer() { return composer_; }
    const ComposerUi& composer() const { return composer_; }
    HistoryUi& history() { return history_; }
    ChatSearch& search() { return search_; }
    const ChatSearch& search() const { return search_; }
    /// There is a composer that can have the focus.
    bool has_composer() const {
        return !composer_.field().empty() && !blocked_ && !history_.selection().active();
    }
    const ConversationId& shown() const { return shown_; }
    /// Where the messages begin below the header, the search's filters and pins.
    float messages_top() const { return messages_top_; }
    void begin_reply(Frame& frame, const client::TimelineRow& row);
    void begin_edit(Lang lang, const client::TimelineRow& row, platform::TextFields& fields);
    void begin_selection(const client::TimelineRow& row) { history_.selection().begin(row); }
    void end_selection() { history_.selection().end(); }
    /// Arrow Up in an empty composer: the last own message is edited. True if there is one.
    bool edit_last(const client::Model& model, Lang lang, platform::TextFields& fields);
    /// Opens the chat at that message.
    void open_at(const ConversationId& conversation, Seq seq) { pending_ = {conversation, seq}; }
    void show_time(TimeMs time) { history_.show_time(time); }
    /// Ends what was begun last: choosing messages, an answer, an edit. False: there is nothing.
    bool escape(platform::TextFields& fields);
    /// The composer gets the focus, as when its chat was opened just now.
    void want_focus(bool touch) {
        // With a finger the keyboard would cover half of what was opened.
        focus_wanted_ = !touch;
    }
    /// Nobody is signed in any more.
    void reset(platform::TextFields& fields);
    /// The text of the composer goes out, and the end of the history comes into view.
    bool send(const client::Model& model, platform::TextFields& fields,
              std::vector<Action>& actions);

  private:
    /// The composer's height, or of what stands in its place.
    float bottom_height(const Frame& frame) const;
    void draw_empty(Frame& frame, gfx::Canvas& canvas);
    void draw_header(Frame& frame, gfx::Canvas& canvas, Rect header, const client::ChatHeader& head,
                     const client::ConnectionNotice& notice, ChatWish& wish);
    float draw_search(Frame& frame, gfx::Canvas& canvas, Rect header, Rect column,
                      const client::OffsetMinutes& offset);
    void close_search(platform::TextFields& fields, bool touch);
    float draw_stranger(Frame& frame, gfx::Canvas& canvas, Rect column, float top, ChatWish& wish);
    void draw_person(Frame& frame, gfx::Canvas& canvas, Rect room, const client::ChatHeader& head,
                     std::string_view status, ChatWish& wish);
    void draw_blocked(Frame& frame, gfx::Canvas& canvas, Rect column);
    void follow_open_chat(Frame& frame);
    void follow_recalled(Frame& frame);
    void rewrite(Frame& frame, Seq seq);
    void take_history_wish(Frame& frame, HistoryWish& from, ChatWish& wish);
    void draw_selection(Frame& frame, gfx::Canvas& canvas, Rect column, ChatWish& wish);
    Rect composer_place(const Frame& frame, Rect column) const;
    void draw_drop_target(Frame& frame, gfx::Canvas& canvas, Rect pane);

    ComposerUi composer_;
    HistoryUi history_;
    ConversationId shown_;
    float messages_top_ = 0;
    PinsBar pins_;
    ChatSearch search_;
    /// Recalled messages whose text was offered again already.
    std::set<Seq> offered_;
    /// Where the next opened chat should be shown.
    struct Pending {
        ConversationId conversation;
        Seq seq;
    };
    Pending pending_;
    bool focus_wanted_ = false;
    bool dragged_over_ = false;
    bool ready_marked_ = false;
    /// The person of the shown chat is blocked: nothing can be written.
    bool blocked_ = false;
};

}  // namespace kumquat::ui
