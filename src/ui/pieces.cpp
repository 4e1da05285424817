#include "ui/pieces.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "gfx/picture_cache.h"
#include "platform/rendition.h"

namespace kumquat::ui {

namespace {

constexpr float kLargestCss = 72;

const gfx::TextStyle& initials_style(const Theme& theme, float diameter_css) {
    if (diameter_css <= 28) return theme.caption_bold;
    if (diameter_css <= 36) return theme.small_bold;
    if (diameter_css <= 48) return theme.body_bold;
    return theme.title;
}

Color banner_fill(const Palette& color, BannerKind kind) {
    switch (kind) {
        case BannerKind::kInfo:
            return color.accent_soft;
        case BannerKind::kBack:
            return color.leaf_soft;
        case BannerKind::kError:
            return color.danger_soft;
    }
    return color.accent_soft;
}

Color banner_sign(const Palette& color, BannerKind kind) {
    switch (kind) {
        case BannerKind::kInfo:
            return color.accent_text;
        case BannerKind::kBack:
            return color.leaf;
        case BannerKind::kError:
            return color.danger;
    }
    return color.accent_text;
}

struct BannerBox {
    float text_x = 0;
    float text_width = 0;
};

BannerBox banner_box(Frame& frame, float x, float width, float action_width) {
    float text_x = frame.px(14 + 20 + 12);
    return {x + text_x, width - text_x - frame.px(14) - action_width};
}

}  // namespace

void avatar(Frame& frame, gfx::Canvas& canvas, Point top_left, float diameter_css,
            std::string_view initials, std::uint32_t color, const BlobId& picture) {
    float diameter = frame.px(diameter_css);
    Rect box = {top_left.x, top_left.y, diameter, diameter};
    if (!picture.empty()) {
        // For the largest disc, so that all of a person's are one texture.
        gfx::PictureLook look =
            frame.screen.pictures().show(platform::PictureName::uploaded(picture.text()),
                                         platform::kSmallSide, frame.px(kLargestCss));
        if (look.retry_at_ms > 0) frame.change_at(look.retry_at_ms);
        if (look.state == gfx::PictureState::kReady) {
            canvas.picture(box, gfx::cover(look, box), diameter / 2);
            return;
        }
    }
    AvatarColors colors = avatar_colors(static_cast<int>(color), frame.theme.dark);
    if (frame.theme.forced) colors = {frame.theme.color.ground, frame.theme.color.ink};
    canvas.disc(box.center(), diameter / 2, colors.disc);
    if (frame.theme.forced) {
        canvas.outline(box, frame.theme.color.edge, frame.px(1), diameter / 2);
    }
    canvas.text_in(box, initials_style(frame.theme, diameter_css), colors.ink, initials);
}

BlobId avatar_picture(const client::Model& model, const UserId& user) {
    const proto::Profile* profile = model.profile_of(user);
    return profile != nullptr ? profile->avatar : BlobId();
}

void presence_dot(Frame& frame, gfx::Canvas& canvas, Point avatar_top_left, float diameter_css,
                  Color behind) {
    float radius = frame.px(diameter_css) / 2;
    float reach = radius * 0.70711f + frame.px(1);
    Point middle = {avatar_top_left.x + radius + reach, avatar_top_left.y + radius + reach};
    middle = {std::floor(middle.x + 0.5f), std::floor(middle.y + 0.5f)};
    canvas.disc(middle, frame.px(5) + frame.px(2), behind);
    canvas.disc(middle, frame.px(5), frame.theme.color.dot);
}

std::string badge_text(std::int64_t count) {
    return count > 99 ? "99+" : number_text(count);
}

float badge(Frame& frame, gfx::Canvas& canvas, float right, float middle_y, std::int64_t count,
            bool muted) {
    if (count <= 0) return 0;
    std::string words = badge_text(count);
    const gfx::TextStyle& style = frame.theme.caption_bold;
    float height = frame.px(20);
    float width = std::max(height, std::ceil(canvas.text_width(style, words)) + frame.px(6) * 2);
    Rect box = {right - width, std::floor(middle_y - height / 2), width, height};
    const Palette& color = frame.theme.color;
    canvas.fill(box, muted ? color.edge : color.accent, height / 2);
    canvas.text_in(box, style, muted ? color.pane : color.on_accent, words);
    return width;
}

void day_pill(Frame& frame, gfx::Canvas& canvas, Point middle, std::string_view words) {
    const gfx::TextStyle& style = frame.theme.caption;
    float width = std::ceil(canvas.text_width(style, words)) + frame.px(12) * 2;
    Rect box = {std::floor(middle.x - width / 2), std::floor(middle.y - frame.px(24) / 2), width,
                frame.px(24)};
    canvas.fill(box, frame.theme.color.field, box.h / 2);
    canvas.text_in(box, style, frame.theme.color.ink2, words);
}

void unread_divider(Frame& frame, gfx::Canvas& canvas, float left, float right, float middle_y,
                    std::string_view words) {
    const gfx::TextStyle& style = frame.theme.caption;
    Color color = frame.theme.color.accent_text;
    float width = std::ceil(canvas.text_width(style, words));
    float x = std::floor((left + right - width) / 2);
    float line_y = std::floor(middle_y);
    float gap = frame.px(12);
    canvas.fill({left, line_y, x - gap - left, frame.px(1)}, color.faded(0.35f));
    canvas.fill({x + width + gap, line_y, right - x - width - gap, frame.px(1)},
                color.faded(0.35f));
    canvas.text({x, std::floor(middle_y - style.line_px / 2)}, style, color, words);
}

float banner_height(Frame& frame, gfx::Canvas& canvas, float width, const BannerText& words,
                    float action_width) {
    BannerBox box = banner_box(frame, 0, width, action_width);
    float height = frame.px(12) * 2;
    if (!words.title.empty()) height += frame.theme.small.line_px;
    if (!words.text.empty()) {
        if (!words.title.empty()) height += frame.px(2);
        height += paragraph(frame, canvas, {}, box.text_width, frame.theme.small,
                            frame.theme.color.ink2, words.text, false);
    }
    return std::max(height, frame.px(44));
}

void banner(Frame& frame, gfx::Canvas& canvas, Rect rect, BannerKind kind, gfx::Icon icon,
            const BannerText& words, float action_width, float below) {
    const Palette& color = frame.theme.color;
    canvas.fill(rect, banner_fill(color, kind), frame.px(radius::kField));
    if (frame.theme.forced) {
        canvas.outline(rect, color.edge, frame.px(1), frame.px(radius::kField));
    }
    bool two = !words.title.empty() && !words.text.empty();
    float line = frame.theme.small.line_px;
    float top = two ? rect.y + frame.px(12) : std::floor(rect.center().y - line / 2);
    BannerBox box = banner_box(frame, rect.x, rect.w, action_width);
    if (!two) {
        float lines = paragraph(frame, canvas, {}, box.text_width, frame.theme.small, color.ink,
                                words.title.empty() ? words.text : words.title, false);
        top = std::floor(rect.y + (rect.h - below - lines) / 2);
    }
    canvas.icon(icon,
                {rect.x + frame.px(14 + 10), top + std::floor(line / 2) + (two ? frame.px(1) : 0)},
                frame.px(20), banner_sign(color, kind));
    if (!words.title.empty()) {
        canvas.text({box.text_x, top}, frame.theme.small_bold, color.ink, words.title);
        top += line + frame.px(2);
    }
    if (!words.text.empty()) {
        paragraph(frame, canvas, {box.text_x, top}, box.text_width, frame.theme.small,
                  two ? color.ink2 : color.ink, words.text);
    }
}

void failed_mark(Frame& frame, gfx::Canvas& canvas, Point middle, float diameter_css) {
    const Palette& color = frame.theme.color;
    float unit = frame.theme.pixel_ratio * diameter_css / 20;
    canvas.disc(middle, 9 * unit, color.danger);
    canvas.line({middle.x, middle.y - 4.5f * unit}, {middle.x, middle.y + 0.8f * unit}, 2.2f * unit,
                color.on_danger);
    canvas.disc({middle.x, middle.y + 4 * unit}, 1.2f * unit, color.on_danger);
}

float skeleton_opacity(Frame& frame) {
    if (frame.theme.motion.reduced) return 0.8f;
    frame.animating = true;
    double phase = std::fmod(frame.now_ms, 1400.0) / 1400.0;
    return 0.8f + 0.2f * static_cast<float>(std::cos(phase * 6.283185307));
}

void skeleton_row(Frame& frame, gfx::Canvas& canvas, Rect rect) {
    Color color = frame.theme.color.ground_hover;
    float disc = frame.px(24);
    canvas.disc({rect.x + frame.px(12) + disc, rect.center().y}, disc, color);
    float x = rect.x + frame.px(12 + 48 + 12);
    float top = std::floor(rect.center().y - frame.px(16));
    canvas.fill({x, top, frame.px(96), frame.px(12)}, color, frame.px(6));
    canvas.fill({x, top + frame.px(22), std::min(frame.px(168), rect.right() - frame.px(12) - x),
                 frame.px(10)},
                color, frame.px(5));
}

float empty_state(Frame& frame, gfx::Canvas& canvas, Rect area, std::string_view line,
                  std::string_view second, float below, bool on_ground) {
    const Theme& theme = frame.theme;
    float mark = frame.px(112);
    float body = theme.body_bold.line_px;
    float small = theme.small.line_px;
    float height =
        mark + frame.px(20) + body + frame.px(4) + small + (below > 0 ? frame.px(16) + below : 0);
    float x = std::floor(area.center().x);
    float y = std::floor(area.y + (area.h - height) / 2 - area.h * 0.04f);
    Color fruit = on_ground ? theme.color.ground_hover : theme.color.empty_fruit;
    canvas.mark({x - std::floor(mark / 2), y, mark, mark}, fruit, fruit, theme.color.empty_leaf, 0);
    y += mark + frame.px(20);
    canvas.text({x, y}, theme.body_bold, theme.color.ink, line, gfx::HorizontalAlign::kCenter);
    y += body + frame.px(4);
    canvas.text({x, y}, theme.small, theme.color.ink2, second, gfx::HorizontalAlign::kCenter);
    return y + small + frame.px(16);
}

float paragraph(Frame& frame, gfx::Canvas& canvas, Point top_left, float width,
                const gfx::TextStyle& style, Color color, std::string_view words, bool draw) {
    (void)frame;
    std::vector<gfx::TextLine> lines = canvas.break_lines(style, words, width);
    if (draw) {
        float y = top_left.y;
        for (const gfx::TextLine& line : lines) {
            canvas.text({top_left.x, y}, style, color,
                        words.substr(line.begin, line.end - line.begin));
            y += style.line_px;
        }
    }
    return style.line_px * static_cast<float>(lines.size());
}

}  // namespace kumquat::ui
