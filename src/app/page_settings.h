// What the page is told from outside: the settings that its server wrote into it, and what a person
// has chosen before.
#pragma once

#include <string>

#include "client/core/model.h"
#include "platform/environment.h"
#include "platform/storage.h"
#include "ui/login_ui.h"
#include "ui/preferences.h"
#include "ui/theme.h"

namespace kumquat::app {

ui::Preferences load_preferences(const platform::Storage& storage);
/// Where nothing can be kept, the choice holds until the page is left.
void save_preferences(const ui::Preferences& preferences, platform::Storage& storage);

/// "sign_in" names the ways in, "name" and "usersig"; a page that says nothing offers the name.
ui::LoginSettings read_login_settings(const platform::Environment& environment);
/// Once the service has announced its ways to sign in, those hold.
void follow_modes(const client::Model& model, ui::LoginSettings& settings);

/// The page's own origin with "socket_path" of the settings; "/ws" without it.
std::string read_socket_url(const platform::Environment& environment);

ui::SystemColors read_system_colors(const platform::Environment& environment);

}  // namespace kumquat::app
