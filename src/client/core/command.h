// What a person (or the page for them) wants, as data. The UI makes these and changes nothing
// itself.
#pragma once

#include <string>
#include <variant>

#include "base/ids.h"
#include "client/core/stored.h"

namespace kumquat::client {

/// Signs in, creating the account if there is none. Outcome: Model::sign_in. Ignored while one is
/// running or signed in.
struct SignIn {
    /// As typed; checked here and by the service.
    std::string user_id;
    /// For a new account; any script; may be empty.
    std::string nick;
    /// Empty: by name alone.
    std::string user_sig;
    /// Passed through to StoreSession: also offer this session to new tabs.
    bool stay_signed_in = false;
};

/// Goes on with a session that was kept for new tabs, as Client::start() does with the tab's own.
/// Outcome: Model::sign_in. Ignored while signing in or signed in.
struct ResumeSession {
    StoredSession session;
};

/// Ends the session here and at the service, and erases what this device keeps of the user.
struct SignOut {};

/// Goes back to the login pane after a session has ended elsewhere, keeping unsent messages and
/// drafts stored.
struct LeaveEndedSession {};

/// Makes `conversation` the open one (friend or stranger) and loads it. The only thing that changes
/// the open chat, besides CloseConversation, sign-out and a successful AddFriend with `open`.
struct OpenConversation {
    ConversationId conversation;
};
struct CloseConversation {};

/// Queues a text. Refused (NoticeKind::kMessageRefused; the text becomes the draft): empty or all
/// blanks, too long, or the outbox is full. Accepted: the draft is cleared and, if the newest
/// messages are not loaded, they are loaded.
struct SendText {
    ConversationId conversation;
    std::string text;
    /// TIM's cloudCustomData.
    std::string custom;
};
/// Sends a failed message again, under the same client id.
struct RetryMessage {
    ClientMessageId client_id;
};
/// Removes an unsent message that is not on its way just now.
struct DiscardMessage {
    ClientMessageId client_id;
};

/// What stands in the composer. Stored a little later, given back after a reload.
struct SetDraft {
    ConversationId conversation;
    std::string text;
};
/// The person typed (true; say it with every key) or has emptied the composer (false). Throttled
/// here.
struct SetTyping {
    ConversationId conversation;
    bool typing = false;
};

/// Messages up to `seq` have been on the screen. Has effect only in the open chat of a visible
/// page. Say it as often as you like.
struct MarkVisible {
    ConversationId conversation;
    Seq seq;
};

/// Load a page of history at an end of the window. No effect if there is none or one is being
/// loaded.
struct LoadOlder {
    ConversationId conversation;
};
struct LoadNewer {
    ConversationId conversation;
};
/// Jump: replaces the window (or joins it) with the page around `seq`.
struct LoadAround {
    ConversationId conversation;
    Seq seq;
};
/// Jump to the newest message.
struct LoadNewest {
    ConversationId conversation;
};

/// Looks a person up for the add-friend dialog. Outcome: Model::add_friend.
struct FindUser {
    std::string user_id;
};
/// Adds a friend. Outcome: Model::add_friend, and NoticeKind::kFriendAdded.
struct AddFriend {
    std::string user_id;
    std::string remark;
    std::string group;
    std::string wording;
    /// TIM's "AddSource_Type_" + keyword.
    std::string source = "AddSource_Type_Web";
    /// Open the chat when it has worked.
    bool open = true;
};
/// The add-friend dialog was opened or closed: forget the last outcome.
struct ResetAddFriend {};

/// Page visibility. Becoming visible connects at once, or checks a connection that was silent for
/// long.
struct SetVisible {
    bool visible = true;
};
/// The browser says that the network is there (true: connect or check at once; false: nothing, it
/// is often wrong).
struct SetOnline {
    bool online = true;
};
/// The person pressed "try again".
struct RetryNow {};

using Command = std::variant<SignIn, ResumeSession, SignOut, LeaveEndedSession, OpenConversation,
                             CloseConversation, SendText, RetryMessage, DiscardMessage, SetDraft,
                             SetTyping, MarkVisible, LoadOlder, LoadNewer, LoadAround, LoadNewest,
                             FindUser, AddFriend, ResetAddFriend, SetVisible, SetOnline, RetryNow>;

}  // namespace kumquat::client
