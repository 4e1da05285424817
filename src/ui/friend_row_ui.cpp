#include "ui/friend_row_ui.h"

#include <cmath>

#include "ui/controls.h"
#include "ui/pieces.h"
#include "ui/recalled_ui.h"

namespace kumquat::ui {

namespace {

/// Baselines of the two lines, from the row's top.
constexpr float kNameBaseline = 28;
constexpr float kPreviewBaseline = 50;
/// Of the pin and of the crossed-out bell.
constexpr float kSignCss = 14;

/// What is new says more than what was begun somewhere else.
bool tells_of_draft_elsewhere(const client::FriendRow& row) {
    return row.draft_elsewhere && row.unread == 0 && row.preview != client::PreviewKind::kTyping;
}

Color preview_color(const Frame& frame, const client::FriendRow& row) {
    if (row.preview == client::PreviewKind::kTyping || tells_of_draft_elsewhere(row)) {
        return frame.theme.color.accent_text;
    }
    return row.unread > 0 ? frame.theme.color.ink : frame.theme.color.ink2;
}

/// Draws the state's glyph in front of an own message. Returns the width used.
float draw_state(Frame& frame, gfx::Canvas& canvas, Point middle_left, client::MessageState state) {
    gfx::Icon icon;
    if (!state_icon(state, &icon)) return 0;
    if (state == client::MessageState::kFailed) {
        failed_mark(frame, canvas, {middle_left.x + frame.px(7), middle_left.y}, 14);
        return frame.px(14 + 4);
    }
    float width = frame.px(gfx::icon_grid(icon).w);
    Color color =
        state == client::MessageState::kRead ? frame.theme.color.leaf : frame.theme.color.ink2;
    canvas.icon(icon, {middle_left.x + width / 2, middle_left.y}, frame.px(24), color);
    return width + frame.px(4);
}

void draw_preview(Frame& frame, gfx::Canvas& canvas, Point baseline, float width,
                  const client::FriendRow& row) {
    const gfx::TextStyle& style = frame.theme.small;
    float x = baseline.x;
    float right = baseline.x + width;
    float top = baseline.y - (gfx::Canvas::baseline_of(0, style));
    if (row.state && !tells_of_draft_elsewhere(row)) {
        x += draw_state(frame, canvas, {x, std::floor(baseline.y - style.size_px * 0.37f)},
                        *row.state);
    }
    if (row.preview == client::PreviewKind::kDraft) {
        x += canvas.text({x, top}, style, frame.theme.color.accent_text,
                         frame.str(Str::preview_draft)) +
             frame.px(4);
        canvas.text_cut({x, top}, style, preview_color(frame, row), row.text, right - x);
        return;
    }
    canvas.text_cut({x, top}, style, preview_color(frame, row), friend_row_preview(frame, row),
                    right - x);
}

/// Fill of a row by its state; returns the colour that lies behind what stands on it.
Color draw_row_fill(Frame& frame, gfx::Canvas& canvas, Rect rect, bool chosen,
                    const Touched& touched) {
    const Palette& color = frame.theme.color;
    float radius = frame.px(radius::kRow);
    if (chosen) {
        draw_elevation(canvas, frame.theme, rect, radius, Elevation::kE1);
        canvas.fill(rect, color.row, radius);
        return color.row;
    }
    if (!touched.pressed && !touched.hovered) return color.ground;
    Color fill = touched.pressed ? color.ground_press : color.ground_hover;
    canvas.fill(rect, fill, radius);
    return fill;
}

/// Where a row's two lines stand: left edge, baselines, right edge.
struct RowText {
    float x = 0;
    float right = 0;
    float name_y = 0;
    float preview_y = 0;
};

RowText row_text(const Frame& frame, Rect rect) {
    return {rect.x + frame.px(12 + 48 + 12), rect.right() - frame.px(12),
            rect.y + frame.px(kNameBaseline), rect.y + frame.px(kPreviewBaseline)};
}

/// The time at the right of the first line. Returns where the name has to end.
float draw_row_time(Frame& frame, gfx::Canvas& canvas, const RowText& text, std::string_view time) {
    if (time.empty()) return text.right;
    float width = canvas.text_on({text.right, text.name_y}, frame.theme.caption_digits,
                                 frame.theme.color.ink2, time, gfx::HorizontalAlign::kRight);
    return text.right - width - frame.px(8);
}

}  // namespace

bool state_icon(client::MessageState state, gfx::Icon* icon) {
    switch (state) {
        case client::MessageState::kReceived:
            return false;
        case client::MessageState::kQueued:
        case client::MessageState::kUploading:
        case client::MessageState::kSending:
            *icon = gfx::Icon::kSending;
            return true;
        case client::MessageState::kSent:
            *icon = gfx::Icon::kSent;
            return true;
        case client::MessageState::kRead:
            *icon = gfx::Icon::kRead;
            return true;
        case client::MessageState::kFailed:
            *icon = gfx::Icon::kFailed;
            return true;
    }
    return false;
}

std::string friend_row_name(const Frame& frame, const client::FriendRow& row) {
    std::string name = row.name;
    std::string_view comma = frame.lang == Lang::kChinese ? "，" : ", ";
    if (row.unread > 0) {
        std::string count = number_text(row.unread);
        name.append(comma).append(frame.str(Str::row_unread, {{"n", count}}));
    }
    if (row.online) name.append(comma).append(frame.str(Str::row_online));
    if (row.pinned) name.append(comma).append(frame.str(Str::row_pinned));
    if (row.muted) name.append(comma).append(frame.str(Str::row_muted));
    return name;
}

std::string friend_row_preview(const Frame& frame, const client::FriendRow& row) {
    if (tells_of_draft_elsewhere(row)) return std::string(frame.str(Str::preview_draft_elsewhere));
    switch (row.preview) {
        case client::PreviewKind::kNone:
            return {};
        case client::PreviewKind::kNewFriends:
            return std::string(frame.str(Str::preview_friends));
        case client::PreviewKind::kText:
            return row.text;
        case client::PreviewKind::kPicture:
            return std::string(frame.str(Str::preview_image));
        case client::PreviewKind::kUnsupported:
            return std::string(frame.str(Str::preview_other));
        case client::PreviewKind::kDraft:
            return std::string(frame.str(Str::preview_draft)) + " " + row.text;
        case client::PreviewKind::kTyping:
            return std::string(frame.str(Str::chat_typing));
        case client::PreviewKind::kRecalled:
            return recalled_words(frame, row.state.has_value(), row.name);
    }
    return {};
}

void draw_friend_row(Frame& frame, gfx::Canvas& canvas, Rect rect, const client::FriendRow& row,
                     std::string_view time, const Touched& touched) {
    const Theme& theme = frame.theme;
    const Palette& color = theme.color;
    bool chosen = row.open && frame.layout.two_columns;
    Color behind = draw_row_fill(frame, canvas, rect, chosen, touched);
    Point face = {rect.x + frame.px(12), rect.y + frame.px(10)};
    avatar(frame, canvas, face, 48, row.initials, row.color, row.avatar);
    if (row.online) presence_dot(frame, canvas, face, 48, behind);

    RowText text = row_text(frame, rect);
    float name_right = draw_row_time(frame, canvas, text, time);
    float name_top = text.name_y - gfx::Canvas::baseline_of(0, theme.body_bold);
    float muted = row.muted ? frame.px(kSignCss + 4) : 0;
    float name_w = canvas.text_cut({text.x, name_top}, theme.body_bold, color.ink, row.name,
                                   name_right - muted - text.x);
    if (row.muted) {
        canvas.icon(gfx::Icon::kMuted,
                    {text.x + std::ceil(name_w) + frame.px(4 + kSignCss / 2),
                     std::floor(text.name_y - theme.body_bold.size_px * 0.37f)},
                    frame.px(kSignCss), color.ink2);
    }
    float middle = std::floor(text.preview_y - theme.small.size_px * 0.37f);
    float taken = badge(frame, canvas, text.right, middle, row.unread, row.muted);
    if (taken == 0 && row.pinned) {
        taken = frame.px(kSignCss);
        canvas.icon(gfx::Icon::kPin, {text.right - taken / 2, middle}, frame.px(kSignCss + 2),
                    color.ink2);
    }
    float preview_right = taken > 0 ? text.right - taken - frame.px(8) : text.right;
    draw_preview(frame, canvas, {text.x, text.preview_y}, preview_right - text.x, row);
    if (touched.ring) focus_ring(frame, canvas, rect, frame.px(radius::kRow), true);
}

void draw_requests_row(Frame& frame, gfx::Canvas& canvas, Rect rect, const client::RequestsRow& row,
                       std::string_view preview, std::string_view time, const Touched& touched) {
    const Theme& theme = frame.theme;
    draw_row_fill(frame, canvas, rect, false, touched);
    Point middle = {rect.x + frame.px(12 + 24), rect.y + frame.px(10 + 24)};
    canvas.disc(middle, frame.px(24), theme.color.accent_soft);
    canvas.icon(gfx::Icon::kAddUser, middle, frame.px(22), theme.color.accent_text);
    RowText text = row_text(frame, rect);
    float name_right = draw_row_time(frame, canvas, text, time);
    float name_top = text.name_y - gfx::Canvas::baseline_of(0, theme.body_bold);
    canvas.text_cut({text.x, name_top}, theme.body_bold, theme.color.ink, frame.str(Str::req_title),
                    name_right - text.x);
    float taken = badge(frame, canvas, text.right,
                        std::floor(text.preview_y - theme.small.size_px * 0.37f), row.unread);
    float preview_right = taken > 0 ? text.right - taken - frame.px(8) : text.right;
    canvas.text_cut({text.x, text.preview_y - gfx::Canvas::baseline_of(0, theme.small)},
                    theme.small, row.unread > 0 ? theme.color.ink : theme.color.ink2, preview,
                    preview_right - text.x);
    if (touched.ring) focus_ring(frame, canvas, rect, frame.px(radius::kRow), true);
}

}  // namespace kumquat::ui
