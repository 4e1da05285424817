// One's own sessions: the devices that are signed in.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "client/core/model.h"
#include "client/view/local_time.h"

namespace kumquat::client {

struct SessionRow {
    /// Stable; what EndSession names.
    std::string id;
    /// Browser and system; empty if the device did not say.
    std::string device_name;
    TimeMs last_seen;
    DateKind date = DateKind::kToday;
    /// This device: it is left by signing out.
    bool current = false;
    /// It is being signed out.
    bool busy = false;
    /// Why that did not work.
    std::optional<ErrorCode> error;
};

struct SessionList {
    enum class Status { kLoading, kFailed, kRows };
    Status status = Status::kLoading;
    /// This device first, then by when they were last seen, latest first.
    std::vector<SessionRow> rows;
    /// kFailed.
    std::optional<ErrorCode> error;
};

/// Sessions that were loaded once stay while they are loaded anew.
SessionList build_session_list(const Model& model, TimeMs now, const OffsetMinutes& offset);

}  // namespace kumquat::client
