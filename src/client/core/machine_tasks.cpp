// What a person asks for and waits for: answers to friend requests, changes of friends, profile,
// conversations and messages, sessions.
//
// All of it goes through one queue. A wish stays in it until the service has answered, over as many
// connections as that takes: every such request may be repeated, because it says how something
// shall be, and not by how much it shall change. Where a repetition is answered with an error that
// says that it is so already, is_fulfilled() knows it.
#include <algorithm>
#include <string_view>
#include <utility>

#include "client/core/machine.h"

namespace kumquat::client {
namespace {

template <typename T>
void overlay(std::optional<T>& under, const std::optional<T>& over) {
    if (over) under = over;
}
void overlay(proto::UpdateFriend& under, const proto::UpdateFriend& over) {
    overlay(under.remark, over.remark);
    overlay(under.group, over.group);
}
void overlay(proto::UpdateProfile& under, const proto::UpdateProfile& over) {
    overlay(under.nick, over.nick);
    overlay(under.avatar, over.avatar);
    overlay(under.allow, over.allow);
    overlay(under.friends_only, over.friends_only);
}
void overlay(proto::SetConversation& under, const proto::SetConversation& over) {
    overlay(under.pinned, over.pinned);
    overlay(under.muted, over.muted);
    overlay(under.has_draft, over.has_draft);
}

/// One request for two wishes about the same: the later one counts, and of the earlier one what the
/// later one leaves as it is.
template <typename Request>
bool overlaid(proto::Request& under, const proto::Request& over) {
    auto* const first = std::get_if<Request>(&under);
    const auto* const second = std::get_if<Request>(&over);
    if (first && second) overlay(*first, *second);
    return first && second;
}
void absorb(proto::Request& waiting, proto::Request next) {
    const bool done = overlaid<proto::UpdateFriend>(waiting, next) ||
                      overlaid<proto::UpdateProfile>(waiting, next) ||
                      overlaid<proto::SetConversation>(waiting, next);
    if (!done) waiting = std::move(next);
}

/// Asking again while the answer is awaited would only be answered that it is so already.
bool is_asked_once(Task task) {
    switch (task) {
        case Task::kAcceptFriend:
        case Task::kRefuseFriend:
        case Task::kWithdrawFriend:
        case Task::kDeleteFriend:
        case Task::kDeleteConversation:
        case Task::kSessions:
        case Task::kEndSession:
        case Task::kExport:
            return true;
        case Task::kUpdateFriend:
        case Task::kBlock:
        case Task::kProfile:
        case Task::kAvatar:
        case Task::kSetConversation:
            return false;
    }
    return false;
}

}  // namespace

// --- Commands
// ----------------------------------------------------------------------------------------------------

void Client::Machine::command(const AcceptFriend& wish) {
    ask(Task::kAcceptFriend, wish.user_id,
        proto::AcceptFriend{wish.user_id.text(), wish.remark, wish.group, false});
}

void Client::Machine::command(const RefuseFriend& wish) {
    ask(Task::kRefuseFriend, wish.user_id, proto::RefuseFriend{wish.user_id.text()});
}

void Client::Machine::command(const WithdrawFriend& wish) {
    ask(Task::kWithdrawFriend, wish.user_id, proto::WithdrawFriend{wish.user_id.text()});
}

void Client::Machine::command(const ReadFriendRequests&) {
    if (model_.requests_unread() == 0) return;
    for (auto& [id, request] : model_.received)
        request.read = true;
    touch_list();
    TaskWish quiet;
    quiet.request = proto::ReadFriendRequests{};
    ask(std::move(quiet));
}

void Client::Machine::command(const UpdateFriend& wish) {
    ask(Task::kUpdateFriend, wish.user_id,
        proto::UpdateFriend{wish.user_id.text(), wish.remark, wish.group});
}

void Client::Machine::command(const DeleteFriend& wish) {
    ask(Task::kDeleteFriend, wish.user_id, proto::DeleteFriend{wish.user_id.text(), false});
}

void Client::Machine::command(const BlockUser& wish) {
    ask(Task::kBlock, wish.user_id, proto::BlockUser{wish.user_id.text()});
}

void Client::Machine::command(const UnblockUser& wish) {
    ask(Task::kBlock, wish.user_id, proto::UnblockUser{wish.user_id.text()});
}

void Client::Machine::command(const UpdateProfile& wish) {
    proto::UpdateProfile request;
    request.nick = wish.nick;
    request.allow = wish.allow;
    request.friends_only = wish.friends_only;
    ask(Task::kProfile, std::string(), std::move(request));
}

void Client::Machine::command(const SetConversation& wish) {
    if (model_.me.user_id.empty()) return;
    Conversation* conversation = ensure(wish.conversation);
    if (!conversation) return;
    ask(Task::kSetConversation, wish.conversation,
        proto::SetConversation{wish.conversation, wish.pinned, wish.muted, std::nullopt});
    // At once, and back again if it fails.
    show_state(*conversation);
}

void Client::Machine::command(const DeleteConversation& wish) {
    Conversation* conversation = find(wish.conversation);
    if (!conversation) return;
    set_draft(*conversation, "");
    store_drafts();
    if (model_.open == wish.conversation) leave_open();
    drop_echoes(*conversation);
    ask(Task::kDeleteConversation, wish.conversation, proto::DeleteConversation{wish.conversation});
}

void Client::Machine::command(const LoadSessions&) {
    ask(Task::kSessions, std::string(), proto::ListSessions{});
}

void Client::Machine::command(const EndSession& wish) {
    ask(Task::kEndSession, wish.id, proto::EndSession{wish.id});
}

// --- The queue
// ---------------------------------------------------------------------------------------------------

void Client::Machine::ask(Task task, const UserId& person, proto::Request request) {
    if (person.empty()) return;
    TaskWish wish;
    wish.subject = person.text();
    wish.conversation = ConversationId::with(person);
    wish.key = TaskKey{task, wish.subject};
    wish.request = std::move(request);
    ask(std::move(wish));
}

void Client::Machine::ask(Task task, const ConversationId& conversation, proto::Request request) {
    TaskWish wish;
    wish.subject = conversation.text();
    wish.conversation = conversation;
    wish.key = TaskKey{task, wish.subject};
    wish.request = std::move(request);
    if (const Conversation* known = find(conversation)) wish.last_seq = known->last_seq;
    ask(std::move(wish));
}

void Client::Machine::ask(Task task, const std::string& about, proto::Request request) {
    TaskWish wish;
    wish.subject = about;
    wish.key = TaskKey{task, about};
    wish.request = std::move(request);
    ask(std::move(wish));
}

void Client::Machine::ask(TaskWish wish) {
    if (model_.me.user_id.empty()) return;
    // The last of the same kind, if there is one.
    const auto same = std::find_if(tasks_.rbegin(), tasks_.rend(), [&](const TaskWish& one) {
        const bool quiet_twin = wish.key.has_value() || one.request.index() == wish.request.index();
        return one.subject == wish.subject && one.key == wish.key && quiet_twin;
    });
    if (wish.key) begin_task(*wish.key);
    if (same != tasks_.rend()) {
        if (!same->in_flight) {
            same->last_seq = wish.last_seq;
            return absorb(same->request, std::move(wish.request));
        }
        if (wish.key && is_asked_once(wish.key->task)) return;
    }
    if (tasks_.size() >= kTasks) {
        if (wish.key) fail_task(*wish.key, ErrorCode::kTooManyRequests, wish.conversation);
        if (changes_message(wish.request)) fail_change(wish, ErrorCode::kTooManyRequests);
        return;
    }
    wish.number = ++task_number_;
    tasks_.push_back(std::move(wish));
}

void Client::Machine::send_tasks() {
    drop_lapsed_tasks();
    std::set<std::string_view> busy;
    for (TaskWish& wish : tasks_) {
        const bool is_next = busy.insert(wish.subject).second;
        if (!is_next || wish.in_flight || now_.monotonic_ms < wish.retry.at_ms) continue;
        if (!send(wish.request, purpose::Task{wish.number})) return;
        wish.in_flight = wish.tried = true;
    }
}

void Client::Machine::drop_lapsed_tasks() {
    for (std::size_t i = 0; i < tasks_.size();) {
        const TaskWish& wish = tasks_[i];
        const Conversation* conversation = model_.find(wish.conversation);
        // A chat was to be deleted as it was. If somebody has written there before that could be
        // said, it would go unseen; and a chat that is empty was deleted by the try before.
        const bool lapsed = !wish.in_flight && conversation &&
                            std::holds_alternative<proto::DeleteConversation>(wish.request) &&
                            (conversation->last_seq > wish.last_seq ||
                             (wish.tried && conversation->state.first_seq > wish.last_seq));
        if (!lapsed) {
            ++i;
            continue;
        }
        const std::optional<TaskKey> key = wish.key;
        tasks_.erase(tasks_.begin() + static_cast<std::ptrdiff_t>(i));
        if (key) finish_task(*key);
    }
}

std::vector<Client::Machine::TaskWish>::iterator Client::Machine::find_task(std::int64_t number) {
    return std::find_if(tasks_.begin(), tasks_.end(),
                        [number](const TaskWish& wish) { return wish.number == number; });
}

// --- Outcomes
// ----------------------------------------------------------------------------------------------------

void Client::Machine::on_task_reply(std::int64_t number, const proto::Reply& reply) {
    const auto found = find_task(number);
    if (found == tasks_.end()) return;
    const TaskWish wish = std::move(*found);
    tasks_.erase(found);
    std::visit([&](const auto& one) { fulfil(wish, one); }, reply);
    if (wish.key) finish_task(*wish.key);
}

void Client::Machine::on_task_error(std::int64_t number, const Error& error) {
    const auto found = find_task(number);
    if (found == tasks_.end()) return;
    found->in_flight = false;
    const bool hopeless =
        error.code == ErrorCode::kInternal && found->retry.failures + 1 >= kInternalErrorsMax;
    if (is_transient(error.code) && !hopeless) return wait_longer(found->retry, &error);
    const TaskWish wish = std::move(*found);
    tasks_.erase(found);
    if (error.code == ErrorCode::kNoFriendRequest) {
        const bool own = std::holds_alternative<proto::WithdrawFriend>(wish.request);
        (own ? model_.sent : model_.received).erase(wish.conversation.peer());
        touch_list();
    }
    if (Conversation* conversation = find(wish.conversation)) show_state(*conversation);
    if (is_fulfilled(wish, error.code)) {
        if (std::holds_alternative<proto::DeleteFriend>(wish.request))
            fulfil(wish, proto::DeleteFriendReply{});
        if (std::holds_alternative<proto::EndSession>(wish.request))
            fulfil(wish, proto::EndSessionReply{});
        if (wish.key) finish_task(*wish.key);
    } else if (wish.key) {
        fail_task(*wish.key, error.code, wish.conversation);
    } else if (changes_message(wish.request)) {
        fail_change(wish, error.code);
    }
}

bool Client::Machine::is_fulfilled(const TaskWish& wish, ErrorCode code) const {
    const proto::Request& request = wish.request;
    switch (code) {
        case ErrorCode::kNoFriendRequest:
            // To refuse or withdraw it, it need not be there. It was accepted, by the try before or
            // on another device, if its maker is a friend now; otherwise it was withdrawn.
            return !std::holds_alternative<proto::AcceptFriend>(request) ||
                   model_.find_friend(wish.conversation.peer()) != nullptr;
        case ErrorCode::kNotAFriend:
            return std::holds_alternative<proto::DeleteFriend>(request);
        case ErrorCode::kUnknownConversation:
            return std::holds_alternative<proto::DeleteConversation>(request);
        case ErrorCode::kUnknownSession:
            return std::holds_alternative<proto::EndSession>(request);
        default:
            return false;
    }
}

void Client::Machine::fulfil(const TaskWish& wish, const proto::AcceptFriendReply& reply) {
    model_.received.erase(wish.conversation.peer());
    if (reply.added) add_friend(*reply.added);
    touch_list();
}

void Client::Machine::fulfil(const TaskWish& wish, const proto::RefuseFriendReply&) {
    model_.received.erase(wish.conversation.peer());
    touch_list();
}

void Client::Machine::fulfil(const TaskWish& wish, const proto::WithdrawFriendReply&) {
    model_.sent.erase(wish.conversation.peer());
    touch_list();
}

void Client::Machine::fulfil(const TaskWish&, const proto::UpdateFriendReply& reply) {
    add_friend(reply.changed);
    touch_list();
}

void Client::Machine::fulfil(const TaskWish& wish, const proto::DeleteFriendReply&) {
    apply(proto::FriendGoneEvent{wish.conversation.peer()});
}

void Client::Machine::fulfil(const TaskWish& wish, const proto::BlockUserReply&) {
    const UserId& person = wish.conversation.peer();
    const proto::Profile* known = model_.profile_of(person);
    proto::Profile profile;
    profile.user_id = person;
    set_blocked(known ? *known : profile, true);
}

void Client::Machine::fulfil(const TaskWish& wish, const proto::UnblockUserReply&) {
    proto::Profile profile;
    profile.user_id = wish.conversation.peer();
    set_blocked(profile, false);
}

void Client::Machine::fulfil(const TaskWish&, const proto::UpdateProfileReply& reply) {
    learn_account(reply.me);
}

void Client::Machine::fulfil(const TaskWish& wish, const proto::SetConversationReply& reply) {
    if (Conversation* conversation = find(wish.conversation))
        learn_state(*conversation, reply.state);
}

void Client::Machine::fulfil(const TaskWish& wish, const proto::DeleteConversationReply& reply) {
    if (Conversation* conversation = find(wish.conversation))
        learn_state(*conversation, reply.state);
}

void Client::Machine::fulfil(const TaskWish&, const proto::ListSessionsReply& reply) {
    model_.sessions = reply.sessions;
    touch();
}

void Client::Machine::fulfil(const TaskWish& wish, const proto::EndSessionReply&) {
    if (!model_.sessions) return;
    std::erase_if(*model_.sessions,
                  [&](const proto::SessionInfo& session) { return session.id == wish.subject; });
    touch();
}

void Client::Machine::begin_task(const TaskKey& key) {
    model_.tasks[key] = TaskState();
    touch_list();
}

void Client::Machine::finish_task(const TaskKey& key) {
    const bool again = std::any_of(tasks_.begin(), tasks_.end(),
                                   [&](const TaskWish& wish) { return wish.key == key; });
    const bool uploading = key.task == Task::kAvatar && avatar_;
    if (!again && !uploading) model_.tasks.erase(key);
    touch_list();
}

void Client::Machine::fail_task(const TaskKey& key, ErrorCode code,
                                const ConversationId& conversation) {
    model_.tasks[key].error = code;
    std::optional<ConversationId> about;
    if (!conversation.empty()) about = conversation;
    emit(Notice{NoticeKind::kTaskFailed, code, about});
    touch_list();
}

}  // namespace kumquat::client
