// Where the panes lie, as a pure function of the window: breakpoints, columns, safe areas, touch.
//
// All results are physical pixels, rounded to whole ones.
#pragma once

#include "platform/environment.h"
#include "platform/geometry.h"

namespace kumquat::ui {

using platform::Point;
using platform::Rect;

/// Breakpoints in CSS pixels of window width.
inline constexpr float kPhoneBelowCss = 600;
inline constexpr float kTwoColumnsFromCss = 900;
inline constexpr float kWideFromCss = 1200;

struct Layout {
    float pixel_ratio = 1;
    Rect window;
    /// The window less the safe areas.
    Rect safe;
    /// Touch measures: the pointer is coarse or the window is a phone's.
    bool touch = false;
    bool phone = false;
    /// Friends and chat side by side; otherwise one of them fills the window.
    bool two_columns = false;
    /// The friends pane: its whole area, on `ground`.
    Rect friends;
    /// The chat pane. Two columns: the island. Otherwise the window.
    Rect chat;
    /// Padding of the friends rows' edges from the pane's left and right.
    float friends_left = 0;
    float friends_right = 0;
    float header_height = 0;
    float row_height = 0;
    /// Inner padding of the message column: from its edge to bubbles and composer.
    float column_padding = 0;

    float px(float css) const;
};

Layout make_layout(const platform::EnvironmentState& environment);

/// The column of messages and composer in the chat pane, its padding included: at most 760 wide,
/// centred.
Rect message_column(const Layout& layout);

/// The login pane's parts.
struct LoginLayout {
    /// Art and island side by side.
    bool wide = false;
    /// There is room for the art.
    bool art = false;
    Rect art_area;
    Rect island;
    /// Left edge and width of the form's column.
    float form_x = 0;
    float form_width = 0;
};
LoginLayout make_login_layout(const Layout& layout);

/// A card of `width_css` by `height` (physical), centred on the island.
Rect card_rect(const Layout& layout, float width_css, float height);
/// The same for a dialog of some content, which on a phone fills the window below the safe area's
/// top.
Rect dialog_rect(const Layout& layout, float width_css, float height);

}  // namespace kumquat::ui
