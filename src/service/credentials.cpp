#include "service/credentials.h"

#include <algorithm>

#include "base/check.h"

namespace kumquat::service {
namespace {

constexpr std::size_t kFailuresKept = 10'000;

}  // namespace

Credentials::Credentials(const std::vector<proto::SignInMode>& modes, CredentialVerifier* verifier,
                         const Clock& clock)
    : modes_(modes), verifier_(verifier), clock_(clock) {
    KUMQUAT_CHECK(verifier_ != nullptr || !has_mode(proto::SignInMode::kUserSig));
}

Status Credentials::check(const proto::SignIn& request, Work& work) {
    if (request.user_sig.empty()) {
        if (!has_mode(proto::SignInMode::kName)) return Error{ErrorCode::kSignInModeOff, "name"};
        return Status();
    }
    if (!has_mode(proto::SignInMode::kUserSig)) return Error{ErrorCode::kSignInModeOff, "usersig"};
    const TimeMs now = clock_.now();
    KUMQUAT_TRY(check_limit(work.target, now));
    const Status verified = verifier_->verify(work.target, request.user_sig, now);
    if (!verified) {
        count_failure(work.target, now);
        return verified;
    }
    failures_.erase(work.target);
    work.credential_checked = true;
    return Status();
}

bool Credentials::has_mode(proto::SignInMode mode) const {
    return std::find(modes_.begin(), modes_.end(), mode) != modes_.end();
}

// A clock that was set back must not lock anybody out for longer than the window.
bool Credentials::fresh(const Failures& failures, TimeMs now) const {
    const std::int64_t age_ms = now.value() - failures.begun.value();
    return age_ms >= 0 && age_ms < kFailureWindowMs;
}

Status Credentials::check_limit(const UserId& user, TimeMs now) const {
    const auto found = failures_.find(user);
    if (found == failures_.end() || !fresh(found->second, now) ||
        found->second.count < kFailuresMax)
        return Status();
    return Error{ErrorCode::kTooManyFailures, "user_id",
                 kFailureWindowMs - (now.value() - found->second.begun.value())};
}

void Credentials::count_failure(const UserId& user, TimeMs now) {
    if (failures_.size() >= kFailuresKept) {
        for (auto each = failures_.begin(); each != failures_.end();) {
            each = fresh(each->second, now) ? std::next(each) : failures_.erase(each);
        }
        if (failures_.size() >= kFailuresKept) failures_.erase(failures_.begin());
    }
    Failures& failures = failures_[user];
    if (failures.count == 0 || !fresh(failures, now)) failures = Failures{now, 0};
    ++failures.count;
}

}  // namespace kumquat::service
