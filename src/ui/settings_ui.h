// The settings dialog: who one is, theme, language, sign-out.
#pragma once

#include <string>

#include "ui/frame.h"
#include "ui/overlay.h"

namespace kumquat::ui {

class SettingsUi {
  public:
    void open(double now_ms);
    void close() { open_ = asking_ = false; }
    bool is_open() const { return open_; }
    void draw(Frame& frame, const std::string& host);

  private:
    void draw_ask(Frame& frame);
    void draw_person(Frame& frame, gfx::Canvas& canvas, Rect& place, const std::string& host);
    void draw_look(Frame& frame, gfx::Canvas& canvas, Rect& place);
    void sign_out(Frame& frame);

    bool open_ = false;
    bool asking_ = false;
    bool focus_wanted_ = false;
    double since_ms_ = 0;
};

}  // namespace kumquat::ui
