#include "ui/settings_ui.h"

#include <cmath>
#include <utility>

#include "client/view/avatar.h"
#include "ui/controls.h"
#include "ui/pieces.h"

namespace kumquat::ui {

namespace {

constexpr float kWidthCss = 440;
constexpr float kAskWidthCss = 360;
constexpr float kLineCss = 48;

}  // namespace

void SettingsUi::open(double now_ms) {
    open_ = focus_wanted_ = true;
    asking_ = false;
    since_ms_ = now_ms;
}

void SettingsUi::draw(Frame& frame, const std::string& host) {
    if (!open_) return;
    if (asking_) {
        draw_ask(frame);
        return;
    }
    const Theme& theme = frame.theme;
    float height =
        frame.px(72 + 20) + theme.small_bold.line_px + frame.px(4 + 2 * kLineCss + 24 + 44);
    Dialog dialog(frame, "settings", frame.str(Str::set_title), kWidthCss, height, since_ms_);
    gfx::Canvas& canvas = dialog.canvas();
    Rect place = dialog.content();
    draw_person(frame, canvas, place, host);
    draw_look(frame, canvas, place);
    place.y += frame.px(24);
    if (button(frame, canvas, "settings.out", {place.x, place.y, place.w, frame.px(44)},
               ButtonKind::kDestructive, frame.str(Str::set_out))) {
        if (frame.model.lost_by_sign_out() > 0) {
            asking_ = focus_wanted_ = true;
            since_ms_ = frame.now_ms;
        } else {
            sign_out(frame);
        }
    }
    if (focus_wanted_ && !asking_) {
        focus_wanted_ = false;
        frame.actions.emplace_back(FocusNode{"settings.close"});
    }
    if (dialog.closed()) close();
}

void SettingsUi::draw_person(Frame& frame, gfx::Canvas& canvas, Rect& place,
                             const std::string& host) {
    const Theme& theme = frame.theme;
    const proto::Profile& me = frame.model.me;
    const std::string& id = me.user_id.text();
    const std::string& name = me.nick.empty() ? id : me.nick;
    avatar(frame, canvas, {place.x, place.y}, 72, client::avatar_initials(name, id),
           client::avatar_color(id));
    std::string_view copy = frame.str(Str::set_copy_id);
    float copy_w = std::ceil(canvas.text_width(theme.small_bold, copy));
    float x = place.x + frame.px(72 + 16);
    float right = place.right() - copy_w - frame.px(12);
    float top =
        place.y + std::floor((frame.px(72) - theme.body_bold.line_px - theme.small.line_px) / 2);
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
    Rect link = {place.right() - copy_w,
                 place.y + std::floor((frame.px(72) - theme.small.line_px) / 2), copy_w,
                 theme.small.line_px};
    if (link_button(frame, canvas, "settings.copy", link, theme.small_bold, theme.color.accent_text,
                    copy, copy, false)) {
        frame.actions.emplace_back(CopyText{id});
    }
    place.y += frame.px(72);
}

void SettingsUi::draw_look(Frame& frame, gfx::Canvas& canvas, Rect& place) {
    const Theme& theme = frame.theme;
    place.y += frame.px(20);
    std::string_view heading = frame.str(Str::set_look);
    platform::MirrorNode node = make_node("settings.look", platform::Role::kHeading, heading,
                                          {place.x, place.y, place.w, theme.small_bold.line_px});
    node.level = 3;
    frame.mirror.leaf(std::move(node));
    canvas.text({place.x, place.y}, theme.small_bold, theme.color.ink2, heading);
    place.y += theme.small_bold.line_px + frame.px(4);

    Preferences next = frame.preferences;
    float line = frame.px(kLineCss);
    auto label = [&](Str key) {
        canvas.text({place.x, place.y + std::floor((line - theme.body.line_px) / 2)}, theme.body,
                    theme.color.ink, frame.str(key));
    };
    label(Str::set_theme);
    std::string_view themes[] = {frame.str(Str::theme_system), frame.str(Str::theme_light),
                                 frame.str(Str::theme_dark)};
    int chosen = segments(frame, canvas, "settings.theme", frame.str(Str::set_theme), place.right(),
                          place.y + frame.px(6), themes, 3, static_cast<int>(next.theme));
    if (chosen >= 0) {
        next.theme = static_cast<ThemeChoice>(chosen);
        frame.actions.emplace_back(SetPreferences{next});
    }
    place.y += line;
    canvas.fill({place.x, place.y - frame.px(1), place.w, frame.px(1)}, theme.color.line);
    label(Str::set_lang);
    std::string_view languages[] = {frame.str(Str::lang_chinese), frame.str(Str::lang_english)};
    chosen = segments(frame, canvas, "settings.language", frame.str(Str::set_lang), place.right(),
                      place.y + frame.px(6), languages, 2, frame.lang == Lang::kChinese ? 0 : 1);
    if (chosen >= 0) {
        next.language = chosen == 0 ? LanguageChoice::kChinese : LanguageChoice::kEnglish;
        frame.actions.emplace_back(SetPreferences{next});
    }
    place.y += line;
}

void SettingsUi::sign_out(Frame& frame) {
    close();
    frame.command(client::SignOut{});
}

void SettingsUi::draw_ask(Frame& frame) {
    const Theme& theme = frame.theme;
    std::string count = number_text(frame.model.lost_by_sign_out());
    std::string words = frame.str(Str::set_out_ask, {{"n", count}});
    float width = dialog_rect(frame.layout, kAskWidthCss, 100).w - frame.px(48);
    gfx::Canvas measuring = frame.screen.measuring();
    float text_h =
        paragraph(frame, measuring, {}, width, theme.small, theme.color.ink2, words, false);
    Dialog dialog(frame, "ask", frame.str(Str::set_out), kAskWidthCss, text_h + frame.px(24 + 44),
                  since_ms_);
    gfx::Canvas& canvas = dialog.canvas();
    Rect place = dialog.content();
    paragraph(frame, canvas, {place.x, place.y}, place.w, theme.small, theme.color.ink2, words);
    frame.mirror.leaf(
        make_node("ask.text", platform::Role::kStatus, words, {place.x, place.y, place.w, text_h}));
    float y = place.y + text_h + frame.px(24);
    std::string_view go = frame.str(Str::set_out);
    std::string_view cancel = frame.str(Str::cancel);
    float go_w = button_width(frame, canvas, go);
    float cancel_w = button_width(frame, canvas, cancel);
    Rect go_rect = {place.right() - go_w, y, go_w, frame.px(44)};
    bool cancelled = button(frame, canvas, "ask.cancel",
                            {go_rect.x - frame.px(12) - cancel_w, y, cancel_w, frame.px(44)},
                            ButtonKind::kQuiet, cancel);
    bool agreed = button(frame, canvas, "ask.go", go_rect, ButtonKind::kDestructive, go);
    if (focus_wanted_) {
        focus_wanted_ = false;
        frame.actions.emplace_back(FocusNode{"ask.cancel"});
    }
    if (agreed) sign_out(frame);
    if (cancelled || dialog.closed()) asking_ = false;
}

}  // namespace kumquat::ui
