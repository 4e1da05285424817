// The pane of friend requests, in the place of the friends: those that wait for one's own answer,
// and those that wait for somebody else's.
//
// A card that was answered here stays for a moment to say how; what other devices answer just goes.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "client/view/local_time.h"
#include "client/view/request_rows.h"
#include "gfx/canvas.h"
#include "ui/frame.h"
#include "ui/group_field.h"
#include "ui/scroll.h"

namespace kumquat::ui {

/// What the pane asks the rest of the UI for.
struct RequestsWish {
    bool leave = false;
    bool open_add = false;
    /// Whose profile should open.
    UserId profile;
};

class RequestsUi {
  public:
    static constexpr std::string_view kRemarkField = "request.remark";
    static constexpr std::string_view kGroupField = "request.group";

    void open();
    void close(platform::TextFields& fields);
    bool is_open() const { return open_; }
    RequestsWish draw(Frame& frame, const client::OffsetMinutes& offset);
    /// Enter in one of its fields.
    void submit(platform::TextFields& fields, std::vector<Action>& actions);
    /// A menu of its own lies over all panes.
    bool menu_open() const { return group_.menu_open(); }
    void draw_menu(Frame& frame) { group_.draw_menu(frame, kGroupField); }
    bool close_menu();
    bool on_key(std::string_view key, const platform::KeyEvent& event, std::string* focus) const {
        return group_.on_key(key, event, focus);
    }

  private:
    enum class Asked { kNothing, kAccept, kRefuse, kWithdraw };
    enum class Stage {
        kWaits,   ///< the request is there
        kNames,   ///< accepted: what to call the new friend
        kSettled  ///< a line that says how it ended
    };
    struct Card {
        client::RequestRow row;
        bool incoming = false;
        Asked asked = Asked::kNothing;
        Stage stage = Stage::kWaits;
        /// kSettled: until then; 0: for a while from the next frame on.
        double until_ms = 0;

        std::string key() const { return (incoming ? "request:" : "sent:") + row.user_id.text(); }
    };

    void follow_model(Frame& frame, const client::OffsetMinutes& offset);
    void take_rows(const std::vector<client::RequestRow>& rows, bool incoming);
    void follow_answer(Frame& frame, Card& card, const client::RequestList& list);
    void begin_names(Frame& frame, Card& card);
    Card* naming();
    void draw_header(Frame& frame, gfx::Canvas& canvas, Rect header, RequestsWish& wish);
    float draw_section(Frame& frame, gfx::Canvas& canvas, Rect view, float y, bool incoming,
                       RequestsWish& wish);
    float card_height(Frame& frame, gfx::Canvas& canvas, const Card& card, float width) const;
    float wording_height(Frame& frame, gfx::Canvas& canvas, const Card& card, float width) const;
    void draw_card(Frame& frame, gfx::Canvas& canvas, Rect rect, Card& card, RequestsWish& wish);
    void draw_settled(Frame& frame, gfx::Canvas& canvas, Rect rect, const Card& card) const;
    void draw_person(Frame& frame, gfx::Canvas& canvas, Rect inner, const Card& card,
                     RequestsWish& wish);
    void draw_answers(Frame& frame, gfx::Canvas& canvas, Rect row, Card& card);
    void draw_withdraw(Frame& frame, gfx::Canvas& canvas, Rect row, Card& card);
    void draw_names(Frame& frame, gfx::Canvas& canvas, Rect inner, Card& card);

    bool open_ = false;
    bool focus_wanted_ = false;
    std::vector<Card> cards_;
    ScrollArea scroll_;
    float content_height_ = 0;
    GroupField group_;
    /// The part of the pane that scrolls.
    Rect view_;
};

}  // namespace kumquat::ui
