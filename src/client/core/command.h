// What a person (or the page for them) wants, as data. The UI makes these and changes nothing
// itself.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/ids.h"
#include "client/core/picture.h"
#include "client/core/search_query.h"
#include "client/core/stored.h"
#include "proto/messages.h"

namespace kumquat::client {

enum class ExportFormat {
    kText,  ///< for people
    kJson,  ///< the tutorial's structure of a chat, {name, message: [{target, name, mes, picurl}]}
};

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

/// Changes one's own account. What is absent stays. Task::kProfile.
struct UpdateProfile {
    std::optional<std::string> nick;
    std::optional<proto::AllowType> allow;
    std::optional<bool> friends_only;
};
/// Shows this picture as one's own, or with none the generated one. Task::kAvatar.
struct SetAvatar {
    std::optional<LocalPicture> picture;
};

/// Makes `conversation` the open one (friend or stranger) and loads it. The only thing that changes
/// the open chat, besides CloseConversation, sign-out and a successful AddFriend with `open`.
struct OpenConversation {
    ConversationId conversation;
};
struct CloseConversation {};
/// It will be opened in a moment, probably: its page is asked for already. Nothing else changes.
struct PreloadConversation {
    ConversationId conversation;
};

/// Queues a text. Refused (NoticeKind::kMessageRefused; the text becomes the draft): empty or all
/// blanks, too long, or the outbox is full. Accepted: the draft is cleared and, if the newest
/// messages are not loaded, they are loaded.
struct SendText {
    ConversationId conversation;
    std::string text;
    /// TIM's cloudCustomData.
    std::string custom;
    /// The message that it answers; 0: none.
    Seq reply_to{};
};
/// Queues pictures, and behind them the caption as a text. Their bytes are in this device's picture
/// store already. Refused as SendText is.
struct SendPictures {
    ConversationId conversation;
    std::vector<LocalPicture> pictures;
    std::string caption;
    /// The first message queued answers this one; 0: none.
    Seq reply_to{};
};
/// Sends a failed message again, under the same client id.
struct RetryMessage {
    ClientMessageId client_id;
};
/// Removes an unsent message that is not on its way just now. A picture's upload is given up.
struct DiscardMessage {
    ClientMessageId client_id;
};

// Working with messages. They go to the service at once, or when the connection is back; what the
// service refuses comes as NoticeKind::kMessageChangeFailed.

/// Takes an own message back for everybody. Its text can be had again:
/// Conversation::recalled_texts.
struct RecallMessage {
    ConversationId conversation;
    Seq seq;
};
/// Gives an own text message another text. Refused here, like SendText: empty or too long.
struct EditMessage {
    ConversationId conversation;
    Seq seq;
    std::string text;
};
/// Deletes messages for oneself, as many as one likes.
struct DeleteMessages {
    ConversationId conversation;
    std::vector<Seq> seqs;
};
struct SetReaction {
    ConversationId conversation;
    Seq seq;
    std::string emoji;
    bool on = false;
};
struct PinMessage {
    ConversationId conversation;
    Seq seq;
    bool pinned = false;
};
/// Queues copies of messages of `conversation`, oldest first, for each of `to`. What is not loaded,
/// recalled or deleted is left out. Refused as SendText is.
struct ForwardMessages {
    ConversationId conversation;
    std::vector<Seq> seqs;
    std::vector<ConversationId> to;
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
/// Jump to the first message of a day: as LoadAround, with the first message at or after `time`.
struct LoadAt {
    ConversationId conversation;
    TimeMs time;
};
/// Jump to the newest message.
struct LoadNewest {
    ConversationId conversation;
};

/// Looks for messages, the newest first. Outcome: Model::search(), page by page. Another search of
/// the same scope takes the place of the one before.
struct SearchMessages {
    SearchQuery query;
};
/// The next page of hits. No effect while one is on its way, or at the end.
struct SearchMore {
    SearchScope scope = SearchScope::kAllChats;
};
/// Forgets the search and what it found.
struct EndSearch {
    SearchScope scope = SearchScope::kAllChats;
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
    /// Only one's own list gets a friend (TIM's Add_Type_Single).
    bool one_way = false;
    /// Open the chat when it has worked.
    bool open = true;
};
/// Answers to friend requests. Task::kAcceptFriend ...
struct AcceptFriend {
    UserId user_id;
    std::string remark;
    std::string group;
};
struct RefuseFriend {
    UserId user_id;
};
struct WithdrawFriend {
    UserId user_id;
};
/// The list of requests is on the screen. Say it as often as you like.
struct ReadFriendRequests {};

/// Task::kUpdateFriend. What is absent stays.
struct UpdateFriend {
    UserId user_id;
    std::optional<std::string> remark;
    std::optional<std::string> group;
};
/// Both ways. Task::kDeleteFriend.
struct DeleteFriend {
    UserId user_id;
};
/// Task::kBlock, for both.
struct BlockUser {
    UserId user_id;
};
struct UnblockUser {
    UserId user_id;
};

/// Task::kSetConversation. What is absent stays.
struct SetConversation {
    ConversationId conversation;
    std::optional<bool> pinned;
    std::optional<bool> muted;
};
/// Everything in it counts as read, open or not.
struct MarkConversationRead {
    ConversationId conversation;
};
/// Forgets the chat for oneself, drafts and unsent messages included; closes it.
/// Task::kDeleteConversation.
struct DeleteConversation {
    ConversationId conversation;
};

/// Asks for Model::sessions. Task::kSessions.
struct LoadSessions {};
/// Signs another device out. Task::kEndSession.
struct EndSession {
    std::string id;
};

/// Reads the whole history of a conversation and gives it out as ExportPage effects. Task::kExport.
struct ExportChat {
    ConversationId conversation;
    ExportFormat format = ExportFormat::kText;
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

using Command = std::variant<
    SignIn, ResumeSession, SignOut, LeaveEndedSession, OpenConversation, CloseConversation,
    SendText, RetryMessage, DiscardMessage, SetDraft, SetTyping, MarkVisible, LoadOlder, LoadNewer,
    LoadAround, LoadNewest, FindUser, AddFriend, ResetAddFriend, SetVisible, SetOnline, RetryNow,
    UpdateProfile, SetAvatar, SendPictures, AcceptFriend, RefuseFriend, WithdrawFriend,
    ReadFriendRequests, UpdateFriend, DeleteFriend, BlockUser, UnblockUser, SetConversation,
    MarkConversationRead, DeleteConversation, LoadSessions, EndSession, ExportChat, RecallMessage,
    EditMessage, DeleteMessages, SetReaction, PinMessage, ForwardMessages, LoadAt, SearchMessages,
    SearchMore, EndSearch, PreloadConversation>;

}  // namespace kumquat::client
