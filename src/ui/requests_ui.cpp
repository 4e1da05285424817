#include "ui/requests_ui.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include <imgui.h>

#include "base/limits.h"
#include "base/stable_sort.h"
#include "ui/controls.h"
#include "ui/field_control.h"
#include "ui/pieces.h"
#include "ui/time_words.h"
#include "ui/user_id.h"

namespace kumquat::ui {

namespace {

constexpr double kSettledMs = 4000;
constexpr float kPaddingCss = 12;
constexpr float kGapCss = 8;
constexpr float kFaceCss = 48;
constexpr std::size_t kWordingLines = 4;

float button_height(const Frame& frame) {
    return frame.theme.measure(36, 44);
}

float field_height(const Frame& frame) {
    return frame.theme.small_bold.line_px + frame.px(6 + 44);
}

client::Task task_of(bool incoming, bool accept) {
    if (!incoming) return client::Task::kWithdrawFriend;
    return accept ? client::Task::kAcceptFriend : client::Task::kRefuseFriend;
}

}  // namespace

void RequestsUi::open() {
    *this = RequestsUi();
    open_ = focus_wanted_ = true;
}

void RequestsUi::close(platform::TextFields& fields) {
    if (!open_) return;
    for (std::string_view id : {kRemarkField, kGroupField})
        fields.forget(id);
    *this = RequestsUi();
}

bool RequestsUi::close_menu() {
    if (!group_.menu_open()) return false;
    group_.close_menu();
    return true;
}

RequestsUi::Card* RequestsUi::naming() {
    for (Card& card : cards_) {
        if (card.stage == Stage::kNames) return &card;
    }
    return nullptr;
}

/// The friendship is there; the name for it may follow, of one friend at a time.
void RequestsUi::begin_names(Frame& frame, Card& card) {
    if (Card* before = naming()) before->stage = Stage::kSettled;
    card.stage = Stage::kNames;
    frame.fields.set_text(kRemarkField, card.row.name);
    frame.fields.set_text(kGroupField, {});
    if (frame.theme.touch) return;
    frame.fields.focus(kRemarkField);
    frame.fields.select_all(kRemarkField);
}

/// Those that are new get a card; the others' cards get what is known of them now.
void RequestsUi::take_rows(const std::vector<client::RequestRow>& rows, bool incoming) {
    for (const client::RequestRow& row : rows) {
        auto same = std::find_if(cards_.begin(), cards_.end(), [&](const Card& card) {
            return card.row.user_id == row.user_id && card.incoming == incoming;
        });
        if (same != cards_.end() && same->stage == Stage::kWaits) {
            same->row = row;
            continue;
        }
        // They have asked anew.
        if (same != cards_.end()) cards_.erase(same);
        Card card;
        card.row = row;
        card.incoming = incoming;
        cards_.push_back(std::move(card));
    }
}

/// A request that is not there any more was answered: here, or on another device.
void RequestsUi::follow_answer(Frame& frame, Card& card, const client::RequestList& list) {
    const auto& rows = card.incoming ? list.received : list.sent;
    bool waits = std::any_of(rows.begin(), rows.end(), [&](const client::RequestRow& row) {
        return row.user_id == card.row.user_id;
    });
    if (waits) {
        if (card.row.error) card.asked = Asked::kNothing;
        return;
    }
    const client::TaskState* answer = frame.model.find_task(
        task_of(card.incoming, card.asked == Asked::kAccept), card.row.user_id.text());
    if (answer != nullptr && !answer->error) return;
    bool ours = card.asked != Asked::kNothing && answer == nullptr;
    bool friends = frame.model.find_friend(card.row.user_id) != nullptr;
    if (ours && card.asked == Asked::kAccept && friends) {
        begin_names(frame, card);
        return;
    }
    card.stage = Stage::kSettled;
    if (!ours) card.until_ms = -1;
}

void RequestsUi::follow_model(Frame& frame, const client::OffsetMinutes& offset) {
    client::RequestList list = client::build_request_list(frame.model, frame.wall, offset);
    take_rows(list.received, true);
    take_rows(list.sent, false);
    for (Card& card : cards_) {
        if (card.stage == Stage::kWaits) follow_answer(frame, card, list);
    }
    for (Card& card : cards_) {
        if (card.stage != Stage::kSettled) continue;
        if (card.until_ms == 0) card.until_ms = frame.now_ms + kSettledMs;
        frame.change_at(std::max(card.until_ms, frame.now_ms));
    }
    auto is_over = [&](const Card& card) {
        return card.stage == Stage::kSettled && card.until_ms <= frame.now_ms;
    };
    cards_.erase(std::remove_if(cards_.begin(), cards_.end(), is_over), cards_.end());
    stable_sort(cards_, [](const Card& a, const Card& b) { return a.row.time > b.row.time; });
}

void RequestsUi::submit(platform::TextFields& fields, std::vector<Action>& actions) {
    Card* card = naming();
    if (card == nullptr) return;
    client::UpdateFriend update;
    update.user_id = card->row.user_id;
    update.remark = std::string(trim(fields.text(kRemarkField)));
    // The nick itself is no remark: it would not follow when they change it.
    if (*update.remark == card->row.name) update.remark->clear();
    update.group = std::string(trim(fields.text(kGroupField)));
    if (update.remark->size() > limits::kRemarkBytes ||
        update.group->size() > limits::kGroupNameBytes) {
        return;
    }
    card->stage = Stage::kSettled;
    bool named = !update.remark->empty() || !update.group->empty();
    if (named) actions.emplace_back(client::Command(std::move(update)));
}

RequestsWish RequestsUi::draw(Frame& frame, const client::OffsetMinutes& offset) {
    RequestsWish wish;
    follow_model(frame, offset);
    if (frame.model.visible && frame.model.requests_unread() > 0) {
        frame.command(client::ReadFriendRequests{});
    }
    const Layout& layout = frame.layout;
    const Rect& area = layout.friends;
    Surface surface(frame, "friends", {area.x, 0, area.w, layout.window.h});
    gfx::Canvas& canvas = surface.canvas();
    float top = area.y + (layout.two_columns ? frame.px(12) : 0);
    MirrorScope nav(frame.mirror, make_node("requests", platform::Role::kNavigation,
                                            frame.str(Str::req_title), area));
    draw_header(frame, canvas, {area.x, top, area.w, layout.header_height}, wish);
    top += layout.header_height;
    view_ = {area.x, top, area.w, layout.window.h - top};
    if (cards_.empty()) {
        frame.mirror.leaf(
            make_node("requests.none", platform::Role::kStatus, frame.str(Str::req_none), view_));
        empty_state(frame, canvas, view_, frame.str(Str::req_none), frame.str(Str::req_none_sub), 0,
                    true);
        return wish;
    }
    // Dear ImGui's own clip, so that what is out of sight is out of reach, too.
    ImGui::PushClipRect({view_.x, view_.y}, {view_.right(), view_.bottom()}, true);
    // By what the last frame was high.
    scroll_.update(frame, view_, content_height_);
    float start = view_.y - scroll_.offset();
    float y = draw_section(frame, canvas, view_, start, true, wish);
    y = draw_section(frame, canvas, view_, y, false, wish);
    ImGui::PopClipRect();
    content_height_ = y - start + frame.px(12);
    scroll_.draw_bar(frame, canvas);
    return wish;
}

void RequestsUi::draw_header(Frame& frame, gfx::Canvas& canvas, Rect header, RequestsWish& wish) {
    const Theme& theme = frame.theme;
    const Layout& layout = frame.layout;
    float size = theme.measure(40, 44);
    float middle = header.y + std::floor(header.h / 2);
    // The arrow's left edge lies on the rows' text edge.
    Rect back = {header.x + layout.friends_left + frame.px(12 + 9) - std::floor(size / 2),
                 middle - std::floor(size / 2), size, size};
    wish.leave = icon_button(frame, canvas, "requests.back", back, gfx::Icon::kBack,
                             frame.str(Str::chat_back), {.on_ground = true});
    float x = back.right() + frame.px(4);
    float title_top = std::floor(middle - theme.title.line_px / 2);
    float right = header.right() - layout.friends_right - frame.px(12);
    Rect add = {right - frame.px(1) - std::floor((size + frame.px(20)) / 2),
                middle - std::floor(size / 2), size, size};
    std::string_view title = frame.str(Str::req_title);
    platform::MirrorNode heading = make_node("requests.title", platform::Role::kHeading, title,
                                             {x, title_top, add.x - x, theme.title.line_px});
    heading.level = layout.two_columns ? 2 : 1;
    frame.mirror.leaf(std::move(heading));
    canvas.text_cut({x, title_top}, theme.title, theme.color.ink, title, add.x - x);
    wish.open_add = icon_button(frame, canvas, "requests.add", add, gfx::Icon::kAddUser,
                                frame.str(Str::add_title), {.on_ground = true});
    if (std::exchange(focus_wanted_, false) && !theme.touch) {
        frame.actions.emplace_back(FocusNode{"requests.back"});
    }
}

/// Heading and cards of one direction; nothing without cards. Returns the y below.
float RequestsUi::draw_section(Frame& frame, gfx::Canvas& canvas, Rect view, float y, bool incoming,
                               RequestsWish& wish) {
    const Theme& theme = frame.theme;
    std::int64_t count = 0;
    bool any = false;
    for (const Card& card : cards_) {
        if (card.incoming != incoming) continue;
        any = true;
        count += card.stage == Stage::kWaits;
    }
    if (!any) return y;
    float left = view.x + frame.layout.friends_left;
    float width = view.right() - frame.layout.friends_right - left;
    y += frame.px(4);
    std::string_view words = frame.str(incoming ? Str::req_received : Str::req_sent);
    std::string number = number_text(count);
    float x = left + frame.px(12);
    x += canvas.text({x, y}, theme.small_bold, theme.color.ink2, words) + frame.px(8);
    canvas.disc({x, std::floor(y + theme.small.line_px / 2)}, theme.pixel_ratio * 1.2f,
                theme.color.ink2);
    canvas.text({x + frame.px(8), y}, theme.small_bold, theme.color.ink2, number);
    platform::MirrorNode heading =
        make_node(incoming ? "requests.received" : "requests.sent", platform::Role::kHeading,
                  std::string(words) + " " + number,
                  {left + frame.px(12), y, width - frame.px(24), theme.small_bold.line_px});
    heading.level = frame.layout.two_columns ? 3 : 2;
    frame.mirror.leaf(std::move(heading));
    y += theme.small_bold.line_px + frame.px(kGapCss);
    MirrorScope list(frame.mirror,
                     make_node(incoming ? "requests.received.list" : "requests.sent.list",
                               platform::Role::kList, words));
    for (Card& card : cards_) {
        if (card.incoming != incoming) continue;
        Rect rect = {left, y, width, card_height(frame, canvas, card, width)};
        MirrorScope item(frame.mirror,
                         make_node(card.key() + ".item", platform::Role::kListItem, {}, rect));
        draw_card(frame, canvas, rect, card, wish);
        y = rect.bottom() + frame.px(kGapCss);
    }
    return y + frame.px(kGapCss);
}

float RequestsUi::wording_height(Frame& frame, gfx::Canvas& canvas, const Card& card,
                                 float width) const {
    if (card.row.wording.empty()) return 0;
    std::size_t lines = canvas.break_lines(frame.theme.small, card.row.wording, width).size();
    return static_cast<float>(std::min(lines, kWordingLines)) * frame.theme.small.line_px;
}

float RequestsUi::card_height(Frame& frame, gfx::Canvas& canvas, const Card& card,
                              float width) const {
    float padding = 2 * frame.px(kPaddingCss);
    float gap = frame.px(kGapCss);
    if (card.stage == Stage::kSettled) return padding + frame.theme.small.line_px;
    float height = padding + frame.px(kFaceCss) + gap + button_height(frame);
    if (card.stage == Stage::kNames) return height + 2 * (field_height(frame) + gap);
    float wording = wording_height(frame, canvas, card, width - padding);
    if (wording > 0) height += wording + gap;
    if (card.row.error) height += frame.theme.small.line_px + gap;
    return height;
}

void RequestsUi::draw_card(Frame& frame, gfx::Canvas& canvas, Rect rect, Card& card,
                           RequestsWish& wish) {
    const Theme& theme = frame.theme;
    float radius = frame.px(radius::kRow);
    draw_elevation(canvas, theme, rect, radius, Elevation::kE1);
    canvas.fill(rect, theme.color.row, radius);
    if (theme.forced) canvas.outline(rect, theme.color.edge, frame.px(1), radius);
    if (card.stage == Stage::kSettled) {
        draw_settled(frame, canvas, rect, card);
        return;
    }
    float padding = frame.px(kPaddingCss);
    Rect inner = {rect.x + padding, rect.y + padding, rect.w - 2 * padding, rect.h - 2 * padding};
    draw_person(frame, canvas, inner, card, wish);
    inner.y += frame.px(kFaceCss + kGapCss);
    if (card.stage == Stage::kNames) {
        draw_names(frame, canvas, inner, card);
        return;
    }
    if (!card.row.wording.empty()) {
        const std::string& wording = card.row.wording;
        float y = inner.y;
        auto lines = canvas.break_lines(theme.small, wording, inner.w);
        std::size_t shown = std::min(lines.size(), kWordingLines);
        for (std::size_t i = 0; i < shown; ++i) {
            // The last one that fits shows that there would be more.
            bool cut = i + 1 == shown && shown < lines.size();
            std::size_t end = cut ? wording.size() : lines[i].end;
            canvas.text_cut({inner.x, y}, theme.small, theme.color.ink2,
                            std::string_view(wording).substr(lines[i].begin, end - lines[i].begin),
                            inner.w);
            y += theme.small.line_px;
        }
        frame.mirror.leaf(make_node(card.key() + ".wording", platform::Role::kStatus, wording,
                                    {inner.x, inner.y, inner.w, y - inner.y}));
        inner.y = y + frame.px(kGapCss);
    }
    if (card.row.error) {
        std::string words = error_sentence(frame.lang, Attempt::kTask, *card.row.error);
        canvas.text_cut({inner.x, inner.y}, theme.small, theme.color.danger, words, inner.w);
        frame.mirror.leaf(make_node(card.key() + ".error", platform::Role::kStatus, words,
                                    {inner.x, inner.y, inner.w, theme.small.line_px}));
        inner.y += theme.small.line_px + frame.px(kGapCss);
    }
    Rect row = {inner.x, inner.y, inner.w, button_height(frame)};
    if (card.incoming) {
        draw_answers(frame, canvas, row, card);
    } else {
        draw_withdraw(frame, canvas, row, card);
    }
}

void RequestsUi::draw_settled(Frame& frame, gfx::Canvas& canvas, Rect rect,
                              const Card& card) const {
    Str words = card.asked == Asked::kAccept   ? Str::req_accepted
                : card.asked == Asked::kRefuse ? Str::req_refused
                                               : Str::req_withdrawn;
    std::string said = frame.str(words, {{"name", card.row.name}});
    float padding = frame.px(kPaddingCss);
    canvas.text_cut({rect.x + padding, rect.y + padding}, frame.theme.small, frame.theme.color.ink2,
                    said, rect.w - 2 * padding);
    frame.mirror.leaf(make_node(card.key() + ".outcome", platform::Role::kStatus, said, rect));
}

void RequestsUi::draw_person(Frame& frame, gfx::Canvas& canvas, Rect inner, const Card& card,
                             RequestsWish& wish) {
    const Theme& theme = frame.theme;
    const std::string& id = card.row.user_id.text();
    const std::string& name = card.row.name;
    Rect who = {inner.x, inner.y, inner.w, frame.px(kFaceCss)};
    std::string key = card.key() + ".profile";
    Touched touched = frame.input.touch(key, who);
    platform::MirrorNode node = make_node(key, platform::Role::kButton, name + ", " + id, who);
    node.focusable = true;
    frame.mirror.leaf(std::move(node));
    if (touched.activated) wish.profile = card.row.user_id;
    avatar(frame, canvas, {who.x, who.y}, kFaceCss, card.row.initials, card.row.color,
           card.row.avatar);
    std::string time = time_words(frame, card.row.time, card.row.date);
    float x = who.x + frame.px(kFaceCss + 12);
    float height = theme.body_bold.line_px + theme.caption.line_px;
    float y = who.y + std::floor((who.h - height) / 2);
    float baseline = gfx::Canvas::baseline_of(y, theme.body_bold);
    float time_w = canvas.text_on({who.right(), baseline}, theme.caption_digits, theme.color.ink2,
                                  time, gfx::HorizontalAlign::kRight);
    canvas.text_cut({x, y}, theme.body_bold, theme.color.ink, name,
                    who.right() - time_w - frame.px(8) - x);
    canvas.text_cut({x, y + theme.body_bold.line_px}, theme.caption, theme.color.ink2, id,
                    who.right() - x);
    if (touched.ring) focus_ring(frame, canvas, who, frame.px(8), true);
}

void RequestsUi::draw_answers(Frame& frame, gfx::Canvas& canvas, Rect row, Card& card) {
    const std::string& name = card.row.name;
    std::string key = card.key();
    float gap = frame.px(kGapCss);
    float width = std::floor((row.w - gap) / 2);
    bool busy = card.asked != Asked::kNothing;
    std::string refuse = frame.str(Str::req_refuse_a11y, {{"name", name}});
    std::string accept = frame.str(Str::req_accept_a11y, {{"name", name}});
    ButtonOptions options;
    options.small = true;
    options.enabled = !busy;
    options.name = refuse;
    if (button(frame, canvas, key + ".refuse", {row.x, row.y, width, row.h}, ButtonKind::kCard,
               frame.str(Str::req_refuse), options)) {
        card.asked = Asked::kRefuse;
        frame.command(client::RefuseFriend{card.row.user_id});
    }
    options.enabled = true;
    options.busy = card.asked == Asked::kAccept;
    options.name = accept;
    if (card.asked == Asked::kRefuse) options.enabled = false;
    if (button(frame, canvas, key + ".accept", {row.right() - width, row.y, width, row.h},
               ButtonKind::kPrimary, frame.str(Str::req_accept), options)) {
        card.asked = Asked::kAccept;
        frame.command(client::AcceptFriend{card.row.user_id, {}, {}});
    }
}

void RequestsUi::draw_withdraw(Frame& frame, gfx::Canvas& canvas, Rect row, Card& card) {
    const Theme& theme = frame.theme;
    std::string key = card.key();
    std::string_view words = frame.str(Str::req_withdraw);
    std::string name = frame.str(Str::req_withdraw_a11y, {{"name", card.row.name}});
    bool busy = card.asked != Asked::kNothing;
    float width = button_width(frame, canvas, words, true) + (busy ? frame.px(26) : 0);
    Rect rect = {row.right() - width, row.y, width, row.h};
    if (button(frame, canvas, key + ".withdraw", rect, ButtonKind::kCard, words,
               {.busy = busy, .name = name, .small = true})) {
        card.asked = Asked::kWithdraw;
        frame.command(client::WithdrawFriend{card.row.user_id});
    }
    std::string_view waiting = frame.str(Str::req_waiting);
    float y = std::floor(row.center().y - theme.caption.line_px / 2);
    canvas.text_cut({row.x, y}, theme.caption, theme.color.ink2, waiting,
                    rect.x - frame.px(8) - row.x);
    frame.mirror.leaf(make_node(key + ".waiting", platform::Role::kStatus, waiting,
                                {row.x, y, rect.x - row.x, theme.caption.line_px}));
}

void RequestsUi::draw_names(Frame& frame, gfx::Canvas& canvas, Rect inner, Card& card) {
    float gap = frame.px(kGapCss);
    LimitedLook look;
    look.field.id = kRemarkField;
    look.field.label = frame.str(Str::add_remark);
    look.field.placeholder = frame.str(Str::add_remark_hint);
    look.field.clip = view_;
    look.bytes_max = limits::kRemarkBytes;
    Rect field = {inner.x, inner.y, inner.w, field_height(frame)};
    limited_field(frame, canvas, field, look);
    field.y = field.bottom() + gap;
    look.field.id = kGroupField;
    look.field.label = frame.str(Str::add_group);
    look.field.placeholder = frame.str(Str::add_group_hint);
    look.bytes_max = limits::kGroupNameBytes;
    group_.draw(frame, canvas, field, look);
    float width = std::floor((inner.w - gap) / 2);
    Rect row = {inner.x, field.bottom() + gap, width, button_height(frame)};
    std::string key = card.key();
    if (button(frame, canvas, key + ".skip", row, ButtonKind::kCard, frame.str(Str::skip),
               {.small = true})) {
        card.stage = Stage::kSettled;
    }
    row.x = inner.right() - width;
    if (button(frame, canvas, key + ".save", row, ButtonKind::kPrimary, frame.str(Str::save),
               {.small = true})) {
        submit(frame.fields, frame.actions);
    }
}

}  // namespace kumquat::ui
