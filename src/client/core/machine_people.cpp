// The add-friend dialog, and hints from the page.
#include <utility>

#include "client/core/machine.h"

namespace kumquat::client {

void Client::Machine::command(const FindUser& wish) {
    PersonWish person;
    person.request = proto::FindUser{wish.user_id};
    ask_person(std::move(person), wish.user_id, AddFriendPhase::kFinding);
}

void Client::Machine::command(const AddFriend& wish) {
    PersonWish person;
    person.request = proto::AddFriend{wish.user_id, wish.remark, wish.group,
                                      wish.wording, wish.source, wish.one_way};
    person.open = wish.open;
    ask_person(std::move(person), wish.user_id, AddFriendPhase::kAdding);
}

void Client::Machine::command(const ResetAddFriend&) {
    person_.reset();
    model_.add_friend = AddFriendState();
    touch();
}

void Client::Machine::ask_person(PersonWish wish, const std::string& user_id,
                                 AddFriendPhase phase) {
    if (model_.me.user_id.empty()) return;
    AddFriendState& state = model_.add_friend;
    // What was found stays in the dialog while its person is being added.
    if (state.user_id != user_id) state = AddFriendState();
    state.phase = phase;
    state.user_id = user_id;
    state.error.reset();
    person_.reset();
    touch();
    const auto id = UserId::parse(user_id);
    if (!id) return fail_person(id.error().code);
    const bool senseless = *id == model_.me.user_id || model_.find_friend(*id) != nullptr;
    if (phase == AddFriendPhase::kAdding && senseless)
        return fail_person(ErrorCode::kFriendRefused);
    wish.number = ++person_number_;
    wish.deadline_ms = now_.monotonic_ms + kPersonWaitMs;
    person_ = std::move(wish);
}

void Client::Machine::send_person() {
    if (!person_ || person_->in_flight) return;
    proto::Request request =
        std::visit([](const auto& one) { return proto::Request(one); }, person_->request);
    person_->in_flight = send(std::move(request), purpose::Person{person_->number});
}

void Client::Machine::on_found(const proto::FindUserReply& reply) {
    person_.reset();
    model_.add_friend.phase = AddFriendPhase::kFound;
    model_.add_friend.found = reply.profile;
    model_.add_friend.is_friend = reply.is_friend;
    model_.add_friend.allow = reply.allow;
    touch();
}

void Client::Machine::on_added(const proto::Friend& added) {
    const bool open_chat = person_ && person_->open;
    person_.reset();
    add_friend(added);
    model_.add_friend.phase = AddFriendPhase::kAdded;
    model_.add_friend.found = added.profile;
    model_.add_friend.is_friend = true;
    touch_list();
    const ConversationId conversation = ConversationId::with(added.profile.user_id);
    emit(Notice{NoticeKind::kFriendAdded, std::nullopt, conversation});
    if (open_chat && model_.open != conversation) open(conversation);
}

void Client::Machine::on_asked(const proto::FriendRequest& request) {
    person_.reset();
    add_request(request);
    model_.add_friend.phase = AddFriendPhase::kAsked;
    model_.add_friend.found = request.peer;
    touch_list();
    emit(
        Notice{NoticeKind::kFriendAsked, std::nullopt, ConversationId::with(request.peer.user_id)});
}

void Client::Machine::on_person_error(const Error& error) {
    if (person_ && person_->repeated && error.code == ErrorCode::kFriendRefused) {
        // The try before had worked, only its answer was lost.
        const auto id = UserId::parse(model_.add_friend.user_id);
        const Contact* contact = id ? model_.find_friend(*id) : nullptr;
        if (contact) {
            const proto::Friend added = contact->data;
            return on_added(added);
        }
    }
    fail_person(error.code);
}

void Client::Machine::fail_person(ErrorCode code) {
    person_.reset();
    model_.add_friend.phase = AddFriendPhase::kFailed;
    model_.add_friend.error = code;
    touch();
}

// --- Hints from the page
// -----------------------------------------------------------------------------------------

void Client::Machine::command(const SetVisible& wish) {
    if (wish.visible == model_.visible) return;
    model_.visible = wish.visible;
    touch();
    if (!wish.visible) return store_drafts();
    mark_unread();
    load_stored();
    hurry();
}

void Client::Machine::command(const SetOnline& wish) {
    if (wish.online) hurry();
}

void Client::Machine::command(const RetryNow&) {
    if (stage_ == Stage::kClosed) next_attempt_ms_ = now_.monotonic_ms;
    // On the login pane nobody tries by itself.
    if (model_.sign_in.phase == SignInPhase::kSignedOut && stage_ == Stage::kClosed) {
        greeted_once_ = false;
    }
}

}  // namespace kumquat::client
