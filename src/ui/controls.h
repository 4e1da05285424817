// Buttons, segments and the focus ring: each draws itself, hit-tests, and leaves its node in the
// mirror. All return true in the frame in which they were used.
#pragma once

#include <string_view>

#include "gfx/canvas.h"
#include "ui/frame.h"

namespace kumquat::ui {

enum class ButtonKind : std::uint8_t {
    kPrimary,
    kQuiet,
    kCard,  ///< Quiet, with a fill: on ground and in banners.
    kDestructive
};

struct ButtonOptions {
    bool enabled = true;
    /// Shows a turning ring before the label and reacts to nothing.
    bool busy = false;
    /// Spoken instead of the label.
    std::string_view name;
    /// "small" text instead of "body".
    bool small = false;
};

bool button(Frame& frame, gfx::Canvas& canvas, std::string_view key, Rect rect, ButtonKind kind,
            std::string_view label, ButtonOptions options = {});

/// The width a button needs for `label`, its padding included.
float button_width(Frame& frame, gfx::Canvas& canvas, std::string_view label, bool small = false);

struct IconButtonOptions {
    bool enabled = true;
    /// Lies on `ground` instead of on a pane.
    bool on_ground = false;
    float icon_css = 22;
    platform::Tri expanded = platform::Tri::kAbsent;
    platform::Tri pressed = platform::Tri::kAbsent;
    bool has_popup = false;
};

/// A round button; `rect` is its target, a square.
bool icon_button(Frame& frame, gfx::Canvas& canvas, std::string_view key, Rect rect, gfx::Icon icon,
                 std::string_view name, IconButtonOptions options = {});

/// What can be hit of something that is drawn at `rect`: with a finger 44 CSS px at least, each way.
Rect touch_target(const Frame& frame, Rect rect);

/// Icon and a word: the language button.
bool text_icon_button(Frame& frame, gfx::Canvas& canvas, std::string_view key, Rect rect,
                      gfx::Icon icon, std::string_view label, std::string_view name);

/// A word that acts, in the colour of links; `rect` is its line box.
bool link_button(Frame& frame, gfx::Canvas& canvas, std::string_view key, Rect rect,
                 const gfx::TextStyle& style, Color color, std::string_view label,
                 std::string_view name, bool underline);

/// A row of choices, one of which is on; their nodes are `key`.0, `key`.1 and so on. Returns the
/// chosen index, or -1. The labels must outlive the call. `right`: the right edge; height 36.
int segments(Frame& frame, gfx::Canvas& canvas, std::string_view key, std::string_view name,
             float right, float top, const std::string_view* labels, int count, int chosen);

/// What can be on or off, at the right end of `line`, in the middle of its height; the whole line
/// can be hit. True when it was used; the caller turns it.
bool switch_control(Frame& frame, gfx::Canvas& canvas, std::string_view key, Rect line,
                    std::string_view name, bool on, bool enabled = true);

/// switch_control() with its label, `body`, at the left.
bool switch_line(Frame& frame, gfx::Canvas& canvas, std::string_view key, Rect rect,
                 std::string_view label, bool on);

/// Around anything that is not a field, for focus by keyboard. `inset`: inside the edge (scroll
/// areas).
void focus_ring(Frame& frame, gfx::Canvas& canvas, Rect rect, float radius_px, bool inset = false);

/// A ring that turns, with the motion the person has asked for.
void busy_ring(Frame& frame, gfx::Canvas& canvas, Point middle, float diameter_css, Color color);

}  // namespace kumquat::ui
