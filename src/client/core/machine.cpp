#include "client/core/machine.h"

#include <algorithm>
#include <utility>

namespace kumquat::client {
namespace {

/// A machine that slept: its wall clock went on, its monotonic clock may not have.
constexpr std::int64_t kSleepMs = 30'000;

}  // namespace

bool is_transient(ErrorCode code) {
    switch (code) {
        case ErrorCode::kOverloaded:
        case ErrorCode::kTooManyFailures:
        case ErrorCode::kTooManyRequests:
        case ErrorCode::kStorageFailed:
        case ErrorCode::kReadTimeout:
        case ErrorCode::kUnavailable:
        case ErrorCode::kInternal:
        case ErrorCode::kIo:
        case ErrorCode::kDiskFull:
            return true;
        default:
            return false;
    }
}

Seq newest_of(const Conversation& conversation) {
    return conversation.last_seq < conversation.state.first_seq ? Seq() : conversation.last_seq;
}

Client::Machine::Machine(Settings settings)
    : settings_(std::move(settings)), random_(settings_.random_seed) {
    KUMQUAT_CHECK(settings_.device);
}

std::vector<Effect> Client::Machine::take_effects() {
    std::vector<Effect> effects;
    effects.swap(effects_);
    return effects;
}

// --- The frame of every input
// ----------------------------------------------------------------------------------

void Client::Machine::begin(Moment now) {
    const std::int64_t monotonic_ms = std::max(now.monotonic_ms, now_.monotonic_ms);
    const std::int64_t wall_passed = now.wall.value() - now_.wall.value();
    const bool slept = started_ && wall_passed - (monotonic_ms - now_.monotonic_ms) > kSleepMs;
    now_ = Moment{now.wall, monotonic_ms};
    if (slept) hurry();
}

void Client::Machine::settle() {
    if (!started_) return;
    connect_if_wanted();
    send_waiting();
    show_connection();
    arm_timer();
}

bool Client::Machine::current(ConnectionNumber connection) const {
    return stage_ != Stage::kClosed && connection == connection_;
}

void Client::Machine::send_waiting() {
    if (stage_ == Stage::kGreeted) {
        if (!token_.empty()) {
            if (send(proto::Resume{token_, settings_.device}, purpose::Resume{})) {
                stage_ = Stage::kEntering;
            }
        } else if (sign_in_) {
            proto::SignIn request{sign_in_->user_id, sign_in_->user_sig, sign_in_->nick,
                                  settings_.device, settings_.device_name};
            if (send(std::move(request), purpose::SignIn{})) stage_ = Stage::kEntering;
        }
    }
    if (stage_ == Stage::kSyncing || stage_ == Stage::kLive) send_sync();
    if (stage_ != Stage::kLive) return;
    start_uploads();
    send_outbox();
    send_tasks();
    send_reads();
    send_history();
    send_previews();
    send_searches();
    send_person();
    send_typing();
    send_export();
}

bool Client::Machine::send(proto::Request request, Purpose purpose, std::int64_t timeout_ms) {
    if (requests_.count() >= in_flight_max_) return false;
    const RequestId id = requests_.add(std::move(purpose), now_.monotonic_ms + timeout_ms);
    emit(Send{connection_, proto::ClientFrame{id, std::move(request)}});
    return true;
}

void Client::Machine::wait_longer(Retry& retry, const Error* error) {
    ++retry.failures;
    std::int64_t wait_ms = retry.backoff.next_wait_ms(random_);
    if (error && error->retry_after_ms) {
        wait_ms = std::max(wait_ms,
                           std::clamp<std::int64_t>(*error->retry_after_ms, 0, kRetryAfterMaxMs));
    }
    retry.at_ms = now_.monotonic_ms + wait_ms;
}

Conversation* Client::Machine::find(const ConversationId& id) {
    const auto found = model_.conversations.find(id);
    return found == model_.conversations.end() ? nullptr : &found->second;
}

Conversation* Client::Machine::ensure(const ConversationId& id) {
    if (Conversation* known = find(id)) return known;
    if (id.empty() || model_.conversations.size() >= kConversations) return nullptr;
    Conversation& made = model_.conversations[id];
    made.id = id;
    made.peer.user_id = id.peer();
    if (const Contact* contact = model_.find_friend(id.peer())) made.peer = contact->data.profile;
    touch_both(made);
    return &made;
}

// --- Time
// --------------------------------------------------------------------------------------------------------

std::optional<std::int64_t> Client::Machine::next_deadline_ms() const {
    std::optional<std::int64_t> first;
    const auto at = [&first](std::int64_t ms) {
        if (!first || ms < *first) first = ms;
    };
    if (stage_ == Stage::kClosed && connection_wanted()) at(next_attempt_ms_);
    if (stage_ == Stage::kOpening) at(opening_deadline_ms_);
    if (stage_ == Stage::kLeaving) at(leaving_deadline_ms_);
    if (const auto deadline = requests_.first_deadline_ms()) at(*deadline);
    if (person_) at(person_->deadline_ms);
    if (!drafts_unstored_.empty()) at(drafts_due_ms_);
    for (const ConversationId& id : typing_shown_) {
        const Conversation* conversation = model_.find(id);
        if (conversation && conversation->typing_until_ms) at(*conversation->typing_until_ms);
    }
    // What waits for an answer has a deadline in requests_; what may be sent now has been sent, or
    // waits for room.
    const bool signed_in = stage_ == Stage::kSyncing || stage_ == Stage::kLive;
    const auto retry = [&](const Retry& wait) {
        if (wait.at_ms > now_.monotonic_ms) at(wait.at_ms);
    };
    if (signed_in && feed_.behind() && !sync_in_flight_) retry(sync_retry_);
    if (stage_ == Stage::kLive) {
        for (const auto& [id, delivery] : deliveries_) {
            if (delivery.in_flight) continue;
            retry(delivery.retry);
            if (delivery.not_before_ms > now_.monotonic_ms) at(delivery.not_before_ms);
        }
        for (const auto& [id, wish] : reads_) {
            if (!wish.in_flight) retry(wish.retry);
        }
        for (const auto& [id, wish] : history_) {
            if (!wish.in_flight) retry(wish.retry);
        }
        for (const auto& [id, wish] : previews_) {
            if (!wish.in_flight) retry(wish.retry);
        }
        for (const auto& wish : searches_) {
            if (wish && !wish->in_flight) retry(wish->retry);
        }
        for (const TaskWish& wish : tasks_) {
            if (!wish.in_flight) retry(wish.retry);
        }
        for (const auto& [id, upload] : uploads_) {
            if (!upload.number) retry(upload.retry);
        }
        if (avatar_ && !avatar_->upload.number) retry(avatar_->upload.retry);
        if (!exports_.empty() && !exports_.front().in_flight) retry(exports_.front().retry);
    }
    return first;
}

void Client::Machine::arm_timer() {
    const std::optional<std::int64_t> wanted = next_deadline_ms();
    if (wanted == timer_ms_) return;
    timer_ms_ = wanted;
    emit(SetTimer{wanted});
}

void Client::Machine::on_timer(Moment now) {
    begin(now);
    timer_ms_.reset();
    const std::int64_t ms = now_.monotonic_ms;
    if (stage_ == Stage::kLeaving && ms >= leaving_deadline_ms_) finish_sign_out();
    if (stage_ == Stage::kOpening && ms >= opening_deadline_ms_) drop_connection(0);
    if (const auto deadline = requests_.first_deadline_ms(); deadline && ms >= *deadline) {
        drop_connection(0);
    }
    if (person_ && ms >= person_->deadline_ms) fail_person(ErrorCode::kIo);
    if (!drafts_unstored_.empty() && ms >= drafts_due_ms_) store_drafts();
    const std::set<ConversationId> shown = typing_shown_;
    for (const ConversationId& id : shown) {
        Conversation* conversation = find(id);
        if (!conversation || !conversation->typing_until_ms) {
            typing_shown_.erase(id);
        } else if (ms >= *conversation->typing_until_ms) {
            stop_typing_shown(*conversation);
        }
    }
    settle();
}

void Client::Machine::on_command(const Command& wish, Moment now) {
    begin(now);
    std::visit([this](const auto& one) { command(one); }, wish);
    settle();
}

}  // namespace kumquat::client
