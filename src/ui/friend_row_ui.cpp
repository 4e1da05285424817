#include "ui/friend_row_ui.h"

#include <cmath>

#include "ui/controls.h"
#include "ui/pieces.h"

namespace kumquat::ui {

namespace {

/// Baselines of the two lines, from the row's top.
constexpr float kNameBaseline = 28;
constexpr float kPreviewBaseline = 50;

Color preview_color(const Frame& frame, const client::FriendRow& row) {
    if (row.preview == client::PreviewKind::kTyping) return frame.theme.color.accent_text;
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
    if (row.state && row.preview != client::PreviewKind::kDraft &&
        row.preview != client::PreviewKind::kTyping) {
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
    if (row.unread == 0 && !row.online) return row.name;
    std::string count = number_text(row.unread);
    Str key = row.unread == 0 ? Str::row_online
              : row.online    ? Str::row_unread_online
                              : Str::row_unread;
    return frame.str(key, {{"name", row.name}, {"n", count}});
}

std::string friend_row_preview(const Frame& frame, const client::FriendRow& row) {
    switch (row.preview) {
        case client::PreviewKind::kNone:
            return {};
        case client::PreviewKind::kNewFriends:
            return std::string(frame.str(Str::preview_friends));
        case client::PreviewKind::kText:
            return row.text;
        case client::PreviewKind::kUnsupported:
            return std::string(frame.str(Str::preview_other));
        case client::PreviewKind::kDraft:
            return std::string(frame.str(Str::preview_draft)) + " " + row.text;
        case client::PreviewKind::kTyping:
            return std::string(frame.str(Str::chat_typing));
    }
    return {};
}

void draw_friend_row(Frame& frame, gfx::Canvas& canvas, Rect rect, const client::FriendRow& row,
                     std::string_view time, const Touched& touched) {
    const Theme& theme = frame.theme;
    const Palette& color = theme.color;
    float radius = frame.px(radius::kRow);
    Color behind = color.ground;
    bool chosen = row.open && frame.layout.two_columns;
    if (chosen) {
        draw_elevation(canvas, theme, rect, radius, Elevation::kE1);
        canvas.fill(rect, color.row, radius);
        behind = color.row;
    } else if (touched.pressed || touched.hovered) {
        behind = touched.pressed ? color.ground_press : color.ground_hover;
        canvas.fill(rect, behind, radius);
    }
    Point face = {rect.x + frame.px(12), rect.y + frame.px(10)};
    avatar(frame, canvas, face, 48, row.initials, row.color,
           avatar_picture(frame.model, row.id.peer()));
    if (row.online) presence_dot(frame, canvas, face, 48, behind);

    float x = face.x + frame.px(48 + 12);
    float right = rect.right() - frame.px(12);
    float name_y = rect.y + frame.px(kNameBaseline);
    float preview_y = rect.y + frame.px(kPreviewBaseline);
    float name_right = right;
    if (!time.empty()) {
        float width = canvas.text_on({right, name_y}, theme.caption_digits, color.ink2, time,
                                     gfx::HorizontalAlign::kRight);
        name_right = right - width - frame.px(8);
    }
    float name_top = name_y - gfx::Canvas::baseline_of(0, theme.body_bold);
    canvas.text_cut({x, name_top}, theme.body_bold, color.ink, row.name, name_right - x);
    float middle = preview_y - theme.small.size_px * 0.37f;
    float taken = badge(frame, canvas, right, middle, row.unread);
    float preview_right = taken > 0 ? right - taken - frame.px(8) : right;
    draw_preview(frame, canvas, {x, preview_y}, preview_right - x, row);
    if (touched.ring) focus_ring(frame, canvas, rect, radius, true);
}

}  // namespace kumquat::ui
