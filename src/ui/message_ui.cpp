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
/// Between a message and a head of its own, and between it and the reactions.
constexpr float kHeadGapCss = 4;
constexpr float kPillsGapCss = 4;
/// How far the light of a message that was jumped to reaches around it.
constexpr float kLitCss = 6;

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

/// The service has its picture.
bool has_ids(const client::TimelineRow& row) {
    return row.body->image && !row.body->image->renditions.empty() &&
           !row.body->image->renditions.front().id.empty();
}

/// Why a message has failed, where a person can make something of it; else that it has.
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

namespace {

/// Whether `shape` was made from what there is now.
bool is_shape_of(const MessageShape& shape, const Frame& frame, const HistoryLook& look,
                 const client::TimelineRow& row) {
    return shape.body == row.body && shape.width_max == look.bubble.width_max &&
           shape.size_px == frame.theme.body.size_px && shape.shows_time == row.shows_time &&
           shape.state == row.state && shape.lang == frame.lang && row.time &&
           shape.time == *row.time &&
           shape.local_key == (row.picture ? row.picture->key : std::string()) &&
           shape.quote == row.quote && shape.forwarded == row.forwarded &&
           shape.edited == row.edited && shape.reactions == row.reactions &&
           shape.peer_name == look.peer_name;
}

void note_source(MessageShape& shape, const Frame& frame, const HistoryLook& look,
                 const client::TimelineRow& row) {
    shape.body = row.body;
    shape.width_max = look.bubble.width_max;
    shape.size_px = frame.theme.body.size_px;
    shape.shows_time = row.shows_time;
    shape.state = row.state;
    shape.lang = frame.lang;
    shape.time = row.time ? *row.time : TimeMs();
    shape.local_key = row.picture ? row.picture->key : std::string();
    shape.quote = row.quote;
    shape.forwarded = row.forwarded;
    shape.edited = row.edited;
    shape.reactions = row.reactions;
    shape.peer_name = look.peer_name;
}

std::string time_words_of(const Frame& frame, const MessageShape& shape) {
    std::string time =
        frame.dates.format(shape.time, platform::DateForm::kTime, language_tag(frame.lang));
    return shape.edited ? std::string(frame.str(Str::msg_edited)) + " " + time : time;
}

std::string copied_head(const Frame& frame, const HistoryLook& look, const client::TimelineRow& row,
                        TimeMs time) {
    std::string_view tag = language_tag(frame.lang);
    const proto::Profile& me = frame.model.me;
    std::string head = look.peer_name;
    if (row.own) head = me.nick.empty() ? me.user_id.text() : me.nick;
    head += frame.lang == Lang::kChinese ? "，" : ", ";
    head += frame.dates.format(time, platform::DateForm::kFullDate, tag);
    return head + " " + frame.dates.format(time, platform::DateForm::kTime, tag);
}

/// Makes room for what stands above the text, in the bubble or above it.
void add_head(Frame& frame, gfx::Canvas& canvas, const HistoryLook& look,
              const client::TimelineRow& row, MessageShape& shape) {
    const BubbleMeasures& bubble = look.bubble;
    shape.head =
        measure_head(frame, canvas, row, look.peer_name, bubble.width_max - 2 * bubble.padding_x);
    shape.head_apart = 0;
    if (shape.head.empty()) return;
    if (row.emoji_only > 0 || row.body_kind == client::BodyKind::kPicture) {
        shape.head_apart = shape.head.height + 2 * bubble.padding_y + frame.px(kHeadGapCss);
        return;
    }
    float wider = shape.head.width + 2 * bubble.padding_x - shape.box.width;
    if (wider > 0) {
        shape.box.width += wider;
        shape.box.meta_x += wider;
    }
    shape.head.width = shape.box.width - 2 * bubble.padding_x;
    shape.box.height += shape.head.height;
    shape.box.meta_top += shape.head.height;
}

}  // namespace

const MessageShape& MessageShapes::shape(Frame& frame, gfx::Canvas& canvas, const HistoryLook& look,
                                         const client::TimelineRow& row) {
    if (shapes_.size() > kShapesKept) shapes_.clear();
    MessageShape& shape = shapes_[row.key];
    if (is_shape_of(shape, frame, look, row)) return shape;
    note_source(shape, frame, look, row);
    shape.text = row.body_kind == client::BodyKind::kText
                     ? row.body->content
                     : std::string(frame.str(Str::chat_unsupported));
    shape.time_words = time_words_of(frame, shape);
    shape.copied = copied_head(frame, look, row, shape.time);
    float meta = canvas.text_width(frame.theme.caption_digits, shape.time_words);
    shape.meta_width = std::ceil(meta) + state_width(frame, row.state);
    shape.pills = measure_reactions(frame, canvas, row.reactions, look.bubble.width_max);
    if (row.body_kind == client::BodyKind::kPicture) {
        shape.picture = picture_of(row, frame.model.me.user_id);
        shape.text = picture_name(frame, look, shape.picture, row);
        PictureBox box = picture_box(look.picture, shape.picture.original().width,
                                     shape.picture.original().height);
        shape.box = BubbleBox();
        shape.box.width = box.width;
        shape.box.height = box.height;
        add_head(frame, canvas, look, row, shape);
        return shape;
    }
    std::vector<gfx::TextLine> lines = canvas.break_lines(
        frame.theme.body, shape.text, look.bubble.width_max - 2 * look.bubble.padding_x);
    // Most are measured before they are scrolled into view.
    for (const gfx::TextLine& line : lines) {
        frame.screen.want(frame.theme.body,
                          std::string_view(shape.text).substr(line.begin, line.end - line.begin));
    }
    shape.box = bubble_box(look.bubble, std::move(lines), row.shows_time ? shape.meta_width : 0);
    shape.links.clear();
    if (row.body_kind == client::BodyKind::kText) {
        shape.links = measure_links(canvas, frame.theme.body, shape.text, shape.box.lines);
    }
    if (row.emoji_only > 0) {
        shape.box.width = std::ceil(canvas.emoji_width(frame.px(kEmojiCss), shape.text));
        shape.box.height = frame.px(kEmojiCss + 8);
    }
    add_head(frame, canvas, look, row, shape);
    return shape;
}

float message_height(Frame& frame, const MessageShape& shape, const client::TimelineRow& row) {
    float height = shape.head_apart + shape.box.height;
    if (shape.pills.height > 0) height += frame.px(kPillsGapCss) + shape.pills.height;
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
    if (row.forwarded) name.append(comma).append(frame.str(Str::msg_forwarded));
    if (row.pinned) name.append(comma).append(frame.str(Str::msg_pinned));
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

namespace {

/// Where the parts of a message lie.
struct MessageParts {
    Rect bubble;
    /// Of the head's letters.
    Point head;
    /// The head's own bubble; empty if it has none.
    Rect head_bubble;
    Point pills;
    float failed_top = 0;
    /// Everything.
    Rect whole;
};

MessageParts parts_of(Frame& frame, const HistoryLook& look, const MessageShape& shape,
                      const client::TimelineRow& row, float y) {
    MessageParts parts;
    const BubbleMeasures& measures = look.bubble;
    float room = frame.px(look.avatar_css) + frame.px(8);
    float left = look.left + room;
    float right = look.right - (look.own_avatar ? room : 0);
    auto place = [&](float width) { return row.own ? right - width : left; };
    parts.bubble = {place(shape.box.width), y + shape.head_apart, shape.box.width,
                    shape.box.height};
    if (shape.head_apart > 0) {
        float width = shape.head.width + 2 * measures.padding_x;
        parts.head_bubble = {place(width), y, width, shape.head_apart - frame.px(kHeadGapCss)};
    }
    const Rect& around = shape.head_apart > 0 ? parts.head_bubble : parts.bubble;
    parts.head = {around.x + measures.padding_x, around.y + measures.padding_y};
    float bottom = parts.bubble.bottom();
    if (row.emoji_only > 0 && row.shows_time) {
        bottom += frame.px(2) + frame.theme.caption.line_px;
    }
    parts.pills = {place(shape.pills.width), bottom + frame.px(kPillsGapCss)};
    if (shape.pills.height > 0) bottom = parts.pills.y + shape.pills.height;
    parts.failed_top = bottom + frame.px(4);
    if (row.state == client::MessageState::kFailed) {
        bottom = parts.failed_top + frame.theme.caption.line_px + frame.px(4);
    }
    float widest = std::max({shape.box.width, parts.head_bubble.w, shape.pills.width});
    parts.whole = {place(widest), y, widest, bottom - y};
    return parts;
}

void draw_large_emoji(Frame& frame, gfx::Canvas& canvas, const MessageShape& shape,
                      const client::TimelineRow& row, std::string_view key, Rect bubble) {
    canvas.emoji({bubble.x, bubble.y + frame.px(4)}, frame.px(kEmojiCss), shape.text);
    platform::MirrorNode node =
        make_node(std::string(key) + ".0", platform::Role::kText, shape.text, bubble);
    node.font_px = frame.px(kEmojiCss * 0.8f);
    {
        MirrorScope paragraph(frame.mirror, make_node(std::string(key) + ".text",
                                                      platform::Role::kParagraph, {}, bubble));
        MirrorScope line(frame.mirror, make_node(std::string(key) + ".0.line",
                                                 platform::Role::kLine, {}, bubble));
        frame.mirror.leaf(std::move(node));
    }
    if (!row.shows_time) return;
    float left = row.own ? bubble.right() - shape.meta_width : bubble.x;
    float top = bubble.bottom() + frame.px(2);
    draw_meta(frame, canvas, {left, gfx::Canvas::baseline_of(top, frame.theme.caption)}, shape, row,
              meta_colors(frame, frame.theme.color.ink2));
}

void draw_bubble_fill(Frame& frame, gfx::Canvas& canvas, const client::TimelineRow& row,
                      Rect bubble, gfx::Corners corners) {
    const Palette& color = frame.theme.color;
    canvas.fill(bubble, row.own ? color.out : color.in, corners);
    if (frame.theme.forced) canvas.outline(bubble, color.edge, frame.px(1), corners);
}

MessageText text_of(const Frame& frame, const HistoryLook& look, const MessageShape& shape,
                    const client::TimelineRow& row, std::string_view key, Rect bubble) {
    const Theme& theme = frame.theme;
    Point top_left = {bubble.x + look.bubble.padding_x,
                      bubble.y + look.bubble.padding_y + shape.head.height};
    bool plain = row.body_kind == client::BodyKind::kText;
    return {shape.text,
            shape.box.lines,
            shape.links,
            theme.body,
            key,
            top_left,
            plain ? theme.color.ink : theme.color.ink2};
}

void draw_text_bubble(Frame& frame, gfx::Canvas& canvas, const MessageShape& shape,
                      const client::TimelineRow& row, const MessageText& text, Rect bubble,
                      Rect view) {
    const Theme& theme = frame.theme;
    draw_bubble_fill(frame, canvas, row, bubble, bubble_corners(frame, row));
    draw_message_text(frame, canvas, text, view);
    if (!row.shows_time) return;
    float baseline = gfx::Canvas::baseline_of(bubble.y + shape.box.meta_top, theme.body);
    draw_meta(frame, canvas, {bubble.x + shape.box.meta_x, baseline}, shape, row,
              meta_colors(frame, row.own ? theme.color.out_meta : theme.color.ink2));
}

void draw_face(Frame& frame, gfx::Canvas& canvas, const HistoryLook& look,
               const client::TimelineRow& row, float bottom) {
    if (!row.last_in_group || (row.own && !look.own_avatar)) return;
    float size = frame.px(look.avatar_css);
    float x = row.own ? look.right - size : look.left;
    avatar(frame, canvas, {x, bottom - size}, look.avatar_css,
           row.own ? look.my_initials : look.peer_initials,
           row.own ? look.my_color : look.peer_color,
           row.own ? look.my_picture : look.peer_picture);
}

platform::MirrorNode article_node(std::string_view key, std::string name, Rect rect,
                                  const client::TimelineRow& row, const std::string& copied) {
    // What stands in the mirror is cut to the node it stands in: all that hangs on a message is
    // part of it.
    platform::MirrorNode article = make_node(key, platform::Role::kArticle, name, rect);
    article.focusable_by_code = true;
    article.has_popup = true;
    article.position = static_cast<int>(row.seq.value());
    article.set_size = -1;
    article.copied = copied;
    return article;
}

}  // namespace

MessageUse draw_message(Frame& frame, gfx::Canvas& canvas, const HistoryLook& look,
                        const MessageShape& shape, const client::TimelineRow& row,
                        std::string_view key, const MessagePlace& place) {
    const Theme& theme = frame.theme;
    float y = place.y + (place.slide < 1 ? std::floor((1 - place.slide) * frame.px(8)) : 0);
    MessageParts parts = parts_of(frame, look, shape, row, y);
    const Rect& bubble = parts.bubble;
    MessageUse use;
    use.bubble = bubble;
    MirrorScope scope(frame.mirror, article_node(key, message_name(frame, look, shape, row),
                                                 parts.whole, row, shape.copied));
    bool is_picture = row.body_kind == client::BodyKind::kPicture;
    PictureTouch picture_touch;
    if (is_picture) picture_touch = touch_picture(frame, key, row, bubble);
    Touched head_touch = touch_head(frame, shape.head, row, key, parts.head);
    use.quote = head_touch.activated;
    MessageText text = text_of(frame, look, shape, row, key, bubble);
    touch_links(frame, text);
    Touched touched = frame.input.touch_text(key, bubble, frame.now_ms);
    use.menu = touched.menu || head_touch.menu ||
               (touched.activated && !touched.by_pointer && !is_picture);

    canvas.set_opacity(place.lit);
    if (place.lit > 0) {
        canvas.fill(parts.whole.grown(frame.px(kLitCss)), theme.color.mark,
                    frame.px(radius::kBubble + kLitCss));
    }
    canvas.set_opacity(place.slide);
    if (shape.head_apart > 0) {
        draw_bubble_fill(frame, canvas, row, parts.head_bubble, frame.px(radius::kBubble));
    }
    if (row.emoji_only > 0) {
        draw_large_emoji(frame, canvas, shape, row, key, bubble);
    } else if (is_picture) {
        PictureUse picture = draw_picture(frame, canvas, shape, row, key, shape.text, bubble,
                                          bubble_corners(frame, row), picture_touch, touched);
        use.view = picture.open;
        use.cancel = picture.cancel;
        use.retry = picture.retry;
    } else {
        draw_text_bubble(frame, canvas, shape, row, text, bubble, place.view);
    }
    draw_head(frame, canvas, shape.head, row, key, parts.head, head_touch);
    ReactionUse reactions =
        draw_reactions(frame, canvas, shape.pills, row.reactions, key, parts.pills);
    use.reaction = reactions.chosen;
    use.menu = use.menu || reactions.menu;
    draw_face(frame, canvas, look, row, bubble.bottom());
    if (row.state == client::MessageState::kFailed) {
        failed_mark(frame, canvas, {bubble.x - frame.px(8 + 10), std::floor(bubble.center().y)},
                    20);
        bool retry = draw_failed_line(frame, canvas, key, failed_words(frame, row), bubble.right(),
                                      parts.failed_top);
        use.retry = use.retry || retry;
    }
    if (touched.ring) focus_ring(frame, canvas, bubble, frame.px(radius::kBubble));
    canvas.set_opacity(1);
    return use;
}

}  // namespace kumquat::ui
