#include "ui/message_ui.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "ui/controls.h"
#include "ui/friend_row_ui.h"
#include "ui/picture_bubble.h"
#include "ui/pieces.h"

namespace kumquat::ui {

namespace {

constexpr double kSendingShownAfterMs = 400;
constexpr std::size_t kShapesKept = 6'000;
constexpr float kEmojiCss = 40;

bool is_unsettled(client::MessageState state) {
    return state == client::MessageState::kQueued || state == client::MessageState::kUploading ||
           state == client::MessageState::kSending;
}

float state_width(Frame& frame, client::MessageState state) {
    gfx::Icon icon;
    if (state == client::MessageState::kFailed || !state_icon(state, &icon)) return 0;
    // The widest of them is kept free, so that a bubble does not change its width on its way.
    return frame.px(4) + frame.px(gfx::icon_grid(gfx::Icon::kRead).w);
}

gfx::Corners bubble_corners(Frame& frame, const client::TimelineRow& row) {
    float full = frame.px(radius::kBubble);
    float tight = frame.px(radius::kTight);
    float upper = row.first_in_group ? full : tight;
    return row.own ? gfx::Corners(full, upper, tight, full)
                   : gfx::Corners(upper, full, full, tight);
}

void mirror_lines(Frame& frame, const MessageShape& shape, std::string_view key, Point top_left,
                  const gfx::TextStyle& style) {
    float y = top_left.y;
    for (std::size_t i = 0; i < shape.box.lines.size(); ++i) {
        const gfx::TextLine& line = shape.box.lines[i];
        platform::MirrorNode node =
            make_node(std::string(key) + "." + number_text(static_cast<std::int64_t>(i)),
                      platform::Role::kText,
                      std::string_view(shape.text).substr(line.begin, line.end - line.begin),
                      {top_left.x, y, std::ceil(line.width_px), style.line_px});
        node.font_px = style.size_px;
        frame.mirror.leaf(std::move(node));
        y += style.line_px;
    }
}

void draw_lines(gfx::Canvas& canvas, const MessageShape& shape, Point top_left, Rect view,
                const gfx::TextStyle& style, Color color) {
    float y = top_left.y;
    for (const gfx::TextLine& line : shape.box.lines) {
        if (y + style.line_px > view.y && y < view.bottom()) {
            canvas.text({top_left.x, y}, style, color,
                        std::string_view(shape.text).substr(line.begin, line.end - line.begin));
        }
        y += style.line_px;
    }
}

/// Why a message has failed, where a person can make something of it; else that it has.
/// The service has its picture.
bool has_ids(const client::TimelineRow& row) {
    return row.body->image && !row.body->image->renditions.empty() &&
           !row.body->image->renditions.front().id.empty();
}

std::string_view failed_words(const Frame& frame, const client::TimelineRow& row) {
    if (row.body_kind == client::BodyKind::kPicture && !has_ids(row)) {
        Str words = row.error ? picture_error_words(*row.error) : Str::pic_failed;
        return frame.str(words == Str::err_generic ? Str::pic_failed : words);
    }
    if (!row.error) return frame.str(Str::msg_failed);
    Str words = error_words(Attempt::kSendMessage, *row.error);
    return frame.str(words == Str::err_generic ? Str::msg_failed : words);
}

/// "Not sent · Try again" below a failed message. True when it was used.
bool draw_failed_line(Frame& frame, gfx::Canvas& canvas, std::string_view key,
                      std::string_view failed, float right, float top) {
    const Theme& theme = frame.theme;
    std::string_view retry = frame.str(Str::msg_retry);
    float retry_width = std::ceil(canvas.text_width(theme.caption_bold, retry));
    gfx::TextStyle bold = theme.caption_bold;
    bold.tabular = false;
    Rect link = {right - retry_width, top, retry_width, theme.caption.line_px};
    canvas.disc({link.x - frame.px(8), std::floor(link.center().y)}, frame.theme.pixel_ratio * 1.2f,
                theme.color.danger);
    canvas.text({link.x - frame.px(16), top}, theme.caption, theme.color.danger, failed,
                gfx::HorizontalAlign::kRight);
    return link_button(frame, canvas, std::string(key) + ".retry", link, bold, theme.color.danger,
                       retry, retry, true);
}

MetaColors meta_colors(const Frame& frame, Color ink) {
    return {ink, frame.theme.color.leaf};
}

}  // namespace

void draw_meta(Frame& frame, gfx::Canvas& canvas, Point baseline, const MessageShape& shape,
               const client::TimelineRow& row, MetaColors colors) {
    float x = baseline.x;
    gfx::Icon icon;
    bool has_icon = row.state != client::MessageState::kFailed && state_icon(row.state, &icon);
    if (has_icon) {
        x += frame.px(gfx::icon_grid(gfx::Icon::kRead).w) - frame.px(gfx::icon_grid(icon).w);
    }
    x += canvas.text_on({x, baseline.y}, frame.theme.caption_digits, colors.ink, shape.time_words);
    if (!has_icon) return;
    if (is_unsettled(row.state)) {
        double shown = static_cast<double>(row.created_ms) + kSendingShownAfterMs;
        if (frame.now_ms < shown) {
            frame.change_at(shown);
            return;
        }
    }
    float width = frame.px(gfx::icon_grid(icon).w);
    Point middle = {x + frame.px(4) + width / 2,
                    std::floor(baseline.y - frame.theme.caption.size_px * 0.37f)};
    Color tint = row.state == client::MessageState::kRead ? colors.read : colors.ink;
    canvas.icon(icon, middle, frame.px(24), tint);
}

const MessageShape& MessageShapes::shape(Frame& frame, gfx::Canvas& canvas, const HistoryLook& look,
                                         const client::TimelineRow& row) {
    if (shapes_.size() > kShapesKept) shapes_.clear();
    MessageShape& shape = shapes_[row.key];
    bool same = shape.body == row.body && shape.width_max == look.bubble.width_max &&
                shape.size_px == frame.theme.body.size_px && shape.shows_time == row.shows_time &&
                shape.state == row.state && shape.lang == frame.lang && row.time &&
                shape.time == *row.time &&
                shape.local_key == (row.picture ? row.picture->key : std::string());
    if (same) return shape;
    shape.body = row.body;
    shape.width_max = look.bubble.width_max;
    shape.size_px = frame.theme.body.size_px;
    shape.shows_time = row.shows_time;
    shape.state = row.state;
    shape.lang = frame.lang;
    shape.time = row.time ? *row.time : TimeMs();
    shape.local_key = row.picture ? row.picture->key : std::string();
    shape.text = row.body_kind == client::BodyKind::kText
                     ? row.body->content
                     : std::string(frame.str(Str::chat_unsupported));
    shape.time_words =
        frame.dates.format(shape.time, platform::DateForm::kTime, language_tag(frame.lang));
    float meta = canvas.text_width(frame.theme.caption_digits, shape.time_words);
    shape.meta_width = std::ceil(meta) + state_width(frame, row.state);
    if (row.body_kind == client::BodyKind::kPicture) {
        shape.picture = picture_of(row, frame.model.me.user_id);
        shape.text = picture_name(frame, look, shape.picture, row);
        PictureBox box = picture_box(look.picture, shape.picture.original().width,
                                     shape.picture.original().height);
        shape.box = BubbleBox();
        shape.box.width = box.width;
        shape.box.height = box.height;
        return shape;
    }
    std::vector<gfx::TextLine> lines = canvas.break_lines(
        frame.theme.body, shape.text, look.bubble.width_max - 2 * look.bubble.padding_x);
    shape.box = bubble_box(look.bubble, std::move(lines), row.shows_time ? shape.meta_width : 0);
    if (row.emoji_only > 0) {
        shape.box.width = std::ceil(canvas.emoji_width(frame.px(kEmojiCss), shape.text));
        shape.box.height = frame.px(kEmojiCss + 8);
    }
    return shape;
}

float message_height(Frame& frame, const MessageShape& shape, const client::TimelineRow& row) {
    float height = shape.box.height;
    if (row.emoji_only > 0 && row.shows_time) {
        height += frame.px(2) + frame.theme.caption.line_px;
    }
    if (row.state == client::MessageState::kFailed) {
        height += frame.px(4) + frame.theme.caption.line_px;
    }
    return height;
}

std::string message_name(const Frame& frame, const HistoryLook& look, const MessageShape& shape,
                         const client::TimelineRow& row) {
    std::string name = row.own ? std::string(frame.str(Str::msg_own_a11y)) : look.peer_name;
    std::string_view comma = frame.lang == Lang::kChinese ? "，" : ", ";
    name += comma;
    name += shape.time_words;
    switch (row.state) {
        case client::MessageState::kReceived:
            return name;
        case client::MessageState::kQueued:
        case client::MessageState::kUploading:
        case client::MessageState::kSending:
            return name.append(comma).append(frame.str(Str::msg_sending));
        case client::MessageState::kSent:
            return name.append(comma).append(frame.str(Str::msg_sent));
        case client::MessageState::kRead:
            return name.append(comma).append(frame.str(Str::msg_read));
        case client::MessageState::kFailed:
            name.append(comma).append(frame.str(Str::msg_failed));
            if (failed_words(frame, row) != frame.str(Str::msg_failed)) {
                name.append(comma).append(failed_words(frame, row));
            }
            return name;
    }
    return name;
}

std::string picture_name(const Frame& frame, const HistoryLook& look, const ShownPicture& picture,
                         const client::TimelineRow& row) {
    std::string width = number_text(std::max<std::int64_t>(0, picture.original().width));
    std::string height = number_text(std::max<std::int64_t>(0, picture.original().height));
    if (row.own) return frame.str(Str::pic_name_own, {{"w", width}, {"h", height}});
    return frame.str(Str::pic_name, {{"name", look.peer_name}, {"w", width}, {"h", height}});
}

void draw_time_beside(Frame& frame, gfx::Canvas& canvas, const HistoryLook& look,
                      const MessageShape& shape, const client::TimelineRow& row, Rect bubble) {
    float left = row.own ? bubble.x - frame.px(8) - shape.meta_width : bubble.right() + frame.px(8);
    float last_line = bubble.bottom() - look.bubble.padding_y - look.bubble.line;
    draw_meta(frame, canvas, {left, gfx::Canvas::baseline_of(last_line, frame.theme.body)}, shape,
              row, meta_colors(frame, frame.theme.color.ink2));
}

MessageUse draw_message(Frame& frame, gfx::Canvas& canvas, const HistoryLook& look,
                        const MessageShape& shape, const client::TimelineRow& row,
                        std::string_view key, float y, Rect view, float slide) {
    const Theme& theme = frame.theme;
    MessageUse use;
    float avatar_room = frame.px(look.avatar_css) + frame.px(8);
    float x = row.own ? look.right - (look.own_avatar ? avatar_room : 0) - shape.box.width
                      : look.left + avatar_room;
    if (slide < 1) y += std::floor((1 - slide) * frame.px(8));
    Rect bubble = {x, y, shape.box.width, shape.box.height};
    use.bubble = bubble;

    // What stands in the mirror is cut to the node it stands in: the line of a failed message is
    // part of it.
    Rect whole = bubble;
    if (row.state == client::MessageState::kFailed)
        whole.h += frame.px(4) + theme.caption.line_px + frame.px(4);
    platform::MirrorNode article =
        make_node(key, platform::Role::kArticle, message_name(frame, look, shape, row), whole);
    article.focusable_by_code = true;
    article.has_popup = true;
    article.position = static_cast<int>(row.seq.value());
    article.set_size = -1;
    MirrorScope scope(frame.mirror, std::move(article));

    bool is_picture = row.body_kind == client::BodyKind::kPicture;
    PictureTouch picture_touch;
    if (is_picture) picture_touch = touch_picture(frame, key, row, bubble);
    bool keyboard = frame.input.focused() == key;
    Touched touched = frame.input.touch_text(key, bubble, frame.now_ms);
    use.menu = touched.menu || (touched.activated && keyboard && !is_picture);
    canvas.set_opacity(slide);
    if (row.emoji_only > 0) {
        canvas.emoji({bubble.x, bubble.y + frame.px(4)}, frame.px(kEmojiCss), shape.text);
        platform::MirrorNode node =
            make_node(std::string(key) + ".0", platform::Role::kText, shape.text, bubble);
        node.font_px = frame.px(kEmojiCss * 0.8f);
        frame.mirror.leaf(std::move(node));
        if (row.shows_time) {
            float width = shape.meta_width;
            float left = row.own ? bubble.right() - width : bubble.x;
            float top = bubble.bottom() + frame.px(2);
            draw_meta(frame, canvas, {left, gfx::Canvas::baseline_of(top, theme.caption)}, shape,
                      row, meta_colors(frame, theme.color.ink2));
        }
    } else if (is_picture) {
        PictureUse picture = draw_picture(frame, canvas, shape, row, key, shape.text, bubble,
                                          bubble_corners(frame, row), picture_touch, touched);
        use.view = picture.open;
        use.cancel = picture.cancel;
        use.retry = picture.retry;
    } else {
        canvas.fill(bubble, row.own ? theme.color.out : theme.color.in, bubble_corners(frame, row));
        if (theme.forced) {
            canvas.outline(bubble, theme.color.edge, frame.px(1), bubble_corners(frame, row));
        }
        Point text = {bubble.x + look.bubble.padding_x, bubble.y + look.bubble.padding_y};
        bool plain = row.body_kind == client::BodyKind::kText;
        draw_lines(canvas, shape, text, view, theme.body,
                   plain ? theme.color.ink : theme.color.ink2);
        mirror_lines(frame, shape, key, text, theme.body);
        if (row.shows_time) {
            float baseline = gfx::Canvas::baseline_of(bubble.y + shape.box.meta_top, theme.body);
            draw_meta(frame, canvas, {bubble.x + shape.box.meta_x, baseline}, shape, row,
                      meta_colors(frame, row.own ? theme.color.out_meta : theme.color.ink2));
        }
    }
    if (row.last_in_group && (!row.own || look.own_avatar)) {
        float face_y = bubble.bottom() - frame.px(look.avatar_css);
        float face_x = row.own ? look.right - frame.px(look.avatar_css) : look.left;
        avatar(frame, canvas, {face_x, face_y}, look.avatar_css,
               row.own ? look.my_initials : look.peer_initials,
               row.own ? look.my_color : look.peer_color,
               row.own ? look.my_picture : look.peer_picture);
    }
    if (row.state == client::MessageState::kFailed) {
        failed_mark(frame, canvas, {bubble.x - frame.px(8 + 10), std::floor(bubble.center().y)},
                    20);
        bool retry = draw_failed_line(frame, canvas, key, failed_words(frame, row), bubble.right(),
                                      bubble.bottom() + frame.px(4));
        use.retry = use.retry || retry;
    }
    if (touched.ring) focus_ring(frame, canvas, bubble, frame.px(radius::kBubble));
    canvas.set_opacity(1);
    return use;
}

}  // namespace kumquat::ui
