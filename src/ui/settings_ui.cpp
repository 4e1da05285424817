#include "ui/settings_ui.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "client/view/avatar.h"
#include "ui/controls.h"
#include "ui/pieces.h"
#include "ui/time_words.h"

namespace kumquat::ui {

namespace {

constexpr float kWidthCss = 440;
constexpr float kFaceCss = 72;
constexpr float kLineCss = 48;
constexpr float kPersonLineCss = 60;
/// A page is never lower than this: its back button must not jump.
constexpr float kPageCss = 300;

struct Segments {
    std::string_view key;
    int count;
};
constexpr Segments kThemes = {"settings.theme", 3};
constexpr Segments kLanguages = {"settings.language", 2};

constexpr Str kAllowWords[] = {Str::set_allow_any, Str::set_allow_confirm, Str::set_allow_deny};

float heading_height(const Frame& frame) {
    return frame.px(20) + frame.theme.small_bold.line_px + frame.px(4);
}

void heading(Frame& frame, gfx::Canvas& canvas, Rect& place, std::string_view key, Str words) {
    const Theme& theme = frame.theme;
    place.y += frame.px(20);
    platform::MirrorNode node = make_node(key, platform::Role::kHeading, frame.str(words),
                                          {place.x, place.y, place.w, theme.small_bold.line_px});
    node.level = 3;
    frame.mirror.leaf(std::move(node));
    canvas.text({place.x, place.y}, theme.small_bold, theme.color.ink2, frame.str(words));
    place.y += theme.small_bold.line_px + frame.px(4);
}

/// Takes a line off the top of `place`; a hairline divides it from the one before.
Rect take_line(Frame& frame, gfx::Canvas& canvas, Rect& place, float height_css, bool first) {
    Rect line = {place.x, place.y, place.w, frame.px(height_css)};
    place.y += line.h;
    if (!first) {
        canvas.fill({line.x, line.y - frame.px(1), line.w, frame.px(1)}, frame.theme.color.line);
    }
    return line;
}

/// What a line is about, at its left; with a smaller second line under it, if there is one.
void label(Frame& frame, gfx::Canvas& canvas, Rect line, std::string_view words, float width,
           std::string_view second = {}, bool dim = false) {
    const Theme& theme = frame.theme;
    float height = theme.body.line_px + (second.empty() ? 0 : theme.caption.line_px);
    float y = line.y + std::floor((line.h - height) / 2);
    canvas.text_cut({line.x, y}, theme.body, dim ? theme.color.ink2 : theme.color.ink, words,
                    width);
    if (second.empty()) return;
    canvas.text_cut({line.x, y + theme.body.line_px}, theme.caption, theme.color.ink2, second,
                    width);
}

/// A line that leads to a page: what holds now, and a chevron. True when it was used.
bool page_line(Frame& frame, gfx::Canvas& canvas, std::string_view key, Rect line, Str words,
               std::string_view value) {
    const Theme& theme = frame.theme;
    Touched touched = frame.input.touch(key, line);
    std::string name(frame.str(words));
    if (!value.empty()) name.append(", ").append(value);
    platform::MirrorNode node = make_node(key, platform::Role::kButton, name, line);
    node.focusable = true;
    frame.mirror.leaf(std::move(node));
    Color color = touched.hovered ? theme.color.ink : theme.color.ink2;
    float right = line.right();
    canvas.icon(gfx::Icon::kChevron, {right - frame.px(9), line.center().y}, frame.px(18), color);
    right -= frame.px(18 + 6);
    float width = canvas.text({right, std::floor(line.center().y - theme.body.line_px / 2)},
                              theme.body, color, value, gfx::HorizontalAlign::kRight);
    label(frame, canvas, line, frame.str(words), right - width - frame.px(8) - line.x);
    if (touched.ring) focus_ring(frame, canvas, line, frame.px(8), true);
    return touched.activated;
}

/// The face, the name and a second line of somebody in a list; room for a button at the right.
void person(Frame& frame, gfx::Canvas& canvas, Rect line, const std::string& name,
            const std::string& id, const BlobId& picture, float right) {
    const Theme& theme = frame.theme;
    avatar(frame, canvas, {line.x, std::floor(line.center().y - frame.px(20))}, 40,
           client::avatar_initials(name, id), client::avatar_color(id), picture);
    float x = line.x + frame.px(40 + 12);
    float height = theme.body_bold.line_px + theme.caption.line_px;
    float y = line.y + std::floor((line.h - height) / 2);
    canvas.text_cut({x, y}, theme.body_bold, theme.color.ink, name, right - x);
    canvas.text_cut({x, y + theme.body_bold.line_px}, theme.caption, theme.color.ink2, id,
                    right - x);
}

/// A small button at the right end of a line. True when it was used.
bool end_button(Frame& frame, gfx::Canvas& canvas, std::string_view key, Rect line, Str words,
                std::string_view name, bool busy, float* left) {
    std::string_view shown = frame.str(words);
    float width = button_width(frame, canvas, shown, true) + (busy ? frame.px(26) : 0);
    float height = frame.theme.measure(36, 44);
    Rect rect = {line.right() - width, std::floor(line.center().y - height / 2), width, height};
    *left = rect.x;
    return button(frame, canvas, key, rect, ButtonKind::kCard, shown,
                  {.busy = busy, .name = name, .small = true});
}

std::string_view device_words(const Frame& frame, const client::SessionRow& session) {
    return session.device_name.empty() ? frame.str(Str::sess_unknown)
                                       : std::string_view(session.device_name);
}

/// Words in the place of a list that has nothing to show.
void nothing(Frame& frame, gfx::Canvas& canvas, Rect place, std::string_view key,
             std::string_view words) {
    Rect line = {place.x, place.y, place.w, frame.px(kLineCss)};
    label(frame, canvas, line, words, line.w, {}, true);
    frame.mirror.leaf(make_node(key, platform::Role::kStatus, words, line));
}

}  // namespace

void SettingsUi::open(double now_ms) {
    *this = SettingsUi();
    open_ = true;
    focus_wanted_ = "settings.close";
    since_ms_ = now_ms;
}

void SettingsUi::show(Frame& frame, Page page) {
    page_ = page;
    scroll_.to_top();
    focus_wanted_ = page == Page::kMain ? "settings.close" : "settings.back";
    if (page == Page::kSessions) frame.command(client::LoadSessions{});
    frame.animating = true;
}

bool SettingsUi::on_key(std::string_view node, const platform::KeyEvent& event,
                        std::string* chosen) const {
    using platform::Key;
    bool back = event.key == Key::kLeft || event.key == Key::kUp;
    if (!back && event.key != Key::kRight && event.key != Key::kDown) return false;
    for (const Segments& group : {kThemes, kLanguages}) {
        if (node.substr(0, group.key.size()) != group.key) continue;
        int at = node.back() - '0';  // see segments()
        int next = (at + (back ? group.count - 1 : 1)) % group.count;
        *chosen = std::string(group.key) + "." + number_text(next);
        return true;
    }
    return false;
}

bool SettingsUi::go_back(std::vector<Action>& actions) {
    if (page_ == Page::kMain) return false;
    page_ = Page::kMain;
    scroll_.to_top();
    actions.emplace_back(FocusNode{"settings.close"});
    return true;
}

float SettingsUi::content_height(const Frame& frame) const {
    const client::Model& model = frame.model;
    float rows = 0;
    switch (page_) {
        case Page::kMain:
            return frame.px(kFaceCss) + (frame.on_device ? 3 : 2) * heading_height(frame) +
                   frame.px((frame.on_device ? 9 : 8) * kLineCss) + frame.px(24 + 44) +
                   (frame.on_device ? frame.px(12 + 44) : 0);
        case Page::kAllow:
            rows = 3 * frame.px(kLineCss);
            break;
        case Page::kBlocked:
            rows = static_cast<float>(model.blocked.size()) * frame.px(kPersonLineCss);
            break;
        case Page::kSessions:
            if (model.sessions) {
                rows = static_cast<float>(model.sessions->size()) * frame.px(kPersonLineCss);
            }
            break;
    }
    return std::max(rows, frame.px(kPageCss));
}

SettingsWish SettingsUi::draw(Frame& frame, const std::string& host,
                              const client::OffsetMinutes& offset) {
    SettingsWish wish;
    if (!open_) return wish;
    constexpr Str kTitles[] = {Str::set_title, Str::set_allow, Str::set_blocked, Str::set_sessions};
    Page shown = page_;
    Dialog dialog(frame, "settings", frame.str(kTitles[static_cast<int>(shown)]), kWidthCss,
                  content_height(frame), since_ms_,
                  {.back = shown != Page::kMain, .scroll = &scroll_});
    gfx::Canvas& canvas = dialog.canvas();
    switch (shown) {
        case Page::kMain:
            draw_main(frame, canvas, dialog.content(), host, wish);
            break;
        case Page::kAllow:
            draw_allow(frame, canvas, dialog.content());
            break;
        case Page::kBlocked:
            draw_blocked(frame, canvas, dialog.content(), wish);
            break;
        case Page::kSessions:
            draw_sessions(frame, canvas, dialog.content(), offset, wish);
            break;
    }
    if (dialog.went_back()) show(frame, Page::kMain);
    if (page_ == shown && !focus_wanted_.empty()) {
        frame.actions.emplace_back(FocusNode{std::exchange(focus_wanted_, {})});
    }
    if (dialog.closed() || !wish.profile.empty()) close();
    return wish;
}

void SettingsUi::draw_main(Frame& frame, gfx::Canvas& canvas, Rect place, const std::string& host,
                           SettingsWish& wish) {
    draw_person(frame, canvas, place,
                frame.on_device ? std::string(frame.str(Str::set_where)) : host, wish);
    draw_look(frame, canvas, place);
    draw_privacy(frame, canvas, place);
    if (frame.on_device) draw_data(frame, canvas, place, wish);
    place.y += frame.px(24);
    if (!button(frame, canvas, "settings.out", {place.x, place.y, place.w, frame.px(44)},
                ButtonKind::kDestructive, frame.str(Str::set_out))) {
        return;
    }
    std::int64_t unsent = frame.model.lost_by_sign_out();
    if (unsent == 0) {
        close();
        frame.command(client::SignOut{});
        return;
    }
    std::string count = number_text(unsent);
    wish.question =
        Question{std::string(frame.str(Str::set_out)), frame.str(Str::set_out_ask, {{"n", count}}),
                 std::string(frame.str(Str::set_out)), client::SignOut{}};
}

void SettingsUi::draw_person(Frame& frame, gfx::Canvas& canvas, Rect& place,
                             const std::string& host, SettingsWish& wish) {
    const Theme& theme = frame.theme;
    const proto::Profile& me = frame.model.me;
    const std::string& id = me.user_id.text();
    const std::string& name = me.nick.empty() ? id : me.nick;
    avatar(frame, canvas, {place.x, place.y}, kFaceCss, client::avatar_initials(name, id),
           client::avatar_color(id), me.avatar);
    std::string_view edit = frame.str(Str::set_edit);
    float edit_w = std::ceil(canvas.text_width(theme.small_bold, edit));
    float x = place.x + frame.px(kFaceCss + 16);
    float right = place.right() - edit_w - frame.px(12);
    float top =
        place.y +
        std::floor((frame.px(kFaceCss) - theme.body_bold.line_px - theme.small.line_px) / 2);
    canvas.text_cut({x, top}, theme.body_bold, theme.color.ink, name, right - x);
    float second = top + theme.body_bold.line_px;
    float width = canvas.text_cut({x, second}, theme.small, theme.color.ink2, id, right - x);
    float dot = x + std::ceil(width) + frame.px(8);
    if (dot + frame.px(48) < right && !host.empty()) {
        canvas.disc({dot, std::floor(second + theme.small.line_px / 2)},
                    frame.theme.pixel_ratio * 1.2f, theme.color.ink2);
        canvas.text_cut({dot + frame.px(8), second}, theme.small, theme.color.ink2, host,
                        right - dot - frame.px(8));
    }
    frame.mirror.leaf(make_node("settings.me", platform::Role::kStatus, name + ", " + id,
                                {x, top, right - x, frame.px(40)}));
    Rect link = {place.right() - edit_w,
                 place.y + std::floor((frame.px(kFaceCss) - theme.small.line_px) / 2), edit_w,
                 theme.small.line_px};
    if (link_button(frame, canvas, "settings.edit", link, theme.small_bold, theme.color.accent_text,
                    edit, frame.str(Str::set_edit_a11y), false)) {
        wish.profile = me.user_id;
    }
    place.y += frame.px(kFaceCss);
}

void SettingsUi::draw_look(Frame& frame, gfx::Canvas& canvas, Rect& place) {
    heading(frame, canvas, place, "settings.look", Str::set_look);
    Preferences next = frame.preferences;
    Rect line = take_line(frame, canvas, place, kLineCss, true);
    label(frame, canvas, line, frame.str(Str::set_theme), line.w);
    std::string_view themes[] = {frame.str(Str::theme_system), frame.str(Str::theme_light),
                                 frame.str(Str::theme_dark)};
    int chosen =
        segments(frame, canvas, kThemes.key, frame.str(Str::set_theme), line.right(),
                 line.y + frame.px(6), themes, kThemes.count, static_cast<int>(next.theme));
    if (chosen >= 0) {
        next.theme = static_cast<ThemeChoice>(chosen);
        frame.actions.emplace_back(SetPreferences{next});
    }
    line = take_line(frame, canvas, place, kLineCss, false);
    label(frame, canvas, line, frame.str(Str::set_lang), line.w);
    std::string_view languages[] = {frame.str(Str::lang_chinese), frame.str(Str::lang_english)};
    chosen = segments(frame, canvas, kLanguages.key, frame.str(Str::set_lang), line.right(),
                      line.y + frame.px(6), languages, kLanguages.count,
                      frame.lang == Lang::kChinese ? 0 : 1);
    if (chosen >= 0) {
        next.language = chosen == 0 ? LanguageChoice::kChinese : LanguageChoice::kEnglish;
        frame.actions.emplace_back(SetPreferences{next});
    }
}

void SettingsUi::draw_privacy(Frame& frame, gfx::Canvas& canvas, Rect& place) {
    heading(frame, canvas, place, "settings.privacy", Str::set_privacy);
    const client::Model& model = frame.model;
    float room = place.w - frame.px(44 + 12);
    Rect line = take_line(frame, canvas, place, kLineCss, true);
    label(frame, canvas, line, frame.str(Str::set_sound), room);
    if (switch_control(frame, canvas, "settings.sound", line, frame.str(Str::set_sound),
                       frame.preferences.sound)) {
        Preferences next = frame.preferences;
        next.sound = !next.sound;
        frame.actions.emplace_back(SetPreferences{next});
    }
    draw_notifications(frame, canvas, take_line(frame, canvas, place, kLineCss, false));
    line = take_line(frame, canvas, place, kLineCss, false);
    if (page_line(frame, canvas, "settings.allow", line, Str::set_allow,
                  frame.str(kAllowWords[static_cast<int>(model.allow)]))) {
        show(frame, Page::kAllow);
    }
    line = take_line(frame, canvas, place, kLineCss, false);
    label(frame, canvas, line, frame.str(Str::set_friends_only), room);
    if (switch_control(frame, canvas, "settings.friends_only", line,
                       frame.str(Str::set_friends_only), model.friends_only)) {
        client::UpdateProfile update;
        update.friends_only = !model.friends_only;
        frame.command(std::move(update));
    }
    line = take_line(frame, canvas, place, kLineCss, false);
    std::string count = number_text(static_cast<std::int64_t>(model.blocked.size()));
    if (page_line(frame, canvas, "settings.blocked", line, Str::set_blocked, count)) {
        show(frame, Page::kBlocked);
    }
    line = take_line(frame, canvas, place, kLineCss, false);
    if (page_line(frame, canvas, "settings.sessions", line, Str::set_sessions, {})) {
        show(frame, Page::kSessions);
    }
}

// All that this browser keeps, of everybody who was here.
void SettingsUi::draw_data(Frame& frame, gfx::Canvas& canvas, Rect& place, SettingsWish& wish) {
    heading(frame, canvas, place, "settings.data", Str::set_data);
    Rect line = take_line(frame, canvas, place, kLineCss, true);
    if (page_line(frame, canvas, "settings.export", line, Str::set_export, {})) {
        frame.actions.emplace_back(ActOnDevice{platform::LocalAct::kExport});
    }
    place.y += frame.px(12);
    if (button(frame, canvas, "settings.wipe", {place.x, place.y, place.w, frame.px(44)},
               ButtonKind::kDestructive, frame.str(Str::set_wipe))) {
        wish.question = Question{
            std::string(frame.str(Str::set_wipe)), std::string(frame.str(Str::set_wipe_ask)),
            std::string(frame.str(Str::set_wipe)), ActOnDevice{platform::LocalAct::kErase}};
    }
    place.y += frame.px(44);
}

// Whether they may be shown is the browser's business: it is asked when they are switched on, and
// what it has refused cannot be switched on here.
void SettingsUi::draw_notifications(Frame& frame, gfx::Canvas& canvas, Rect line) {
    using platform::NotePermission;
    std::string_view why;
    if (frame.note_permission == NotePermission::kDenied) why = frame.str(Str::set_notify_denied);
    if (frame.note_permission == NotePermission::kUnavailable) {
        why = frame.str(Str::set_notify_missing);
    }
    bool granted = frame.note_permission == NotePermission::kGranted;
    bool on = granted && frame.preferences.notifications;
    label(frame, canvas, line, frame.str(Str::set_notify), line.w - frame.px(44 + 12), why);
    std::string name(frame.str(Str::set_notify));
    if (!why.empty()) name.append(", ").append(why);
    if (!switch_control(frame, canvas, "settings.notify", line, name, on, why.empty())) return;
    if (!granted) {
        frame.actions.emplace_back(AskForNotifications{});
        return;
    }
    Preferences next = frame.preferences;
    next.notifications = !on;
    frame.actions.emplace_back(SetPreferences{next});
}

void SettingsUi::draw_allow(Frame& frame, gfx::Canvas& canvas, Rect place) {
    const Theme& theme = frame.theme;
    MirrorScope group(frame.mirror,
                      make_node("settings.allow.group", platform::Role::kRadioGroup,
                                frame.str(Str::set_allow), {place.x, place.y, place.w, place.h}));
    for (int i = 0; i < 3; ++i) {
        Rect line = take_line(frame, canvas, place, kLineCss, i == 0);
        bool on = static_cast<int>(frame.model.allow) == i;
        std::string key = "settings.allow." + number_text(i);
        Touched touched = frame.input.touch(key, line);
        platform::MirrorNode node =
            make_node(key, platform::Role::kRadio, frame.str(kAllowWords[i]), line);
        node.checked = on ? platform::Tri::kTrue : platform::Tri::kFalse;
        node.focusable = true;
        frame.mirror.leaf(std::move(node));
        label(frame, canvas, line, frame.str(kAllowWords[i]), line.w - frame.px(32));
        float radius = frame.px(10);
        Rect ring = {line.right() - 2 * radius, std::floor(line.center().y - radius), 2 * radius,
                     2 * radius};
        canvas.outline(ring, on ? theme.color.accent : theme.color.edge, frame.px(2), radius);
        if (on) canvas.disc(ring.center(), frame.px(5), theme.color.accent);
        if (touched.ring) focus_ring(frame, canvas, line, frame.px(8), true);
        if (!touched.activated || on) continue;
        client::UpdateProfile update;
        update.allow = static_cast<proto::AllowType>(i);
        frame.command(std::move(update));
    }
}

void SettingsUi::draw_blocked(Frame& frame, gfx::Canvas& canvas, Rect place, SettingsWish& wish) {
    if (frame.model.blocked.empty()) {
        nothing(frame, canvas, place, "settings.blocked.none", frame.str(Str::set_blocked_none));
        return;
    }
    MirrorScope list(frame.mirror, make_node("settings.blocked.list", platform::Role::kList,
                                             frame.str(Str::set_blocked), place));
    bool first = true;
    for (const auto& [id, profile] : frame.model.blocked) {
        Rect line = take_line(frame, canvas, place, kPersonLineCss, std::exchange(first, false));
        std::string key = "settings.blocked:" + id.text();
        std::string name = frame.model.name_of(id);
        MirrorScope item(frame.mirror, make_node(key, platform::Role::kListItem, {}, line));
        const client::TaskState* task = frame.model.find_task(client::Task::kBlock, id.text());
        float right = line.right();
        if (end_button(frame, canvas, key + ".unblock", line, Str::unblock,
                       frame.str(Str::set_unblock_a11y, {{"name", name}}),
                       task != nullptr && !task->error, &right)) {
            frame.command(client::UnblockUser{id});
        }
        right -= frame.px(12);
        Rect who = {line.x, line.y, right - line.x, line.h};
        Touched touched = frame.input.touch(key + ".profile", who);
        platform::MirrorNode node =
            make_node(key + ".profile", platform::Role::kButton, name + ", " + id.text(), who);
        node.focusable = true;
        frame.mirror.leaf(std::move(node));
        person(frame, canvas, line, name, id.text(), avatar_picture(frame.model, id), right);
        if (touched.ring) focus_ring(frame, canvas, who, frame.px(8), true);
        if (touched.activated) wish.profile = id;
    }
}

void SettingsUi::draw_sessions(Frame& frame, gfx::Canvas& canvas, Rect place,
                               const client::OffsetMinutes& offset, SettingsWish& wish) {
    client::SessionList sessions = client::build_session_list(frame.model, frame.wall, offset);
    using Status = client::SessionList::Status;
    if (sessions.status == Status::kLoading) {
        nothing(frame, canvas, place, "settings.sessions.loading", frame.str(Str::list_loading));
        return;
    }
    if (sessions.status == Status::kFailed) {
        nothing(frame, canvas, place, "settings.sessions.error",
                error_sentence(frame.lang, Attempt::kTask,
                               sessions.error.value_or(ErrorCode::kInternal)));
        return;
    }
    MirrorScope list(frame.mirror, make_node("settings.sessions.list", platform::Role::kList,
                                             frame.str(Str::set_sessions), place));
    bool first = true;
    for (const client::SessionRow& session : sessions.rows) {
        draw_session(frame, canvas,
                     take_line(frame, canvas, place, kPersonLineCss, std::exchange(first, false)),
                     session, wish);
    }
}

void SettingsUi::draw_session(Frame& frame, gfx::Canvas& canvas, Rect line,
                              const client::SessionRow& session, SettingsWish& wish) {
    std::string key = "session:" + session.id;
    std::string device(device_words(frame, session));
    std::string second;
    if (session.error) {
        second = error_sentence(frame.lang, Attempt::kTask, *session.error);
    } else if (session.current) {
        second = frame.str(Str::sess_current);
    } else {
        std::string date = time_words(frame, session.last_seen, session.date);
        second = frame.str(Str::sess_seen, {{"date", date}});
    }
    MirrorScope item(frame.mirror, make_node(key, platform::Role::kListItem, {}, line));
    float right = line.right();
    if (!session.current) {
        if (end_button(frame, canvas, key + ".end", line, Str::sess_end,
                       frame.str(Str::sess_end_a11y, {{"device", device}}), session.busy, &right)) {
            wish.question = Question{std::string(frame.str(Str::sess_end_title)),
                                     frame.str(Str::sess_end_ask, {{"device", device}}),
                                     std::string(frame.str(Str::sess_end)),
                                     client::EndSession{session.id}, true};
        }
        right -= frame.px(12);
    }
    label(frame, canvas, line, device, right - line.x, second);
    frame.mirror.leaf(make_node(key + ".text", platform::Role::kStatus, device + ", " + second,
                                {line.x, line.y, right - line.x, line.h}));
}

}  // namespace kumquat::ui
