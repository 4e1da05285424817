// The requests that change something. Each has three functions:
//   check_x  looks at the request alone, before anything is loaded, and notes whom it is about in
//   the work; keys_x   names the rows that the handler needs; apply_x  changes the rows and says
//   what came of it. It checks everything before it changes anything, and depends on
//            nothing but the work, the rows and the time, so that a batch can be repeated.
#pragma once

#include "base/result.h"
#include "proto/messages.h"
#include "service/overlay.h"
#include "service/work.h"
#include "store/rows.h"

namespace kumquat::service {

/// What a handler works on.
struct Run {
    const Work& work;
    Overlay& rows;
    Outcome& outcome;
    TimeMs now;
    std::int64_t session_ms = 0;
};

// sign_in.cpp
Status check_sign_in(const proto::SignIn& request, Work& work);
void keys_sign_in(const proto::SignIn& request, const Work& work, store::ReadKeys& keys);
Result<proto::Reply> apply_sign_in(const proto::SignIn& request, Run& run);

Status check_resume(const proto::Resume& request, Work& work);
void keys_resume(const proto::Resume& request, const Work& work, store::ReadKeys& keys);
Result<proto::Reply> apply_resume(const proto::Resume& request, Run& run);

Status check_sign_out(const proto::SignOut& request, Work& work);
void keys_sign_out(const proto::SignOut& request, const Work& work, store::ReadKeys& keys);
Result<proto::Reply> apply_sign_out(const proto::SignOut& request, Run& run);

// friends.cpp
Status check_add_friend(const proto::AddFriend& request, Work& work);
void keys_add_friend(const proto::AddFriend& request, const Work& work, store::ReadKeys& keys);
Result<proto::Reply> apply_add_friend(const proto::AddFriend& request, Run& run);

Status check_update_friend(const proto::UpdateFriend& request, Work& work);
void keys_update_friend(const proto::UpdateFriend& request, const Work& work,
                        store::ReadKeys& keys);
Result<proto::Reply> apply_update_friend(const proto::UpdateFriend& request, Run& run);

Status check_delete_friend(const proto::DeleteFriend& request, Work& work);
void keys_delete_friend(const proto::DeleteFriend& request, const Work& work,
                        store::ReadKeys& keys);
Result<proto::Reply> apply_delete_friend(const proto::DeleteFriend& request, Run& run);

// friend_requests.cpp
Status check_accept_friend(const proto::AcceptFriend& request, Work& work);
void keys_accept_friend(const proto::AcceptFriend& request, const Work& work,
                        store::ReadKeys& keys);
Result<proto::Reply> apply_accept_friend(const proto::AcceptFriend& request, Run& run);

Status check_refuse_friend(const proto::RefuseFriend& request, Work& work);
void keys_refuse_friend(const proto::RefuseFriend& request, const Work& work,
                        store::ReadKeys& keys);
Result<proto::Reply> apply_refuse_friend(const proto::RefuseFriend& request, Run& run);

Status check_withdraw_friend(const proto::WithdrawFriend& request, Work& work);
void keys_withdraw_friend(const proto::WithdrawFriend& request, const Work& work,
                          store::ReadKeys& keys);
Result<proto::Reply> apply_withdraw_friend(const proto::WithdrawFriend& request, Run& run);

Status check_read_friend_requests(const proto::ReadFriendRequests& request, Work& work);
void keys_read_friend_requests(const proto::ReadFriendRequests& request, const Work& work,
                               store::ReadKeys& keys);
Result<proto::Reply> apply_read_friend_requests(const proto::ReadFriendRequests& request, Run& run);

// blocks.cpp
Status check_block_user(const proto::BlockUser& request, Work& work);
void keys_block_user(const proto::BlockUser& request, const Work& work, store::ReadKeys& keys);
Result<proto::Reply> apply_block_user(const proto::BlockUser& request, Run& run);

Status check_unblock_user(const proto::UnblockUser& request, Work& work);
void keys_unblock_user(const proto::UnblockUser& request, const Work& work, store::ReadKeys& keys);
Result<proto::Reply> apply_unblock_user(const proto::UnblockUser& request, Run& run);

// profile.cpp
Status check_update_profile(const proto::UpdateProfile& request, Work& work);
void keys_update_profile(const proto::UpdateProfile& request, const Work& work,
                         store::ReadKeys& keys);
Result<proto::Reply> apply_update_profile(const proto::UpdateProfile& request, Run& run);

// messages.cpp
Status check_send_message(const proto::SendMessage& request, Work& work);
void keys_send_message(const proto::SendMessage& request, const Work& work, store::ReadKeys& keys);
Result<proto::Reply> apply_send_message(const proto::SendMessage& request, Run& run);

/// What every body must have. Errors: kEmptyMessage, kTextTooLong.
Status check_body(const proto::Body& body);

// recall.cpp
Status check_recall_message(const proto::RecallMessage& request, Work& work);
void keys_recall_message(const proto::RecallMessage& request, const Work& work,
                         store::ReadKeys& keys);
Result<proto::Reply> apply_recall_message(const proto::RecallMessage& request, Run& run);

// edits.cpp
Status check_edit_message(const proto::EditMessage& request, Work& work);
void keys_edit_message(const proto::EditMessage& request, const Work& work, store::ReadKeys& keys);
Result<proto::Reply> apply_edit_message(const proto::EditMessage& request, Run& run);

// deletions.cpp
Status check_delete_messages(const proto::DeleteMessages& request, Work& work);
void keys_delete_messages(const proto::DeleteMessages& request, const Work& work,
                          store::ReadKeys& keys);
Result<proto::Reply> apply_delete_messages(const proto::DeleteMessages& request, Run& run);

// reactions.cpp
Status check_set_reaction(const proto::SetReaction& request, Work& work);
void keys_set_reaction(const proto::SetReaction& request, const Work& work, store::ReadKeys& keys);
Result<proto::Reply> apply_set_reaction(const proto::SetReaction& request, Run& run);

// pins.cpp
Status check_pin_message(const proto::PinMessage& request, Work& work);
void keys_pin_message(const proto::PinMessage& request, const Work& work, store::ReadKeys& keys);
Result<proto::Reply> apply_pin_message(const proto::PinMessage& request, Run& run);

// read_marks.cpp
Status check_mark_read(const proto::MarkRead& request, Work& work);
void keys_mark_read(const proto::MarkRead& request, const Work& work, store::ReadKeys& keys);
Result<proto::Reply> apply_mark_read(const proto::MarkRead& request, Run& run);

// typing.cpp
Status check_set_typing(const proto::SetTyping& request, Work& work);
void keys_set_typing(const proto::SetTyping& request, const Work& work, store::ReadKeys& keys);
Result<proto::Reply> apply_set_typing(const proto::SetTyping& request, Run& run);

// conversation_state.cpp
Status check_set_conversation(const proto::SetConversation& request, Work& work);
void keys_set_conversation(const proto::SetConversation& request, const Work& work,
                           store::ReadKeys& keys);
Result<proto::Reply> apply_set_conversation(const proto::SetConversation& request, Run& run);

Status check_delete_conversation(const proto::DeleteConversation& request, Work& work);
void keys_delete_conversation(const proto::DeleteConversation& request, const Work& work,
                              store::ReadKeys& keys);
Result<proto::Reply> apply_delete_conversation(const proto::DeleteConversation& request, Run& run);

// sessions.cpp
Status check_end_session(const proto::EndSession& request, Work& work);
void keys_end_session(const proto::EndSession& request, const Work& work, store::ReadKeys& keys);
Result<proto::Reply> apply_end_session(const proto::EndSession& request, Run& run);

/// Everything between the sender and `work.target`, and the sender's own row, for events that show
/// a profile.
void add_relation(const Work& work, store::ReadKeys& keys);

/// The other member of the conversation a request names. Errors: kBadConversationId, and `no_peer`
/// for oneself: a conversation has two members.
Status check_conversation(const ConversationId& conversation, Work& work, ErrorCode no_peer);

/// check_conversation(), and that `seq` can be one.
Status check_place(const ConversationId& conversation, Seq seq, Work& work);

/// kBadField, naming the field, if `text` is longer than `bytes_max`.
Status check_length(std::string_view text, std::size_t bytes_max, const char* field);

}  // namespace kumquat::service
