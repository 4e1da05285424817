// What every pane gets to draw one frame with: the look, the words, the model, and the places where
// it leaves fields, nodes and wishes. Lives for one frame.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "client/core/model.h"
#include "gfx/screen.h"
#include "platform/dates.h"
#include "platform/environment.h"
#include "platform/notifier.h"
#include "platform/pinyin.h"
#include "platform/text_field.h"
#include "ui/action.h"
#include "ui/interaction.h"
#include "ui/layout.h"
#include "ui/mirror_builder.h"
#include "ui/strings.h"
#include "ui/theme.h"

namespace kumquat::ui {

struct Frame {
    gfx::Screen& screen;
    const Theme& theme;
    const Layout& layout;
    Lang lang;
    const client::Model& model;
    const platform::EnvironmentState& environment;
    const platform::Dates& dates;
    const platform::Pinyin& pinyin;
    platform::TextFields& fields;
    Interaction& input;
    MirrorBuilder& mirror;
    std::vector<Action>& actions;
    const Preferences& preferences;
    /// The service runs in this browser.
    bool on_device = false;
    platform::NotePermission note_permission = platform::NotePermission::kUnavailable;
    /// Monotonic.
    double now_ms = 0;
    TimeMs wall;
    /// A dialog or menu lies over what is being drawn: fields are painted, not placed.
    bool covered = false;
    /// Set by whatever moves: another frame follows at once.
    bool animating = false;
    /// The mirror's nodes need not be made in this frame: no dialog comes or goes. Whoever scrolls
    /// or shows a chat for the first time says whether they wait.
    bool mirror_may_wait = false;
    bool mirror_waits = false;
    /// Only movement led to this frame, and the mirror is young.
    bool only_movement = false;
    /// Set by what opens a chat: that is drawn in this frame's place.
    bool outdated = false;
    /// The earliest time at which something changes by itself; 0: never.
    double next_change_ms = 0;

    std::string_view str(Str key) const { return text(lang, key); }
    std::string str(Str key, std::initializer_list<Fill> values) const {
        return fill(lang, key, values);
    }
    float px(float css) const { return theme.px(css); }
    void command(client::Command command) { actions.emplace_back(std::move(command)); }
    /// A frame is needed at `when_ms` at the latest.
    void change_at(double when_ms) {
        if (next_change_ms == 0 || when_ms < next_change_ms) next_change_ms = when_ms;
    }
};

/// A Dear ImGui window that covers `rect` and draws nothing itself: a pane, or an overlay.
class Surface {
  public:
    enum class Kind { kPane, kOverlay };
    Surface(Frame& frame, const char* name, Rect rect, Kind kind = Kind::kPane);
    ~Surface();
    Surface(const Surface&) = delete;
    Surface& operator=(const Surface&) = delete;
    gfx::Canvas& canvas() { return canvas_; }

  private:
    gfx::Canvas canvas_;
};

}  // namespace kumquat::ui
