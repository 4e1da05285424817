// The settings dialog: who one is, the look, notifications and privacy, one's devices, sign-out.
// Longer lists are pages of the same dialog.
#pragma once

#include <optional>
#include <string>

#include "client/view/local_time.h"
#include "client/view/session_rows.h"
#include "ui/frame.h"
#include "ui/overlay.h"
#include "ui/question.h"

namespace kumquat::ui {

/// What the dialog asks the rest of the UI for.
struct SettingsWish {
    /// Whose profile should open: one's own, or somebody's who is blocked.
    UserId profile;
    /// To ask first.
    std::optional<Question> question;
};

class SettingsUi {
  public:
    void open(double now_ms);
    void close() { *this = SettingsUi(); }
    bool is_open() const { return open_; }
    SettingsWish draw(Frame& frame, const std::string& host, const client::OffsetMinutes& offset);
    /// Arrows lead from one choice of a group of segments to the next; the key of that one in
    /// `chosen`.
    bool on_key(std::string_view node, const platform::KeyEvent& event, std::string* chosen) const;
    /// Escape: a page leads back to the first one. False: there is nothing to go back to.
    bool go_back(std::vector<Action>& actions);

  private:
    enum class Page { kMain, kAllow, kBlocked, kSessions };

    void show(Frame& frame, Page page);
    float content_height(const Frame& frame) const;
    void draw_main(Frame& frame, gfx::Canvas& canvas, Rect place, const std::string& host,
                   SettingsWish& wish);
    void draw_person(Frame& frame, gfx::Canvas& canvas, Rect& place, const std::string& host,
                     SettingsWish& wish);
    void draw_look(Frame& frame, gfx::Canvas& canvas, Rect& place);
    void draw_privacy(Frame& frame, gfx::Canvas& canvas, Rect& place);
    void draw_data(Frame& frame, gfx::Canvas& canvas, Rect& place, SettingsWish& wish);
    void draw_notifications(Frame& frame, gfx::Canvas& canvas, Rect line);
    void draw_allow(Frame& frame, gfx::Canvas& canvas, Rect place);
    void draw_blocked(Frame& frame, gfx::Canvas& canvas, Rect place, SettingsWish& wish);
    void draw_sessions(Frame& frame, gfx::Canvas& canvas, Rect place,
                       const client::OffsetMinutes& offset, SettingsWish& wish);
    void draw_session(Frame& frame, gfx::Canvas& canvas, Rect line,
                      const client::SessionRow& session, SettingsWish& wish);

    bool open_ = false;
    Page page_ = Page::kMain;
    /// The node that gets the focus with the next frame; empty: none.
    std::string focus_wanted_;
    double since_ms_ = 0;
    ScrollArea scroll_;
};

}  // namespace kumquat::ui
