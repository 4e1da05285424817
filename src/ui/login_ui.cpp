#include "ui/login_ui.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <utility>

#include "base/limits.h"
#include "client/view/avatar.h"
#include "ui/controls.h"
#include "ui/field_control.h"
#include "ui/pieces.h"
#include "ui/user_id.h"

namespace kumquat::ui {

namespace {

bool is_busy(const client::Model& model) {
    return model.sign_in.phase == client::SignInPhase::kSigningIn;
}

bool key_is_wrong(ErrorCode code) {
    switch (code) {
        case ErrorCode::kNoUserSig:
        case ErrorCode::kUserSigEmpty:
        case ErrorCode::kUserSigExpired:
        case ErrorCode::kUserSigMalformed:
        case ErrorCode::kUserSigWrong:
        case ErrorCode::kUserSigOtherUser:
        case ErrorCode::kUserSigOtherApp:
        case ErrorCode::kCredentialRequired:
            return true;
        default:
            return false;
    }
}

/// A session that could not be gone on with is told here: no pane has been shown that could.
Str subline(const client::Model& model, const LoginSettings& settings) {
    switch (model.sign_in.end) {
        case client::SessionEnd::kExpired:
            return Str::net_expired;
        case client::SessionEnd::kBanned:
            return Str::net_kicked;
        case client::SessionEnd::kNone:
            break;
    }
    return settings.by_name ? Str::login_sub_name : Str::login_sub_key;
}

float stay_height(const Frame& frame) {
    return frame.theme.measure(40, 44);
}

/// Where the service is, and what that means. A title with {host} is filled in by the caller.
struct Where {
    gfx::Icon icon;
    Str title;
    Str text;
};

Where where_it_runs(const LoginSettings& settings, bool unreachable) {
    if (settings.on_device) {
        if (unreachable) {
            return {gfx::Icon::kLaptop, Str::login_local_unreachable,
                    Str::login_local_unreachable_text};
        }
        return {gfx::Icon::kLaptop, Str::login_local_title, Str::login_local_text};
    }
    if (unreachable) {
        return {gfx::Icon::kGlobe, Str::login_unreachable_title, Str::login_err_net};
    }
    return {gfx::Icon::kGlobe, Str::login_server_title, Str::login_server_text};
}

constexpr std::size_t kPeopleShown = 3;

}  // namespace

void LoginUi::leave(platform::TextFields& fields) {
    for (std::string_view id : {kNameField, kIdField, kKeyField})
        fields.forget(id);
    *this = LoginUi();
}

std::string LoginUi::user_id(const platform::TextFields& fields, const platform::Pinyin& pinyin,
                             const LoginSettings& settings) const {
    if (shows_id_field(settings)) return std::string(trim(fields.text(kIdField)));
    return suggest_user_id(fields.text(kNameField), pinyin);
}

LoginUi::Problem LoginUi::check(const platform::TextFields& fields, const LoginSettings& settings,
                                const std::string& id) const {
    if (settings.by_name) {
        std::string_view name = trim(fields.text(kNameField));
        if (name.empty()) return Problem::kNameEmpty;
        if (name.size() > limits::kNickBytes) return Problem::kNameLong;
    }
    if (id.empty()) return Problem::kIdEmpty;
    if (!UserId::parse(id)) return Problem::kIdBad;
    if (!settings.by_name && trim(fields.text(kKeyField)).empty()) return Problem::kKeyEmpty;
    return Problem::kNone;
}

void LoginUi::submit(const client::Model& model, const platform::TextFields& fields,
                     const platform::Pinyin& pinyin, const LoginSettings& settings,
                     std::vector<Action>& actions) {
    if (is_busy(model)) return;
    awaiting_ = true;
    std::string id = user_id(fields, pinyin, settings);
    problem_ = check(fields, settings, id);
    if (problem_ != Problem::kNone) return;
    client::SignIn sign_in;
    sign_in.user_id = std::move(id);
    if (settings.by_name) sign_in.nick = trim(fields.text(kNameField));
    if (settings.by_user_sig) {
        sign_in.user_sig = trim(fields.text(kKeyField));
        sign_in.stay_signed_in = stay_;
    }
    // An outcome is told by the model until the person types again.
    problem_ = Problem::kService;
    actions.emplace_back(client::Command(std::move(sign_in)));
}

std::string LoginUi::problem_words(const Frame& frame) const {
    switch (problem_) {
        case Problem::kNone:
            return {};
        case Problem::kNameEmpty:
            return std::string(frame.str(Str::login_err_name_empty));
        case Problem::kNameLong:
            return std::string(frame.str(Str::login_err_name_long));
        case Problem::kIdEmpty:
            return std::string(frame.str(Str::login_err_id_empty));
        case Problem::kIdBad:
            return std::string(frame.str(Str::login_err_id_bad));
        case Problem::kKeyEmpty:
            return std::string(frame.str(Str::login_err_key_empty));
        case Problem::kService:
            break;
    }
    const client::SignInState& sign_in = frame.model.sign_in;
    if (!sign_in.error || is_busy(frame.model)) return {};
    return error_sentence(frame.lang, Attempt::kSignIn, *sign_in.error);
}

std::string_view LoginUi::problem_field(const client::Model& model) const {
    switch (problem_) {
        case Problem::kNone:
            return {};
        case Problem::kNameEmpty:
        case Problem::kNameLong:
            return kNameField;
        case Problem::kIdEmpty:
        case Problem::kIdBad:
            return id_open_ || !by_name_ ? kIdField : kNameField;
        case Problem::kKeyEmpty:
            return kKeyField;
        case Problem::kService:
            break;
    }
    if (!model.sign_in.error || is_busy(model)) return {};
    if (key_is_wrong(*model.sign_in.error)) return kKeyField;
    return id_open_ || !by_name_ ? kIdField : kNameField;
}

void LoginUi::draw(Frame& frame, const LoginSettings& settings,
                   const std::vector<RememberedPerson>& people) {
    by_name_ = settings.by_name;
    Surface surface(frame, "login", frame.layout.window);
    gfx::Canvas& canvas = surface.canvas();
    LoginLayout login = make_login_layout(frame.layout);
    MirrorScope main(frame.mirror,
                     make_node("login", platform::Role::kMain, {}, frame.layout.window));
    if (login.wide) draw_login_art(frame, canvas, login);
    draw_island(frame, canvas, login);
    view_ = login.wide ? login.island : frame.layout.safe;
    {
        ScrollScope scope(frame, canvas, scroll_, view_, view_, content_height_);
        float top = view_.y - scroll_.offset();
        float bottom = draw_form(frame, canvas, login, settings, welcome(settings, people), top);
        draw_corner(frame, canvas, top);
        float height = bottom - top + frame.px(24);
        if (height != content_height_) frame.animating = true;
        content_height_ = height;
    }
    focus_first(frame, settings);
}

void LoginUi::draw_island(Frame& frame, gfx::Canvas& canvas, const LoginLayout& login) {
    if (!login.wide) {
        canvas.fill(login.island, frame.theme.color.pane);
        return;
    }
    float radius = frame.px(radius::kIsland);
    draw_elevation(canvas, frame.theme, login.island, radius, Elevation::kE2);
    canvas.fill(login.island, frame.theme.color.pane, radius);
}

void LoginUi::draw_corner(Frame& frame, gfx::Canvas& canvas, float top) {
    float size = frame.theme.measure(40, 44);
    float y = top + frame.px(12);
    Rect theme_rect = {view_.right() - frame.px(12) - size, y, size, size};
    std::string_view label = frame.str(Str::lang_other);
    float width =
        std::ceil(canvas.text_width(frame.theme.small, label)) + frame.px(12 + 18 + 8 + 12);
    Rect lang_rect = {theme_rect.x - frame.px(4) - width, y, width, size};
    Preferences next = frame.preferences;
    if (text_icon_button(frame, canvas, "login.language", lang_rect, gfx::Icon::kGlobe, label,
                         label)) {
        next.language =
            frame.lang == Lang::kChinese ? LanguageChoice::kEnglish : LanguageChoice::kChinese;
        frame.actions.emplace_back(SetPreferences{next});
    }
    struct Shown {
        gfx::Icon icon;
        Str name;
        ThemeChoice next;
    };
    static constexpr Shown kShown[] = {{gfx::Icon::kAuto, Str::theme_system, ThemeChoice::kLight},
                                       {gfx::Icon::kSun, Str::theme_light, ThemeChoice::kDark},
                                       {gfx::Icon::kMoon, Str::theme_dark, ThemeChoice::kSystem}};
    const Shown& shown = kShown[static_cast<int>(frame.preferences.theme)];
    std::string name = frame.str(Str::theme_button, {{"name", frame.str(shown.name)}});
    if (icon_button(frame, canvas, "login.theme", theme_rect, shown.icon, name, {.icon_css = 20})) {
        next.theme = shown.next;
        frame.actions.emplace_back(SetPreferences{next});
    }
}

std::vector<RememberedPerson> LoginUi::welcome(const LoginSettings& settings,
                                               const std::vector<RememberedPerson>& people) {
    if (settings.by_name) return people;
    std::vector<RememberedPerson> out;
    std::copy_if(people.begin(), people.end(), std::back_inserter(out),
                 [](const RememberedPerson& person) { return person.kept; });
    return out;
}

float LoginUi::form_height(Frame& frame, gfx::Canvas& canvas, const LoginLayout& login,
                           const LoginSettings& settings,
                           const std::vector<RememberedPerson>& people) {
    const Theme& theme = frame.theme;
    float label = theme.small_bold.line_px + frame.px(6);
    float field = label + frame.px(48);
    BannerText words{frame.str(Str::app_name), frame.str(where_it_runs(settings, false).text)};
    float height = theme.title.line_px + frame.px(4) + theme.body.line_px + frame.px(24) +
                   banner_height(frame, canvas, login.form_width, words) + frame.px(24) + field +
                   frame.px(24) + frame.px(48);
    if (!login.wide) height += frame.px(48 + 24);
    // Reserved before it is known whether something may be imported: nothing moves when it is.
    if (settings.on_device) height += frame.px(16) + theme.small_bold.line_px;
    if (!people.empty()) height += frame.px(44 + 16);
    if (settings.by_name) {
        height += id_open_ ? frame.px(16) + field : frame.px(6) + theme.caption.line_px;
    }
    if (settings.by_user_sig) height += frame.px(16) + field + frame.px(8) + stay_height(frame);
    return height;
}

float LoginUi::draw_form(Frame& frame, gfx::Canvas& canvas, const LoginLayout& login,
                         const LoginSettings& settings, const std::vector<RememberedPerson>& people,
                         float top) {
    float height = form_height(frame, canvas, login, settings, people);
    float free = std::max(0.0f, view_.h - height);
    Column column{login.form_x, top + std::floor(free * (login.wide ? 0.5f : 0.24f)),
                  login.form_width};
    column.y = std::max(column.y, top + frame.px(12) + frame.theme.measure(40, 44));
    draw_head(frame, canvas, column, login, settings);
    draw_banner(frame, canvas, column, settings);
    MirrorScope form(frame.mirror,
                     make_node("login.form", platform::Role::kForm, frame.str(Str::login_title),
                               {column.x, column.y, column.width, height}));
    bool busy = is_busy(frame.model);
    // Wrong: the focus goes to the field it belongs to, the text stays.
    if (awaiting_ && !busy) {
        awaiting_ = false;
        std::string_view field = problem_field(frame.model);
        if (!field.empty()) frame.fields.focus(field);
    }
    if (!people.empty()) draw_people(frame, canvas, column, people);
    if (settings.by_name) {
        draw_name(frame, canvas, column);
        if (id_open_) {
            column.y += frame.px(16);
            draw_id(frame, canvas, column);
        } else {
            draw_suggested_id(frame, canvas, column);
        }
    } else {
        draw_id(frame, canvas, column);
    }
    if (settings.by_user_sig) {
        column.y += frame.px(16);
        draw_key(frame, canvas, column, settings);
        column.y += frame.px(8);
        draw_stay(frame, canvas, column);
    }
    column.y += frame.px(24);
    Rect go = {column.x, column.y, column.width, frame.px(48)};
    ButtonOptions options;
    options.busy = busy;
    if (busy) options.name = frame.str(Str::login_busy);
    if (button(frame, canvas, "login.go", go, ButtonKind::kPrimary, frame.str(Str::login_go),
               options)) {
        submit(frame.model, frame.fields, frame.pinyin, settings, frame.actions);
    }
    column.y += go.h;
    if (settings.may_import) draw_import(frame, canvas, column);
    return column.y;
}

void LoginUi::draw_head(Frame& frame, gfx::Canvas& canvas, Column& column, const LoginLayout& login,
                        const LoginSettings& settings) {
    const Theme& theme = frame.theme;
    if (!login.wide) {
        float mark = frame.px(48);
        canvas.mark({column.x, column.y, mark, mark});
        canvas.text({column.x + mark + frame.px(10),
                     column.y + std::floor((mark - theme.title.line_px) / 2)},
                    theme.title, theme.color.ink, frame.str(Str::app_name));
        column.y += mark + frame.px(24);
    }
    std::string_view title = frame.str(Str::login_title);
    platform::MirrorNode heading =
        make_node("login.title", platform::Role::kHeading, title,
                  {column.x, column.y, column.width, theme.title.line_px});
    heading.level = 1;
    frame.mirror.leaf(std::move(heading));
    canvas.text({column.x, column.y}, theme.title, theme.color.ink, title);
    column.y += theme.title.line_px + frame.px(4);
    std::string_view sub = frame.str(subline(frame.model, settings));
    frame.mirror.leaf(make_node("login.sub", platform::Role::kStatus, sub,
                                {column.x, column.y, column.width, theme.body.line_px}));
    canvas.text_cut({column.x, column.y}, theme.body, theme.color.ink2, sub, column.width);
    column.y += theme.body.line_px + frame.px(24);
}

void LoginUi::draw_banner(Frame& frame, gfx::Canvas& canvas, Column& column,
                          const LoginSettings& settings) {
    const client::SignInState& sign_in = frame.model.sign_in;
    bool unreachable = sign_in.unreachable && !is_busy(frame.model);
    Where where = where_it_runs(settings, unreachable);
    std::string title = frame.str(where.title, {{"host", settings.host}});
    std::string_view words = frame.str(where.text);
    std::string_view retry = frame.str(Str::msg_retry);
    float action = unreachable ? button_width(frame, canvas, retry, true) + frame.px(12) : 0;
    Rect rect = {column.x, column.y, column.width,
                 banner_height(frame, canvas, column.width, {title, words}, action)};
    banner(frame, canvas, rect, unreachable ? BannerKind::kError : BannerKind::kInfo, where.icon,
           {title, words}, action);
    frame.mirror.leaf(
        make_node("login.where", platform::Role::kStatus, title + ". " + std::string(words), rect));
    if (unreachable) {
        float width = action - frame.px(12);
        Rect target = {rect.right() - frame.px(14) - width,
                       std::floor(rect.center().y - frame.px(18)), width, frame.px(36)};
        if (button(frame, canvas, "login.retry", target, ButtonKind::kCard, retry,
                   {.small = true})) {
            submit(frame.model, frame.fields, frame.pinyin, settings, frame.actions);
        }
    }
    column.y += rect.h + frame.px(24);
}

void LoginUi::draw_people(Frame& frame, gfx::Canvas& canvas, Column& column,
                          const std::vector<RememberedPerson>& people) {
    MirrorScope group(frame.mirror, make_node("login.people", platform::Role::kGroup,
                                              frame.str(Str::login_people),
                                              {column.x, column.y, column.width, frame.px(44)}));
    const gfx::TextStyle& style = frame.theme.small_bold;
    float x = column.x;
    for (std::size_t i = 0; i < people.size() && i < kPeopleShown; ++i) {
        const RememberedPerson& person = people[i];
        const std::string& name = person.nick.empty() ? person.user_id : person.nick;
        float most = std::floor((column.width - 2 * frame.px(8)) / kPeopleShown);
        float text_most = most - frame.px(8 + 28 + 8 + 14);
        float text = std::min(text_most, std::ceil(canvas.text_width(style, name)));
        Rect chip = {x, column.y, frame.px(8 + 28 + 8 + 14) + text, frame.px(44)};
        x += chip.w + frame.px(8);
        std::string key = "login.person:" + person.user_id;
        Touched touched = frame.input.touch(key, chip, !is_busy(frame.model));
        platform::MirrorNode node = make_node(key, platform::Role::kButton,
                                              frame.str(Str::login_chip, {{"name", name}}), chip);
        node.focusable = true;
        frame.mirror.leaf(std::move(node));
        const Palette& color = frame.theme.color;
        canvas.fill(chip, touched.hovered ? color.field_press : color.field, chip.h / 2);
        avatar(frame, canvas, {chip.x + frame.px(8), chip.y + frame.px(8)}, 28,
               client::avatar_initials(name, person.user_id), client::avatar_color(person.user_id));
        canvas.text_cut(
            {chip.x + frame.px(8 + 28 + 8), std::floor(chip.center().y - style.line_px / 2)}, style,
            color.ink, name, text_most);
        if (touched.ring) focus_ring(frame, canvas, chip, chip.h / 2);
        if (touched.activated) {
            problem_ = Problem::kService;
            awaiting_ = true;
            if (by_name_) {
                frame.fields.set_text(kNameField, name);
            } else {
                frame.fields.set_text(kIdField, person.user_id);
            }
            frame.actions.emplace_back(SignInAs{person.user_id, person.nick});
        }
    }
    column.y += frame.px(44 + 16);
}

void LoginUi::draw_field(Frame& frame, gfx::Canvas& canvas, Column& column, FieldLook look) {
    Rect rect = {column.x, column.y, column.width, frame.px(48)};
    look.clip = view_;
    text_field(frame, canvas, rect, look);
    scroll_.field_at(frame, look.id, rect);
    column.y += rect.h;
    draw_problem(frame, canvas, column, look.id);
}

void LoginUi::draw_name(Frame& frame, gfx::Canvas& canvas, Column& column) {
    column.y += field_label(frame, canvas, {column.x, column.y}, frame.str(Str::login_name));
    bool wrong = problem_field(frame.model) == kNameField;
    std::string words = wrong ? problem_words(frame) : std::string();
    FieldLook look;
    look.id = kNameField;
    look.kind = platform::FieldKind::kUserName;
    look.label = frame.str(Str::login_name);
    look.placeholder = frame.str(Str::login_name_hint);
    look.description = words;
    look.invalid = wrong;
    look.read_only = is_busy(frame.model);
    look.required = true;
    draw_field(frame, canvas, column, look);
}

void LoginUi::draw_suggested_id(Frame& frame, gfx::Canvas& canvas, Column& column) {
    const gfx::TextStyle& style = frame.theme.caption;
    column.y += frame.px(6);
    std::string id = suggest_user_id(frame.fields.text(kNameField), frame.pinyin);
    if (!id.empty()) {
        std::string words = frame.str(Str::login_id_shown, {{"id", id}});
        frame.mirror.leaf(make_node("login.id.shown", platform::Role::kStatus, words,
                                    {column.x, column.y, column.width, style.line_px}));
        float width = canvas.text({column.x, column.y}, style, frame.theme.color.ink2, words);
        float x = column.x + std::ceil(width) + frame.px(8);
        canvas.disc({x, std::floor(column.y + style.line_px / 2)}, frame.theme.pixel_ratio * 1.2f,
                    frame.theme.color.ink2);
        std::string_view change = frame.str(Str::login_id_change);
        Rect rect = {x + frame.px(8), column.y, std::ceil(canvas.text_width(style, change)),
                     style.line_px};
        if (link_button(frame, canvas, "login.id.change", rect, style,
                        frame.theme.color.accent_text, change, frame.str(Str::login_id_change_a11y),
                        false)) {
            id_open_ = true;
            frame.fields.set_text(kIdField, id);
            frame.fields.focus(kIdField);
            frame.fields.select_all(kIdField);
        }
    }
    column.y += style.line_px;
}

void LoginUi::draw_id(Frame& frame, gfx::Canvas& canvas, Column& column) {
    column.y += field_label(frame, canvas, {column.x, column.y}, frame.str(Str::login_id));
    bool wrong = problem_field(frame.model) == kIdField;
    std::string words = wrong ? problem_words(frame) : std::string();
    FieldLook look;
    look.id = kIdField;
    look.kind = by_name_ ? platform::FieldKind::kLine : platform::FieldKind::kUserName;
    look.label = frame.str(Str::login_id);
    look.placeholder = frame.str(Str::login_id_hint);
    look.description = wrong ? std::string_view(words) : look.placeholder;
    look.invalid = wrong;
    look.read_only = is_busy(frame.model);
    look.required = true;
    draw_field(frame, canvas, column, look);
}

void LoginUi::draw_key(Frame& frame, gfx::Canvas& canvas, Column& column,
                       const LoginSettings& settings) {
    column.y += field_label(frame, canvas, {column.x, column.y}, frame.str(Str::login_key),
                            settings.by_name);
    bool wrong = problem_field(frame.model) == kKeyField;
    std::string words = wrong ? problem_words(frame) : std::string();
    FieldLook look;
    look.id = kKeyField;
    look.kind = platform::FieldKind::kPassword;
    look.label = frame.str(Str::login_key);
    look.placeholder =
        frame.str(settings.by_name ? Str::login_key_hint_optional : Str::login_key_hint);
    look.description = words;
    look.invalid = wrong;
    look.read_only = is_busy(frame.model);
    look.required = !settings.by_name;
    look.reveal = key_shown_;
    look.right_inset = frame.px(36);
    Rect eye = {column.x + column.width - frame.px(44), column.y + frame.px(4), frame.px(40),
                frame.px(40)};
    draw_field(frame, canvas, column, look);
    if (icon_button(frame, canvas, "login.key.show", eye,
                    key_shown_ ? gfx::Icon::kEyeOff : gfx::Icon::kEye,
                    frame.str(key_shown_ ? Str::login_hide : Str::login_show), {.icon_css = 20})) {
        key_shown_ = !key_shown_;
    }
}

void LoginUi::draw_stay(Frame& frame, gfx::Canvas& canvas, Column& column) {
    Rect rect = {column.x, column.y, column.width, stay_height(frame)};
    if (switch_line(frame, canvas, "login.stay", rect, frame.str(Str::login_stay), stay_)) {
        stay_ = !stay_;
    }
    column.y += rect.h;
}

void LoginUi::draw_import(Frame& frame, gfx::Canvas& canvas, Column& column) {
    const gfx::TextStyle& style = frame.theme.small_bold;
    std::string_view label = frame.str(Str::login_import);
    float width = std::ceil(canvas.text_width(style, label));
    column.y += frame.px(16);
    Rect rect = {column.x + std::floor((column.width - width) / 2), column.y, width, style.line_px};
    if (link_button(frame, canvas, "login.import", rect, style, frame.theme.color.accent_text,
                    label, label, false)) {
        frame.actions.emplace_back(ActOnDevice{platform::LocalAct::kImport});
    }
    column.y += style.line_px;
}

void LoginUi::draw_problem(Frame& frame, gfx::Canvas& canvas, Column& column,
                           std::string_view field) {
    if (problem_field(frame.model) != field) return;
    std::string words = problem_words(frame);
    if (words.empty()) return;
    column.y += field_error(frame, canvas, {column.x, column.y}, column.width, words);
}

void LoginUi::focus_first(Frame& frame, const LoginSettings& settings) {
    if (focused_once_) return;
    focused_once_ = true;
    if (!frame.theme.touch) frame.fields.focus(settings.by_name ? kNameField : kIdField);
}

}  // namespace kumquat::ui
