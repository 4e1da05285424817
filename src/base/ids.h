// Strong types for identifiers and numbers that must not be mixed up. No implicit construction, no
// arithmetic but next().
//
// All integers stay below 2^53, so that JavaScript reads them exactly.
#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>

#include "base/result.h"

namespace kumquat {

/// The largest integer that may stand in a frame or a row: 2^53 - 1.
inline constexpr std::int64_t kIntegerMax = (std::int64_t{1} << 53) - 1;

/// An integer with a meaning. Zero means "none": real ones count from 1.
template <typename Tag>
class Number {
  public:
    constexpr Number() = default;
    constexpr explicit Number(std::int64_t value) : value_(value) {}

    constexpr std::int64_t value() const { return value_; }
    constexpr Number next() const { return Number(value_ + 1); }
    constexpr explicit operator bool() const { return value_ != 0; }
    friend constexpr auto operator<=>(Number, Number) = default;

  private:
    std::int64_t value_ = 0;
};

/// An account inside a store. Never on the wire, never given twice.
using UserKey = Number<struct UserKeyTag>;
/// A conversation inside a store. Never on the wire, never given twice.
using ConversationKey = Number<struct ConversationKeyTag>;
/// A message's place in its conversation: dense, from 1.
using Seq = Number<struct SeqTag>;
/// An entry's place in a user's feed: dense, from 1.
using FeedNumber = Number<struct FeedNumberTag>;
/// A device as it names itself: a random number that a client makes anew for every run of its own.
using DeviceId = Number<struct DeviceIdTag>;
/// A request's number, chosen by the client, unique among its requests in flight.
using RequestId = Number<struct RequestIdTag>;
/// Milliseconds since 1970-01-01 UTC.
using TimeMs = Number<struct TimeMsTag>;

/// What a person signs in with and friends type in: 1 to 32 bytes of printable ASCII,
/// case-sensitive (TIM's userID).
class UserId {
  public:
    UserId() = default;

    /// Errors: kNoUserId if empty, kBadUserId if too long or not printable ASCII or with blanks at
    /// an end.
    static Result<UserId> parse(std::string_view text);

    const std::string& text() const { return text_; }
    bool empty() const { return text_.empty(); }
    friend bool operator==(const UserId& a, const UserId& b) { return a.text_ == b.text_; }
    friend bool operator!=(const UserId& a, const UserId& b) { return a.text_ != b.text_; }
    friend bool operator<(const UserId& a, const UserId& b) { return a.text_ < b.text_; }

  private:
    explicit UserId(std::string text) : text_(std::move(text)) {}
    std::string text_;
};

/// A conversation as a user sees it on the wire: TIM's string, "C2C" + the peer's user ID (later
/// "GROUP" + id).
class ConversationId {
  public:
    ConversationId() = default;

    /// The one-to-one conversation with `peer`.
    static ConversationId with(const UserId& peer) { return ConversationId(peer); }
    /// Errors: kBadConversationId.
    static Result<ConversationId> parse(std::string_view text);

    const UserId& peer() const { return peer_; }
    std::string text() const { return "C2C" + peer_.text(); }
    bool empty() const { return peer_.empty(); }
    friend bool operator==(const ConversationId& a, const ConversationId& b) {
        return a.peer_ == b.peer_;
    }
    friend bool operator!=(const ConversationId& a, const ConversationId& b) {
        return a.peer_ != b.peer_;
    }
    friend bool operator<(const ConversationId& a, const ConversationId& b) {
        return a.peer_ < b.peer_;
    }

  private:
    explicit ConversationId(UserId peer) : peer_(std::move(peer)) {}
    UserId peer_;
};

/// An uploaded file's name, from which its address is derived: 128 random bits as 32 lower-case
/// hexadecimal digits. Whoever knows it may read the file.
class BlobId {
  public:
    BlobId() = default;

    /// Errors: kUnknownPicture, for anything but 32 lower-case hexadecimal digits.
    static Result<BlobId> parse(std::string_view text);

    const std::string& text() const { return text_; }
    bool empty() const { return text_.empty(); }
    friend bool operator==(const BlobId& a, const BlobId& b) { return a.text_ == b.text_; }
    friend bool operator!=(const BlobId& a, const BlobId& b) { return a.text_ != b.text_; }
    friend bool operator<(const BlobId& a, const BlobId& b) { return a.text_ < b.text_; }

  private:
    explicit BlobId(std::string text) : text_(std::move(text)) {}
    std::string text_;
};

/// Names one message for its sender, on all of the sender's devices, for ever: the same ID twice is
/// the same message.
struct ClientMessageId {
    DeviceId device;
    /// Counts up from 1 on the device.
    std::int64_t counter = 0;

    friend constexpr auto operator<=>(const ClientMessageId&, const ClientMessageId&) = default;
};

}  // namespace kumquat

template <typename Tag>
struct std::hash<kumquat::Number<Tag>> {
    std::size_t operator()(kumquat::Number<Tag> number) const noexcept {
        return std::hash<std::int64_t>()(number.value());
    }
};

template <>
struct std::hash<kumquat::UserId> {
    std::size_t operator()(const kumquat::UserId& id) const noexcept {
        return std::hash<std::string>()(id.text());
    }
};

template <>
struct std::hash<kumquat::ConversationId> {
    std::size_t operator()(const kumquat::ConversationId& id) const noexcept {
        return std::hash<kumquat::UserId>()(id.peer());
    }
};
