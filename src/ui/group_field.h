// The field for a friend group, with a menu of the groups that there are. A new name makes a new
// group.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gfx/canvas.h"
#include "ui/field_control.h"
#include "ui/frame.h"
#include "ui/menu.h"

namespace kumquat::ui {

/// The groups of one's friends, sorted, each once.
std::vector<std::string> friend_groups(const client::Model& model);

class GroupField {
  public:
    /// `rect` includes the label. Returns where the field itself lies.
    Rect draw(Frame& frame, gfx::Canvas& canvas, Rect rect, const LimitedLook& look);
    /// After the rest of the dialog, and while it still lives. True if a group was chosen: the
    /// field has it now.
    bool draw_menu(Frame& frame, std::string_view field);
    bool menu_open() const { return menu_.is_open(); }
    void close_menu() { menu_.close(); }
    bool on_key(std::string_view key, const platform::KeyEvent& event, std::string* focus) const {
        return menu_.on_key(key, event, focus);
    }

  private:
    Menu menu_;
};

}  // namespace kumquat::ui
