#include "ui/friends_ui.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "client/view/avatar.h"
#include "ui/controls.h"
#include "ui/field_control.h"
#include "ui/friend_row_ui.h"
#include "ui/pieces.h"
#include "ui/time_words.h"
#include "ui/user_id.h"

namespace kumquat::ui {

namespace {

constexpr double kSkeletonAfterMs = 200;
/// Rows beyond the visible ones that the mirror still holds.
constexpr float kMirrorMarginRows = 20;

float caption_height(const Frame& frame) {
    return frame.px(12) + frame.theme.caption.line_px + frame.px(6);
}

}  // namespace

std::string friend_key(const ConversationId& id) {
    return "friend:" + id.peer().text();
}

FriendsWish FriendsUi::draw(Frame& frame, const client::ConnectionNotice& notice,
                            const client::OffsetMinutes& offset) {
    FriendsWish wish;
    const Rect& area = frame.layout.friends;
    Surface surface(frame, "friends", {area.x, 0, area.w, frame.layout.window.h});
    gfx::Canvas& canvas = surface.canvas();
    refresh_rows(frame, offset);
    hits_.update(frame, filters_.query(frame, searched_, offset), offset);
    y_ = area.y + (frame.layout.two_columns ? frame.px(12) : 0);
    MirrorScope nav(frame.mirror, make_node("friends", platform::Role::kNavigation,
                                            frame.str(Str::chats_nav), area));
    draw_header(frame, canvas, notice, wish);
    draw_search(frame, canvas, offset);
    draw_notice(frame, canvas, notice);
    draw_list(frame, canvas, wish);
    return wish;
}

void FriendsUi::refresh_rows(Frame& frame, const client::OffsetMinutes& offset) {
    std::string_view search = trim(frame.fields.text(kSearchField));
    std::int64_t day = frame.dates.day_number(frame.wall);
    if (built_ && list_.list_revision == frame.model.list_revision && searched_ == search &&
        built_day_ == day) {
        return;
    }
    searched_ = search;
    list_ = client::build_friend_list(
        frame.model, searched_, frame.wall, offset,
        [&frame](std::string_view name) { return frame.pinyin.spell(name); }, order_);
    built_day_ = day;
    built_ = true;
}

Rect FriendsUi::row_rect(const Frame& frame, Rect view, float y) const {
    return {view.x + frame.layout.friends_left, y,
            view.w - frame.layout.friends_left - frame.layout.friends_right,
            frame.layout.row_height};
}

void FriendsUi::draw_header(Frame& frame, gfx::Canvas& canvas,
                            const client::ConnectionNotice& notice, FriendsWish& wish) {
    const Theme& theme = frame.theme;
    const Rect& area = frame.layout.friends;
    float middle = y_ + std::floor(frame.layout.header_height / 2);
    float x = area.x + frame.px(frame.layout.phone ? 16 : 24);
    const proto::Profile& me = frame.model.me;
    std::string name = frame.model.name_of(me.user_id);
    if (!me.nick.empty()) name = me.nick;

    Rect face = {x, middle - frame.px(18), frame.px(36), frame.px(36)};
    float more = frame.theme.measure(0, 4);
    Rect target = face.grown(more);
    Touched touched = frame.input.touch("friends.settings", target);
    platform::MirrorNode node = make_node("friends.settings", platform::Role::kButton,
                                          frame.str(Str::set_open, {{"name", name}}), target);
    node.focusable = true;
    node.has_popup = true;
    frame.mirror.leaf(std::move(node));
    avatar(frame, canvas, {face.x, face.y}, 36, client::avatar_initials(name, me.user_id.text()),
           client::avatar_color(me.user_id.text()), me.avatar);
    if (touched.ring) focus_ring(frame, canvas, face, face.w / 2);
    if (touched.hovered) {
        frame.input.want_tooltip("friends.settings", frame.str(Str::set_title), face, frame.now_ms);
    }
    wish.open_settings = touched.activated;

    float text_x = face.right() + frame.px(12);
    bool grouped = order_ == client::FriendOrder::kGroups;
    std::string_view title = frame.str(grouped ? Str::chats_nav : Str::chats_title);
    platform::MirrorNode heading =
        make_node("friends.title", platform::Role::kHeading, title,
                  {text_x, middle - theme.title.line_px / 2, frame.px(120), theme.title.line_px});
    heading.level = frame.layout.two_columns ? 2 : 1;
    frame.mirror.leaf(std::move(heading));
    float title_top = std::floor(middle - theme.title.line_px / 2);
    float width = canvas.text({text_x, title_top}, theme.title, theme.color.ink, title);
    if (notice.kind == client::ConnectionNoticeKind::kReconnecting) {
        float after = text_x + width + frame.px(12);
        busy_ring(frame, canvas, {after + frame.px(7), middle}, 14, theme.color.ink2);
        std::string_view words = frame.str(Str::net_connecting);
        canvas.text_on({after + frame.px(14 + 6), gfx::Canvas::baseline_of(title_top, theme.title)},
                       theme.small, theme.color.ink2, words);
        frame.mirror.leaf(make_node("friends.connecting", platform::Role::kStatus, words));
    }

    draw_actions(frame, canvas, middle, wish);
    y_ += frame.layout.header_height;
}

void FriendsUi::draw_actions(Frame& frame, gfx::Canvas& canvas, float middle, FriendsWish& wish) {
    // The icon's right edge lies on the rows' text edge; the icon itself is 22 of 24 wide.
    float size = frame.theme.measure(40, 44);
    float row_right = frame.layout.friends.right() - frame.layout.friends_right - frame.px(12);
    Rect place = {row_right - frame.px(1) - std::floor((size + frame.px(20)) / 2),
                  middle - size / 2, size, size};
    wish.open_add = icon_button(frame, canvas, "friends.add", place, gfx::Icon::kAddUser,
                                frame.str(Str::add_title), {.on_ground = true});
    place.x -= size;
    bool grouped = order_ == client::FriendOrder::kGroups;
    platform::Tri pressed = grouped ? platform::Tri::kTrue : platform::Tri::kFalse;
    if (icon_button(frame, canvas, "friends.groups", place, gfx::Icon::kUser,
                    frame.str(Str::list_groups), {.on_ground = true, .pressed = pressed})) {
        order_ = grouped ? client::FriendOrder::kActivity : client::FriendOrder::kGroups;
        built_ = false;
        scroll_.to_top();
        frame.animating = true;
    }
}

void FriendsUi::close_filters() {
    filters_open_ = false;
    filters_ = SearchFilters(kSearchField);
    scroll_.to_top();
}

void FriendsUi::draw_search(Frame& frame, gfx::Canvas& canvas,
                            const client::OffsetMinutes& offset) {
    const Rect& area = frame.layout.friends;
    float side = frame.px(frame.layout.phone ? 8 : 0);
    float gap = frame.px(4);
    Rect rect = {area.x + frame.layout.friends_left + side, y_, 0, frame.theme.measure(40, 44)};
    rect.w = area.right() - frame.layout.friends_right - side - rect.h - gap - rect.x;
    FieldLook look;
    look.id = kSearchField;
    look.kind = platform::FieldKind::kSearch;
    look.label = frame.str(Str::search_hint);
    look.placeholder = look.label;
    if (search_field(frame, canvas, rect, look)) {
        frame.fields.set_text(kSearchField, {});
        frame.fields.focus(kSearchField);
        scroll_.to_top();
    }
    Rect filter = {rect.right() + gap, rect.y, rect.h, rect.h};
    platform::Tri open = filters_open_ ? platform::Tri::kTrue : platform::Tri::kFalse;
    if (icon_button(frame, canvas, "friends.filter", filter, gfx::Icon::kFilter,
                    frame.str(Str::filter_open), {.on_ground = true, .expanded = open})) {
        filters_open_ = !filters_open_;
        if (!filters_open_) close_filters();
        frame.animating = true;
    }
    y_ += rect.h + frame.px(8);
    if (!filters_open_) return;
    float height = frame.theme.measure(32, 44);
    filters_.draw(frame, canvas, {rect.x, y_, filter.right() - rect.x, height}, {}, offset);
    y_ += height + frame.px(8);
}

void FriendsUi::draw_notice(Frame& frame, gfx::Canvas& canvas,
                            const client::ConnectionNotice& notice) {
    using Kind = client::ConnectionNoticeKind;
    if (notice.kind != Kind::kOffline && notice.kind != Kind::kBack) return;
    const Rect& area = frame.layout.friends;
    float x = area.x + frame.layout.friends_left;
    float width = area.right() - frame.layout.friends_right - x;
    bool offline = notice.kind == Kind::kOffline;
    const Theme& theme = frame.theme;
    std::string_view words = frame.str(offline ? Str::net_offline : Str::net_back);
    float second = offline ? frame.px(2) + theme.small.line_px : 0;
    float text_x = x + frame.px(14 + 20 + 12);
    float text_width = x + width - frame.px(14) - text_x;
    float text_h =
        paragraph(frame, canvas, {}, text_width, theme.small, theme.color.ink, words, false);
    Rect rect = {x, y_, width, std::max(frame.px(44), text_h + second + frame.px(24))};
    banner(frame, canvas, rect, offline ? BannerKind::kInfo : BannerKind::kBack,
           offline ? gfx::Icon::kGlobe : gfx::Icon::kSent, {{}, words}, 0, second);
    frame.mirror.leaf(make_node("friends.notice", platform::Role::kStatus, words, rect));
    if (offline)
        draw_retry(frame, canvas,
                   {text_x, rect.bottom() - frame.px(12) - theme.small.line_px, text_width,
                    theme.small.line_px},
                   notice);
    y_ += rect.h + frame.px(8);
}

/// The banner's second line: when the next attempt comes, and a link that makes it come now.
void FriendsUi::draw_retry(Frame& frame, gfx::Canvas& canvas, Rect line,
                           const client::ConnectionNotice& notice) {
    const Theme& theme = frame.theme;
    std::string wait(frame.str(Str::net_connecting));
    if (notice.retry_in_s) {
        std::string seconds = number_text(*notice.retry_in_s);
        wait = frame.str(Str::net_retry_in, {{"s", seconds}});
    }
    canvas.text({line.x, line.y}, theme.small, theme.color.ink2, wait);
    std::string_view retry = frame.str(Str::msg_retry);
    float width = std::ceil(canvas.text_width(theme.small_bold, retry));
    if (link_button(frame, canvas, "friends.retry", {line.right() - width, line.y, width, line.h},
                    theme.small_bold, theme.color.accent_text, retry, retry, false)) {
        frame.command(client::RetryNow{});
    }
}

void FriendsUi::draw_list(Frame& frame, gfx::Canvas& canvas, FriendsWish& wish) {
    const Rect& area = frame.layout.friends;
    Rect view = {area.x, y_, area.w, frame.layout.window.h - y_};
    using Status = client::FriendList::Status;
    if (list_.status == Status::kLoading) {
        draw_skeletons(frame, canvas, view);
        return;
    }
    loading_since_ms_ = -1;
    if (filters_.any()) {
        if (hits_.shown(frame.model)) {
            draw_rows(frame, canvas, view, wish);
        } else {
            draw_no_hits(frame, canvas, view, wish);
        }
        return;
    }
    if (list_.status == Status::kEmpty && list_.requests) {
        draw_requests_row(frame, canvas, row_rect(frame, view, view.y), wish);
        view.y += frame.layout.row_height;
        view.h -= frame.layout.row_height;
    }
    if (list_.status == Status::kEmpty) {
        draw_empty(frame, canvas, view, wish);
    } else if (list_.status == Status::kRows || hits_.shown(frame.model)) {
        draw_rows(frame, canvas, view, wish);
    } else {
        draw_no_hits(frame, canvas, view, wish);
    }
}

void FriendsUi::draw_skeletons(Frame& frame, gfx::Canvas& canvas, Rect view) {
    if (loading_since_ms_ < 0) loading_since_ms_ = frame.now_ms;
    frame.mirror.leaf(
        make_node("friends.loading", platform::Role::kStatus, frame.str(Str::list_loading), view));
    if (frame.now_ms < loading_since_ms_ + kSkeletonAfterMs) {
        frame.change_at(loading_since_ms_ + kSkeletonAfterMs);
        return;
    }
    canvas.set_opacity(skeleton_opacity(frame));
    for (int i = 0; i < 6; ++i) {
        Rect row = {view.x + frame.layout.friends_left,
                    view.y + frame.layout.row_height * static_cast<float>(i),
                    view.w - frame.layout.friends_left - frame.layout.friends_right,
                    frame.layout.row_height};
        skeleton_row(frame, canvas, row);
    }
    canvas.set_opacity(1);
}

std::size_t FriendsUi::stop_index() const {
    std::size_t open = list_.rows.size();
    for (std::size_t i = 0; i < list_.rows.size(); ++i) {
        if (friend_key(list_.rows[i].id) == focused_row_) return i;
        if (list_.rows[i].open) open = i;
    }
    return open < list_.rows.size() ? open : 0;
}

std::string FriendsUi::tab_stop() const {
    if (list_.rows.empty() || filters_.any()) return hits_.first_key();
    return friend_key(list_.rows[stop_index()].id);
}

/// What stands above a row, if anything does.
std::string_view FriendsUi::caption_above(const Frame& frame, std::size_t index) const {
    using Kind = client::FriendSection::Kind;
    for (const client::FriendSection& section : list_.sections) {
        if (section.first != index || section.kind == Kind::kTalks) continue;
        if (section.kind == Kind::kGroup) return section.group;
        if (section.kind == Kind::kNoGroup) return frame.str(Str::list_no_group);
        // With nothing above it there is nothing to tell it from.
        return index == 0 ? std::string_view() : frame.str(Str::list_never);
    }
    return {};
}

/// Tells sections apart: a group may be called what the rest of them is called.
std::string FriendsUi::section_key(std::size_t first) const {
    for (const client::FriendSection& section : list_.sections) {
        if (section.first == first && section.kind == client::FriendSection::Kind::kGroup)
            return ":" + section.group;
    }
    return ".rest";
}

void FriendsUi::draw_caption(Frame& frame, gfx::Canvas& canvas, Rect rect, std::string_view key,
                             std::string_view words) {
    float side = frame.px(12);
    canvas.text_cut({rect.x + side, rect.y + side}, frame.theme.caption_bold,
                    frame.theme.color.ink2, words, rect.w - 2 * side);
    platform::MirrorNode node =
        make_node("friends.caption" + std::string(key), platform::Role::kHeading, words, rect);
    node.level = frame.layout.two_columns ? 3 : 2;
    frame.mirror.leaf(std::move(node));
}

/// A focus that came from elsewhere moves the row that Tab reaches.
void FriendsUi::follow_focus(Frame& frame) {
    const std::string& focus = frame.input.focused();
    if (focus.substr(0, 7) == "friend:" && focus != seen_focus_) {
        focused_row_ = focus;
        reveal_wanted_ = true;
    }
    seen_focus_ = focus;
}

/// Of the requests and the people; `stop_top`: where the row begins that Tab reaches.
float FriendsUi::people_height(const Frame& frame, std::size_t stop, float* stop_top) const {
    float content = list_.requests ? frame.layout.row_height : 0;
    for (std::size_t i = 0; i < list_.rows.size(); ++i) {
        if (!caption_above(frame, i).empty()) content += caption_height(frame);
        if (i == stop) *stop_top = content;
        content += frame.layout.row_height;
    }
    return content;
}

void FriendsUi::draw_rows(Frame& frame, gfx::Canvas& canvas, Rect view, FriendsWish& wish) {
    follow_focus(frame);
    std::size_t stop = stop_index();
    float stop_top = 0;
    bool people = !filters_.any();
    float content = people ? people_height(frame, stop, &stop_top) : 0;
    bool hits = hits_.shown(frame.model);
    if (hits) content += hits_.height(frame);
    scroll_.update(frame, view, content + frame.px(12));
    if (std::exchange(reveal_wanted_, false) && people) {
        scroll_.reveal(stop_top, stop_top + frame.layout.row_height);
    }
    canvas.push_clip(view);
    float y = view.y - scroll_.offset();
    if (people) y = draw_people(frame, canvas, view, y, stop, wish);
    if (hits) {
        Rect area = row_rect(frame, view, y);
        area.h = hits_.height(frame);
        MessagePlaceWish hit = hits_.draw(frame, canvas, area, view);
        if (!hit.conversation.empty()) {
            wish.open_chat = hit.conversation;
            wish.open_at = hit.seq;
        }
        reveal_hit(frame, view);
    }
    canvas.pop_clip();
    scroll_.draw_bar(frame, canvas);
}

/// A hit that the focus went to comes into view.
void FriendsUi::reveal_hit(Frame& frame, Rect view) {
    Rect focused = frame.input.take_focused_rect();
    const std::string& key = frame.input.focused();
    if (key.substr(0, 4) != "hit:" || key == revealed_hit_ || focused.empty()) return;
    revealed_hit_ = key;
    float top = focused.y - view.y + scroll_.offset();
    scroll_.reveal(top, top + frame.layout.row_height);
    frame.animating = true;
}

/// Returns the y below them.
float FriendsUi::draw_people(Frame& frame, gfx::Canvas& canvas, Rect view, float y,
                             std::size_t stop, FriendsWish& wish) {
    float row_height = frame.layout.row_height;
    // A heading is no item of a list: what stands below one is a list of its own.
    std::string_view name = frame.str(Str::chats_nav);
    std::string key;
    bool open = false;
    auto open_list = [&] {
        if (open) return;
        open = true;
        frame.mirror.open(make_node("friends.list" + key, platform::Role::kList, name, view));
    };
    auto close_list = [&] {
        if (open) frame.mirror.close();
        open = false;
    };
    if (list_.requests) {
        open_list();
        draw_requests_row(frame, canvas, row_rect(frame, view, y), wish);
        y += row_height;
    }
    for (std::size_t i = 0; i < list_.rows.size(); ++i) {
        std::string_view words = caption_above(frame, i);
        if (!words.empty()) {
            close_list();
            name = words;
            key = section_key(i);
            Rect caption = row_rect(frame, view, y);
            caption.h = caption_height(frame);
            draw_caption(frame, canvas, caption, key, words);
            y += caption.h;
        }
        Rect rect = row_rect(frame, view, y);
        // Of a long list the mirror holds what is near, too: neither pixels nor nodes for the rest.
        bool near = rect.bottom() > view.y - kMirrorMarginRows * row_height &&
                    rect.y < view.bottom() + kMirrorMarginRows * row_height;
        if (near || i == stop) {
            open_list();
            draw_row(frame, canvas, rect, list_.rows[i], i == stop, wish);
        }
        y += row_height;
    }
    close_list();
    return y;
}

/// What of a row lies below the search field: the rest cannot be hit.
Rect FriendsUi::reachable(Rect rect) const {
    if (rect.y >= y_) return rect;
    return {rect.x, y_, rect.w, rect.bottom() - y_};
}

void FriendsUi::draw_requests_row(Frame& frame, gfx::Canvas& canvas, Rect rect, FriendsWish& wish) {
    const client::RequestsRow& row = *list_.requests;
    std::string preview;
    if (row.received > 0) {
        preview = frame.str(Str::req_preview, {{"name", row.name}});
    } else {
        std::string count = number_text(row.sent);
        preview = frame.str(Str::req_preview_sent, {{"n", count}});
    }
    std::string unread = number_text(row.unread);
    MirrorScope item(frame.mirror,
                     make_node("friends.requests.item", platform::Role::kListItem, {}, rect));
    platform::MirrorNode node = make_node(kRequestsRow, platform::Role::kButton,
                                          row.unread > 0 ? frame.str(Str::req_row, {{"n", unread}})
                                                         : std::string(frame.str(Str::req_title)),
                                          rect);
    node.description = preview;
    node.focusable = true;
    frame.mirror.leaf(std::move(node));
    Touched touched = frame.input.touch(kRequestsRow, reachable(rect));
    wish.open_requests = touched.activated;
    ui::draw_requests_row(frame, canvas, rect, row, preview, time_words(frame, row.time, row.date),
                          touched);
}

void FriendsUi::draw_row(Frame& frame, gfx::Canvas& canvas, Rect rect, const client::FriendRow& row,
                         bool tab_stop, FriendsWish& wish) {
    std::string key = friend_key(row.id);
    std::string name = friend_row_name(frame, row);
    MirrorScope item(frame.mirror, make_node(key + ".item", platform::Role::kListItem, {}, rect));
    platform::MirrorNode node = make_node(key, platform::Role::kButton, name, rect);
    node.focusable = tab_stop;
    node.focusable_by_code = true;
    node.current = row.open;
    node.has_popup = true;
    std::string time = row.time ? time_words(frame, *row.time, row.date) : std::string();
    node.description = friend_row_preview(frame, row);
    frame.mirror.leaf(std::move(node));
    bool seen = rect.bottom() > y_ && rect.y < frame.layout.window.h;
    Touched touched = frame.input.touch_row(key, reachable(rect), frame.now_ms);
    if (touched.activated) wish.open_chat = row.id;
    // Until the finger is up its messages can be here.
    if (touched.pressed) frame.command(client::PreloadConversation{row.id});
    if (touched.menu) wish.menu = ChatMenuWish{row.id, key, rect};
    if (seen) draw_friend_row(frame, canvas, rect, row, time, touched);
}

void FriendsUi::draw_empty(Frame& frame, gfx::Canvas& canvas, Rect view, FriendsWish& wish) {
    float height = frame.theme.measure(44, 48);
    // Where everybody is in this browser, the first friend is oneself in a second tab.
    bool alone = frame.on_device;
    std::string_view title = frame.str(alone ? Str::second_title : Str::list_empty);
    frame.mirror.leaf(make_node("friends.empty", platform::Role::kStatus, title, view));
    float y = empty_state(frame, canvas, view, title,
                          frame.str(alone ? Str::second_sub : Str::list_empty_sub), height, true);
    std::string_view label = frame.str(alone ? Str::second_go : Str::add_title);
    float width = button_width(frame, canvas, label);
    if (button(frame, canvas, "friends.empty.add",
               {std::floor(view.center().x - width / 2), y, width, height}, ButtonKind::kPrimary,
               label)) {
        if (alone) {
            frame.actions.emplace_back(OpenSecondTab{});
        } else {
            wish.open_add = true;
        }
    }
}

void FriendsUi::draw_no_hits(Frame& frame, gfx::Canvas& canvas, Rect view, FriendsWish& wish) {
    bool messages = filters_.any();
    std::string words = messages ? std::string(frame.str(Str::chat_search_none))
                                 : frame.str(Str::search_none, {{"q", searched_}});
    frame.mirror.leaf(make_node("friends.none", platform::Role::kStatus, words, view));
    const Theme& theme = frame.theme;
    float left = view.x + frame.layout.friends_left + frame.px(12);
    float width = view.right() - frame.layout.friends_right - frame.px(12) - left;
    std::string cut = canvas.cut(theme.small, words, width);
    float y = view.y + frame.px(48);
    canvas.text({std::floor(view.center().x), y}, theme.small, theme.color.ink2, cut,
                gfx::HorizontalAlign::kCenter);
    if (messages) return;
    y += theme.small.line_px + frame.px(16);
    std::string_view label = frame.str(Str::search_by_id);
    float button_w = button_width(frame, canvas, label);
    if (button(frame, canvas, "friends.addById",
               {std::floor(view.center().x - button_w / 2), y, button_w, theme.measure(40, 44)},
               ButtonKind::kCard, label)) {
        wish.open_add = true;
        wish.add_id = searched_;
    }
}

bool FriendsUi::on_node_key(std::string_view key, const platform::KeyEvent& event,
                            std::string* focus) {
    bool people = !list_.rows.empty() && !filters_.any();
    std::string above = people ? friend_key(list_.rows.back().id) : std::string();
    if (hits_.on_key(key, event, above, focus)) return true;
    if (!people || event.modifiers.any()) return false;
    if (key == kRequestsRow && event.key == platform::Key::kDown) {
        focused_row_ = friend_key(list_.rows.front().id);
        reveal_wanted_ = true;
        *focus = focused_row_;
        return true;
    }
    if (key.substr(0, 7) != "friend:") return false;
    focused_row_ = key;
    std::size_t at = stop_index();
    std::size_t last = list_.rows.size() - 1;
    switch (event.key) {
        case platform::Key::kUp:
            at = at == 0 ? 0 : at - 1;
            break;
        case platform::Key::kDown:
            if (at == last && !hits_.first_key().empty()) {
                *focus = hits_.first_key();
                return true;
            }
            at = std::min(at + 1, last);
            break;
        case platform::Key::kHome:
            at = 0;
            break;
        case platform::Key::kEnd:
            at = last;
            break;
        default:
            return false;
    }
    focused_row_ = friend_key(list_.rows[at].id);
    reveal_wanted_ = true;
    *focus = focused_row_;
    return true;
}

bool FriendsUi::holds(std::string_view key) {
    for (std::string_view prefix : {"friend:", "friends.", "hit:"}) {
        if (key.substr(0, prefix.size()) == prefix) return true;
    }
    return false;
}

bool FriendsUi::on_search_escape(platform::TextFields& fields) {
    if (fields.text(kSearchField).empty() && !filters_open_) return false;
    fields.set_text(kSearchField, {});
    close_filters();
    return true;
}

}  // namespace kumquat::ui
