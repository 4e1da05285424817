// The link that a person gives away: whoever opens it finds the form that adds them, filled in.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/ids.h"

namespace kumquat::ui {

/// `page_address` without the part behind '#'.
std::string share_link(std::string_view page_address, const UserId& user);
/// Whom a decoded fragment ("add=ann") wants added; nothing if it says something else or no ID.
std::optional<UserId> shared_user(std::string_view fragment);

}  // namespace kumquat::ui
