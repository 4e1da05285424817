// What the page stands in: window, theme, language, connection, and the settings its server wrote
// into it.
#pragma once

#include <string>
#include <string_view>

#include "platform/geometry.h"

namespace kumquat::platform {

/// A snapshot. Sizes in physical pixels.
struct EnvironmentState {
    int width_px = 0;
    int height_px = 0;
    /// Physical pixels per CSS pixel; zooming the page changes it.
    float pixel_ratio = 1;
    Insets safe_area_px;
    /// Height below the stage taken by a soft keyboard is already gone from height_px; this says
    /// whether one is likely up.
    bool soft_keyboard = false;
    bool coarse_pointer = false;
    bool dark = false;
    bool reduced_motion = false;
    bool forced_colors = false;
    bool more_contrast = false;
    bool visible = true;
    bool focused = true;
    bool online = true;
    /// macOS and iOS: Cmd is the command key.
    bool apple = false;
    /// BCP 47, the browser's first choice.
    std::string language;
    /// Host and port that the page came from, as shown in the address bar.
    std::string host;
    /// WebSocket address of the page's own origin: ws(s)://host, without a path.
    std::string socket_origin;
    /// The page's own address, without the part behind '#': what a link to it begins with.
    std::string address;
    /// Browser and system, as a person would call them: "Firefox, Windows". For "my sessions".
    std::string device_name;
};

/// A system colour of forced-colors mode, as 0xRRGGBB.
enum class SystemColor { kCanvas, kCanvasText, kButtonFace, kHighlight, kHighlightText, kLinkText };

class Environment {
  public:
    class Listener {
      public:
        virtual ~Listener() = default;
        /// Something in state() changed: size, theme, visibility, connection. A frame has been
        /// asked for already.
        virtual void on_environment() = 0;
        /// The page came back from the browser's back/forward cache: sockets are gone although
        /// nothing said so.
        virtual void on_page_restored() = 0;
    };

    virtual ~Environment() = default;
    virtual void set_listener(Listener* listener) = 0;
    virtual const EnvironmentState& state() const = 0;
    /// A value of the settings block in index.html that whoever serves the page fills in ("mode",
    /// "socket_path", "sign_in", ...), as text; numbers and booleans as JSON writes them. Empty if
    /// it is not there.
    virtual std::string config(std::string_view key) const = 0;
    virtual unsigned system_color(SystemColor color) const = 0;

    /// Tells the browser what the page looks like: native parts (scrollbars, autofill) and the
    /// browser's own frame.
    virtual void set_theme(bool dark, unsigned theme_color_rgb) = 0;
    /// The language of the page's texts: `<html lang>`, hyphenation, screen readers' voice.
    virtual void set_language(std::string_view language) = 0;
    /// The pointer's shape over the page: a CSS keyword ("default", "pointer", "text").
    virtual void set_cursor(const char* css_keyword) = 0;
    /// Reloads the page (another version runs in another tab).
    virtual void reload() = 0;
};

}  // namespace kumquat::platform
