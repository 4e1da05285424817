// A search field with the friends that match below it: what dialogs choose people from.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "client/view/friend_rows.h"
#include "ui/frame.h"
#include "ui/scroll.h"

namespace kumquat::ui {

class Dialog;

class PeopleList {
  public:
    enum class Choice {
        kOne,   ///< A click on somebody is the choice.
        kMany,  ///< Everybody has a box to check.
    };

    /// `key`: its field is key + ".search", its rows begin with key. `none`: what is said where
    /// there is nobody to choose.
    PeopleList(std::string_view key, Choice choice, Str none);

    void forget(platform::TextFields& fields) const;
    /// Whom to leave out, and who is chosen already.
    using Test = std::function<bool(const client::FriendRow&)>;
    /// Draws it into `place`. Who was clicked, or nobody. `opened`: in the dialog's first frame.
    ConversationId draw(Frame& frame, Dialog& dialog, Rect place, bool opened,
                        const client::OffsetMinutes& offset, const Test& left_out,
                        const Test& chosen);
    /// Of the field and the rows that are seen at once, where the window is high enough.
    static float height(const Frame& frame);

  private:
    void refresh_rows(Frame& frame, const client::OffsetMinutes& offset, const Test& left_out);
    bool draw_person(Frame& frame, gfx::Canvas& canvas, Rect rect, Rect view,
                     const client::FriendRow& row, bool on);

    std::string key_;
    std::string field_;
    Choice choice_;
    Str none_;
    std::vector<client::FriendRow> rows_;
    client::Revision built_revision_ = 0;
    std::string searched_;
    ScrollArea scroll_;
};

}  // namespace kumquat::ui
