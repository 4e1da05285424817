// The whole user interface of one page: which panes are shown, what lies over them, and where
// input goes. Draws with gfx, places platform's fields, fills the mirror, and collects actions; it
// changes nothing itself and does no I/O.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "client/core/effect.h"
#include "client/core/model.h"
#include "gfx/screen.h"
#include "platform/dates.h"
#include "platform/dom_mirror.h"
#include "platform/environment.h"
#include "platform/local_home.h"
#include "platform/pinyin.h"
#include "platform/text_field.h"
#include "ui/action.h"
#include "ui/login_ui.h"
#include "ui/preferences.h"
#include "ui/strings.h"
#include "ui/theme.h"

namespace kumquat::ui {

/// What one frame is made from, beside what the Ui keeps.
struct FrameInput {
    const client::Model& model;
    const platform::EnvironmentState& environment;
    Preferences preferences;
    const LoginSettings& login;
    const std::vector<RememberedPerson>& people;
    /// Read only in forced-colors mode.
    SystemColors system_colors;
    platform::NotePermission note_permission = platform::NotePermission::kUnavailable;
    /// Monotonic.
    double now_ms = 0;
    TimeMs wall;
    /// See Frame.
    bool only_movement = false;
};

/// When to draw again without anything happening.
struct NextFrame {
    bool at_once = false;
    /// Monotonic; 0: never.
    double at_ms = 0;
    /// The mirror was not filled: what it shows moves, and is shown there when it rests; or it is
    /// so much that the picture comes first.
    bool mirror_waits = false;
    /// Another picture is wanted in this one's place, as soon as the actions are carried out: a
    /// chat was chosen, or a button's release came together with its press.
    bool outdated = false;
};

class Ui {
  public:
    Ui(gfx::Screen& screen, platform::TextFields& fields, const platform::Dates& dates,
       const platform::Pinyin& pinyin);
    ~Ui();
    Ui(const Ui&) = delete;
    Ui& operator=(const Ui&) = delete;

    /// Between Screen::begin() and Screen::end(). The background must have been set before.
    NextFrame draw(const FrameInput& input);
    /// The nodes of the last frame, to be taken once.
    platform::MirrorTree take_mirror();
    /// What was wished for since the last call, in order.
    std::vector<Action> take_actions();
    /// Language and colours as the last frame had them; the first frame is drawn with input's.
    Lang lang() const;

    // --- Events, between frames. Those that return bool say whether the key was used. ---
    void on_activate(std::string_view key);
    void on_context_menu(std::string_view key);
    void on_node_focus(std::string_view key, bool by_keyboard);
    void on_focus_lost(const platform::MirrorTree& shown);
    void on_text_selected(std::string_view first, std::string_view last);
    bool on_node_key(const client::Model& model, std::string_view key,
                     const platform::KeyEvent& event);
    void on_field_text(std::string_view id, std::string_view text, double now_ms);
    void on_field_submit(const client::Model& model, const LoginSettings& login,
                         std::string_view id);
    bool on_field_key(const client::Model& model, std::string_view id,
                      const platform::KeyEvent& event);
    bool on_key(const client::Model& model, const LoginSettings& login,
                const platform::KeyEvent& event);
    bool on_wheel(const platform::WheelEvent& event);
    void on_notice(const client::Model& model, const client::Notice& notice, double now_ms);
    void on_copied(bool ok, double now_ms);
    /// A link to this person was opened (share_link.h): the add form opens with the ID, or the chat
    /// if they are a friend already. Requires that the friends are known.
    void on_shared_user(const client::Model& model, const UserId& user, double now_ms);
    /// How something ended that was done with all that this browser keeps.
    void on_device_act(platform::LocalAct act, const Status& outcome, double now_ms);
    void on_picture_drag(bool over);
    /// A picture was chosen for the open chat; it is being prepared. False: it is not wanted - no
    /// chat is open, or too many wait already.
    bool on_picture_picked(const client::Model& model, const std::string& key,
                           const std::string& name);
    /// It can be sent. False: nobody waits for it any more.
    bool on_picture_prepared(const client::LocalPicture& picture);
    /// This browser keeps no pictures: said once.
    void on_pictures_not_kept(double now_ms);
    /// It was taken out again.
    void on_picture_forgotten(std::string_view key);
    /// It cannot be sent: `key` is one that waited, or empty; `name` its file's.
    void on_picture_refused(std::string_view key, const std::string& name, ErrorCode code);
    /// A picture of oneself that cannot be used.
    void on_avatar_refused(ErrorCode code, double now_ms);
    /// The list of emoji came, or did not.
    void on_emoji(const std::optional<std::string>& file);
    void on_viewer_step(int direction);
    void on_viewer_closed();

  private:
    struct State;
    std::unique_ptr<State> state_;
};

/// The language to speak: the person's choice, or the browser's.
Lang choose_language(const Preferences& preferences, std::string_view browser_language);
/// Dark: the person's choice, or the system's.
bool choose_dark(const Preferences& preferences, bool system_dark);

}  // namespace kumquat::ui
