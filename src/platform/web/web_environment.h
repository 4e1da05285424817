// Window, theme, language and connection, as the browser tells them.
#pragma once

#include "platform/environment.h"
#include "platform/input.h"

namespace kumquat::platform::web {

/// The order of the numbers that kq_environment() writes; web/page/environment.js has the same
/// list.
enum EnvironmentNumber {
    kCssWidth,
    kCssHeight,
    kDeviceWidth,
    kDeviceHeight,
    kPixelRatio,
    kSafeLeft,
    kSafeTop,
    kSafeRight,
    kSafeBottom,
    kSoftKeyboard,
    kCoarsePointer,
    kDark,
    kReducedMotion,
    kForcedColors,
    kMoreContrast,
    kVisible,
    kFocused,
    kOnline,
    kApple,
    kEnvironmentNumbers
};

class WebEnvironment : public Environment {
  public:
    WebEnvironment() { read(); }
    void set_listener(Listener* listener) override { listener_ = listener; }
    const EnvironmentState& state() const override { return state_; }
    std::string config(std::string_view key) const override;
    unsigned system_color(SystemColor color) const override;
    void set_theme(bool dark, unsigned theme_color_rgb) override;
    void set_language(std::string_view language) override;
    void set_cursor(const char* css_keyword) override;
    void reload() override;

    /// Reads everything anew; true if something differs.
    bool read();
    void notify() const {
        if (listener_ != nullptr) listener_->on_environment();
    }
    void notify_restored() const {
        if (listener_ != nullptr) listener_->on_page_restored();
    }

  private:
    EnvironmentState state_;
    Listener* listener_ = nullptr;
    std::string cursor_;
};

class WebInput : public Input {
  public:
    void set_listener(Listener* new_listener) override { listener = new_listener; }
    Listener* listener = nullptr;
};

}  // namespace kumquat::platform::web
