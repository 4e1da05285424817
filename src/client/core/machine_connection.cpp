// The connection: when to open one, what its end means, and which answer belongs to what.
#include <algorithm>
#include <type_traits>
#include <utility>

#include "client/core/machine.h"

namespace kumquat::client {
namespace {

/// Closed by us because it did not answer; not a code of the wire.
constexpr std::int32_t kNoAnswer = 0;
/// Close code without a name in the protocol yet: the account may not come in
/// (browser-imgui.md 6.2).
constexpr std::int32_t kBannedCode = 4403;

std::int32_t number(proto::CloseCode code) {
    return static_cast<std::int32_t>(code);
}

/// After these the client itself may be at fault: coming back at once would only repeat it.
bool is_complaint(std::int32_t code) {
    return code == number(proto::CloseCode::kBadFrame) ||
           code == number(proto::CloseCode::kFrameTooLarge) ||
           code == number(proto::CloseCode::kTooManyRequests);
}

}  // namespace

void Client::Machine::on_opened(ConnectionNumber connection, Moment now) {
    begin(now);
    if (current(connection) && stage_ == Stage::kOpening) {
        stage_ = Stage::kHello;
        last_heard_ms_ = now_.monotonic_ms;
        in_flight_max_ = 1;
        send(proto::Hello{proto::kVersion, settings_.client_name}, purpose::Hello{},
             kConnectTimeoutMs);
    }
    settle();
}

void Client::Machine::on_closed(ConnectionNumber connection, std::int32_t code, Moment now) {
    begin(now);
    if (current(connection)) lose_connection(code, 0);
    settle();
}

void Client::Machine::on_frame(ConnectionNumber connection, const proto::ServerFrame& frame,
                               Moment now) {
    begin(now);
    if (current(connection)) {
        last_heard_ms_ = now_.monotonic_ms;
        if (const auto* event = std::get_if<proto::Event>(&frame)) {
            on_entry(FeedEntry{event->number, *event});
        } else if (const auto* signal = std::get_if<proto::Signal>(&frame)) {
            if (!model_.me.user_id.empty()) {
                std::visit([this](const auto& one) { apply(one); }, *signal);
            }
        } else if (const auto* reply = std::get_if<proto::ReplyFrame>(&frame)) {
            if (const auto purpose = requests_.take(reply->id)) {
                on_reply(*purpose, reply->reply);
            } else {
                ++model_.connection.bad_frames;
            }
        } else if (const auto* error = std::get_if<proto::ErrorFrame>(&frame)) {
            if (const auto purpose = requests_.take(error->id)) {
                on_error(*purpose, error->error);
            } else {
                ++model_.connection.bad_frames;
            }
        }
    }
    settle();
}

void Client::Machine::on_unknown_event(ConnectionNumber connection, FeedNumber number, Moment now) {
    begin(now);
    if (current(connection)) {
        last_heard_ms_ = now_.monotonic_ms;
        on_entry(FeedEntry{number, std::nullopt});
    }
    settle();
}

void Client::Machine::on_bad_frame(ConnectionNumber connection, Moment now) {
    begin(now);
    if (current(connection)) {
        ++model_.connection.bad_frames;
        touch();
    }
    settle();
}

// --- Opening and losing
// ------------------------------------------------------------------------------------------

bool Client::Machine::connection_wanted() const {
    if (upgrade_) return false;
    switch (model_.sign_in.phase) {
        case SignInPhase::kSigningIn:
        case SignInPhase::kSignedIn:
            return true;
        case SignInPhase::kEnded:
            return false;
        case SignInPhase::kSignedOut:
            // The login pane needs to know how one can sign in, and whether the service is there at
            // all.
            return !greeted_once_ || model_.sign_in.unreachable;
    }
    return false;
}

void Client::Machine::connect_if_wanted() {
    if (stage_ != Stage::kClosed || !connection_wanted() || now_.monotonic_ms < next_attempt_ms_)
        return;
    connection_ = connection_.next();
    stage_ = Stage::kOpening;
    opening_deadline_ms_ = now_.monotonic_ms + kConnectTimeoutMs;
    emit(Connect{connection_});
}

void Client::Machine::drop_connection(std::int64_t wait_at_least_ms) {
    if (stage_ == Stage::kClosed) return;
    emit(CloseConnection{connection_});
    lose_connection(kNoAnswer, wait_at_least_ms);
}

void Client::Machine::lose_connection(std::int32_t code, std::int64_t wait_at_least_ms) {
    const Stage was = stage_;
    const bool was_stable =
        was == Stage::kLive && now_.monotonic_ms - model_.connection.live_since_ms >= kStableMs;
    stage_ = Stage::kClosed;
    for (const Purpose& purpose : requests_.take_all())
        forget_unanswered(purpose);
    sync_in_flight_ = false;
    probing_ = false;
    snapshot_ = Snapshot();
    feed_.fall_behind();
    clear_ephemeral();
    touch();

    if (was_stable) reconnect_.reset();
    std::int64_t wait_ms = std::max(reconnect_.next_wait_ms(random_), wait_at_least_ms);
    if (is_complaint(code)) wait_ms = std::max(wait_ms, kRefusedWaitMs);
    next_attempt_ms_ = now_.monotonic_ms + wait_ms;

    if (code == number(proto::CloseCode::kUpgradeClient)) upgrade_ = true;
    if (was == Stage::kLeaving) {
        next_attempt_ms_ = now_.monotonic_ms;
        return;
    }
    if (model_.sign_in.phase == SignInPhase::kSigningIn) {
        if (sign_in_once_more_ && !upgrade_) {
            sign_in_once_more_ = false;
            next_attempt_ms_ = now_.monotonic_ms;
        } else {
            model_.sign_in.unreachable = true;
            fail_sign_in(std::nullopt);
        }
        return;
    }
    if (model_.sign_in.phase == SignInPhase::kSignedOut && !greeted_once_)
        model_.sign_in.unreachable = true;
    if (model_.sign_in.phase != SignInPhase::kSignedIn) return;
    if (code == number(proto::CloseCode::kSessionEnded)) end_session(SessionEnd::kExpired);
    if (code == kBannedCode) end_session(SessionEnd::kBanned);
}

void Client::Machine::forget_unanswered(const Purpose& purpose) {
    if (const auto* message = std::get_if<purpose::Message>(&purpose)) {
        requeue(message->conversation);
    } else if (const auto* history = std::get_if<purpose::History>(&purpose)) {
        const auto wish = history_.find(history->conversation);
        if (wish != history_.end() && wish->second.load == history->load)
            wish->second.in_flight = false;
    } else if (const auto* read = std::get_if<purpose::Read>(&purpose)) {
        const auto wish = reads_.find(read->conversation);
        if (wish != reads_.end()) wish->second.in_flight = false;
    } else if (const auto* person = std::get_if<purpose::Person>(&purpose)) {
        if (person_ && person_->number == person->number) {
            person_->in_flight = false;
            person_->repeated = true;
        }
    } else if (const auto* task = std::get_if<purpose::Task>(&purpose)) {
        const auto wish = find_task(task->number);
        if (wish != tasks_.end()) wish->in_flight = false;
    } else if (const auto* page = std::get_if<purpose::Export>(&purpose)) {
        if (is_exported(page->number)) exports_.front().in_flight = false;
    } else if (const auto* preview = std::get_if<purpose::Preview>(&purpose)) {
        const auto wish = previews_.find(preview->conversation);
        if (wish != previews_.end() && wish->second.number == preview->number)
            wish->second.in_flight = false;
    } else if (const auto* search = std::get_if<purpose::Search>(&purpose)) {
        if (const auto scope = searching(search->number)) search_wish(*scope)->in_flight = false;
    }
}

void Client::Machine::hurry() {
    if (stage_ == Stage::kClosed) {
        next_attempt_ms_ = now_.monotonic_ms;
    } else {
        probe_if_quiet();
    }
}

void Client::Machine::probe_if_quiet() {
    // A connection may have died unnoticed while the page slept. Asking for the feed finds out, and
    // brings what was missed.
    if (stage_ != Stage::kLive || sync_in_flight_) return;
    if (now_.monotonic_ms - last_heard_ms_ < kProbeAfterQuietMs) return;
    probing_ = true;
}

// --- What the person sees
// ----------------------------------------------------------------------------------------

void Client::Machine::show_connection() {
    ConnectionState& shown = model_.connection;
    ConnectionPhase phase = ConnectionPhase::kConnecting;
    const bool nobody = model_.sign_in.phase == SignInPhase::kSignedOut;
    if (upgrade_) {
        phase = ConnectionPhase::kUpgrade;
    } else if (model_.sign_in.phase == SignInPhase::kEnded) {
        phase = ConnectionPhase::kStopped;
    } else if (stage_ == Stage::kLive || (nobody && stage_ == Stage::kGreeted)) {
        phase = ConnectionPhase::kLive;
    } else if (stage_ == Stage::kClosed || stage_ == Stage::kLeaving) {
        phase = connection_wanted() ? ConnectionPhase::kWaiting : ConnectionPhase::kIdle;
    }
    const bool changed = phase != shown.phase || shown.next_attempt_ms != next_attempt_ms_;
    const bool was_down =
        shown.phase == ConnectionPhase::kWaiting || shown.phase == ConnectionPhase::kConnecting;
    if (phase == ConnectionPhase::kLive && shown.phase != ConnectionPhase::kLive) {
        shown.live_since_ms = now_.monotonic_ms;
        shown.last_outage_ms = was_down ? now_.monotonic_ms - shown.down_since_ms : 0;
        // Having reached the login pane is not having been live as somebody.
        if (!nobody) shown.was_live = true;
    }
    const bool is_down =
        phase == ConnectionPhase::kWaiting || phase == ConnectionPhase::kConnecting;
    if (is_down && !was_down) shown.down_since_ms = now_.monotonic_ms;
    shown.phase = phase;
    shown.next_attempt_ms = next_attempt_ms_;
    if (changed) touch();
}

// --- Answers
// -----------------------------------------------------------------------------------------------------

void Client::Machine::on_reply(const Purpose& purpose, const proto::Reply& reply) {
    if (stage_ == Stage::kLeaving && !std::holds_alternative<purpose::SignOut>(purpose)) return;
    if (std::holds_alternative<purpose::Hello>(purpose)) {
        if (const auto* hello = std::get_if<proto::HelloReply>(&reply))
            return on_hello_reply(*hello);
    } else if (std::holds_alternative<purpose::SignIn>(purpose)) {
        if (const auto* signed_in = std::get_if<proto::SignInReply>(&reply))
            return on_signed_in(*signed_in);
    } else if (std::holds_alternative<purpose::Resume>(purpose)) {
        if (const auto* resumed = std::get_if<proto::ResumeReply>(&reply))
            return on_resumed(*resumed);
    } else if (std::holds_alternative<purpose::SignOut>(purpose)) {
        return finish_sign_out();
    } else if (std::holds_alternative<purpose::Sync>(purpose)) {
        sync_in_flight_ = false;
        if (const auto* sync = std::get_if<proto::SyncReply>(&reply)) return on_sync_reply(*sync);
    } else if (const auto* person = std::get_if<purpose::Person>(&purpose)) {
        if (!person_ || person_->number != person->number) return;
        if (const auto* found = std::get_if<proto::FindUserReply>(&reply)) return on_found(*found);
        if (const auto* answer = std::get_if<proto::AddFriendReply>(&reply)) {
            if (answer->added) return on_added(*answer->added);
            if (answer->waits) return on_asked(*answer->waits);
        }
    } else if (const auto* message = std::get_if<purpose::Message>(&purpose)) {
        if (const auto* sent = std::get_if<proto::SendMessageReply>(&reply))
            return on_sent(*message, *sent);
    } else if (const auto* history = std::get_if<purpose::History>(&purpose)) {
        if (const auto* page = std::get_if<proto::GetHistoryReply>(&reply))
            return on_history(*history, *page);
    } else if (const auto* read = std::get_if<purpose::Read>(&purpose)) {
        if (const auto* mark = std::get_if<proto::MarkReadReply>(&reply))
            return on_read(*read, *mark);
    } else if (std::holds_alternative<purpose::Typing>(purpose)) {
        return;
    } else if (const auto* task = std::get_if<purpose::Task>(&purpose)) {
        // Requests and their replies stand in the same order.
        const auto wish = find_task(task->number);
        if (wish == tasks_.end()) return;
        if (wish->request.index() == reply.index()) return on_task_reply(task->number, reply);
    } else if (const auto* exported = std::get_if<purpose::Export>(&purpose)) {
        if (!is_exported(exported->number)) return;
        if (const auto* page = std::get_if<proto::GetHistoryReply>(&reply))
            return on_export_page(*page);
    } else if (const auto* preview = std::get_if<purpose::Preview>(&purpose)) {
        if (const auto* page = std::get_if<proto::GetHistoryReply>(&reply))
            return on_preview(*preview, *page);
    } else if (const auto* search = std::get_if<purpose::Search>(&purpose)) {
        const auto scope = searching(search->number);
        if (!scope) return;
        if (const auto* found = std::get_if<proto::SearchMessagesReply>(&reply))
            return on_found(*scope, *found);
    }
    // An answer to something else than was asked: nothing on this connection can be trusted.
    ++model_.connection.bad_frames;
    forget_unanswered(purpose);
    drop_connection(kRefusedWaitMs);
}

void Client::Machine::on_error(const Purpose& purpose, const Error& error) {
    if (std::holds_alternative<purpose::SignOut>(purpose)) return finish_sign_out();
    if (stage_ == Stage::kLeaving) return;
    if (std::holds_alternative<purpose::SignIn>(purpose)) return on_entrance_error(false, error);
    if (std::holds_alternative<purpose::Resume>(purpose)) return on_entrance_error(true, error);
    const bool session_lost = error.code == ErrorCode::kSessionInvalid;
    const bool out_of_step =
        error.code == ErrorCode::kNotSignedIn || error.code == ErrorCode::kHelloRequired;
    if (session_lost || out_of_step) {
        // Whatever was asked will be asked again, if it still matters, over the next connection.
        forget_unanswered(purpose);
        if (session_lost) return end_session(SessionEnd::kExpired);
        return drop_connection(error.retry_after_ms.value_or(0));
    }
    if (std::holds_alternative<purpose::Hello>(purpose)) {
        if (error.code == ErrorCode::kVersionUnsupported) upgrade_ = true;
        return drop_connection(error.retry_after_ms.value_or(0));
    }
    if (std::holds_alternative<purpose::Sync>(purpose)) {
        sync_in_flight_ = false;
        snapshot_ = Snapshot();
        return wait_longer(sync_retry_, &error);
    }
    if (const auto* person = std::get_if<purpose::Person>(&purpose)) {
        if (person_ && person_->number == person->number) on_person_error(error);
        return;
    }
    if (const auto* message = std::get_if<purpose::Message>(&purpose))
        return on_send_error(*message, error);
    if (const auto* history = std::get_if<purpose::History>(&purpose))
        return on_history_error(*history, error);
    if (const auto* read = std::get_if<purpose::Read>(&purpose)) return on_read_error(*read, error);
    if (const auto* task = std::get_if<purpose::Task>(&purpose))
        return on_task_error(task->number, error);
    if (const auto* page = std::get_if<purpose::Export>(&purpose)) {
        if (is_exported(page->number)) on_export_error(error);
        return;
    }
    if (const auto* preview = std::get_if<purpose::Preview>(&purpose))
        return on_preview_error(*preview, error);
    if (const auto* search = std::get_if<purpose::Search>(&purpose)) {
        if (const auto scope = searching(search->number)) on_search_error(*scope, error);
    }
}

void Client::Machine::on_hello_reply(const proto::HelloReply& reply) {
    stage_ = Stage::kGreeted;
    greeted_once_ = true;
    const std::int64_t allowed = reply.limits.requests_in_flight;
    in_flight_max_ = static_cast<std::size_t>(
        std::clamp<std::int64_t>(allowed, 1, static_cast<std::int64_t>(limits::kRequestsInFlight)));
    if (reply.limits.message_bytes > 0) model_.message_bytes_max = reply.limits.message_bytes;
    model_.recall_ms = reply.limits.recall_ms;
    model_.edit_ms = reply.limits.edit_ms;
    model_.reaction_kinds = reply.limits.reaction_kinds;
    model_.pins_max = reply.limits.pins;
    model_.deleted_at_once = reply.limits.deleted_at_once;
    model_.connection.sign_in_modes = reply.sign_in;
    model_.connection.server = reply.server;
    model_.connection.epoch = reply.epoch;
    model_.sign_in.unreachable = false;
    touch();
}

void Client::Machine::on_entrance_error(bool resuming, const Error& error) {
    const bool out_of_step =
        error.code == ErrorCode::kHelloRequired || error.code == ErrorCode::kAlreadySignedIn;
    if (out_of_step || (resuming && is_transient(error.code))) {
        return drop_connection(error.retry_after_ms.value_or(0));
    }
    stage_ = Stage::kGreeted;
    if (resuming) {
        end_session(SessionEnd::kExpired);
    } else {
        fail_sign_in(error.code);
    }
}

}  // namespace kumquat::client
