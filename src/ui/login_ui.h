// The login pane: the art at the left, the form at the right.
//
// It owns which of its fields shows an error and whether the ID has been opened as a field of its
// own; the texts are the fields' own, the outcome is the model's.
#pragma once

#include <string>
#include <vector>

#include "gfx/canvas.h"
#include "ui/field_control.h"
#include "ui/frame.h"
#include "ui/scroll.h"

namespace kumquat::ui {

/// How this page's server lets people in, from the settings in the page.
struct LoginSettings {
    /// With a name alone.
    bool by_name = true;
    bool by_user_sig = false;
    std::string host;
    /// The service runs in this browser; there is no server.
    bool on_device = false;
    /// It keeps nothing yet: what was exported elsewhere can be imported.
    bool may_import = false;
};

/// Somebody who has signed in here before.
struct RememberedPerson {
    std::string user_id;
    std::string nick;
    /// A session of theirs is kept for new tabs: one click, and no UserSig.
    bool kept = false;
};

class LoginUi {
  public:
    static constexpr std::string_view kNameField = "login.name";
    static constexpr std::string_view kIdField = "login.id";
    static constexpr std::string_view kKeyField = "login.key";

    void draw(Frame& frame, const LoginSettings& settings,
              const std::vector<RememberedPerson>& people);
    /// Enter in one of the fields.
    void submit(const client::Model& model, const platform::TextFields& fields,
                const platform::Pinyin& pinyin, const LoginSettings& settings,
                std::vector<Action>& actions);
    /// The person types: what was wrong is no longer told.
    void on_text() { problem_ = Problem::kNone; }
    /// Forgets texts and errors: somebody has signed in.
    void leave(platform::TextFields& fields);

  private:
    enum class Problem { kNone, kNameEmpty, kNameLong, kIdEmpty, kIdBad, kKeyEmpty, kService };
    struct Column {
        float x = 0;
        float y = 0;
        float width = 0;
    };

    void draw_island(Frame& frame, gfx::Canvas& canvas, const LoginLayout& login);
    void draw_corner(Frame& frame, gfx::Canvas& canvas, float top);
    /// Returns its lower end.
    float draw_form(Frame& frame, gfx::Canvas& canvas, const LoginLayout& login,
                    const LoginSettings& settings, const std::vector<RememberedPerson>& people,
                    float top);
    /// Whom one click lets in here.
    static std::vector<RememberedPerson> welcome(const LoginSettings& settings,
                                                 const std::vector<RememberedPerson>& people);
    float form_height(Frame& frame, gfx::Canvas& canvas, const LoginLayout& login,
                      const LoginSettings& settings, const std::vector<RememberedPerson>& people);
    void draw_head(Frame& frame, gfx::Canvas& canvas, Column& column, const LoginLayout& login,
                   const LoginSettings& settings);
    void draw_banner(Frame& frame, gfx::Canvas& canvas, Column& column,
                     const LoginSettings& settings);
    void draw_people(Frame& frame, gfx::Canvas& canvas, Column& column,
                     const std::vector<RememberedPerson>& people);
    void draw_field(Frame& frame, gfx::Canvas& canvas, Column& column, FieldLook look);
    void draw_name(Frame& frame, gfx::Canvas& canvas, Column& column);
    void draw_suggested_id(Frame& frame, gfx::Canvas& canvas, Column& column);
    void draw_id(Frame& frame, gfx::Canvas& canvas, Column& column);
    void draw_key(Frame& frame, gfx::Canvas& canvas, Column& column, const LoginSettings& settings);
    void draw_stay(Frame& frame, gfx::Canvas& canvas, Column& column);
    void draw_import(Frame& frame, gfx::Canvas& canvas, Column& column);
    void draw_problem(Frame& frame, gfx::Canvas& canvas, Column& column, std::string_view field);
    void focus_first(Frame& frame, const LoginSettings& settings);

    std::string user_id(const platform::TextFields& fields, const platform::Pinyin& pinyin,
                        const LoginSettings& settings) const;
    Problem check(const platform::TextFields& fields, const LoginSettings& settings,
                  const std::string& id) const;
    std::string problem_words(const Frame& frame) const;
    std::string_view problem_field(const client::Model& model) const;
    bool shows_id_field(const LoginSettings& settings) const {
        return !settings.by_name || id_open_;
    }

    /// The form may be higher than the window: at 200 % zoom, above a keyboard.
    ScrollArea scroll_;
    /// From the top of the form's area to its lower end, as last drawn.
    float content_height_ = 0;
    /// Where the form can be seen.
    Rect view_;
    bool id_open_ = false;
    bool key_shown_ = false;
    bool stay_ = false;
    bool focused_once_ = false;
    /// Asked, and the outcome not shown yet.
    bool awaiting_ = false;
    Problem problem_ = Problem::kNone;
    bool by_name_ = true;
};

/// What the login pane says about itself while it is the left half of a wide window.
void draw_login_art(Frame& frame, gfx::Canvas& canvas, const LoginLayout& login);

}  // namespace kumquat::ui
