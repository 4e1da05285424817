#include "platform/web/web_environment.h"

#include "platform/css_geometry.h"
#include "platform/web/page_calls.h"

namespace kumquat::platform::web {

bool WebEnvironment::read() {
    float n[kEnvironmentNumbers] = {};
    kq_environment(n);
    EnvironmentState next;
    next.pixel_ratio = n[kPixelRatio] > 0 ? n[kPixelRatio] : 1;
    next.width_px = device_px(n[kCssWidth], next.pixel_ratio, n[kDeviceWidth]);
    next.height_px = device_px(n[kCssHeight], next.pixel_ratio, n[kDeviceHeight]);
    next.safe_area_px = {n[kSafeLeft] * next.pixel_ratio, n[kSafeTop] * next.pixel_ratio,
                         n[kSafeRight] * next.pixel_ratio, n[kSafeBottom] * next.pixel_ratio};
    next.soft_keyboard = n[kSoftKeyboard] != 0;
    next.coarse_pointer = n[kCoarsePointer] != 0;
    next.dark = n[kDark] != 0;
    next.reduced_motion = n[kReducedMotion] != 0;
    next.forced_colors = n[kForcedColors] != 0;
    next.more_contrast = n[kMoreContrast] != 0;
    next.visible = n[kVisible] != 0;
    next.focused = n[kFocused] != 0;
    next.online = n[kOnline] != 0;
    next.apple = n[kApple] != 0;
    next.language = take_text(kq_environment_text(0)).value_or("en");
    next.host = take_text(kq_environment_text(1)).value_or("");
    next.socket_origin = take_text(kq_environment_text(2)).value_or("");
    next.address = take_text(kq_environment_text(3)).value_or("");
    next.device_name = take_text(kq_environment_text(4)).value_or("");

    const EnvironmentState& a = state_;
    const EnvironmentState& b = next;
    bool same = a.width_px == b.width_px && a.height_px == b.height_px &&
                a.pixel_ratio == b.pixel_ratio && a.safe_area_px == b.safe_area_px &&
                a.soft_keyboard == b.soft_keyboard && a.coarse_pointer == b.coarse_pointer &&
                a.dark == b.dark && a.reduced_motion == b.reduced_motion &&
                a.forced_colors == b.forced_colors && a.more_contrast == b.more_contrast &&
                a.visible == b.visible && a.focused == b.focused && a.online == b.online &&
                a.language == b.language;
    state_ = std::move(next);
    return !same;
}

std::string WebEnvironment::config(std::string_view key) const {
    return take_text(kq_config(key.data(), size_of(key))).value_or("");
}

unsigned WebEnvironment::system_color(SystemColor color) const {
    return static_cast<unsigned>(kq_system_color(static_cast<int>(color)));
}

void WebEnvironment::set_theme(bool dark, unsigned theme_color_rgb) {
    kq_set_theme(dark ? 1 : 0, static_cast<int>(theme_color_rgb));
}

void WebEnvironment::set_language(std::string_view language) {
    kq_set_language(language.data(), size_of(language));
}

void WebEnvironment::set_cursor(const char* css_keyword) {
    // Asked for in every frame, changed rarely.
    if (cursor_ == css_keyword) return;
    cursor_ = css_keyword;
    kq_set_cursor(cursor_.data(), size_of(cursor_));
}

void WebEnvironment::reload() {
    kq_reload();
}

}  // namespace kumquat::platform::web
