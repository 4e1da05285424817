// The dialog that adds a friend. It owns when the ID is looked up and what was wrong before the
// service was asked; texts are the fields' own, outcomes the model's.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ui/frame.h"
#include "ui/group_field.h"
#include "ui/overlay.h"

namespace kumquat::ui {

class AddFriendUi {
  public:
    static constexpr std::string_view kIdField = "add.id";
    static constexpr std::string_view kWordingField = "add.wording";
    static constexpr std::string_view kRemarkField = "add.remark";
    static constexpr std::string_view kGroupField = "add.group";

    /// Opens it with greeting and group ready to send, the remark left open.
    void open(const client::Model& model, Lang lang, std::string_view id,
              platform::TextFields& fields, std::vector<Action>& actions, double now_ms);
    void close(platform::TextFields& fields, std::vector<Action>& actions);
    bool is_open() const { return open_; }
    void draw(Frame& frame);
    void on_text(std::string_view field, double now_ms);
    void submit(const client::Model& model, platform::TextFields& fields,
                std::vector<Action>& actions);
    /// Escape: the menu of groups closes before the dialog does. True if it did.
    bool close_menu();
    bool on_key(std::string_view key, const platform::KeyEvent& event, std::string* focus) const {
        return group_.on_key(key, event, focus);
    }

  private:
    static float content_height(const Frame& frame);
    void look_up(Frame& frame);
    std::string error_text(const Frame& frame) const;
    bool shows_found(const Frame& frame) const;
    /// What adding the person who was found will do, in words.
    Str outcome(const Frame& frame) const;
    /// They will be asked first.
    bool asks_first(const Frame& frame) const;
    void draw_id(Frame& frame, Dialog& dialog, Rect& place);
    void draw_answer(Frame& frame, gfx::Canvas& canvas, Rect& place);
    void draw_found(Frame& frame, gfx::Canvas& canvas, Rect box);
    void draw_wording(Frame& frame, Dialog& dialog, Rect& place);
    void draw_names(Frame& frame, Dialog& dialog, Rect& place);
    void draw_one_way(Frame& frame, gfx::Canvas& canvas, Rect& place);
    void draw_buttons(Frame& frame, gfx::Canvas& canvas, Rect place);
    bool too_long(const platform::TextFields& fields) const;

    bool open_ = false;
    bool focus_wanted_ = false;
    bool empty_error_ = false;
    /// They do not get oneself as a friend.
    bool one_way_ = false;
    bool typed_since_ = true;
    double since_ms_ = 0;
    double find_at_ms_ = 0;
    ScrollArea scroll_;
    GroupField group_;
};

}  // namespace kumquat::ui
