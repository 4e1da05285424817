#include "ui/ui.h"

#include <algorithm>
#include <utility>

#include <imgui_internal.h>

#include "client/view/connection_notice.h"
#include "ui/add_friend_ui.h"
#include "ui/chat_menu.h"
#include "ui/chat_ui.h"
#include "ui/controls.h"
#include "ui/date_jump.h"
#include "ui/days_ui.h"
#include "ui/forward_ui.h"
#include "ui/frame.h"
#include "ui/friends_ui.h"
#include "ui/local_offset.h"
#include "ui/message_menu.h"
#include "ui/overlay.h"
#include "ui/person_ui.h"
#include "ui/profile_ui.h"
#include "ui/question.h"
#include "ui/requests_ui.h"
#include "ui/settings_ui.h"

namespace kumquat::ui {

namespace {

using client::SignInPhase;

bool shows_login(const client::Model& model) {
    SignInPhase phase = model.sign_in.phase;
    return phase == SignInPhase::kSignedOut || phase == SignInPhase::kSigningIn;
}

std::string picture_problem(Lang lang, const std::string& name, ErrorCode code) {
    std::string number = number_text(static_cast<std::int64_t>(code));
    std::string words = fill(lang, picture_error_words(code), {{"code", number}});
    if (name.empty()) return words;
    return fill(lang, Str::pic_err_of, {{"name", name}, {"words", words}});
}

Str device_act_words(platform::LocalAct act, const Status& outcome) {
    switch (act) {
        case platform::LocalAct::kExport:
            return outcome ? Str::set_exported : Str::set_export_failed;
        case platform::LocalAct::kErase:
            return Str::set_wipe_failed;
        case platform::LocalAct::kImport:
            break;
    }
    if (outcome) return Str::import_done;
    switch (outcome.error().code) {
        case ErrorCode::kDataDamaged:
            return Str::import_damaged;
        case ErrorCode::kDataNewer:
            return Str::import_newer;
        case ErrorCode::kDataNotEmpty:
            return Str::import_not_empty;
        case ErrorCode::kDiskFull:
            return Str::import_full;
        default:
            return Str::import_failed;
    }
}

/// The field of the search that a node belongs to, if it belongs to one.
std::string_view search_of(std::string_view key) {
    for (std::string_view field : {FriendsUi::kSearchField, ChatSearch::kField}) {
        if (key == field) return field;
        if (key.substr(0, field.size()) == field && key[field.size()] == '.') return field;
    }
    return {};
}

/// Dear ImGui takes one change of a button in a frame: another one is there already.
bool button_waits() {
    const ImVector<ImGuiInputEvent>& queue = ImGui::GetCurrentContext()->InputEventsQueue;
    return std::any_of(queue.begin(), queue.end(), [](const ImGuiInputEvent& event) {
        return event.Type == ImGuiInputEventType_MouseButton;
    });
}

/// For as many as a frame asks for at most, as a rule: to move actions of every kind is code that a
/// chat would have to wait for.
std::vector<Action> room_for_actions() {
    constexpr std::size_t kUsual = 16;
    std::vector<Action> none;
    none.reserve(kUsual);
    return none;
}

/// They can be carried out before this frame's picture and mirror are there.
bool wait_for_nothing(const std::vector<Action>& actions) {
    return std::all_of(actions.begin(), actions.end(), [](const Action& action) {
        return std::holds_alternative<client::Command>(action);
    });
}

}  // namespace

struct Ui::State {
    State(gfx::Screen& gfx_screen, platform::TextFields& text_fields,
          const platform::Dates& page_dates, const platform::Pinyin& page_pinyin)
        : screen(gfx_screen),
          fields(text_fields),
          dates(page_dates),
          pinyin(page_pinyin),
          offset(page_dates) {}

    gfx::Screen& screen;
    platform::TextFields& fields;
    const platform::Dates& dates;
    const platform::Pinyin& pinyin;
    LocalOffset offset;
    Interaction input;
    MirrorBuilder mirror;
    std::vector<Action> actions = room_for_actions();
    Theme theme;
    Lang lang = Lang::kEnglish;
    bool touch = false;

    LoginUi login;
    FriendsUi friends;
    RequestsUi requests;
    ChatUi chat;
    // At most one of these dialogs is open.
    AddFriendUi add;
    ProfileUi profile;
    SettingsUi settings;
    ForwardUi forward;
    DateJumpUi date;
    DaysUi days;
    PersonUi person;
    QuestionUi question;
    MessageMenu menu;
    ChatMenu chat_menu;
    Toast toast;
    /// The search that `days` or `person` is for.
    client::SearchScope filtered = client::SearchScope::kOneChat;

    bool signed_in = false;
    bool was_modal = false;
    bool not_kept_told = false;
    /// What had the focus before something modal took it.
    std::string return_to;
    bool return_by_keyboard = false;
    double modal_since_ms = -1;

    void follow_sign_in(const client::Model& model);
    bool dialog_is_open() const {
        return add.is_open() || profile.is_open() || settings.is_open() || forward.is_open() ||
               date.is_open() || days.is_open() || person.is_open() || question.is_open();
    }
    SearchFilters& filters(client::SearchScope scope) {
        return scope == client::SearchScope::kOneChat ? chat.search().filters() : friends.filters();
    }
    EmojiPicker& emoji() { return chat.composer().emoji(); }
    const EmojiPicker& emoji() const { return chat.composer().emoji(); }
    bool filter_menu_is_open() const {
        return chat.search().filters().menu_open() || friends.filters().menu_open();
    }
    bool modal(const client::Model& model, const client::ConnectionNotice& notice) const;
    void draw_panes(Frame& frame, const client::ConnectionNotice& notice);
    void draw_people(Frame& frame, const client::ConnectionNotice& notice,
                     const client::OffsetMinutes& minutes);
    void draw_overlays(Frame& frame, const client::ConnectionNotice& notice,
                       const LoginSettings& login_settings);
    void draw_dialogs(Frame& frame, const LoginSettings& login_settings);
    void draw_menus(Frame& frame);
    void draw_filter_menus(Frame& frame);
    void take_chat_wish(Frame& frame, ChatWish& wish);
    void take_menu_result(Frame& frame, MessageMenuResult& result);
    void open_forward(std::vector<Seq> seqs, double now_ms);
    void draw_session_ended(Frame& frame);
    void draw_reload(Frame& frame);
    bool draw_notice(Frame& frame, std::string_view key, Str title, Str words, Str go);
    void open_add(const client::Model& model, std::string_view id, double now_ms);
    void open_profile(const client::Model& model, const UserId& user, double now_ms);
    void close_dialogs();
    bool close_menus();
    void note_modal(bool modal, double now_ms);
    void give_focus_back();
    bool escape();
    bool next_region(std::string_view from);
    void tell(std::string words, double now_ms, bool failure);
    void tell_problem(std::string words);
    void focus_node(std::string key) { actions.emplace_back(FocusNode{std::move(key)}); }
};

Ui::Ui(gfx::Screen& screen, platform::TextFields& fields, const platform::Dates& dates,
       const platform::Pinyin& pinyin)
    : state_(std::make_unique<State>(screen, fields, dates, pinyin)) {}

Ui::~Ui() = default;

Lang choose_language(const Preferences& preferences, std::string_view browser_language) {
    switch (preferences.language) {
        case LanguageChoice::kChinese:
            return Lang::kChinese;
        case LanguageChoice::kEnglish:
            return Lang::kEnglish;
        case LanguageChoice::kBrowser:
            break;
    }
    return language_from(browser_language);
}

bool choose_dark(const Preferences& preferences, bool system_dark) {
    if (preferences.theme == ThemeChoice::kSystem) return system_dark;
    return preferences.theme == ThemeChoice::kDark;
}

Lang Ui::lang() const {
    return state_->lang;
}
platform::MirrorTree Ui::take_mirror() {
    return state_->mirror.take();
}
std::vector<Action> Ui::take_actions() {
    if (state_->actions.empty()) return {};
    return std::exchange(state_->actions, room_for_actions());
}

void Ui::State::follow_sign_in(const client::Model& model) {
    bool now = !shows_login(model);
    if (now == signed_in) return;
    signed_in = now;
    if (now) {
        login.leave(fields);
        return;
    }
    close_dialogs();
    (void)close_menus();
    toast.clear();
    friends.reset();
    requests.close(fields);
    fields.forget(FriendsUi::kSearchField);
    for (std::string& key : chat.composer().attachments().clear())
        actions.emplace_back(ForgetAttachment{std::move(key)});
    chat.reset(fields);
}

/// A few words that go by themselves, and are said.
void Ui::State::tell(std::string words, double now_ms, bool failure) {
    auto politeness = failure ? platform::Politeness::kAssertive : platform::Politeness::kPolite;
    actions.emplace_back(AnnounceText{words, politeness});
    toast.show(std::move(words), now_ms, failure);
}

/// About a picture that was to be sent: stays above the composer, and is said.
void Ui::State::tell_problem(std::string words) {
    actions.emplace_back(AnnounceText{words, platform::Politeness::kAssertive});
    chat.composer().tell(std::move(words));
}

bool Ui::State::modal(const client::Model& model, const client::ConnectionNotice& notice) const {
    if (!signed_in) return notice.kind == client::ConnectionNoticeKind::kUpgrade;
    return dialog_is_open() || menu.is_open() || chat_menu.is_open() || requests.menu_open() ||
           filter_menu_is_open() || emoji().menu_open() ||
           model.sign_in.phase == SignInPhase::kEnded ||
           notice.kind == client::ConnectionNoticeKind::kUpgrade;
}

NextFrame Ui::draw(const FrameInput& in) {
    State& s = *state_;
    s.lang = choose_language(in.preferences, in.environment.language);
    Layout layout = make_layout(in.environment);
    s.touch = layout.touch;
    ThemeInput look;
    look.dark = choose_dark(in.preferences, in.environment.dark);
    look.touch = layout.touch;
    look.reduced_motion = in.environment.reduced_motion;
    look.pixel_ratio = layout.pixel_ratio;
    look.forced = in.environment.forced_colors ? &in.system_colors : nullptr;
    s.theme = make_theme(look);
    bool login = shows_login(in.model);
    s.screen.set_background(login && !layout.two_columns ? s.theme.color.pane
                                                         : s.theme.color.ground);
    s.follow_sign_in(in.model);
    s.mirror.clear();
    Frame frame{s.screen, s.theme,  layout,  s.lang,   in.model,  in.environment, s.dates,
                s.pinyin, s.fields, s.input, s.mirror, s.actions, in.preferences};
    frame.on_device = in.login.on_device;
    frame.note_permission = in.note_permission;
    frame.now_ms = in.now_ms;
    frame.wall = in.wall;
    client::ConnectionNotice notice =
        client::connection_notice(in.model, static_cast<std::int64_t>(in.now_ms));
    if (notice.changes_at_ms) frame.change_at(static_cast<double>(*notice.changes_at_ms));
    frame.covered = s.modal(in.model, notice);
    bool covered = frame.covered;
    frame.mirror_may_wait = !covered && !s.was_modal;
    frame.only_movement = in.only_movement;
    if (login) {
        s.login.draw(frame, in.login, in.people);
    } else {
        s.draw_panes(frame, notice);
    }
    frame.covered = false;
    s.note_modal(s.modal(in.model, notice), in.now_ms);
    s.draw_overlays(frame, notice, in.login);
    bool modal = s.modal(in.model, notice);
    s.note_modal(modal, in.now_ms);
    draw_tooltip(frame);
    if (s.input.long_press_ms() > 0) frame.change_at(s.input.long_press_ms());
    s.input.end_frame();
    // Whatever opened or closed a dialog is seen in the next frame.
    bool again = frame.animating || modal != covered;
    bool outdated = frame.outdated || (button_waits() && wait_for_nothing(s.actions));
    return {again, frame.next_change_ms, frame.mirror_waits, outdated};
}

void Ui::State::open_add(const client::Model& model, std::string_view id, double now_ms) {
    close_dialogs();
    add.open(model, lang, id, fields, actions, now_ms);
}

void Ui::State::open_profile(const client::Model& model, const UserId& user, double now_ms) {
    close_dialogs();
    profile.open(model, user, fields, now_ms);
}

void Ui::State::close_dialogs() {
    add.close(fields, actions);
    profile.close(fields);
    settings.close();
    forward.close(fields);
    date.close(fields);
    days.close(fields);
    person.close(fields);
    question.close();
}

/// True if one was open.
bool Ui::State::close_menus() {
    bool any =
        menu.is_open() || chat_menu.is_open() || filter_menu_is_open() || emoji().menu_open();
    emoji().close_menu();
    menu.close();
    chat_menu.close();
    chat.search().filters().close_menu();
    friends.filters().close_menu();
    return requests.close_menu() || add.close_menu() || profile.close_menu() || any;
}

void Ui::State::draw_panes(Frame& frame, const client::ConnectionNotice& notice) {
    auto minutes = [this](TimeMs time) { return offset.minutes(time); };
    bool two = frame.layout.two_columns;
    bool open = frame.model.open.has_value();
    if (two || !open) draw_people(frame, notice, minutes);
    if (two || open) {
        ChatWish wish = chat.draw(frame, notice, minutes);
        take_chat_wish(frame, wish);
    }
}

void Ui::State::take_chat_wish(Frame& frame, ChatWish& wish) {
    if (wish.leave) actions.emplace_back(LeaveChat{});
    if (!wish.add_id.empty()) open_add(frame.model, wish.add_id, frame.now_ms);
    if (!wish.profile.empty()) open_profile(frame.model, wish.profile, frame.now_ms);
    if (wish.question) question.ask(*std::move(wish.question));
    if (wish.menu) menu.open(*std::move(wish.menu), frame.now_ms);
    if (wish.chat_menu) chat_menu.open(*wish.chat_menu, true, frame.now_ms);
    if (!wish.forward.empty()) open_forward(std::move(wish.forward), frame.now_ms);
    if (wish.gone) {
        std::string words(frame.str(Str::err_message_gone));
        actions.emplace_back(AnnounceText{words});
        toast.show(std::move(words), frame.now_ms, true);
    }
}

void Ui::State::open_forward(std::vector<Seq> seqs, double now_ms) {
    close_dialogs();
    forward.open(chat.shown(), std::move(seqs), fields, now_ms);
}

/// The left column: friends, or the requests of those who may become some.
void Ui::State::draw_people(Frame& frame, const client::ConnectionNotice& notice,
                            const client::OffsetMinutes& minutes) {
    if (requests.is_open()) {
        RequestsWish wish = requests.draw(frame, minutes);
        if (wish.open_add) open_add(frame.model, {}, frame.now_ms);
        if (!wish.profile.empty()) open_profile(frame.model, wish.profile, frame.now_ms);
        if (wish.leave) {
            requests.close(fields);
            frame.animating = true;
            if (!touch) focus_node(std::string(FriendsUi::kRequestsRow));
        }
        return;
    }
    FriendsWish wish = friends.draw(frame, notice, minutes);
    if (wish.open_add) open_add(frame.model, wish.add_id, frame.now_ms);
    if (wish.open_settings) {
        close_dialogs();
        settings.open(frame.now_ms);
    }
    if (wish.open_requests) {
        requests.open();
        frame.animating = true;
    }
    if (wish.menu) chat_menu.open(*wish.menu, false, frame.now_ms);
    if (!wish.open_chat.empty()) {
        if (frame.model.open == wish.open_chat) chat.want_focus(touch);
        if (wish.open_at) chat.open_at(wish.open_chat, wish.open_at);
        frame.command(client::OpenConversation{wish.open_chat});
        frame.outdated = true;
    }
}

void Ui::State::draw_overlays(Frame& frame, const client::ConnectionNotice& notice,
                              const LoginSettings& login_settings) {
    if (notice.kind == client::ConnectionNoticeKind::kUpgrade) {
        draw_reload(frame);
    } else if (frame.model.sign_in.phase == SignInPhase::kEnded) {
        draw_session_ended(frame);
    } else if (signed_in && question.is_open()) {
        if (question.draw(frame)) close_dialogs();
    } else if (signed_in) {
        draw_dialogs(frame, login_settings);
        draw_menus(frame);
    }
    Toast::Place place = Toast::Place::kBottom;
    if (signed_in && frame.model.open.has_value()) place = Toast::Place::kChat;
    if (signed_in && dialog_is_open()) {
        place = frame.layout.phone ? Toast::Place::kBottom : Toast::Place::kDialog;
    }
    toast.draw(frame, place, chat.messages_top());
}

void Ui::State::draw_menus(Frame& frame) {
    MessageMenuResult about = menu.draw(frame);
    take_menu_result(frame, about);
    ChatMenuResult result = chat_menu.draw(frame);
    if (!result.profile.empty()) open_profile(frame.model, result.profile, frame.now_ms);
    if (result.question) question.ask(*std::move(result.question));
    if (result.date) {
        close_dialogs();
        date.open(fields, frame.now_ms);
    }
    requests.draw_menu(frame);
    emoji().draw_menu(frame);
    draw_filter_menus(frame);
}

void Ui::State::draw_filter_menus(Frame& frame) {
    for (client::SearchScope scope :
         {client::SearchScope::kOneChat, client::SearchScope::kAllChats}) {
        FilterWish wish = filters(scope).draw_menu(frame);
        if (!wish.choose_days && !wish.choose_person) continue;
        filtered = scope;
        close_dialogs();
        if (wish.choose_days) days.open(filters(scope).days(), fields, frame.now_ms);
        if (wish.choose_person) person.open(fields, frame.now_ms);
    }
}

void Ui::State::take_menu_result(Frame& frame, MessageMenuResult& result) {
    using What = MessageMenuResult::What;
    if (result.question) question.ask(*std::move(result.question));
    if (result.what == What::kNothing) return;
    // The focus goes where the work goes on, not back to the message.
    return_to.clear();
    switch (result.what) {
        case What::kNothing:
            break;
        case What::kReply:
            chat.begin_reply(frame, result.row);
            break;
        case What::kEdit:
            chat.begin_edit(lang, result.row, fields);
            break;
        case What::kForward:
            open_forward({result.row.seq}, frame.now_ms);
            break;
        case What::kSelect:
            chat.begin_selection(result.row);
            focus_node("select.cancel");
            break;
    }
}

void Ui::State::draw_dialogs(Frame& frame, const LoginSettings& login_settings) {
    add.draw(frame);
    ProfileWish about = profile.draw(frame);
    if (about.pick_avatar) actions.emplace_back(PickAvatar{});
    if (about.question) question.ask(*std::move(about.question));
    if (!about.open_chat.empty()) frame.command(client::OpenConversation{about.open_chat});
    if (!about.add_id.empty()) open_add(frame.model, about.add_id, frame.now_ms);
    auto minutes = [this](TimeMs time) { return offset.minutes(time); };
    SettingsWish wish = settings.draw(frame, login_settings.host, minutes);
    if (wish.question) question.ask(*std::move(wish.question));
    if (!wish.profile.empty()) open_profile(frame.model, wish.profile, frame.now_ms);
    if (forward.draw(frame, minutes)) {
        chat.end_selection();
        toast.show(std::string(frame.str(Str::forward_done)), frame.now_ms);
        actions.emplace_back(AnnounceText{std::string(frame.str(Str::forward_done))});
    }
    if (auto day = date.draw(frame, minutes)) chat.show_time(*day);
    if (auto span = days.draw(frame)) filters(filtered).set_days(*span);
    UserId from = person.draw(frame, minutes);
    if (!from.empty()) filters(filtered).set_from(from);
}

/// Something that leaves one thing to do. True when that was chosen.
bool Ui::State::draw_notice(Frame& frame, std::string_view key, Str title, Str words, Str go) {
    QuestionLook look;
    look.key = key;
    look.title = frame.str(title);
    look.text = frame.str(words);
    look.go = frame.str(go);
    look.kind = ButtonKind::kPrimary;
    look.cancel = false;
    return draw_question(frame, look, modal_since_ms) == Answer::kGo;
}

void Ui::State::draw_session_ended(Frame& frame) {
    bool banned = frame.model.sign_in.end == client::SessionEnd::kBanned;
    if (draw_notice(frame, "session", banned ? Str::net_kicked : Str::net_expired,
                    Str::net_again_text, Str::net_again)) {
        frame.command(client::LeaveEndedSession{});
    }
}

void Ui::State::draw_reload(Frame& frame) {
    Str why = frame.on_device ? Str::net_reload_local : Str::net_reload_text;
    if (draw_notice(frame, "reload", Str::net_reload, why, Str::net_reload_go)) {
        actions.emplace_back(ReloadPage{});
    }
}

/// Something modal came or went: remembers what had the focus, or gives it back.
void Ui::State::note_modal(bool modal, double now_ms) {
    if (modal == was_modal) return;
    was_modal = modal;
    if (!modal) {
        give_focus_back();
        return;
    }
    modal_since_ms = now_ms;
    return_to = fields.focused().empty() ? input.focused() : std::string(fields.focused());
    // The buttons beside a message are there only while the focus is on it or on them.
    const std::string& owner = menu.owner();
    if (menu.is_open() && return_to.substr(0, owner.size()) == owner) return_to = owner;
    // By the time the dialog goes the focus has been in its fields, where nobody asks how it came.
    return_by_keyboard = input.focus_by_keyboard();
}

void Ui::State::give_focus_back() {
    if (!signed_in) return;
    std::string to = std::exchange(return_to, {});
    const std::string& composer = chat.composer().field();
    // A message that is gone meanwhile has left the others.
    if (to.substr(0, 4) == "msg:" && !mirror.has(to)) to = HistoryUi::kLog;
    std::string_view search = search_of(to);
    bool was_field = to == composer || to == search;
    if (!to.empty() && !was_field && return_by_keyboard && mirror.has(to)) {
        focus_node(std::move(to));
    } else if (!search.empty() && (to == search || !touch)) {
        fields.focus(search);
    } else if (chat.has_composer() && !touch) {
        fields.focus(composer);
    }
}

// --- Events ---

void Ui::on_activate(std::string_view key) {
    state_->input.on_activate(key);
}
void Ui::on_context_menu(std::string_view key) {
    state_->input.on_context_menu(key);
}
void Ui::on_node_focus(std::string_view key, bool by_keyboard) {
    state_->input.on_focus(key, by_keyboard);
}

void Ui::on_text_selected(std::string_view first, std::string_view last) {
    state_->chat.history().hold_selected(first, last);
}

void Ui::on_focus_lost(const platform::MirrorTree& shown) {
    State& s = *state_;
    // What is modal takes the focus itself.
    if (!s.signed_in || s.was_modal) return;
    // So does what this frame has given it to already.
    for (const Action& action : s.actions) {
        if (std::holds_alternative<FocusNode>(action)) return;
    }
    std::string to(HistoryUi::kLog);
    if (!platform::has_node(shown, to)) to = s.friends.tab_stop();
    if (platform::has_node(shown, to)) {
        s.focus_node(std::move(to));
    } else if (s.chat.has_composer() && !s.touch) {
        s.fields.focus(s.chat.composer().field());
    }
}

bool Ui::State::escape() {
    if (close_menus()) return true;
    if (question.is_open()) {
        question.close();
        return true;
    }
    if (settings.is_open() && settings.go_back(actions)) return true;
    bool any = dialog_is_open();
    close_dialogs();
    return any || chat.escape(fields);
}

bool Ui::State::next_region(std::string_view from) {
    const std::string& composer = chat.composer().field();
    if (FriendsUi::holds(from)) {
        if (composer.empty()) return false;
        focus_node(std::string(HistoryUi::kLog));
    } else if (chat.has_composer() && (from == HistoryUi::kLog || from.substr(0, 4) == "msg:")) {
        fields.focus(composer);
    } else if (requests.is_open()) {
        focus_node("requests.back");
    } else {
        std::string row = friends.tab_stop();
        focus_node(row.empty() ? "friends.add" : row);
    }
    return true;
}

bool Ui::on_node_key(const client::Model& model, std::string_view key,
                     const platform::KeyEvent& event) {
    State& s = *state_;
    if (!event.down) return false;
    if (event.key == platform::Key::kEscape) {
        if (s.close_menus()) return true;
        if (FriendsUi::holds(key) && s.friends.on_search_escape(s.fields)) {
            s.fields.focus(FriendsUi::kSearchField);
            return true;
        }
        if (s.escape()) return true;
        if (s.requests.is_open() && key.substr(0, 7) == "request") {
            s.requests.close(s.fields);
            s.focus_node(std::string(FriendsUi::kRequestsRow));
            return true;
        }
        bool history = key.substr(0, 4) == "msg:" || key == HistoryUi::kLog;
        if (!history || !s.chat.has_composer()) return false;
        s.fields.focus(s.chat.composer().field());
        return true;
    }
    if (event.key == platform::Key::kF6) return s.next_region(key);
    std::string focus;
    if (s.settings.on_key(key, event, &focus)) {
        s.input.on_activate(focus);
        s.focus_node(std::move(focus));
        return true;
    }
    bool used = s.menu.on_key(key, event, &focus) || s.chat_menu.on_key(key, event, &focus) ||
                s.add.on_key(key, event, &focus) || s.profile.on_key(key, event, &focus) ||
                s.requests.on_key(key, event, &focus) ||
                s.friends.filters().on_key(key, event, &focus) ||
                s.chat.search().filters().on_key(key, event, &focus) ||
                s.emoji().on_key(key, event, &focus) || s.friends.on_node_key(key, event, &focus) ||
                (model.open.has_value() && s.chat.history().on_key(key, event, &focus));
    if (focus == EmojiPicker::kSearch) {
        s.fields.focus(focus);
    } else if (!focus.empty()) {
        s.focus_node(std::move(focus));
    }
    return used;
}

void Ui::on_field_text(std::string_view id, std::string_view text, double now_ms) {
    State& s = *state_;
    if (s.chat.composer().owns(id)) s.chat.composer().on_text(text, s.actions);
    if (id.substr(0, 6) == "login.") s.login.on_text();
    if (id == FriendsUi::kSearchField) s.friends.on_search_text();
    s.add.on_text(id, now_ms);
}

void Ui::on_field_submit(const client::Model& model, const LoginSettings& login,
                         std::string_view id) {
    State& s = *state_;
    if (s.chat.composer().owns(id)) {
        s.chat.send(model, s.fields, s.actions);
    } else if (id.substr(0, 6) == "login.") {
        s.login.submit(model, s.fields, s.pinyin, login, s.actions);
    } else if (id.substr(0, 4) == "add.") {
        s.add.submit(model, s.fields, s.actions);
    } else if (id.substr(0, 8) == "profile.") {
        s.profile.submit(model, s.fields, s.actions);
    } else if (id == EmojiPicker::kSearch) {
        s.emoji().submit();
    } else if (id == ChatSearch::kField) {
        s.chat.search().step(true);
    } else if (id == DateJumpUi::kField) {
        s.date.submit();
    } else if (id == DaysUi::kFirstField || id == DaysUi::kLastField) {
        s.days.submit();
    } else if (id.substr(0, 8) == "request.") {
        s.requests.submit(s.fields, s.actions);
    } else if (id == FriendsUi::kSearchField) {
        std::string row = s.friends.tab_stop();
        if (!row.empty()) s.focus_node(row);
    }
}

bool Ui::on_field_key(const client::Model& model, std::string_view id,
                      const platform::KeyEvent& event) {
    State& s = *state_;
    if (!event.down) return false;
    if (event.key == platform::Key::kEscape) {
        bool search = id == FriendsUi::kSearchField;
        return (search && s.friends.on_search_escape(s.fields)) || s.escape();
    }
    if (event.key == platform::Key::kF6) {
        return s.next_region(s.chat.composer().owns(id) ? "composer" : "friends.search");
    }
    if (event.key == platform::Key::kUp && s.chat.composer().owns(id) && !event.modifiers.any()) {
        return model.open && s.chat.edit_last(model, s.lang, s.fields);
    }
    if (id == EmojiPicker::kSearch) {
        std::string focus;
        bool used = s.emoji().on_key(id, event, &focus);
        if (used) s.focus_node(std::move(focus));
        return used;
    }
    bool up = event.key == platform::Key::kUp;
    if (id == ChatSearch::kField && (up || event.key == platform::Key::kDown)) {
        s.chat.search().step(up);
        return true;
    }
    bool page = event.key == platform::Key::kPageUp || event.key == platform::Key::kPageDown;
    if (page && s.chat.composer().owns(id) && model.open) {
        std::string focus;
        return s.chat.history().on_key(id, event, &focus);
    }
    if (event.key == platform::Key::kDown && id == FriendsUi::kSearchField) {
        std::string row = s.friends.tab_stop();
        if (!row.empty()) s.focus_node(row);
        return !row.empty();
    }
    return false;
}

bool Ui::on_key(const client::Model& model, const LoginSettings& login,
                const platform::KeyEvent& event) {
    State& s = *state_;
    if (!event.down) return false;
    // Enter anywhere signs in.
    if (event.key == platform::Key::kEnter && shows_login(model)) {
        s.login.submit(model, s.fields, s.pinyin, login, s.actions);
        return true;
    }
    if (event.key == platform::Key::kEscape) return s.escape();
    if (event.key == platform::Key::kF6) return s.signed_in && s.next_region({});
    bool page = event.key == platform::Key::kPageUp || event.key == platform::Key::kPageDown;
    if (page && model.open) {
        std::string focus;
        return s.chat.history().on_key({}, event, &focus);
    }
    return false;
}

bool Ui::on_wheel(const platform::WheelEvent& event) {
    state_->input.on_wheel(event);
    return true;
}

void Ui::on_notice(const client::Model& model, const client::Notice& notice, double now_ms) {
    State& s = *state_;
    using Kind = client::NoticeKind;
    std::string name =
        notice.conversation ? model.name_of(notice.conversation->peer()) : std::string();
    ErrorCode code = notice.code.value_or(ErrorCode::kInternal);
    auto tell = [&](std::string words) { s.tell(std::move(words), now_ms, false); };
    auto tell_failure = [&](std::string words) { s.tell(std::move(words), now_ms, true); };
    switch (notice.kind) {
        case Kind::kFriendAdded:
            tell(fill(s.lang, Str::add_done, {{"name", name}}));
            return;
        case Kind::kFriendAsked:
            tell(std::string(text(s.lang, Str::add_sent)));
            return;
        case Kind::kFriendAccepted:
            tell(fill(s.lang, Str::add_accepted, {{"name", name}}));
            return;
        case Kind::kMessageRefused:
            s.chat.composer().on_refused(model, s.fields);
            tell_failure(error_sentence(s.lang, Attempt::kSendMessage, code));
            return;
        case Kind::kMessageFailed: {
            std::string words(text(s.lang, Str::msg_failed));
            s.actions.emplace_back(AnnounceText{words, platform::Politeness::kAssertive});
            return;
        }
        case Kind::kStorageFailed:
            tell_failure(std::string(text(s.lang, Str::storage_failed)));
            return;
        case Kind::kUnreadable: {
            std::string count = number_text(model.unreadable_stored);
            tell_failure(fill(s.lang, Str::stored_unreadable, {{"n", count}}));
            return;
        }
        case Kind::kHistoryFailed:
            tell_failure(std::string(text(s.lang, Str::chat_load_failed)));
            return;
        case Kind::kMessageChangeFailed:
            tell_failure(error_sentence(s.lang, Attempt::kChangeMessage, code));
            return;
        case Kind::kTaskFailed:
            tell_failure(error_sentence(s.lang, Attempt::kTask, code));
            return;
    }
}

void Ui::on_shared_user(const client::Model& model, const UserId& user, double now_ms) {
    State& s = *state_;
    if (user == model.me.user_id) {
        s.open_profile(model, user, now_ms);
    } else if (model.find_friend(user) != nullptr) {
        s.actions.emplace_back(
            client::Command(client::OpenConversation{ConversationId::with(user)}));
    } else {
        s.open_add(model, user.text(), now_ms);
    }
}

// --- Pictures ---

void Ui::on_picture_drag(bool over) {
    state_->chat.on_drag(over);
}

bool Ui::on_picture_picked(const client::Model& model, const std::string& key,
                           const std::string& name) {
    State& s = *state_;
    ComposerUi& composer = s.chat.composer();
    // What was dropped on a dialog or on no chat at all was not meant for one.
    if (!model.open || composer.conversation() != *model.open || s.was_modal) return false;
    if (!composer.attachments().add(*model.open, key, name)) {
        std::string most = number_text(static_cast<std::int64_t>(Attachments::kMax));
        s.tell_problem(fill(s.lang, Str::pic_err_many, {{"n", most}}));
        return false;
    }
    composer.tell({});
    if (!s.touch) s.fields.focus(composer.field());
    return true;
}

bool Ui::on_picture_prepared(const client::LocalPicture& picture) {
    return state_->chat.composer().attachments().set_ready(picture);
}

void Ui::on_pictures_not_kept(double now_ms) {
    State& s = *state_;
    if (std::exchange(s.not_kept_told, true)) return;
    s.tell(std::string(text(s.lang, Str::pic_not_kept)), now_ms, true);
}

void Ui::on_picture_forgotten(std::string_view key) {
    (void)state_->chat.composer().attachments().remove(key);
}

void Ui::on_picture_refused(std::string_view key, const std::string& name, ErrorCode code) {
    State& s = *state_;
    std::string waited = s.chat.composer().attachments().remove(key);
    s.tell_problem(picture_problem(s.lang, name.empty() ? waited : name, code));
}

void Ui::on_avatar_refused(ErrorCode code, double now_ms) {
    State& s = *state_;
    s.tell(picture_problem(s.lang, {}, code), now_ms, true);
}

void Ui::on_emoji(const std::optional<std::string>& file) {
    state_->chat.composer().emoji().on_loaded(file);
}

void Ui::on_viewer_step(int direction) {
    state_->chat.history().on_viewer_step(direction);
}

void Ui::on_viewer_closed() {
    state_->chat.history().on_viewer_closed();
}

void Ui::on_device_act(platform::LocalAct act, const Status& outcome, double now_ms) {
    State& s = *state_;
    s.tell(std::string(text(s.lang, device_act_words(act, outcome))), now_ms, !outcome);
}

void Ui::on_copied(bool ok, double now_ms) {
    State& s = *state_;
    s.tell(std::string(text(s.lang, ok ? Str::msg_copied : Str::msg_copy_failed)), now_ms, !ok);
}

}  // namespace kumquat::ui
