#include "service/request_table.h"

#include <iterator>
#include <type_traits>
#include <variant>

#include "service/queries.h"
#include "service/search.h"

namespace kumquat::service {
namespace {

using Kind = RequestRule::Kind;
using SignedIn = RequestRule::SignedIn;

// The handlers take their own request; the table takes any. The variant's index chose the row, so
// the type is right.
template <typename T>
const T& as(const Work& work) {
    const T* request = std::get_if<T>(&work.request);
    KUMQUAT_CHECK(request != nullptr);
    return *request;
}

template <typename T, Status (*F)(const T&, Work&)>
Status check(Work& work) {
    return F(as<T>(work), work);
}

template <typename T, void (*F)(const T&, const Work&, store::ReadKeys&)>
void keys(const Work& work, store::ReadKeys& out) {
    F(as<T>(work), work, out);
}

template <typename T, Result<proto::Reply> (*F)(const T&, Run&)>
Result<proto::Reply> apply(Run& run) {
    return F(as<T>(run.work), run);
}

template <typename T, Status (*Check)(const T&, Work&)>
constexpr RequestRule read() {
    return {Kind::kRead, /*needs_hello=*/true, SignedIn::kMust, check<T, Check>};
}

template <typename T, Status (*Check)(const T&, Work&),
          void (*Keys)(const T&, const Work&, store::ReadKeys&),
          Result<proto::Reply> (*Apply)(const T&, Run&)>
constexpr RequestRule change(Kind kind, SignedIn signed_in) {
    return {kind, /*needs_hello=*/true, signed_in, check<T, Check>, keys<T, Keys>, apply<T, Apply>};
}

// In the order of proto::Request.
constexpr RequestRule kRules[] = {
    {Kind::kAnswer, /*needs_hello=*/false, SignedIn::kNo},  // hello
    change<proto::SignIn, check_sign_in, keys_sign_in, apply_sign_in>(Kind::kSession,
                                                                      SignedIn::kMustNot),
    change<proto::Resume, check_resume, keys_resume, apply_resume>(Kind::kSession,
                                                                   SignedIn::kMustNot),
    change<proto::SignOut, check_sign_out, keys_sign_out, apply_sign_out>(Kind::kSession,
                                                                          SignedIn::kMust),
    read<proto::Sync, check_sync>(),
    read<proto::FindUser, check_find_user>(),
    change<proto::AddFriend, check_add_friend, keys_add_friend, apply_add_friend>(Kind::kChange,
                                                                                  SignedIn::kMust),
    change<proto::SendMessage, check_send_message, keys_send_message, apply_send_message>(
        Kind::kChange, SignedIn::kMust),
    read<proto::GetHistory, check_get_history>(),
    change<proto::MarkRead, check_mark_read, keys_mark_read, apply_mark_read>(Kind::kChange,
                                                                              SignedIn::kMust),
    change<proto::SetTyping, check_set_typing, keys_set_typing, apply_set_typing>(Kind::kChange,
                                                                                  SignedIn::kMust),
    change<proto::AcceptFriend, check_accept_friend, keys_accept_friend, apply_accept_friend>(
        Kind::kChange, SignedIn::kMust),
    change<proto::RefuseFriend, check_refuse_friend, keys_refuse_friend, apply_refuse_friend>(
        Kind::kChange, SignedIn::kMust),
    change<proto::WithdrawFriend, check_withdraw_friend, keys_withdraw_friend,
           apply_withdraw_friend>(Kind::kChange, SignedIn::kMust),
    change<proto::ReadFriendRequests, check_read_friend_requests, keys_read_friend_requests,
           apply_read_friend_requests>(Kind::kChange, SignedIn::kMust),
    change<proto::UpdateFriend, check_update_friend, keys_update_friend, apply_update_friend>(
        Kind::kChange, SignedIn::kMust),
    change<proto::DeleteFriend, check_delete_friend, keys_delete_friend, apply_delete_friend>(
        Kind::kChange, SignedIn::kMust),
    change<proto::BlockUser, check_block_user, keys_block_user, apply_block_user>(Kind::kChange,
                                                                                  SignedIn::kMust),
    change<proto::UnblockUser, check_unblock_user, keys_unblock_user, apply_unblock_user>(
        Kind::kChange, SignedIn::kMust),
    change<proto::UpdateProfile, check_update_profile, keys_update_profile, apply_update_profile>(
        Kind::kChange, SignedIn::kMust),
    change<proto::SetConversation, check_set_conversation, keys_set_conversation,
           apply_set_conversation>(Kind::kChange, SignedIn::kMust),
    change<proto::DeleteConversation, check_delete_conversation, keys_delete_conversation,
           apply_delete_conversation>(Kind::kChange, SignedIn::kMust),
    read<proto::ListSessions, check_list_sessions>(),
    change<proto::EndSession, check_end_session, keys_end_session, apply_end_session>(
        Kind::kChange, SignedIn::kMust),
    change<proto::RecallMessage, check_recall_message, keys_recall_message, apply_recall_message>(
        Kind::kChange, SignedIn::kMust),
    change<proto::EditMessage, check_edit_message, keys_edit_message, apply_edit_message>(
        Kind::kChange, SignedIn::kMust),
    change<proto::DeleteMessages, check_delete_messages, keys_delete_messages,
           apply_delete_messages>(Kind::kChange, SignedIn::kMust),
    change<proto::SetReaction, check_set_reaction, keys_set_reaction, apply_set_reaction>(
        Kind::kChange, SignedIn::kMust),
    change<proto::PinMessage, check_pin_message, keys_pin_message, apply_pin_message>(
        Kind::kChange, SignedIn::kMust),
    read<proto::SearchMessages, check_search_messages>(),
};
static_assert(std::size(kRules) == std::variant_size_v<proto::Request>);

}  // namespace

const RequestRule& rule_of(const proto::Request& request) {
    KUMQUAT_CHECK(!request.valueless_by_exception());
    return kRules[request.index()];
}

}  // namespace kumquat::service
