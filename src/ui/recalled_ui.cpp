#include "ui/recalled_ui.h"

#include <cmath>

#include "ui/controls.h"

namespace kumquat::ui {

std::string recalled_words(const Frame& frame, bool own, std::string_view peer_name) {
    if (own) return std::string(frame.str(Str::msg_recalled_own));
    return frame.str(Str::msg_recalled_peer, {{"name", peer_name}});
}

bool draw_recalled(Frame& frame, gfx::Canvas& canvas, Rect line, const client::TimelineRow& row,
                   std::string_view peer_name, std::string_view key) {
    const Theme& theme = frame.theme;
    std::string_view again = frame.str(Str::msg_rewrite);
    gfx::TextStyle bold = theme.caption_bold;
    bold.tabular = false;
    float again_w = std::ceil(canvas.text_width(bold, again));
    float link_room = row.can_rewrite ? frame.px(16) + again_w : 0;
    std::string words =
        canvas.cut(theme.caption, recalled_words(frame, row.own, peer_name), line.w - link_room);
    float words_w = std::ceil(canvas.text_width(theme.caption, words));
    float x = std::floor(line.center().x - (words_w + link_room) / 2);
    canvas.text({x, line.y}, theme.caption, theme.color.ink2, words);
    frame.mirror.leaf(make_node(key, platform::Role::kStatus, words, {x, line.y, words_w, line.h}));
    if (!row.can_rewrite) return false;
    Rect link = {x + words_w + frame.px(16), line.y, again_w, line.h};
    canvas.disc({x + words_w + frame.px(8), std::floor(line.center().y)}, theme.pixel_ratio * 1.2f,
                theme.color.ink2);
    return link_button(frame, canvas, std::string(key) + ".rewrite", link, bold,
                       theme.color.accent_text, again, again, false);
}

}  // namespace kumquat::ui
