#include "app/app.h"

#include <array>
#include <cstdint>
#include <set>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "app/chat_export.h"
#include "app/kept_sessions.h"
#include "app/outbox_store.h"
#include "app/page_settings.h"
#include "app/picture_check.h"
#include "app/picture_uploads.h"
#include "app/routing.h"
#include "app/stored_codec.h"
#include "client/core/client.h"
#include "client/view/avatar.h"
#include "gfx/picture_cache.h"
#include "gfx/screen.h"
#include "proto/codec.h"
#include "ui/ui.h"
#include "ui/user_id.h"

namespace kumquat::app {

namespace {

constexpr std::string_view kSessionKey = "session";
constexpr std::string_view kPeopleKey = "people";
constexpr std::size_t kPeopleKept = 3;
/// So long may the mirror stay behind what is being scrolled. It costs as much as the picture.
constexpr double kMirrorBehindMs = 100;
/// So long may the last picture stand while a chat's first messages are on their way.
constexpr double kOpeningMs = 50;

template <class... Ts>
struct Overloaded : Ts... {
    using Ts::operator()...;
};
template <class... Ts>
Overloaded(Ts...) -> Overloaded<Ts...>;

client::Settings client_settings(platform::Platform& platform) {
    std::uint64_t random[2];
    platform.random.fill(reinterpret_cast<std::uint8_t*>(random), sizeof random);
    client::Settings settings;
    std::int64_t device = static_cast<std::int64_t>(random[0] & std::uint64_t{kIntegerMax});
    settings.device = DeviceId(device == 0 ? 1 : device);
    settings.random_seed = random[1];
    settings.client_name = "kumquat-web";
    settings.device_name = platform.environment.state().device_name;
    return settings;
}

std::string lock_name(const UserId& user) {
    return "outbox:" + user.text();
}

}  // namespace

class App::Impl : public platform::Scheduler::Listener,
                  public platform::Environment::Listener,
                  public platform::Input::Listener,
                  public platform::TextFields::Listener,
                  public platform::DomMirror::Listener,
                  public platform::Transport::Listener,
                  public platform::History::Listener,
                  public platform::Notifier::Listener,
                  public platform::GlyphRaster::Listener,
                  public platform::Pictures::Listener,
                  public platform::PictureViewer::Listener,
                  public PictureUploads::Listener,
                  public platform::LocalHome::Listener {
  public:
    Impl(platform::Platform platform, gfx::Device& device)
        : p_(platform),
          device_(device),
          screen_(&platform.glyphs, &platform.loader, &device),
          ui_(screen_, platform.fields, platform.dates, platform.pinyin),
          client_(client_settings(p_)),
          store_(platform.storage),
          uploads_(platform.blobs, this),
          kept_(platform.storage),
          routing_(platform.history),
          export_(platform.dates) {}

    void start();
    void on_device_restored() {
        screen_.on_device_restored();
        p_.scheduler.invalidate(platform::FrameReason::kRestored);
    }

    // --- Events ---
    void on_frame(double now_ms) override;
    void on_wake(double now_ms) override;
    void on_environment() override;
    void on_page_restored() override;
    void on_pointer(const platform::PointerEvent& event) override;
    bool on_wheel(const platform::WheelEvent& event) override;
    bool on_key(const platform::KeyEvent& event) override;
    void on_input_lost() override;
    void on_field_text(std::string_view id, std::string_view text) override;
    void on_field_submit(std::string_view id) override;
    void on_field_focus(std::string_view id, bool focused) override;
    bool on_field_key(std::string_view id, const platform::KeyEvent& event) override;
    void on_field_height(std::string_view id, float height_px) override;
    void on_activate(std::string_view key) override;
    void on_context_menu(std::string_view key) override;
    void on_node_focus(std::string_view key, bool by_keyboard) override;
    void on_focus_lost(const platform::MirrorTree& shown) override { ui_.on_focus_lost(shown); }
    void on_text_selected(std::string_view first, std::string_view last) override {
        ui_.on_text_selected(first, last);
    }
    bool on_node_key(std::string_view key, const platform::KeyEvent& event) override;
    void on_open() override;
    void on_text(std::string_view text) override;
    void on_close(int code, std::string_view reason) override;
    void on_fragment(std::string_view fragment) override;
    void on_note_chosen(std::string_view tag) override;
    void on_fonts_changed() override;
    void on_picture_drag(bool over) override;
    void on_picked(platform::PicturePurpose purpose,
                   std::vector<platform::PickedFile> files) override;
    void on_prepared(std::string_view key,
                     const Result<platform::PreparedPicture>& picture) override;
    void on_viewer_step(int direction) override;
    void on_viewer_closed() override;
    void on_upload_progress(client::UploadNumber number, std::int64_t sent,
                            std::int64_t total) override;
    void on_uploaded(client::UploadNumber number, const client::LocalPicture& picture,
                     const std::array<BlobId, limits::kRenditions>& ids) override;
    void on_upload_failed(client::UploadNumber number, const Error& error) override;
    void on_local_state() override;
    void on_local_done(platform::LocalAct act, const Status& outcome) override;

  private:
    client::Moment now() const;
    void command(const client::Command& command) { client_.on_command(command, now()); }
    /// The panes, and what they need of the page. Screen::end() or drop() comes after it.
    ui::NextFrame draw(double now_ms);
    bool is_opening() const;
    /// Carries out what panes and client want, until nobody wants more.
    void carry_out();
    /// The same, and what lies outside the canvas follows.
    void pump();
    void run(ui::Action& action);
    void run(client::Effect& effect);
    void connect(client::ConnectionNumber number);
    void say(const client::Announce& announce);
    void notify(const client::Notify& notify);
    void forget_notes();
    void ask_for_notifications();
    void export_page(const client::ExportPage& page);
    void open_shared_user();
    void sign_in_second();
    void greet_first();
    bool has_network() const;
    void arm_timer();
    void follow_model();
    void apply_look();
    void set_preferences(const ui::Preferences& preferences);
    void sign_in_as(const ui::SignInAs& wanted);
    std::optional<client::StoredSession> tab_session() const;
    void recall_people();
    void remember(const client::StoredSession& session);
    void copy(const std::string& text);
    void load_emoji();
    void forget_picture(const std::string& key);
    void keep_pictures_of(const client::StoredData& data);
    void warm_up_later();
    void movement_happened() { p_.scheduler.invalidate(platform::FrameReason::kInput); }
    void input_happened() {
        only_movement_ = false;
        p_.scheduler.invalidate(platform::FrameReason::kInput);
    }

    platform::Platform p_;
    gfx::Device& device_;
    gfx::Screen screen_;
    ui::Ui ui_;
    client::Client client_;
    OutboxStore store_;
    PictureUploads uploads_;
    /// Keys of pictures that were chosen as one's own.
    std::set<std::string, std::less<>> avatars_;
    KeptSessions kept_;
    Routing routing_;
    /// This tab is the second one of that person.
    std::optional<UserId> first_user_;
    ChatExport export_;

    ui::Preferences preferences_;
    ui::LoginSettings login_;
    std::vector<ui::RememberedPerson> people_;
    std::string socket_url_;
    client::ConnectionNumber connection_;
    std::optional<std::int64_t> timer_at_ms_;
    bool pumping_ = false;
    bool visible_ = true;
    bool online_ = true;
    /// When the mirror was made, and whether nothing but movement happened since.
    double mirrored_ms_ = -1e9;
    bool only_movement_ = false;
    double opening_until_ms_ = -1e9;
    client::Revision followed_ = 0;
    std::int64_t shown_unread_ = -1;
    int shown_dark_ = -1;
    std::string shown_language_;
    std::string shown_cursor_;
    /// Chats whose notification may still be on the screen.
    std::set<ConversationId> noted_;
};

// --- Start ---

void App::Impl::start() {
    p_.scheduler.set_listener(this);
    p_.environment.set_listener(this);
    p_.input.set_listener(this);
    p_.fields.set_listener(this);
    p_.mirror.set_listener(this);
    p_.history.set_listener(this);
    p_.glyphs.set_listener(this);
    p_.notifier.set_listener(this);
    p_.pictures.set_listener(this);
    p_.viewer.set_listener(this);
    p_.local.set_listener(this);

    preferences_ = load_preferences(p_.storage);
    login_ = read_login_settings(p_.environment);
    login_.may_import = p_.local.empty();
    socket_url_ = read_socket_url(p_.environment);
    recall_people();
    std::optional<client::StoredSession> session = tab_session();
    visible_ = p_.environment.state().visible;
    online_ = has_network();
    apply_look();
    client_.start(session, now());
    if (!visible_) command(client::SetVisible{false});
    if (login_.on_device && !session) sign_in_second();
    if (session) {
        if (auto chat = routing_.start()) command(client::OpenConversation{*chat});
    }
    pump();
    p_.scheduler.invalidate(platform::FrameReason::kModel);
}

client::Moment App::Impl::now() const {
    return {p_.clock.now(), static_cast<std::int64_t>(p_.clock.monotonic_ms())};
}

// --- One frame ---

ui::NextFrame App::Impl::draw(double now_ms) {
    ui::SystemColors colors;
    const platform::EnvironmentState& environment = p_.environment.state();
    if (environment.forced_colors) colors = read_system_colors(p_.environment);
    screen_.begin(environment, now_ms);
    p_.fields.begin();
    bool only_movement = only_movement_ && now_ms - mirrored_ms_ < kMirrorBehindMs;
    ui::NextFrame next =
        ui_.draw({client_.model(), environment, preferences_, login_, people_, colors,
                  p_.notifier.permission(), now_ms, p_.clock.now(), only_movement});
    p_.fields.end();
    return next;
}

/// The open chat's first messages are on their way.
bool App::Impl::is_opening() const {
    const client::Model& model = client_.model();
    const client::Conversation* open = model.open ? model.find(*model.open) : nullptr;
    return open != nullptr && open->timeline.loading() && !open->timeline.loaded();
}

void App::Impl::on_frame(double now_ms) {
    // While the context is lost the last picture stays.
    if (!device_.ready()) return;
    if (now_ms < opening_until_ms_ && is_opening()) return;
    ui::NextFrame next = draw(now_ms);
    while (next.outdated) {
        // Who has clicked waits for the chat. Any other picture, one without its messages too,
        // would hold it up: without a GPU each costs as much as this one.
        screen_.drop();
        std::optional<ConversationId> open = client_.model().open;
        carry_out();
        if (client_.model().open != open && is_opening()) {
            opening_until_ms_ = now_ms + kOpeningMs;
            p_.scheduler.frame_at(opening_until_ms_);
            return;
        }
        next = draw(now_ms);
    }
    if (next.mirror_waits) {
        if (!next.at_once) p_.scheduler.frame_at(mirrored_ms_ + kMirrorBehindMs);
    } else {
        p_.mirror.update(ui_.take_mirror());
        mirrored_ms_ = now_ms;
        only_movement_ = true;
    }
    bool again = screen_.end() || next.at_once;
    std::string cursor = screen_.cursor();
    if (cursor != shown_cursor_) {
        p_.environment.set_cursor(cursor.c_str());
        shown_cursor_ = cursor;
    }
    if (again) p_.scheduler.invalidate(platform::FrameReason::kAnimation);
    if (next.at_ms > 0) p_.scheduler.frame_at(next.at_ms);
    pump();
    warm_up_later();
}

void App::Impl::warm_up_later() {
    p_.scheduler.when_idle([this] {
        if (device_.ready() && screen_.warm_up()) warm_up_later();
    });
}

// --- What is wanted ---

void App::Impl::pump() {
    // What is carried out may make events of its own; they are taken in turn, never in between.
    if (pumping_) return;
    carry_out();
    follow_model();
}

void App::Impl::carry_out() {
    pumping_ = true;
    for (;;) {
        std::vector<ui::Action> actions = ui_.take_actions();
        std::vector<client::Effect> effects = client_.take_effects();
        if (actions.empty() && effects.empty()) break;
        for (client::Effect& effect : effects)
            run(effect);
        for (ui::Action& action : actions)
            run(action);
    }
    pumping_ = false;
}

void App::Impl::run(ui::Action& action) {
    std::visit(
        Overloaded{
            [&](client::Command& wanted) { command(wanted); },
            [&](ui::SignInAs& wanted) { sign_in_as(wanted); },
            [&](ui::SetPreferences& wanted) { set_preferences(wanted.preferences); },
            [&](ui::CopyText& wanted) { copy(wanted.text); },
            [&](ui::FocusNode& wanted) { p_.mirror.focus(wanted.key); },
            [&](ui::SelectText& wanted) { p_.mirror.select_text(wanted.key); },
            [&](ui::AnnounceText& wanted) { p_.mirror.announce(wanted.text, wanted.politeness); },
            [&](ui::MarkPainted& wanted) {
                p_.marks.mark("kumquat:painted", wanted.conversation.text(), wanted.seq.value());
            },
            [&](ui::MarkReady&) { p_.marks.mark("kumquat:ready"); },
            [&](ui::LeaveChat&) {
                if (!routing_.leave()) command(client::CloseConversation{});
            },
            [&](ui::ReloadPage&) { p_.environment.reload(); },
            [&](ui::AskForNotifications&) { ask_for_notifications(); },
            [&](ui::PickAvatar&) { p_.pictures.pick(platform::PicturePurpose::kAvatar); },
            [&](ui::PickPictures&) { p_.pictures.pick(platform::PicturePurpose::kMessage); },
            [&](ui::ForgetAttachment& wanted) {
                ui_.on_picture_forgotten(wanted.key);
                forget_picture(wanted.key);
            },
            [&](ui::ActOnDevice& wanted) { p_.local.act(wanted.act); },
            [&](ui::OpenSecondTab&) {
                p_.local.open_tab(Routing::second_tab(client_.model().me.user_id));
            },
            [&](ui::ShowPicture& wanted) { p_.viewer.show(wanted.picture, wanted.words); },
            [&](ui::InsertText& wanted) { p_.fields.insert(wanted.field, wanted.text); },
            [&](ui::LoadEmoji&) { load_emoji(); },
        },
        action);
}

void App::Impl::run(client::Effect& effect) {
    std::visit(
        Overloaded{
            [&](client::Connect& e) { connect(e.connection); },
            [&](client::CloseConnection&) { p_.transport.close(platform::kCloseNormal, {}); },
            [&](client::Send& e) {
                // A connection that takes nothing is about to report its end.
                if (e.connection == connection_) (void)p_.transport.send(proto::encode(e.frame));
            },
            [&](client::SetTimer& e) {
                timer_at_ms_ = e.at_ms;
                arm_timer();
            },
            [&](client::StoreSession& e) {
                // Without it a reload asks to sign in again; there is nothing better to do.
                (void)p_.storage.set_tab_value(kSessionKey, encode_session(e.session)).has_value();
                remember(e.session);
            },
            [&](client::ForgetSession&) {
                // It is over, for whatever tab it was kept.
                if (auto session = tab_session()) kept_.forget_token(session->token);
                kept_.follow(people_);
                (void)p_.storage.set_tab_value(kSessionKey, {}).has_value();
            },
            [&](client::LoadStored& e) {
                store_.load(e, [this](const client::StoredData& data) {
                    keep_pictures_of(data);
                    client_.on_stored(data, now());
                    pump();
                });
            },
            [&](client::StoreOutboxEntry& e) {
                ClientMessageId id = e.entry.client_id;
                store_.store(e, [this, id](bool ok) {
                    if (!ok) client_.on_store_failed(id, now());
                    pump();
                });
            },
            [&](client::RemoveOutboxEntry& e) { store_.remove(e); },
            [&](client::StoreDraft& e) { store_.store_draft(e); },
            [&](client::EraseStored& e) {
                // Who signs out wants nobody to come in here unasked, by another session neither.
                kept_.forget_user(e.user.text());
                kept_.follow(people_);
                // Whoever holds the outbox may be another tab of the same person: leave it its own.
                if (p_.locks.held(lock_name(e.user))) store_.erase(e.user);
            },
            [&](client::HoldOutbox& e) {
                UserId user = e.user;
                p_.locks.acquire(lock_name(user), [this, user] {
                    client_.on_outbox_lock(user, true, now());
                    pump();
                });
            },
            [&](client::ReleaseOutbox& e) { p_.locks.release(lock_name(e.user)); },
            [&](client::Announce& e) { say(e); },
            [&](client::Notify& e) { notify(e); },
            [&](client::ExportPage& e) { export_page(e); },
            [&](client::UploadPicture& e) { uploads_.start(e, client_.model().me.user_id); },
            [&](client::CancelUpload& e) { uploads_.cancel(e.number); },
            [&](client::ForgetPicture& e) {
                uploads_.forget(e.key);
                p_.pictures.forget(e.user.text(), e.key);
            },
            [&](client::Notice& e) {
                ui_.on_notice(client_.model(), e, p_.clock.monotonic_ms());
                p_.scheduler.invalidate(platform::FrameReason::kModel);
            },
        },
        effect);
}

void App::Impl::connect(client::ConnectionNumber number) {
    connection_ = number;
    p_.transport.open(socket_url_, this);
}

void App::Impl::say(const client::Announce& announce) {
    const client::Conversation* conversation = client_.model().find(announce.conversation);
    if (conversation == nullptr) return;
    client::MessagePtr message = conversation->timeline.find(announce.seq);
    if (!message || message->body.type != proto::kTextType) return;
    std::string name = client_.model().name_of(announce.conversation.peer());
    p_.mirror.announce(ui::fill(ui_.lang(), ui::Str::msg_new_a11y,
                                {{"name", name}, {"text", message->body.content}}),
                       platform::Politeness::kPolite);
}

/// The sound is for whoever is here and looks at something else, too; the system's notification
/// for whoever is not.
void App::Impl::notify(const client::Notify& notify) {
    if (preferences_.sound) p_.notifier.chime();
    const platform::EnvironmentState& environment = p_.environment.state();
    if (!preferences_.notifications || (environment.visible && environment.focused)) return;
    const client::Conversation* conversation = client_.model().find(notify.conversation);
    if (conversation == nullptr || !conversation->last_message) return;
    const proto::Body& body = conversation->last_message->body;
    platform::Note note;
    note.tag = notify.conversation.text();
    note.title = client_.model().name_of(notify.conversation.peer());
    if (body.type == proto::kTextType) {
        note.text = body.content;
    } else {
        bool picture = body.type == proto::kImageType;
        note.text = ui::text(ui_.lang(), picture ? ui::Str::preview_image : ui::Str::preview_other);
    }
    p_.notifier.show(note);
    noted_.insert(notify.conversation);
}

/// What has been read here or elsewhere, or belongs to somebody who has left, calls no more.
void App::Impl::forget_notes() {
    for (auto at = noted_.begin(); at != noted_.end();) {
        const client::Conversation* conversation = client_.model().find(*at);
        if (conversation != nullptr && conversation->unread > 0) {
            ++at;
            continue;
        }
        p_.notifier.close(at->text());
        at = noted_.erase(at);
    }
}

void App::Impl::on_note_chosen(std::string_view tag) {
    Result<ConversationId> chat = ConversationId::parse(tag);
    // It may have outlived the session that it was for.
    if (chat && client_.model().sign_in.phase == client::SignInPhase::kSignedIn) {
        command(client::OpenConversation{*chat});
    }
    pump();
}

void App::Impl::ask_for_notifications() {
    p_.notifier.request([this](platform::NotePermission answer) {
        if (answer == platform::NotePermission::kGranted) {
            ui::Preferences next = preferences_;
            next.notifications = true;
            set_preferences(next);
        }
        p_.scheduler.invalidate(platform::FrameReason::kModel);
        pump();
    });
}

void App::Impl::export_page(const client::ExportPage& page) {
    if (auto file = export_.add(page, ui_.lang())) p_.files.save(*file);
}

void App::Impl::copy(const std::string& text) {
    p_.clipboard.write_text(text, [this](bool ok) {
        ui_.on_copied(ok, p_.clock.monotonic_ms());
        p_.scheduler.invalidate(platform::FrameReason::kModel);
        pump();
    });
}

void App::Impl::load_emoji() {
    p_.files.load("emoji", [this](const std::optional<std::string>& file) {
        ui_.on_emoji(file);
        p_.scheduler.invalidate(platform::FrameReason::kModel);
        pump();
    });
}

void App::Impl::arm_timer() {
    if (timer_at_ms_) p_.scheduler.wake_at(static_cast<double>(*timer_at_ms_));
}

void App::Impl::on_wake(double now_ms) {
    if (timer_at_ms_ && now_ms >= static_cast<double>(*timer_at_ms_)) {
        timer_at_ms_.reset();
        client_.on_timer(now());
        pump();
    }
    arm_timer();
}

/// What of the page lies outside the canvas: title, icon, address.
void App::Impl::follow_model() {
    const client::Model& model = client_.model();
    if (model.revision == followed_) return;
    followed_ = model.revision;
    p_.scheduler.invalidate(platform::FrameReason::kModel);
    if (!model.connection.sign_in_modes.empty()) follow_modes(model, login_);
    std::int64_t unread = model.unread_total();
    if (unread != shown_unread_) {
        shown_unread_ = unread;
        p_.history.set_title(unread > 0 ? "(" + ui::number_text(unread) + ") Kumquat" : "Kumquat");
        p_.history.set_badge(unread > 0);
    }
    bool signed_in = model.sign_in.phase == client::SignInPhase::kSignedIn ||
                     model.sign_in.phase == client::SignInPhase::kEnded;
    if (signed_in && !routing_.started()) {
        if (auto chat = routing_.start()) {
            command(client::OpenConversation{*chat});
            return pump();
        }
    }
    routing_.follow(model.open, signed_in, p_.environment.state());
    forget_notes();
    open_shared_user();
    greet_first();
}

/// Whom a link wants added, once it is known who is a friend already.
void App::Impl::open_shared_user() {
    const client::Model& model = client_.model();
    if (model.sign_in.phase != client::SignInPhase::kSignedIn || !model.loaded) return;
    auto user = routing_.take_shared_user();
    if (!user) return;
    ui_.on_shared_user(model, *user, p_.clock.monotonic_ms());
    p_.scheduler.invalidate(platform::FrameReason::kModel);
    pump();
}

// --- Look and preferences ---

void App::Impl::set_preferences(const ui::Preferences& preferences) {
    preferences_ = preferences;
    save_preferences(preferences, p_.storage);
    apply_look();
    p_.scheduler.invalidate(platform::FrameReason::kTheme);
}

void App::Impl::apply_look() {
    const platform::EnvironmentState& environment = p_.environment.state();
    bool dark = ui::choose_dark(preferences_, environment.dark);
    if (shown_dark_ != (dark ? 1 : 0)) {
        shown_dark_ = dark ? 1 : 0;
        const ui::Palette& palette = dark ? ui::dark_palette() : ui::light_palette();
        p_.environment.set_theme(dark, palette.ground.to_rgb());
    }
    std::string_view tag =
        ui::language_tag(ui::choose_language(preferences_, environment.language));
    if (shown_language_ != tag) {
        shown_language_ = tag;
        p_.environment.set_language(tag);
    }
}

/// One click on somebody who was here before: by the session that was kept for them, else by name.
void App::Impl::sign_in_as(const ui::SignInAs& wanted) {
    if (auto session = kept_.find(wanted.user_id)) {
        command(client::ResumeSession{*std::move(session)});
        return;
    }
    client::SignIn sign_in;
    sign_in.user_id = wanted.user_id;
    sign_in.nick = wanted.nick;
    command(sign_in);
}

std::optional<client::StoredSession> App::Impl::tab_session() const {
    auto bytes = p_.storage.tab_value(kSessionKey);
    return bytes ? decode_session(*bytes) : std::nullopt;
}

void App::Impl::recall_people() {
    if (auto bytes = p_.storage.preference(kPeopleKey)) people_ = decode_people(*bytes);
    kept_.follow(people_);
}

void App::Impl::remember(const client::StoredSession& session) {
    const proto::Profile& me = session.me;
    // Others may have signed in here, in other tabs.
    recall_people();
    std::vector<ui::RememberedPerson> people{{me.user_id.text(), me.nick}};
    for (ui::RememberedPerson& person : people_) {
        if (person.user_id != me.user_id.text() && people.size() < kPeopleKept) {
            people.push_back(std::move(person));
        }
    }
    people_ = std::move(people);
    // Only a convenience: without it the name is typed again.
    (void)p_.storage.set_preference(kPeopleKey, encode_people(people_)).has_value();
    if (session.stay_signed_in) kept_.keep(session);
    kept_.follow(people_);
}

// --- Environment ---

void App::Impl::on_environment() {
    const platform::EnvironmentState& environment = p_.environment.state();
    screen_.on_canvas_changed();
    apply_look();
    if (environment.visible != visible_) {
        visible_ = environment.visible;
        command(client::SetVisible{visible_});
    }
    if (has_network() != online_) {
        online_ = has_network();
        command(client::SetOnline{online_});
    }
    pump();
}

void App::Impl::on_page_restored() {
    client_.on_closed(connection_, platform::kCloseAbnormal, now());
    pump();
}

void App::Impl::on_fonts_changed() {
    screen_.on_fonts_changed();
    p_.scheduler.invalidate(platform::FrameReason::kTextures);
}

/// A service in this browser is there without any.
bool App::Impl::has_network() const {
    return login_.on_device || p_.environment.state().online;
}

// --- The service in this browser ---

void App::Impl::on_local_state() {
    login_.may_import = p_.local.empty();
    p_.scheduler.invalidate(platform::FrameReason::kModel);
}

void App::Impl::on_local_done(platform::LocalAct act, const Status& outcome) {
    ui_.on_device_act(act, outcome, p_.clock.monotonic_ms());
    p_.scheduler.invalidate(platform::FrameReason::kModel);
    pump();
}

/// In a tab that was opened for a second person nobody has to think of one: it is signed in, under
/// a name that is always the same.
void App::Impl::sign_in_second() {
    // What else the address names stands until somebody has signed in.
    if (!Routing::is_second_tab(p_.history.fragment())) return;
    (void)routing_.start();
    first_user_ = routing_.take_first_user();
    if (!first_user_) return;
    client::SignIn sign_in;
    ui::Lang lang = ui::choose_language(preferences_, p_.environment.state().language);
    sign_in.nick = ui::text(lang, ui::Str::second_name);
    sign_in.user_id = ui::suggest_user_id(sign_in.nick, p_.pinyin);
    // Who opened the tab may have that name already.
    if (sign_in.user_id == first_user_->text()) sign_in.user_id += "2";
    command(sign_in);
}

/// The second person and who opened the tab become friends.
void App::Impl::greet_first() {
    const client::Model& model = client_.model();
    if (!first_user_ || model.sign_in.phase != client::SignInPhase::kSignedIn || !model.loaded)
        return;
    UserId first = *std::exchange(first_user_, std::nullopt);
    if (first == model.me.user_id) return;
    if (model.find_friend(first) != nullptr) {
        command(client::OpenConversation{ConversationId::with(first)});
    } else {
        client::AddFriend add;
        add.user_id = first.text();
        add.group = ui::text(ui_.lang(), ui::Str::add_group_default);
        add.wording = ui::text(ui_.lang(), ui::Str::second_wording);
        command(add);
    }
    pump();
}

// --- Input ---

void App::Impl::on_pointer(const platform::PointerEvent& event) {
    screen_.on_pointer(event);
    if (event.action == platform::PointerAction::kMove) {
        movement_happened();
        return;
    }
    input_happened();
}

bool App::Impl::on_wheel(const platform::WheelEvent& event) {
    movement_happened();
    return ui_.on_wheel(event);
}

bool App::Impl::on_key(const platform::KeyEvent& event) {
    screen_.on_key(event);
    bool used = ui_.on_key(client_.model(), login_, event);
    input_happened();
    pump();
    return used;
}

void App::Impl::on_input_lost() {
    screen_.on_input_lost();
    input_happened();
}

void App::Impl::on_field_text(std::string_view id, std::string_view text) {
    ui_.on_field_text(id, text, p_.clock.monotonic_ms());
    input_happened();
    pump();
}

void App::Impl::on_field_submit(std::string_view id) {
    ui_.on_field_submit(client_.model(), login_, id);
    input_happened();
    pump();
}

void App::Impl::on_field_focus(std::string_view, bool) {
    input_happened();
}

bool App::Impl::on_field_key(std::string_view id, const platform::KeyEvent& event) {
    bool used = ui_.on_field_key(client_.model(), id, event);
    if (used) input_happened();
    pump();
    return used;
}

void App::Impl::on_field_height(std::string_view, float) {
    input_happened();
}

void App::Impl::on_activate(std::string_view key) {
    ui_.on_activate(key);
    input_happened();
}

void App::Impl::on_context_menu(std::string_view key) {
    ui_.on_context_menu(key);
    input_happened();
}

void App::Impl::on_node_focus(std::string_view key, bool by_keyboard) {
    ui_.on_node_focus(key, by_keyboard);
    input_happened();
}

bool App::Impl::on_node_key(std::string_view key, const platform::KeyEvent& event) {
    bool used = ui_.on_node_key(client_.model(), key, event);
    input_happened();
    pump();
    return used;
}

// --- Connection: frames are applied when they arrive, in a hidden tab too ---

void App::Impl::on_open() {
    client_.on_opened(connection_, now());
    pump();
}

void App::Impl::on_text(std::string_view text) {
    Result<proto::ServerDecode> decoded = proto::decode_server_frame(text);
    if (!decoded) {
        client_.on_bad_frame(connection_, decoded.error(), now());
    } else if (decoded->frame) {
        client_.on_frame(connection_, *decoded->frame, now());
    } else if (decoded->unknown_event) {
        client_.on_unknown_event(connection_, *decoded->unknown_event, now());
    }
    pump();
}

void App::Impl::on_close(int code, std::string_view) {
    client_.on_closed(connection_, code, now());
    pump();
}

// --- Pictures ---

void App::Impl::forget_picture(const std::string& key) {
    avatars_.erase(key);
    p_.pictures.forget(client_.model().me.user_id.text(), key);
}

/// What a page that was closed too early has left behind goes.
void App::Impl::keep_pictures_of(const client::StoredData& data) {
    if (!data.available) return;
    std::vector<std::string> keys;
    for (const client::OutboxEntry& entry : data.outbox) {
        if (entry.picture) keys.push_back(entry.picture->key);
    }
    p_.pictures.keep_only(data.user.text(), keys);
}

void App::Impl::on_picture_drag(bool over) {
    ui_.on_picture_drag(over);
    input_happened();
}

void App::Impl::on_picked(platform::PicturePurpose purpose,
                          std::vector<platform::PickedFile> files) {
    const client::Model& model = client_.model();
    bool avatar = purpose == platform::PicturePurpose::kAvatar;
    for (const platform::PickedFile& file : files) {
        Status status = check_picture(file);
        bool wanted =
            status.has_value() && (avatar || ui_.on_picture_picked(model, file.key, file.name));
        if (!wanted) {
            if (!status && avatar) {
                ui_.on_avatar_refused(status.error().code, p_.clock.monotonic_ms());
            } else if (!status) {
                ui_.on_picture_refused({}, file.name, status.error().code);
            }
            forget_picture(file.key);
            continue;
        }
        if (avatar) avatars_.insert(file.key);
        p_.pictures.prepare(model.me.user_id.text(), file.key, purpose);
    }
    input_happened();
    pump();
}

void App::Impl::on_prepared(std::string_view key,
                            const Result<platform::PreparedPicture>& picture) {
    double now_ms = p_.clock.monotonic_ms();
    auto avatar = avatars_.find(key);
    bool is_avatar = avatar != avatars_.end();
    if (is_avatar) avatars_.erase(avatar);
    if (!picture) {
        if (is_avatar) {
            ui_.on_avatar_refused(picture.error().code, now_ms);
        } else {
            ui_.on_picture_refused(key, {}, picture.error().code);
        }
        forget_picture(std::string(key));
    } else {
        client::LocalPicture local;
        local.key = key;
        local.format = picture->format;
        for (std::size_t i = 0; i < local.renditions.size(); ++i) {
            const platform::PreparedRendition& made = picture->renditions[i];
            local.renditions[i] = {made.width, made.height, made.bytes};
        }
        if (!picture->kept) ui_.on_pictures_not_kept(now_ms);
        if (is_avatar) {
            command(client::SetAvatar{std::move(local)});
        } else if (!ui_.on_picture_prepared(local)) {
            forget_picture(local.key);
        }
    }
    p_.scheduler.invalidate(platform::FrameReason::kModel);
    pump();
}

void App::Impl::on_viewer_step(int direction) {
    ui_.on_viewer_step(direction);
    input_happened();
}

void App::Impl::on_viewer_closed() {
    ui_.on_viewer_closed();
}

void App::Impl::on_upload_progress(client::UploadNumber number, std::int64_t sent,
                                   std::int64_t total) {
    client_.on_upload_progress(number, sent, total, now());
    pump();
}

void App::Impl::on_uploaded(client::UploadNumber number, const client::LocalPicture& picture,
                            const std::array<BlobId, limits::kRenditions>& ids) {
    // What is on the screen already is not downloaded.
    const std::string& user = client_.model().me.user_id.text();
    for (std::size_t i = 0; i < ids.size(); ++i) {
        screen_.pictures().same(
            platform::PictureName::local(user, picture.key, static_cast<int>(i)),
            platform::PictureName::uploaded(ids[i].text()));
    }
    client_.on_uploaded(number, ids, now());
    pump();
}

void App::Impl::on_upload_failed(client::UploadNumber number, const Error& error) {
    client_.on_upload_failed(number, error, now());
    pump();
}

// --- Address ---

void App::Impl::on_fragment(std::string_view fragment) {
    auto chat = routing_.on_fragment(fragment);
    if (chat) {
        command(client::OpenConversation{*chat});
    } else if (!routing_.has_shared_user()) {
        command(client::CloseConversation{});
    }
    pump();
    open_shared_user();
}

App::App(platform::Platform platform, gfx::Device& device)
    : impl_(std::make_unique<Impl>(platform, device)) {}
App::~App() = default;
void App::start() {
    impl_->start();
}
void App::on_device_restored() {
    impl_->on_device_restored();
}

}  // namespace kumquat::app
