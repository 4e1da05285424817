// Who is signed in here: sign-in, resume after a reload, the session's end.
#include <utility>

#include "client/core/machine.h"

namespace kumquat::client {

void Client::Machine::start(const std::optional<StoredSession>& session, Moment now) {
    KUMQUAT_CHECK(!started_);
    now_ = now;
    started_ = true;
    model_.connection.down_since_ms = now_.monotonic_ms;
    next_attempt_ms_ = now_.monotonic_ms;
    if (session && !session->token.empty() && !session->me.user_id.empty()) go_on(*session);
    touch_list();
    settle();
}

void Client::Machine::command(const SignIn& wish) {
    SignInState& state = model_.sign_in;
    if (state.phase == SignInPhase::kSigningIn || state.phase == SignInPhase::kSignedIn) return;
    if (stage_ == Stage::kLeaving) finish_sign_out();
    state.user_id = wish.user_id;
    state.error.reset();
    state.unreachable = false;
    state.created = false;
    touch();
    if (const auto id = UserId::parse(wish.user_id); !id) {
        state.error = id.error().code;
        return;
    }
    state.phase = SignInPhase::kSigningIn;
    sign_in_ = wish;
    stay_signed_in_ = wish.stay_signed_in;
    sign_in_once_more_ = stage_ != Stage::kClosed;
    model_.connection.was_live = false;
    next_attempt_ms_ = now_.monotonic_ms;
}

void Client::Machine::command(const ResumeSession& wish) {
    const SignInPhase phase = model_.sign_in.phase;
    if (phase == SignInPhase::kSigningIn || phase == SignInPhase::kSignedIn) return;
    const StoredSession& session = wish.session;
    if (session.token.empty() || session.me.user_id.empty()) return;
    if (stage_ == Stage::kLeaving) finish_sign_out();
    if (!model_.me.user_id.empty() && model_.me.user_id != session.me.user_id) forget_user();
    model_.sign_in = SignInState();
    model_.connection.was_live = false;
    next_attempt_ms_ = now_.monotonic_ms;
    emit(StoreSession{session});
    go_on(session);
}

void Client::Machine::go_on(const StoredSession& session) {
    token_ = session.token;
    stay_signed_in_ = session.stay_signed_in;
    model_.sign_in.user_id = session.me.user_id.text();
    enter(session.me);
}

void Client::Machine::fail_sign_in(std::optional<ErrorCode> code) {
    sign_in_.reset();
    model_.sign_in.phase =
        model_.me.user_id.empty() ? SignInPhase::kSignedOut : SignInPhase::kEnded;
    model_.sign_in.error = code;
    touch();
}

void Client::Machine::on_signed_in(const proto::SignInReply& reply) {
    sign_in_.reset();
    const proto::Profile& me = reply.me.profile;
    if (!model_.me.user_id.empty() && model_.me.user_id != me.user_id) forget_user();
    token_ = reply.session;
    model_.sign_in.created = reply.created;
    stage_ = Stage::kSyncing;
    feed_.fall_behind();
    emit(StoreSession{StoredSession{token_, me, stay_signed_in_}});
    enter(me);
    learn_account(reply.me);
}

void Client::Machine::on_resumed(const proto::ResumeReply& reply) {
    if (reply.me.profile.user_id != model_.me.user_id) {
        // The token is somebody else's: never go on as two people at once.
        return end_session(SessionEnd::kExpired);
    }
    learn_account(reply.me);
    stage_ = Stage::kSyncing;
    feed_.fall_behind();
    touch();
}

void Client::Machine::enter(const proto::Profile& me) {
    model_.me = me;
    model_.sign_in.phase = SignInPhase::kSignedIn;
    model_.sign_in.error.reset();
    model_.sign_in.end = SessionEnd::kNone;
    stored_known_ = false;
    lock_held_ = false;
    load_stored();
    emit(HoldOutbox{me.user_id});
    touch_list();
}

void Client::Machine::learn_account(const proto::Account& account) {
    const proto::Profile& me = account.profile;
    if (me.user_id != model_.me.user_id) return;
    const bool other_looks = me.nick != model_.me.nick || me.avatar != model_.me.avatar;
    model_.me = me;
    model_.allow = account.allow;
    model_.friends_only = account.friends_only;
    if (other_looks) emit(StoreSession{StoredSession{token_, me, stay_signed_in_}});
    touch_list();
}

void Client::Machine::end_session(SessionEnd end) {
    token_.clear();
    store_drafts();
    cancel_uploads();
    emit(ForgetSession{});
    emit(ReleaseOutbox{model_.me.user_id});
    lock_held_ = false;
    model_.sign_in.end = end;
    if (model_.loaded) {
        model_.sign_in.phase = SignInPhase::kEnded;
    } else {
        // Nothing has been shown yet: the login pane says it.
        forget_user();
        model_.sign_in.phase = SignInPhase::kSignedOut;
    }
    // A connection that only refused to resume can still be used to sign in.
    if (stage_ != Stage::kGreeted) drop_connection(0);
    touch_list();
}

void Client::Machine::command(const SignOut&) {
    if (model_.sign_in.phase == SignInPhase::kSigningIn) {
        fail_sign_in(std::nullopt);
        drop_connection(0);
        return;
    }
    if (model_.me.user_id.empty()) return;
    const UserId user = model_.me.user_id;
    const bool reachable = stage_ == Stage::kLive || stage_ == Stage::kSyncing;
    token_.clear();
    if (stage_ == Stage::kLive) take_back_drafts();
    forget_user();
    model_.sign_in = SignInState();
    model_.sign_in.user_id = user.text();
    emit(ForgetSession{});
    emit(EraseStored{user});
    emit(ReleaseOutbox{user});
    if (reachable && send(proto::SignOut{}, purpose::SignOut{})) {
        stage_ = Stage::kLeaving;
        leaving_deadline_ms_ = now_.monotonic_ms + kSignOutWaitMs;
    } else if (stage_ != Stage::kGreeted) {
        finish_sign_out();
    }
}

void Client::Machine::command(const LeaveEndedSession&) {
    if (model_.sign_in.phase != SignInPhase::kEnded) return;
    const std::string user_id = model_.me.user_id.text();
    const SessionEnd end = model_.sign_in.end;
    forget_user();
    model_.sign_in = SignInState();
    model_.sign_in.user_id = user_id;
    model_.sign_in.end = end;
}

void Client::Machine::finish_sign_out() {
    if (stage_ != Stage::kClosed) emit(CloseConnection{connection_});
    stage_ = Stage::kClosed;
    requests_.take_all();
    sync_in_flight_ = false;
    reconnect_.reset();
    next_attempt_ms_ = now_.monotonic_ms;
    touch();
}

void Client::Machine::forget_user() {
    give_up_exports();
    cancel_uploads();
    avatar_.reset();
    tasks_.clear();
    states_.clear();
    answered_ = UserId();
    model_.me = proto::Profile();
    model_.allow = proto::AllowType::kAny;
    model_.friends_only = false;
    model_.loaded = false;
    model_.friends.clear();
    model_.received.clear();
    model_.sent.clear();
    model_.blocked.clear();
    model_.tasks.clear();
    model_.sessions.reset();
    model_.searches = {};
    model_.conversations.clear();
    model_.open.reset();
    model_.add_friend = AddFriendState();
    model_.storage_failed = false;
    model_.unreadable_stored = 0;
    model_.connection.was_live = false;
    feed_.forget();
    snapshot_ = Snapshot();
    sync_retry_ = Retry();
    probing_ = false;
    online_.clear();
    typing_shown_.clear();
    keeping_.clear();
    done_.clear();
    deliveries_.clear();
    lock_held_ = false;
    stored_known_ = false;
    drafts_known_ = false;
    drafts_unstored_.clear();
    typing_in_.reset();
    typing_wishes_.clear();
    history_.clear();
    previews_.clear();
    read_told_.clear();
    read_fed_.clear();
    reads_.clear();
    counted_.clear();
    searches_ = {};
    person_.reset();
    touch_list();
}

}  // namespace kumquat::client
