// Every bound on what comes from outside, shared by both ends. What a client must know is announced in the reply to hello.
#pragma once

#include <cstddef>
#include <cstdint>

namespace kumquat::limits {

// Frames.
inline constexpr std::size_t kFrameBytes = 128 * 1024;  ///< one WebSocket message, either way
inline constexpr std::size_t kFrameDepth = 16;          ///< nested arrays and objects in a frame
inline constexpr std::size_t kPayloadDepth = 8;         ///< of a message's payload, which lies deeper in a page of the feed
inline constexpr std::size_t kCursorBytes = 512;        ///< of a snapshot's page
inline constexpr std::size_t kRequestsInFlight = 64;    ///< of one connection
inline constexpr std::size_t kPageBytes = 64 * 1024;    ///< a page of history or feed; at least one entry all the same
inline constexpr std::int64_t kPageEntries = 200;       ///< entries of a page at most

// Accounts (TIM's limits).
inline constexpr std::size_t kUserIdBytes = 32;
inline constexpr std::size_t kNickBytes = 500;
inline constexpr std::size_t kUserSigBytes = 4096;
inline constexpr std::size_t kUserSigDocumentBytes = 8 * 1024;  ///< inflated
inline constexpr std::size_t kSessionTokenBytes = 64;  ///< on the wire, as text
inline constexpr std::size_t kDeviceNameBytes = 100;

// Friends (TIM's limits).
inline constexpr std::size_t kFriends = 3000;
inline constexpr std::size_t kWordingBytes = 256;
inline constexpr std::size_t kRemarkBytes = 96;
inline constexpr std::size_t kGroupNameBytes = 30;
inline constexpr std::size_t kSourceBytes = 32;
inline constexpr std::size_t kFriendGroups = 32;
inline constexpr std::size_t kFriendRequests = 100;  ///< waiting for one person's answer
inline constexpr std::size_t kBlocked = 1000;
inline constexpr std::int64_t kFriendRequestsPerMinute = 20;  ///< that one person may send
inline constexpr std::int64_t kProfileChangesPerMinute = 30;  ///< that one person may make
inline constexpr std::int64_t kProfileAudience = 5'000;       ///< people told of a profile's change at once
inline constexpr std::int64_t kSessionsListed = 100;          ///< of one person

// Messages (TIM's limit counts payload and custom data together).
inline constexpr std::size_t kMessageBytes = 12 * 1024;
inline constexpr std::size_t kMessageTypeBytes = 32;
inline constexpr std::int64_t kRecallMs = 120'000;             ///< after sending; TIM's
inline constexpr std::int64_t kEditMs = 48 * 3'600'000;        ///< after sending
inline constexpr std::size_t kQuoteBytes = 240;                ///< of a text that a quote shows
inline constexpr std::size_t kReactionBytes = 64;              ///< of one emoji
inline constexpr std::size_t kReactionKinds = 20;              ///< different emoji of one message
inline constexpr std::size_t kDeletedAtOnce = 30;              ///< messages of one request; TIM's
inline constexpr std::size_t kPins = 20;                       ///< pinned messages of a conversation
inline constexpr std::size_t kSearchTextBytes = 256;           ///< of what is looked for
inline constexpr std::int64_t kSearchStepMs = 20;              ///< that a search holds a reader at a time

// Pictures (TIM's limit: exactly 20 MiB is refused).
inline constexpr std::int64_t kPictureBytes = 20 * 1024 * 1024 - 1;
inline constexpr std::int64_t kPicturePixels = 40'000'000;  ///< width times height: what a browser can decode without harm
inline constexpr std::int64_t kPictureSide = 16'384;        ///< the longer side
inline constexpr std::size_t kRenditions = 3;               ///< original, 720, 198

// Feed.
inline constexpr std::int64_t kFeedKept = 10'000;     ///< entries kept per user before the oldest are trimmed
inline constexpr std::int64_t kFeedTailMax = 2'000;   ///< further behind than this, a reset is cheaper than the tail

}  // namespace kumquat::limits
