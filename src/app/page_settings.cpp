#include "app/page_settings.h"

#include <string_view>

namespace kumquat::app {

namespace {

constexpr std::string_view kThemeKey = "theme";
constexpr std::string_view kLanguageKey = "language";
constexpr std::string_view kSoundKey = "sound";
constexpr std::string_view kNotificationsKey = "notifications";
constexpr std::string_view kEmojiKey = "emoji";

}  // namespace

ui::Preferences load_preferences(const platform::Storage& storage) {
    ui::Preferences preferences;
    std::string theme = storage.preference(kThemeKey).value_or("");
    if (theme == "light") preferences.theme = ui::ThemeChoice::kLight;
    if (theme == "dark") preferences.theme = ui::ThemeChoice::kDark;
    std::string language = storage.preference(kLanguageKey).value_or("");
    if (language == "zh") preferences.language = ui::LanguageChoice::kChinese;
    if (language == "en") preferences.language = ui::LanguageChoice::kEnglish;
    preferences.sound = storage.preference(kSoundKey).value_or("") != "off";
    preferences.notifications = storage.preference(kNotificationsKey).value_or("") == "on";
    preferences.recent_emoji = storage.preference(kEmojiKey).value_or("");
    return preferences;
}

void save_preferences(const ui::Preferences& preferences, platform::Storage& storage) {
    constexpr std::string_view kThemes[] = {"", "light", "dark"};
    constexpr std::string_view kLanguages[] = {"", "zh", "en"};
    (void)storage.set_preference(kThemeKey, kThemes[static_cast<int>(preferences.theme)])
        .has_value();
    (void)storage.set_preference(kLanguageKey, kLanguages[static_cast<int>(preferences.language)])
        .has_value();
    (void)storage.set_preference(kSoundKey, preferences.sound ? "" : "off").has_value();
    (void)storage.set_preference(kNotificationsKey, preferences.notifications ? "on" : "")
        .has_value();
    (void)storage.set_preference(kEmojiKey, preferences.recent_emoji).has_value();
}

ui::LoginSettings read_login_settings(const platform::Environment& environment) {
    ui::LoginSettings settings;
    settings.host = environment.state().host;
    settings.on_device = environment.config("mode") == "local";
    std::string modes = environment.config("sign_in");
    if (modes.empty()) return settings;
    settings.by_name = modes.find("name") != std::string::npos;
    settings.by_user_sig = modes.find("usersig") != std::string::npos;
    if (!settings.by_user_sig) settings.by_name = true;
    return settings;
}

void follow_modes(const client::Model& model, ui::LoginSettings& settings) {
    settings.by_name = settings.by_user_sig = false;
    for (proto::SignInMode mode : model.connection.sign_in_modes) {
        if (mode == proto::SignInMode::kName) settings.by_name = true;
        if (mode == proto::SignInMode::kUserSig) settings.by_user_sig = true;
    }
}

std::string read_socket_url(const platform::Environment& environment) {
    std::string path = environment.config("socket_path");
    return environment.state().socket_origin + (path.empty() ? "/ws" : path);
}

ui::SystemColors read_system_colors(const platform::Environment& environment) {
    using platform::SystemColor;
    return {environment.system_color(SystemColor::kCanvas),
            environment.system_color(SystemColor::kCanvasText),
            environment.system_color(SystemColor::kButtonFace),
            environment.system_color(SystemColor::kHighlight),
            environment.system_color(SystemColor::kHighlightText),
            environment.system_color(SystemColor::kLinkText)};
}

}  // namespace kumquat::app
