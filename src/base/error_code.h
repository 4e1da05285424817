// Every error code that can stand in a reply, in one list.
//
// Codes are Tencent IM's ("TIM") wherever TIM has one, so that code written for it keeps working. Codes without an equivalent
// there lie in one reserved range, 199000 to 199999. A code, once released, never changes its meaning.
#pragma once

#include <cstdint>
#include <string_view>

namespace kumquat {

// X(name, number, short text in English for logs and developers; pages choose their own words by the number)
#define KUMQUAT_ERROR_CODES(X)                                                              \
    X(kNoUserId, 2002, "no user ID was given")                                              \
    X(kNoUserSig, 2003, "no UserSig was given")                                             \
    X(kNotSignedIn, 2024, "not signed in")                                                  \
    X(kAlreadySignedIn, 2025, "this connection is already signed in")                       \
    X(kPictureEmpty, 2108, "the picture is empty")                                          \
    X(kPictureKind, 2252, "not a picture of a kind that is accepted: JPEG, PNG, GIF, WebP")  \
    X(kPictureTooLarge, 2253, "a picture must be smaller than 20 MiB")                      \
    X(kEditUnsupported, 2481, "only the text of a message can be edited")                   \
    X(kUnknownConversation, 2500, "no such conversation")                                   \
    X(kBadConversationId, 2503, "not a conversation ID")                                    \
    X(kBlockedOneself, 2742, "nobody can block oneself")                                    \
    X(kBadUserId, 7003, "a user ID is 1 to 32 printable ASCII characters")                  \
    X(kUnknownMessage, 10030, "no such message, or it was recalled or deleted")             \
    X(kSessionInvalid, 20002, "the session is unknown or has expired")                      \
    X(kUnknownReceiver, 20003, "sender or receiver is unknown")                             \
    X(kRefusedByPeer, 20007, "the receiver has blocked the sender")                         \
    X(kNotPeersFriend, 20010, "the receiver takes messages of friends alone")               \
    X(kRecallTooLate, 20016, "too late: the message can no longer be recalled")             \
    X(kEditConflict, 20027, "the message was edited elsewhere in the meantime")             \
    X(kFriendRefused, 30001, "the friend request makes no sense: oneself, or a friend already") \
    X(kUnknownUser, 30003, "no such user")                                                  \
    X(kFriendListFull, 30010, "your friend list is full")                                   \
    X(kFriendGroupsFull, 30011, "too many friend groups")                                   \
    X(kPeerRequestsFull, 30012, "too many friend requests wait for them")                   \
    X(kBlocklistFull, 30013, "too many people are blocked")                                 \
    X(kPeerFriendListFull, 30014, "their friend list is full")                              \
    X(kFriendIsBlocked, 30515, "this person is blocked: unblock first")                     \
    X(kPeerDeniesFriends, 30516, "this person accepts no friend requests")                  \
    X(kBlockedByPeer, 30525, "this person cannot be added")                                 \
    X(kFriendWaits, 30539, "the request waits for the other person's answer")               \
    X(kTooManyFriendRequests, 30540, "too many friend requests in a short time")            \
    X(kNoFriendRequest, 30614, "no such friend request")                                    \
    X(kNotAFriend, 31704, "not a friend")                                                   \
    X(kOverloaded, 60022, "the service is overloaded, try again later")                     \
    X(kUserSigExpired, 70001, "the UserSig has expired")                                    \
    X(kUserSigEmpty, 70002, "the UserSig is empty")                                         \
    X(kUserSigMalformed, 70003, "the UserSig cannot be read")                               \
    X(kUserSigWrong, 70009, "the UserSig's signature does not match")                       \
    X(kUserSigOtherUser, 70013, "the UserSig was made for another user")                    \
    X(kUserSigOtherApp, 70014, "the UserSig was made for another SDKAppID")                 \
    X(kTooManyFailures, 70050, "too many failed attempts, try again later")                 \
    X(kTextTooLong, 80002, "the message is too long")                                       \
    X(kBadFrame, 199001, "the frame is not what the protocol expects")                      \
    X(kFrameTooLarge, 199002, "the frame is too large")                                     \
    X(kFrameTooDeep, 199003, "the frame is nested too deeply")                              \
    X(kBadUtf8, 199004, "the frame is not valid UTF-8")                                     \
    X(kUnknownRequest, 199005, "no such request")                                           \
    X(kBadField, 199006, "a field is missing or has the wrong type or size")                \
    X(kVersionUnsupported, 199007, "this protocol version is not spoken here")              \
    X(kHelloRequired, 199008, "the first request must be hello")                            \
    X(kClientIdReused, 199009, "this client message ID was used for other content")         \
    X(kEmptyMessage, 199010, "the message is empty")                                        \
    X(kTooManyRequests, 199011, "too many requests in flight")                              \
    X(kStorageFailed, 199012, "the service could not save this; nothing was changed")       \
    X(kSignInModeOff, 199013, "this way to sign in is switched off here")                   \
    X(kCredentialRequired, 199014, "this account needs its UserSig")                        \
    X(kReadTimeout, 199015, "reading took too long")                                        \
    X(kUnavailable, 199016, "the service is stopping")                                      \
    X(kInternal, 199017, "an internal error")                                               \
    X(kInvalidArgument, 199018, "an argument or setting is not allowed")                    \
    X(kIo, 199019, "a file or the network failed")                                          \
    X(kDataNewer, 199020, "the data was written by a newer version")                        \
    X(kDataInUse, 199021, "the data is in use by another process")                          \
    X(kDiskFull, 199022, "the disk is full")                                                \
    X(kUnknownPicture, 199023, "no such picture of the sender's")                           \
    X(kPeerIsBlocked, 199024, "the sender has blocked the receiver")                        \
    X(kPictureDamaged, 199025, "the picture is damaged, cut short or has impossible dimensions") \
    X(kUnknownSession, 199026, "no such session of the user's")                             \
    X(kDataDamaged, 199027, "the stored data or the file is damaged")                       \
    X(kDataNotEmpty, 199028, "there are accounts already; only an empty place can be filled from a file") \
    X(kNotOwnMessage, 199029, "this is another person's message")                           \
    X(kEditTooLate, 199030, "too late: the message can no longer be edited")                \
    X(kTooManyReactions, 199031, "the message has as many kinds of reactions as it can have") \
    X(kTooManyPins, 199032, "the conversation has as many pinned messages as it can have")

enum class ErrorCode : std::int32_t {
#define KUMQUAT_X(name, number, text) name = number,
    KUMQUAT_ERROR_CODES(KUMQUAT_X)
#undef KUMQUAT_X
};

/// The short English text of `code`; "unknown error" for a number that is not in the list.
constexpr std::string_view error_text(ErrorCode code) {
    switch (code) {
#define KUMQUAT_X(name, number, text) \
    case ErrorCode::name:             \
        return text;
        KUMQUAT_ERROR_CODES(KUMQUAT_X)
#undef KUMQUAT_X
    }
    return "unknown error";
}

}  // namespace kumquat
