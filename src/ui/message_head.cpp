#include "ui/message_head.h"

#include <algorithm>
#include <cmath>

#include "base/limits.h"
#include "client/view/one_line.h"
#include "ui/controls.h"

namespace kumquat::ui {

namespace {

constexpr float kBarCss = 3;
constexpr float kBarGapCss = 8;
constexpr float kForwardIconCss = 14;
constexpr float kBelowCss = 6;

float forwarded_height(const Frame& frame) {
    return frame.theme.caption.line_px + frame.px(2);
}

/// Words above words; what can be tapped is high enough for it.
float quote_height(const Frame& frame, const MessageHead& head) {
    if (head.name.empty()) return frame.theme.small.line_px;
    float words = frame.theme.small.line_px + frame.theme.small_bold.line_px;
    return std::max(words, frame.theme.measure(0, 44));
}

Rect quote_rect(const Frame& frame, const MessageHead& head, const client::TimelineRow& row,
                Point top_left) {
    float above = row.forwarded ? forwarded_height(frame) : 0;
    return {top_left.x, top_left.y + above, head.width, quote_height(frame, head)};
}

Color quiet_ink(const Frame& frame, const client::TimelineRow& row) {
    return row.own ? frame.theme.color.out_meta : frame.theme.color.ink2;
}

}  // namespace

std::string quote_text(std::string_view text) {
    return client::one_line(text, limits::kQuoteBytes);
}

std::string quote_line(const Frame& frame, const client::QuoteShown& quote) {
    if (quote.gone) return std::string(frame.str(Str::msg_gone));
    switch (quote.kind) {
        case client::BodyKind::kText:
            return quote.text;
        case client::BodyKind::kPicture:
            return std::string(frame.str(Str::preview_image));
        case client::BodyKind::kUnsupported:
            break;
    }
    return std::string(frame.str(Str::preview_other));
}

std::string quote_line(const Frame& frame, const client::TimelineRow& row) {
    client::QuoteShown quote;
    quote.kind = row.body_kind;
    if (row.body_kind == client::BodyKind::kText) quote.text = quote_text(row.body->content);
    return quote_line(frame, quote);
}

std::string quote_name(const Frame& frame, const client::QuoteShown& quote,
                       const std::string& peer_name) {
    if (quote.gone) return {};
    return quote.own ? std::string(frame.str(Str::msg_own_a11y)) : peer_name;
}

MessageHead measure_head(Frame& frame, gfx::Canvas& canvas, const client::TimelineRow& row,
                         const std::string& peer_name, float width_max) {
    const Theme& theme = frame.theme;
    MessageHead head;
    if (row.forwarded) {
        head.height += forwarded_height(frame);
        head.width = frame.px(kForwardIconCss + 4) +
                     std::ceil(canvas.text_width(theme.caption, frame.str(Str::msg_forwarded)));
    }
    if (row.quote) {
        head.has_quote = true;
        head.name = quote_name(frame, *row.quote, peer_name);
        head.line = quote_line(frame, *row.quote);
        float text = std::max(canvas.text_width(theme.small_bold, head.name),
                              canvas.text_width(theme.small, head.line));
        head.width = std::max(head.width, frame.px(kBarCss + kBarGapCss) + std::ceil(text));
        head.height += quote_height(frame, head) + frame.px(kBelowCss);
    }
    head.width = std::min(head.width, width_max);
    return head;
}

Touched touch_head(Frame& frame, const MessageHead& head, const client::TimelineRow& row,
                   std::string_view key, Point top_left) {
    if (!head.has_quote || row.quote->gone) return {};
    Rect rect = quote_rect(frame, head, row, top_left);
    std::string quote_key = std::string(key) + ".quote";
    platform::MirrorNode node =
        make_node(quote_key, platform::Role::kButton,
                  frame.str(Str::quote_jump, {{"name", head.name}, {"text", head.line}}), rect);
    node.focusable = true;
    frame.mirror.leaf(std::move(node));
    return frame.input.touch_row(quote_key, rect, frame.now_ms);
}

void draw_head(Frame& frame, gfx::Canvas& canvas, const MessageHead& head,
               const client::TimelineRow& row, std::string_view key, Point top_left,
               const Touched& touched) {
    const Theme& theme = frame.theme;
    Color quiet = quiet_ink(frame, row);
    if (row.forwarded) {
        std::string_view words = frame.str(Str::msg_forwarded);
        float icon = frame.px(kForwardIconCss);
        Rect line = {top_left.x, top_left.y, head.width, theme.caption.line_px};
        canvas.icon(gfx::Icon::kForward, {line.x + icon / 2, line.center().y}, icon, quiet);
        canvas.text({line.x + icon + frame.px(4), line.y}, theme.caption, quiet, words);
        frame.mirror.leaf(
            make_node(std::string(key) + ".forwarded", platform::Role::kStatus, words, line));
    }
    if (!head.has_quote) return;
    Rect rect = quote_rect(frame, head, row, top_left);
    draw_quote(frame, canvas, rect, head.name, head.line, quiet);
    if (row.quote->gone) {
        frame.mirror.leaf(
            make_node(std::string(key) + ".gone", platform::Role::kStatus, head.line, rect));
    }
    if (touched.ring) focus_ring(frame, canvas, rect, frame.px(4));
}

void draw_quote(Frame& frame, gfx::Canvas& canvas, Rect rect, std::string_view name,
                std::string_view line, Color line_color) {
    const Theme& theme = frame.theme;
    float bar = frame.px(kBarCss);
    canvas.fill({rect.x, rect.y, bar, rect.h}, theme.color.accent_text, bar / 2);
    float x = rect.x + bar + frame.px(kBarGapCss);
    float width = rect.right() - x;
    float words = theme.small.line_px + (name.empty() ? 0 : theme.small_bold.line_px);
    float y = std::floor(rect.center().y - words / 2);
    if (!name.empty()) {
        canvas.text_cut({x, y}, theme.small_bold, theme.color.accent_text, name, width);
        y += theme.small_bold.line_px;
    }
    canvas.text_cut({x, y}, theme.small, line_color, line, width);
}

}  // namespace kumquat::ui
