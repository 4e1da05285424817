#include "client/view/connection_notice.h"

#include <algorithm>

#include "client/core/bounds.h"

namespace kumquat::client {
namespace {

using Kind = ConnectionNoticeKind;

ConnectionNotice while_live(const ConnectionState& connection, std::int64_t now_ms) {
    const std::int64_t back_until_ms = connection.live_since_ms + kBackShownMs;
    // "Connected" answers the banner; who has not seen the one does not need the other.
    const bool banner_was_shown = connection.last_outage_ms >= kOfflineAfterMs;
    if (!banner_was_shown || now_ms >= back_until_ms) return {};
    return {Kind::kBack, std::nullopt, back_until_ms};
}

ConnectionNotice while_down(const ConnectionState& connection, std::int64_t now_ms) {
    const std::int64_t down_ms = now_ms - connection.down_since_ms;
    const std::int64_t offline_at_ms = connection.down_since_ms + kOfflineAfterMs;
    if (down_ms >= kOfflineAfterMs) {
        if (connection.phase != ConnectionPhase::kWaiting)
            return {Kind::kOffline, std::nullopt, std::nullopt};
        const std::int64_t wait_ms = std::max<std::int64_t>(0, connection.next_attempt_ms - now_ms);
        const std::int64_t seconds = (wait_ms + 999) / 1000;
        return {Kind::kOffline, seconds,
                connection.next_attempt_ms - std::max<std::int64_t>(0, seconds - 1) * 1000};
    }
    const std::int64_t quiet_ms = connection.was_live ? kReconnectingAfterMs : kConnectingQuietMs;
    if (down_ms < quiet_ms) return {Kind::kNone, std::nullopt, connection.down_since_ms + quiet_ms};
    return {connection.was_live ? Kind::kReconnecting : Kind::kConnecting, std::nullopt,
            offline_at_ms};
}

}  // namespace

ConnectionNotice connection_notice(const Model& model, std::int64_t now_ms) {
    switch (model.connection.phase) {
        case ConnectionPhase::kIdle:
            return {};
        case ConnectionPhase::kUpgrade:
            return {Kind::kUpgrade, std::nullopt, std::nullopt};
        case ConnectionPhase::kStopped:
            return {Kind::kEnded, std::nullopt, std::nullopt};
        case ConnectionPhase::kLive:
            return while_live(model.connection, now_ms);
        case ConnectionPhase::kWaiting:
        case ConnectionPhase::kConnecting:
            return while_down(model.connection, now_ms);
    }
    return {};
}

}  // namespace kumquat::client
