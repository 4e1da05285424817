#include "ui/chat_ui.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "ui/controls.h"
#include "ui/pieces.h"
#include "ui/profile_ui.h"

namespace kumquat::ui {

namespace {

std::string_view status_words(const Frame& frame, client::PeerStatus status) {
    switch (status) {
        case client::PeerStatus::kUnknown:
            return {};
        case client::PeerStatus::kOnline:
            return frame.str(Str::chat_online);
        case client::PeerStatus::kOffline:
            return frame.str(Str::chat_offline);
        case client::PeerStatus::kTyping:
            return frame.str(Str::chat_typing);
    }
    return {};
}

bool is_online(client::PeerStatus status) {
    return status == client::PeerStatus::kOnline || status == client::PeerStatus::kTyping;
}

}  // namespace

void ChatUi::reset(platform::TextFields& fields) {
    composer_.hide(fields);
    *this = ChatUi();
}

bool ChatUi::send(const client::Model& model, platform::TextFields& fields,
                  std::vector<Action>& actions) {
    if (!composer_.send(model, fields, actions)) return false;
    history_.to_end(true);
    return true;
}

void ChatUi::follow_open_chat(Frame& frame) {
    ConversationId open = frame.model.open.value_or(ConversationId());
    if (open == shown_) return;
    shown_ = open;
    search_.close(frame.fields);
    history_.selection().end();
    if (open.empty()) {
        composer_.hide(frame.fields);
        return;
    }
    blocked_ = frame.model.is_blocked(open.peer());
    history_.show(open);
    pins_ = PinsBar();
    offered_.clear();
    if (const client::Conversation* conversation = frame.model.find(open)) {
        for (const auto& text : conversation->recalled_texts)
            offered_.insert(text.first);
    }
    composer_.show(frame.model, open, frame.fields);
    want_focus(frame.theme.touch);
}

void ChatUi::begin_reply(Frame& frame, const client::TimelineRow& row) {
    std::string name =
        row.own ? std::string(frame.str(Str::msg_own_a11y)) : frame.model.name_of(shown_.peer());
    ComposerBar bar = {frame.str(Str::reply_to, {{"name", name}}), quote_line(frame, row),
                       Str::reply_cancel};
    composer_.begin_reply(row.seq, std::move(bar), frame.fields);
    frame.fields.focus(composer_.field());
    frame.animating = true;
}

void ChatUi::begin_edit(Lang lang, const client::TimelineRow& row, platform::TextFields& fields) {
    const std::string& words = row.body->content;
    ComposerBar bar = {std::string(text(lang, Str::edit_title)), quote_text(words),
                       Str::edit_cancel};
    composer_.begin_edit(row.seq, std::move(bar), words, fields);
    fields.focus(composer_.field());
}

bool ChatUi::edit_last(const client::Model& model, Lang lang, platform::TextFields& fields) {
    const client::TimelineRow* row = history_.last_editable();
    if (row == nullptr || !composer_.untouched(fields) || model.is_blocked(shown_.peer())) {
        return false;
    }
    begin_edit(lang, *row, fields);
    return true;
}

bool ChatUi::escape(platform::TextFields& fields) {
    if (composer_.emoji().is_open()) {
        composer_.emoji().close(fields);
        if (has_composer()) fields.focus(composer_.field());
        return true;
    }
    if (history_.selection().active()) {
        history_.selection().end();
        return true;
    }
    if (composer_.cancel(fields)) return true;
    if (!search_.is_open()) return false;
    close_search(fields, false);
    return true;
}

/// The text of a message that was just recalled comes back by itself, where it is in nobody's way.
void ChatUi::follow_recalled(Frame& frame) {
    const client::Conversation* conversation = frame.model.find(shown_);
    if (conversation == nullptr) return;
    for (const auto& text : conversation->recalled_texts) {
        if (!offered_.insert(text.first).second || blocked_) continue;
        if (composer_.untouched(frame.fields)) {
            composer_.write(text.second, frame.fields, frame.actions);
        }
    }
}

void ChatUi::rewrite(Frame& frame, Seq seq) {
    const client::Conversation* conversation = frame.model.find(shown_);
    if (conversation == nullptr || blocked_) return;
    auto text = conversation->recalled_texts.find(seq);
    if (text == conversation->recalled_texts.end()) return;
    composer_.write(text->second, frame.fields, frame.actions);
    frame.fields.focus(composer_.field());
    frame.animating = true;
}

void ChatUi::take_history_wish(Frame& frame, HistoryWish& from, ChatWish& wish) {
    wish.menu = std::move(from.menu);
    wish.gone = from.gone;
    if (from.reply) begin_reply(frame, *from.reply);
    if (from.rewrite) rewrite(frame, *from.rewrite);
}

ChatWish ChatUi::draw(Frame& frame, const client::ConnectionNotice& notice,
                      const client::OffsetMinutes& offset) {
    ChatWish wish;
    follow_open_chat(frame);
    const Layout& layout = frame.layout;
    // The surface is larger than the island, so that its shadow is not cut off.
    float left = layout.two_columns ? layout.friends.right() : 0;
    Surface surface(frame, "chat", {left, 0, layout.window.w - left, layout.window.h});
    gfx::Canvas& canvas = surface.canvas();
    const Rect& pane = layout.chat;
    if (layout.two_columns) {
        float radius = frame.px(radius::kIsland);
        draw_elevation(canvas, frame.theme, pane, radius, Elevation::kE2);
        canvas.fill(pane, frame.theme.color.pane, radius);
    } else {
        canvas.fill(layout.window, frame.theme.color.pane);
    }
    MirrorScope main(frame.mirror, make_node("chat", platform::Role::kMain, {}, pane));
    messages_top_ = pane.y + layout.header_height;
    if (shown_.empty()) {
        draw_empty(frame, canvas);
        return wish;
    }
    client::ChatHeader head = client::build_chat_header(frame.model, shown_);
    Rect header = {pane.x, pane.y, pane.w, layout.header_height};
    Rect column = message_column(layout);
    float top = header.bottom();
    if (search_.is_open()) {
        top += draw_search(frame, canvas, header, column, offset);
    } else {
        search_.rest(frame);
        draw_header(frame, canvas, header, head, notice, wish);
    }
    bool was_blocked = std::exchange(blocked_, frame.model.is_blocked(shown_.peer()));
    // The composer is back: it takes the focus as when the chat was opened.
    if (was_blocked && !blocked_) focus_wanted_ = !frame.theme.touch;
    if (!head.is_friend && !blocked_ && frame.model.loaded) {
        top = draw_stranger(frame, canvas, column, top, wish);
    }
    follow_recalled(frame);
    if (pending_.conversation == shown_) history_.show_message(std::exchange(pending_, {}).seq);
    const client::TimelineRows& rows = history_.prepare(frame, offset);
    PinsUse pins = pins_.draw(frame, canvas, {pane.x, top, pane.w, 0}, column, rows);
    top += pins.height;
    if (pins.show) history_.show_message(pins.show);
    history_.keep_lit(search_.shown());
    composer_.emoji().follow_window(frame);
    float composer = bottom_height(frame);
    messages_top_ = top;
    Rect view = {pane.x, top, pane.w, std::max(1.0f, pane.bottom() - composer - top)};
    HistoryWish from = history_.draw(frame, canvas, view, column);
    take_history_wish(frame, from, wish);
    if (history_.scrolled()) {
        canvas.fill({pane.x, header.bottom() - frame.px(1), pane.w, frame.px(1)},
                    frame.theme.color.line);
    }
    if (!has_composer()) composer_.emoji().close(frame.fields);
    if (history_.selection().active()) {
        draw_selection(frame, canvas, column, wish);
    } else if (blocked_) {
        draw_blocked(frame, canvas, column);
    } else if (composer_.draw(frame, canvas, column, head.name)) {
        history_.to_end(true);
    }
    if (dragged_over_ && !frame.covered && has_composer()) draw_drop_target(frame, canvas, pane);
    // Not before the field stands in its place among the mirror's nodes: moving it would take the
    // focus away again.
    if (focus_wanted_ && !frame.mirror_waits && !frame.covered && has_composer()) {
        focus_wanted_ = false;
        frame.fields.focus(composer_.field());
    }
    if (!ready_marked_) {
        ready_marked_ = true;
        frame.actions.emplace_back(MarkReady{});
    }
    return wish;
}

/// Where pictures may be dropped: all of the pane.
void ChatUi::draw_drop_target(Frame& frame, gfx::Canvas& canvas, Rect pane) {
    const Palette& color = frame.theme.color;
    Rect box = pane.grown(-frame.px(8));
    float radius = frame.px(radius::kRow);
    float width = frame.px(2);
    canvas.fill(box, color.accent_soft.faded(0.9f), radius);
    // Dashes along the straight parts; the corners are whole.
    float half = width / 2;
    float dash = frame.px(10);
    auto dashes = [&](Point from, float dx, float dy, float length) {
        float count = std::max(1.0f, std::floor(length / (dash * 1.8f)));
        float step = length / count;
        for (float at = (step - dash) / 2; at < length; at += step) {
            canvas.line({from.x + dx * at, from.y + dy * at},
                        {from.x + dx * (at + dash), from.y + dy * (at + dash)}, width,
                        color.accent_text);
        }
    };
    float across = box.w - 2 * radius;
    float down = box.h - 2 * radius;
    dashes({box.x + radius, box.y + half}, 1, 0, across);
    dashes({box.x + radius, box.bottom() - half}, 1, 0, across);
    dashes({box.x + half, box.y + radius}, 0, 1, down);
    dashes({box.right() - half, box.y + radius}, 0, 1, down);
    const Point corners[] = {{box.right() - radius, box.y + radius},
                             {box.right() - radius, box.bottom() - radius},
                             {box.x + radius, box.bottom() - radius},
                             {box.x + radius, box.y + radius}};
    for (int i = 0; i < 4; ++i) {
        canvas.arc(corners[i], radius - half, width, static_cast<float>(i) * 0.25f, 0.25f,
                   color.accent_text);
    }
    std::string_view words = frame.str(Str::pic_drop);
    canvas.text_in(box, frame.theme.title, color.accent_text, words);
    frame.mirror.leaf(make_node("chat.drop", platform::Role::kStatus, words, box));
}

void ChatUi::draw_empty(Frame& frame, gfx::Canvas& canvas) {
    platform::MirrorNode heading = make_node("chat.none", platform::Role::kHeading,
                                             frame.str(Str::chat_none), frame.layout.chat);
    heading.level = 1;
    frame.mirror.leaf(std::move(heading));
    empty_state(frame, canvas, frame.layout.chat, frame.str(Str::chat_none),
                frame.str(Str::chat_none_sub), 0);
}

/// In the header's place. Returns the height of what hangs below it.
float ChatUi::draw_search(Frame& frame, gfx::Canvas& canvas, Rect header, Rect column,
                          const client::OffsetMinutes& offset) {
    ChatSearchUse use = search_.draw(frame, canvas, header, column, offset);
    if (use.show) history_.show_message(use.show);
    if (use.closed) close_search(frame.fields, frame.theme.touch);
    if (use.closed) frame.animating = true;
    return use.height;
}

void ChatUi::close_search(platform::TextFields& fields, bool touch) {
    search_.close(fields);
    want_focus(touch);
}

void ChatUi::draw_header(Frame& frame, gfx::Canvas& canvas, Rect header,
                         const client::ChatHeader& head, const client::ConnectionNotice& notice,
                         ChatWish& wish) {
    float middle = header.y + std::floor(header.h / 2);
    float x = header.x + frame.px(24);
    if (!frame.layout.two_columns) {
        float size = frame.px(44);
        x = header.x + frame.px(4);
        wish.leave = icon_button(frame, canvas, "chat.back", {x, middle - size / 2, size, size},
                                 gfx::Icon::kBack, frame.str(Str::chat_back));
        x += size + frame.px(4);
    }
    float size = frame.theme.measure(40, 44);
    Rect more = {header.right() - frame.px(frame.layout.two_columns ? 12 : 4) - size,
                 middle - std::floor(size / 2), size, size};
    bool connecting =
        !frame.layout.two_columns && notice.kind == client::ConnectionNoticeKind::kReconnecting;
    std::string_view status =
        connecting ? frame.str(Str::net_connecting) : status_words(frame, head.status);
    Rect search = {more.x - size, more.y, size, size};
    draw_person(frame, canvas, {x, header.y, search.x - frame.px(8) - x, header.h}, head, status,
                wish);
    if (icon_button(frame, canvas, "chat.search.open", search, gfx::Icon::kSearch,
                    frame.str(Str::chat_search))) {
        search_.open(shown_, frame.fields);
        frame.animating = true;
    }
    if (icon_button(frame, canvas, "chat.more", more, gfx::Icon::kMore, frame.str(Str::chat_more),
                    {.has_popup = true})) {
        wish.chat_menu = ChatMenuWish{shown_, "chat.more", more};
    }
}

// Face, name and presence; all of it leads to the profile.
void ChatUi::draw_person(Frame& frame, gfx::Canvas& canvas, Rect room,
                         const client::ChatHeader& head, std::string_view status, ChatWish& wish) {
    const Theme& theme = frame.theme;
    float middle = room.y + std::floor(room.h / 2);
    Point face = {room.x, middle - frame.px(20)};
    float x = face.x + frame.px(40 + 12);
    float width = room.right() - x;
    float height = theme.body_bold.line_px + (status.empty() ? 0 : theme.caption.line_px);
    float top = std::floor(middle - height / 2);
    float name_w = std::ceil(canvas.text_width(theme.body_bold, head.name));
    Rect target = {face.x - frame.px(4), middle - frame.px(24),
                   std::min(x + name_w, room.right()) - face.x + frame.px(12), frame.px(48)};
    Touched touched = frame.input.touch("chat.profile", target);
    platform::MirrorNode node =
        make_node("chat.profile", platform::Role::kButton, frame.str(Str::row_profile), target);
    node.focusable = true;
    node.has_popup = true;
    frame.mirror.leaf(std::move(node));
    if (touched.activated) wish.profile = shown_.peer();
    avatar(frame, canvas, face, 40, head.initials, head.color, head.avatar);
    if (is_online(head.status)) presence_dot(frame, canvas, face, 40, theme.color.pane);
    platform::MirrorNode heading = make_node("chat.title", platform::Role::kHeading, head.name,
                                             {x, top, width, theme.body_bold.line_px});
    heading.level = 1;
    frame.mirror.leaf(std::move(heading));
    canvas.text_cut({x, top}, theme.body_bold, theme.color.ink, head.name, width);
    if (touched.ring) focus_ring(frame, canvas, target, frame.px(12), true);
    if (status.empty()) return;
    top += theme.body_bold.line_px;
    canvas.text_cut({x, top}, theme.caption, theme.color.ink2, status, width);
    frame.mirror.leaf(make_node("chat.status", platform::Role::kStatus, status,
                                {x, top, width, theme.caption.line_px}));
}

float ChatUi::draw_stranger(Frame& frame, gfx::Canvas& canvas, Rect column, float top,
                            ChatWish& wish) {
    float padding = frame.layout.column_padding;
    std::string_view words = frame.str(Str::stranger);
    std::string_view add = frame.str(Str::stranger_add);
    std::string_view block = frame.str(Str::stranger_block);
    float add_w = button_width(frame, canvas, add, true);
    float block_w = button_width(frame, canvas, block, true);
    Rect rect = {column.x + padding, top + frame.px(8), column.w - 2 * padding, 0};
    rect.h =
        std::max(frame.px(52), banner_height(frame, canvas, rect.w, {words, {}}, add_w + block_w));
    banner(frame, canvas, rect, BannerKind::kInfo, gfx::Icon::kUser, {words, {}}, add_w + block_w);
    frame.mirror.leaf(make_node("chat.stranger", platform::Role::kStatus, words, rect));
    float y = rect.y + std::floor((rect.h - frame.px(36)) / 2);
    Rect block_rect = {rect.right() - frame.px(8) - block_w, y, block_w, frame.px(36)};
    Rect add_rect = {block_rect.x - add_w, y, add_w, frame.px(36)};
    if (button(frame, canvas, "chat.stranger.add", add_rect, ButtonKind::kQuiet, add,
               {.small = true})) {
        wish.add_id = shown_.peer().text();
    }
    if (button(frame, canvas, "chat.stranger.block", block_rect, ButtonKind::kQuiet, block,
               {.small = true})) {
        wish.question = ask_to_block(frame, shown_.peer());
    }
    return rect.bottom() + frame.px(8);
}

float ChatUi::bottom_height(const Frame& frame) const {
    if (!blocked_ && !history_.selection().active()) return composer_.height(frame);
    return frame.px(frame.layout.phone ? 12 : 16) + frame.theme.measure(52, 56) +
           frame.px(frame.layout.phone ? 8 : 16);
}

/// The place and shape of the composer, for what stands there instead.
Rect ChatUi::composer_place(const Frame& frame, Rect column) const {
    float side = frame.px(frame.layout.phone ? 8 : 24);
    float height = frame.theme.measure(52, 56);
    return {column.x + side, column.bottom() - frame.px(frame.layout.phone ? 8 : 16) - height,
            column.w - 2 * side, height};
}

void ChatUi::draw_selection(Frame& frame, gfx::Canvas& canvas, Rect column, ChatWish& wish) {
    Selection& selection = history_.selection();
    std::vector<Seq> seqs = selection.seqs();
    switch (draw_selection_bar(frame, canvas, composer_place(frame, column), seqs.size())) {
        case SelectionUse::kNone:
            return;
        case SelectionUse::kForward:
            wish.forward = std::move(seqs);
            return;
        case SelectionUse::kCopy:
            frame.actions.emplace_back(
                CopyText{selection.text(frame, frame.model.name_of(shown_.peer()))});
            break;
        case SelectionUse::kDelete:
            wish.question = ask_to_delete(frame, shown_, std::move(seqs));
            return;
        case SelectionUse::kCancel:
            break;
    }
    selection.end();
    want_focus(frame.theme.touch);
    frame.animating = true;
}

void ChatUi::draw_blocked(Frame& frame, gfx::Canvas& canvas, Rect column) {
    const Theme& theme = frame.theme;
    Rect pill = composer_place(frame, column);
    canvas.fill(pill, theme.color.field, pill.h / 2);
    if (theme.forced) canvas.outline(pill, theme.color.edge, frame.px(1), pill.h / 2);
    std::string_view words = frame.str(Str::blocked);
    std::string_view label = frame.str(Str::unblock);
    float words_w = std::ceil(canvas.text_width(theme.body, words));
    float label_w = std::ceil(canvas.text_width(theme.body_bold, label));
    float x = std::floor(pill.center().x - (words_w + frame.px(16) + label_w) / 2);
    float y = std::floor(pill.center().y - theme.body.line_px / 2);
    canvas.text({x, y}, theme.body, theme.color.ink2, words);
    frame.mirror.leaf(make_node("chat.blocked", platform::Role::kStatus, words,
                                {x, y, words_w, theme.body.line_px}));
    Rect link = {x + words_w + frame.px(16), y, label_w, theme.body.line_px};
    canvas.disc({x + words_w + frame.px(8), std::floor(link.center().y)}, theme.pixel_ratio * 1.2f,
                theme.color.ink2);
    if (link_button(frame, canvas, "chat.unblock", link, theme.body_bold, theme.color.accent_text,
                    label, label, false)) {
        frame.command(client::UnblockUser{shown_.peer()});
    }
}

}  // namespace kumquat::ui
