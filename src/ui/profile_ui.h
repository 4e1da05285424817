// The dialog about a person: oneself, a friend or a stranger. Who it is about and what has been
// typed is its own; everything else is the model's.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ui/frame.h"
#include "ui/group_field.h"
#include "ui/overlay.h"
#include "ui/question.h"

namespace kumquat::ui {

/// What the dialog asks the rest of the UI for.
struct ProfileWish {
    /// The person chose this chat.
    ConversationId open_chat;
    /// The add dialog should open with this ID.
    std::string add_id;
    /// To ask first.
    std::optional<Question> question;
    /// A picture of one's own is to be chosen.
    bool pick_avatar = false;
};

class ProfileUi {
  public:
    static constexpr std::string_view kNickField = "profile.nick";
    static constexpr std::string_view kRemarkField = "profile.remark";
    static constexpr std::string_view kGroupField = "profile.group";

    void open(const client::Model& model, const UserId& user, platform::TextFields& fields,
              double now_ms);
    void close(platform::TextFields& fields);
    bool is_open() const { return open_; }
    ProfileWish draw(Frame& frame);
    /// Enter in one of its fields.
    void submit(const client::Model& model, platform::TextFields& fields,
                std::vector<Action>& actions);
    /// Escape: the menu of groups closes before the dialog does. True if it did.
    bool close_menu();
    bool on_key(std::string_view key, const platform::KeyEvent& event, std::string* focus) const {
        return group_.on_key(key, event, focus);
    }

  private:
    /// What a field held when it was last the model's.
    struct Known {
        std::string_view field;
        std::string text;
    };

    bool own(const client::Model& model) const { return user_ == model.me.user_id; }
    void follow(platform::TextFields& fields, Known& known, const std::string& text) const;
    void follow_model(const client::Model& model, platform::TextFields& fields);
    bool changed(const client::Model& model, const platform::TextFields& fields) const;
    bool fits(const client::Model& model, const platform::TextFields& fields) const;
    const client::TaskState* saving(const client::Model& model) const;
    float content_height(Frame& frame) const;
    void draw_person(Frame& frame, gfx::Canvas& canvas, Rect& place);
    void draw_copies(Frame& frame, gfx::Canvas& canvas, Rect place);
    void draw_own(Frame& frame, Dialog& dialog, Rect& place, ProfileWish& wish);
    void draw_friend(Frame& frame, Dialog& dialog, Rect& place);
    void draw_save(Frame& frame, gfx::Canvas& canvas, Rect& place);
    void draw_actions(Frame& frame, gfx::Canvas& canvas, Rect& place, ProfileWish& wish);

    bool open_ = false;
    bool focus_wanted_ = false;
    double since_ms_ = 0;
    UserId user_;
    Known nick_{kNickField, {}};
    Known remark_{kRemarkField, {}};
    Known group_name_{kGroupField, {}};
    ScrollArea scroll_;
    GroupField group_;
};

/// Asks before somebody is blocked, or deleted from the friends.
Question ask_to_block(const Frame& frame, const UserId& user);
Question ask_to_delete_friend(const Frame& frame, const UserId& user);

}  // namespace kumquat::ui
