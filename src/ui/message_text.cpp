#include "ui/message_text.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "client/view/links.h"
#include "gfx/core/graphemes.h"
#include "ui/controls.h"

namespace kumquat::ui {

namespace {

std::string_view text_of(const MessageText& text, const gfx::TextLine& line) {
    return text.text.substr(line.begin, line.end - line.begin);
}

float top_of(const MessageText& text, std::size_t line) {
    return text.top_left.y + text.style.line_px * static_cast<float>(line);
}

float left_of(const MessageText& text, std::size_t line) {
    return text.top_left.x + text.lines[line].left_px;
}

/// As it is drawn: a line that begins with a letter of the other direction than its paragraph's
/// ends with a mark that says so.
std::string drawn(const MessageText& text, std::size_t index) {
    const gfx::TextLine& line = text.lines[index];
    std::string words(text_of(text, line));
    if (gfx::needs_one_piece(words) && gfx::begins_right_to_left(words) != line.right_to_left)
        words += line.right_to_left ? "\u200F" : "\u200E";
    return words;
}

Rect rect_of(const MessageText& text, const LinkPiece& link) {
    return {left_of(text, link.line) + link.x, top_of(text, link.line), link.width,
            text.style.line_px};
}

/// Of what begins at a byte of the text: stays while the message is the same.
std::string piece_key(const MessageText& text, std::size_t begin) {
    return std::string(text.key) + "." + number_text(static_cast<std::int64_t>(begin));
}

void mirror_piece(Frame& frame, const MessageText& text, std::size_t line, Rect rect,
                  std::size_t begin, std::size_t end, const std::string* href) {
    if (begin >= end) return;
    platform::Role role = href != nullptr ? platform::Role::kLink : platform::Role::kText;
    platform::MirrorNode node =
        make_node(piece_key(text, begin), role, text.text.substr(begin, end - begin), rect);
    node.font_px = text.style.size_px;
    node.right_to_left =
        text.lines[line].right_to_left ? platform::Tri::kTrue : platform::Tri::kFalse;
    node.one_piece = gfx::needs_one_piece(text_of(text, text.lines[line]));
    if (href != nullptr) {
        node.href = *href;
        node.focusable = true;
    }
    frame.mirror.leaf(std::move(node));
}

using LinkIterator = std::vector<LinkPiece>::const_iterator;

/// Together the pieces of all lines are the message, byte for byte: the blank or newline that a
/// line ends with belongs to its last piece. So what is copied has the message's own line breaks.
void mirror_line(Frame& frame, const gfx::Canvas& canvas, const MessageText& text,
                 std::size_t index, LinkIterator first, LinkIterator last) {
    const gfx::TextLine& line = text.lines[index];
    std::size_t at = line.begin;
    float x = 0;
    float left = left_of(text, index);
    Rect rest = {left, top_of(text, index), 0, text.style.line_px};
    MirrorScope scope(frame.mirror,
                      make_node(piece_key(text, at) + ".line", platform::Role::kLine, {},
                                {left, rest.y, std::max(1.0f, line.width_px), rest.h}));
    for (LinkIterator link = first; link != last; ++link) {
        rest.x = left + x;
        rest.w = std::ceil(link->x - x);
        mirror_piece(frame, text, index, rest, at, link->begin, nullptr);
        mirror_piece(frame, text, index, rect_of(text, *link), link->begin, link->end, &link->href);
        at = link->end;
        x = link->x + link->width;
    }
    std::size_t next =
        index + 1 < text.lines.size() ? text.lines[index + 1].begin : text.text.size();
    std::string_view blank = text.text.substr(line.end, next - line.end);
    float hangs = canvas.text_width(text.style, blank);
    rest.x = left + x;
    rest.w = std::max(1.0f, std::ceil(line.width_px - x));
    if (line.right_to_left) {
        // Browsers do not agree on which side of such a line its blank is: beside it, it is at the
        // right.
        mirror_piece(frame, text, index, rest, at, line.end, nullptr);
        at = line.end;
        rest.x = left + line.width_px;
        rest.w = 0;
    }
    rest.w = std::max(1.0f, std::ceil(rest.w + hangs));
    mirror_piece(frame, text, index, rest, at, next, nullptr);
}

void draw_link(Frame& frame, gfx::Canvas& canvas, const MessageText& text, const LinkPiece& link) {
    Color color = frame.theme.color.accent_text;
    Rect rect = rect_of(text, link);
    // The line as it is, and of it only the link: letters stand where they stood, shaped or not.
    canvas.push_clip(rect);
    canvas.text({left_of(text, link.line), rect.y}, text.style, color, drawn(text, link.line));
    float baseline = gfx::Canvas::baseline_of(rect.y, text.style);
    canvas.fill({rect.x, baseline + frame.px(3), rect.w, frame.px(1)}, color);
    canvas.pop_clip();
    bool focused = frame.input.focused() == piece_key(text, link.begin);
    if (focused && frame.input.focus_by_keyboard()) focus_ring(frame, canvas, rect, frame.px(4));
}

void draw_line(Frame& frame, gfx::Canvas& canvas, const MessageText& text, std::size_t index,
               LinkIterator first, LinkIterator last) {
    Point at = {left_of(text, index), top_of(text, index)};
    std::string words = drawn(text, index);
    if (first == last) {
        canvas.text(at, text.style, text.ink, words);
        return;
    }
    float x = 0;
    auto draw_rest = [&](float end) {
        if (end <= x) return;
        canvas.push_clip({at.x + x, at.y, end - x, text.style.line_px});
        canvas.text(at, text.style, text.ink, words);
        canvas.pop_clip();
    };
    for (LinkIterator link = first; link != last; ++link) {
        draw_rest(link->x);
        draw_link(frame, canvas, text, *link);
        x = link->x + link->width;
    }
    draw_rest(text.lines[index].width_px);
}

}  // namespace

std::vector<LinkPiece> measure_links(const gfx::Canvas& canvas, const gfx::TextStyle& style,
                                     std::string_view text,
                                     const std::vector<gfx::TextLine>& lines) {
    std::vector<LinkPiece> pieces;
    for (const client::LinkRange& link : client::find_links(text)) {
        std::string href(text.substr(link.begin, link.end - link.begin));
        for (std::size_t i = 0; i < lines.size(); ++i) {
            const gfx::TextLine& line = lines[i];
            LinkPiece piece = {i, std::max(line.begin, link.begin), std::min(line.end, link.end)};
            if (piece.begin >= piece.end) continue;
            std::string_view words = text.substr(line.begin, line.end - line.begin);
            if (gfx::has_right_to_left(words)) {
                // Where a part of it stands is only known to the browser, which draws it whole: so
                // all of it leads to its first link.
                if (!pieces.empty() && pieces.back().line == i) continue;
                piece = {i, line.begin, line.end, 0, line.width_px};
            } else {
                piece.x = canvas.text_width(style, words.substr(0, piece.begin - line.begin));
                piece.width =
                    canvas.text_width(style, words.substr(0, piece.end - line.begin)) - piece.x;
            }
            piece.href = href;
            pieces.push_back(std::move(piece));
        }
    }
    return pieces;
}

void touch_links(Frame& frame, const MessageText& text) {
    for (const LinkPiece& link : text.links)
        (void)frame.input.touch(piece_key(text, link.begin), rect_of(text, link));
}

void draw_message_text(Frame& frame, gfx::Canvas& canvas, const MessageText& text, Rect view) {
    Rect area = {text.top_left.x, text.top_left.y, 1,
                 top_of(text, text.lines.size()) - text.top_left.y};
    for (std::size_t i = 0; i < text.lines.size(); ++i)
        area.w = std::max(area.w, std::ceil(text.lines[i].left_px + text.lines[i].width_px));
    MirrorScope paragraph(frame.mirror, make_node(std::string(text.key) + ".text",
                                                  platform::Role::kParagraph, {}, area));
    LinkIterator first = text.links.begin();
    for (std::size_t i = 0; i < text.lines.size(); ++i) {
        LinkIterator last = std::find_if(first, text.links.end(),
                                         [i](const LinkPiece& link) { return link.line != i; });
        float top = top_of(text, i);
        if (top + text.style.line_px > view.y && top < view.bottom()) {
            draw_line(frame, canvas, text, i, first, last);
        }
        mirror_line(frame, canvas, text, i, first, last);
        first = last;
    }
}

}  // namespace kumquat::ui
