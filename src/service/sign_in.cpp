// sign_in, resume, sign_out: accounts and their sessions. Whether a UserSig is right was found out
// before (credentials.h).
#include "base/limits.h"
#include "service/handlers.h"
#include "service/to_proto.h"

namespace kumquat::service {
namespace {

constexpr std::int64_t kDayMs = 24LL * 60 * 60 * 1000;
/// Expired sessions that a new one makes room for, anybody's: with more than one of them, those
/// that nobody comes back for never pile up, and no batch has much to delete.
constexpr std::int64_t kSweptPerSession = 4;

Session session_of(const store::SessionRow& row, const store::UserRow& user, DeviceId device) {
    Session session;
    session.user = user.key;
    session.id = user.id;
    session.token = row.token;
    session.device = device;
    session.expires = row.expires;
    return session;
}

}  // namespace

Status check_sign_in(const proto::SignIn& request, Work& work) {
    KUMQUAT_TRY_ASSIGN(work.target, UserId::parse(request.user_id));
    KUMQUAT_TRY(check_length(request.nick, limits::kNickBytes, "nick"));
    KUMQUAT_TRY(check_length(request.device_name, limits::kDeviceNameBytes, "device_name"));
    if (request.user_sig.size() > limits::kUserSigBytes)
        return Error{ErrorCode::kUserSigMalformed, "user_sig is too long"};
    return Status();
}

void keys_sign_in(const proto::SignIn&, const Work& work, store::ReadKeys& keys) {
    keys.users.insert(work.target);
}

Result<proto::Reply> apply_sign_in(const proto::SignIn& request, Run& run) {
    const store::UserRow* found = run.rows.user(run.work.target);
    const bool created = found == nullptr;
    if (!created && found->has_credential && !run.work.credential_checked) {
        return Error{ErrorCode::kCredentialRequired, "user_sig"};
    }

    store::UserRow user;
    if (created) {
        user.key = run.rows.new_user_key();
        user.id = run.work.target;
        user.nick = request.nick;
        user.created = run.now;
    } else {
        user = *found;
    }
    if (created || user.has_credential != (user.has_credential || run.work.credential_checked)) {
        user.has_credential = user.has_credential || run.work.credential_checked;
        run.rows.put(user);
    }

    store::SessionRow session;
    session.token = run.work.token_hash;
    session.user = user.key;
    session.device = request.device;
    session.device_name = request.device_name;
    session.created = run.now;
    session.last_seen = run.now;
    session.expires = TimeMs(run.now.value() + run.session_ms);
    run.rows.put(session);
    run.rows.sweep_sessions(run.now, kSweptPerSession);

    run.outcome.begun = session_of(session, user, request.device);
    proto::SignInReply reply;
    reply.session = run.work.token;
    reply.expires = session.expires;
    reply.me = account_to_proto(user);
    reply.created = created;
    return proto::Reply(reply);
}

Status check_resume(const proto::Resume& request, Work&) {
    if (request.session.empty() || request.session.size() > limits::kSessionTokenBytes) {
        return Error{ErrorCode::kSessionInvalid, "session"};
    }
    return Status();
}

void keys_resume(const proto::Resume&, const Work& work, store::ReadKeys& keys) {
    keys.sessions.insert(work.token_hash);
}

Result<proto::Reply> apply_resume(const proto::Resume& request, Run& run) {
    const store::SessionRow* found = run.rows.session(run.work.token_hash);
    if (found == nullptr || found->expires <= run.now)
        return Error{ErrorCode::kSessionInvalid, "session"};
    const store::UserRow* user = run.rows.user(found->user);
    if (user == nullptr) return Error{ErrorCode::kSessionInvalid, "session"};

    store::SessionRow session = *found;
    // Once a day is enough for "last seen", and keeps a reload from costing a write.
    if (run.now.value() - session.last_seen.value() >= kDayMs) {
        session.last_seen = run.now;
        session.expires = TimeMs(run.now.value() + run.session_ms);
        run.rows.put(session);
    }
    run.outcome.begun = session_of(session, *user, request.device);
    proto::ResumeReply reply;
    reply.expires = session.expires;
    reply.me = account_to_proto(*user);
    return proto::Reply(reply);
}

Status check_sign_out(const proto::SignOut&, Work&) {
    return Status();
}

void keys_sign_out(const proto::SignOut&, const Work&, store::ReadKeys&) {}

Result<proto::Reply> apply_sign_out(const proto::SignOut&, Run& run) {
    run.rows.end_session(run.work.session->token);
    run.outcome.ended = run.work.session->token;
    run.outcome.signed_out = true;
    return proto::Reply(proto::SignOutReply{});
}

}  // namespace kumquat::service
