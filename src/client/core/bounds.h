// Bounds and periods of the client alone. What both ends must agree on is in base/limits.h and in
// the reply to hello.
#pragma once

#include <cstddef>
#include <cstdint>

namespace kumquat::client {

// Memory. All of it is fed from the network or a person, so all of it has an end.
inline constexpr std::size_t kTimelineMessages = 2'000;  ///< kept per conversation
inline constexpr std::size_t kTimelineClosed = 200;      ///< of a conversation that is not open
inline constexpr std::size_t kConversations = 20'000;    ///< the rest of a longer list is left out
inline constexpr std::size_t kOutboxEntries = 500;       ///< unsent messages of one user
inline constexpr std::size_t kEventsHeld = 512;          ///< live events that wait while syncing
inline constexpr std::int64_t kHistoryPage = 50;         ///< messages asked for at once
inline constexpr std::int64_t kPreviewPage = 10;     ///< messages asked for to find the last one
inline constexpr std::int64_t kSearchPage = 30;      ///< hits asked for at once
inline constexpr std::size_t kSearchHits = 1'000;    ///< kept; a search that has found more ends
inline constexpr std::size_t kTasks = 200;           ///< asked for by the person and not done
inline constexpr std::size_t kRequestsSent = 1'000;  ///< friend requests that wait for others
inline constexpr std::size_t kExports = 10;          ///< chats that wait to be exported

// Connection (browser-imgui.md 6.2).
inline constexpr std::int64_t kConnectTimeoutMs = 10'000;
inline constexpr std::int64_t kRequestTimeoutMs =
    15'000;  ///< an unanswered request means a dead connection
inline constexpr std::int64_t kProbeTimeoutMs =
    5'000;  ///< for the first request after the page was hidden or offline
inline constexpr std::int64_t kProbeAfterQuietMs =
    10'000;  ///< only if nothing has come in for so long
inline constexpr std::int64_t kBackoffFirstMs = 500;
inline constexpr std::int64_t kBackoffMaxMs = 30'000;
inline constexpr std::int64_t kStableMs = 30'000;  ///< live for so long: the backoff starts anew
inline constexpr std::int64_t kRefusedWaitMs = 10'000;  ///< at least, after a close for bad frames

// Outbox.
inline constexpr std::int64_t kRetryFirstMs = 1'000;
inline constexpr std::int64_t kRetryMaxMs = 30'000;
inline constexpr std::int64_t kOthersWaitMs = 1'000;  ///< for what another tab sends before
/// Then a message that breaks the service is failed, not repeated.
inline constexpr int kInternalErrorsMax = 5;
inline constexpr int kUploadsAtOnce = 2;  ///< more would only share one line
/// No retry_after_ms holds longer.
inline constexpr std::int64_t kRetryAfterMaxMs = 10 * 60 * 1000;

// Typing, drafts, and what a person waits for.
inline constexpr std::int64_t kTypingRepeatMs = 4'000;  ///< own "typing" is told no more often
inline constexpr std::int64_t kTypingShownMs = 6'000;   ///< the peer's ends by itself after this
inline constexpr std::int64_t kDraftStoreMs = 500;      ///< from the first key that is not stored
inline constexpr std::int64_t kSignOutWaitMs = 2'000;   ///< then it goes on without an answer
inline constexpr std::int64_t kPersonWaitMs = 10'000;   ///< the add-friend dialog gives up then
/// Of a page of history or of a search, while the service says that it may work later.
inline constexpr int kHistoryTries = 3;

// What a person sees of the connection (panes.md 7).
inline constexpr std::int64_t kConnectingQuietMs = 400;
inline constexpr std::int64_t kReconnectingAfterMs = 1'500;
inline constexpr std::int64_t kOfflineAfterMs = 8'000;
inline constexpr std::int64_t kBackShownMs = 1'200;

}  // namespace kumquat::client
