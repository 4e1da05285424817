// What a person sees of the connection (panes.md 7), from the model and the time.
#pragma once

#include <cstdint>
#include <optional>

#include "client/core/model.h"

namespace kumquat::client {

enum class ConnectionNoticeKind {
    kNone,
    kConnecting,    ///< first time: skeletons may show
    kReconnecting,  ///< a small "connecting…" behind the pane's title; nothing is locked
    kOffline,       ///< the banner, with "try again" and a countdown
    kBack,          ///< the banner says that all is well, for a moment
    kUpgrade,       ///< the page must be loaded anew
    kEnded,         ///< the session is over: Model::sign_in says why
};

struct ConnectionNotice {
    ConnectionNoticeKind kind = ConnectionNoticeKind::kNone;
    /// kOffline: until the next attempt, rounded up; absent: an attempt is running.
    std::optional<std::int64_t> retry_in_s;
    /// Monotonic time at which this notice changes by itself: draw then. Absent: only with the
    /// model.
    std::optional<std::int64_t> changes_at_ms;
};

ConnectionNotice connection_notice(const Model& model, std::int64_t now_ms);

}  // namespace kumquat::client
