#include "service/request_table.h"

#include <iterator>
#include <type_traits>
#include <variant>

#include "service/queries.h"

namespace kumquat::service {
namespace {

using Kind = RequestRule::Kind;
using SignedIn = RequestRule::SignedIn;

// The handlers take their own request; the table takes any. The variant's index chose the row, so the type is right.
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

// In the order of proto::Request.
constexpr RequestRule kRules[] = {
    /* hello        */ {Kind::kAnswer, false, SignedIn::kNo},
    /* sign_in      */
    {Kind::kSession, true, SignedIn::kMustNot, check<proto::SignIn, check_sign_in>, keys<proto::SignIn, keys_sign_in>,
     apply<proto::SignIn, apply_sign_in>},
    /* resume       */
    {Kind::kSession, true, SignedIn::kMustNot, check<proto::Resume, check_resume>, keys<proto::Resume, keys_resume>,
     apply<proto::Resume, apply_resume>},
    /* sign_out     */
    {Kind::kSession, true, SignedIn::kMust, nullptr, keys<proto::SignOut, keys_sign_out>,
     apply<proto::SignOut, apply_sign_out>},
    /* sync         */ {Kind::kRead, true, SignedIn::kMust, check<proto::Sync, check_sync>},
    /* find_user    */ {Kind::kRead, true, SignedIn::kMust, check<proto::FindUser, check_find_user>},
    /* add_friend   */
    {Kind::kChange, true, SignedIn::kMust, check<proto::AddFriend, check_add_friend>,
     keys<proto::AddFriend, keys_add_friend>, apply<proto::AddFriend, apply_add_friend>},
    /* send_message */
    {Kind::kChange, true, SignedIn::kMust, check<proto::SendMessage, check_send_message>,
     keys<proto::SendMessage, keys_send_message>, apply<proto::SendMessage, apply_send_message>},
    /* get_history  */ {Kind::kRead, true, SignedIn::kMust, check<proto::GetHistory, check_get_history>},
    /* mark_read    */
    {Kind::kChange, true, SignedIn::kMust, check<proto::MarkRead, check_mark_read>,
     keys<proto::MarkRead, keys_mark_read>, apply<proto::MarkRead, apply_mark_read>},
    /* set_typing   */
    {Kind::kChange, true, SignedIn::kMust, check<proto::SetTyping, check_set_typing>,
     keys<proto::SetTyping, keys_set_typing>, apply<proto::SetTyping, apply_set_typing>},
};
static_assert(std::size(kRules) == std::variant_size_v<proto::Request>);

}  // namespace

const RequestRule& rule_of(const proto::Request& request) {
    KUMQUAT_CHECK(!request.valueless_by_exception());
    return kRules[request.index()];
}

}  // namespace kumquat::service
