// The small parts that panes are made of and that do nothing when clicked: avatars, badges, pills,
// banners, skeletons, empty states.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "gfx/canvas.h"
#include "ui/frame.h"

namespace kumquat::ui {

/// A person's disc: the picture once it is decoded, the generated one until then and without.
/// `diameter_css` is one of 28, 32, 36, 40, 48, 72.
void avatar(Frame& frame, gfx::Canvas& canvas, Point top_left, float diameter_css,
            std::string_view initials, std::uint32_t color, const BlobId& picture = BlobId());
/// The picture that a person has chosen, as far as it is known.
BlobId avatar_picture(const client::Model& model, const UserId& user);
/// On the rim of an avatar of that size; `behind` is the colour around it.
void presence_dot(Frame& frame, gfx::Canvas& canvas, Point avatar_top_left, float diameter_css,
                  Color behind);

/// A count; its right edge and middle are given. Returns its width. 0 draws nothing. `muted`: in
/// the colours of what does not call.
float badge(Frame& frame, gfx::Canvas& canvas, float right, float middle_y, std::int64_t count,
            bool muted = false);
std::string badge_text(std::int64_t count);

/// The pill of a day, centred on `middle`.
void day_pill(Frame& frame, gfx::Canvas& canvas, Point middle, std::string_view words);
/// A caption between two lines, from `left` to `right`, in the middle of `middle_y`.
void unread_divider(Frame& frame, gfx::Canvas& canvas, float left, float right, float middle_y,
                    std::string_view words);

enum class BannerKind : std::uint8_t { kInfo, kBack, kError };
struct BannerText {
    std::string_view title;
    std::string_view text;
};
/// The height that a banner of `width` needs; `action_width` is kept free at its right.
float banner_height(Frame& frame, gfx::Canvas& canvas, float width, const BannerText& words,
                    float action_width = 0);
/// `below`: kept free under the words, for something of the caller's.
void banner(Frame& frame, gfx::Canvas& canvas, Rect rect, BannerKind kind, gfx::Icon icon,
            const BannerText& words, float action_width = 0, float below = 0);

/// The disc with the exclamation mark.
void failed_mark(Frame& frame, gfx::Canvas& canvas, Point middle, float diameter_css);

/// Placeholder of a row that is being loaded; `rect` is the row's.
void skeleton_row(Frame& frame, gfx::Canvas& canvas, Rect rect);
/// The slow shade of everything that is being loaded.
float skeleton_opacity(Frame& frame);

/// Mark in one tone, a line, a smaller line; centred in `area`, a little above its middle. Returns
/// the y below it, where a button may stand (its height, `below`, is part of the centring). On
/// `ground` the mark is a shade darker.
float empty_state(Frame& frame, gfx::Canvas& canvas, Rect area, std::string_view line,
                  std::string_view second, float below, bool on_ground = false);

/// Several lines, broken to `width`; returns the height. `draw` false: only measures.
float paragraph(Frame& frame, gfx::Canvas& canvas, Point top_left, float width,
                const gfx::TextStyle& style, Color color, std::string_view words, bool draw = true);

}  // namespace kumquat::ui
