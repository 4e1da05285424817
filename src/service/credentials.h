// Whether somebody may try to sign in, and with what: the modes that are on, the UserSig, and a
// limit on failures.
//
// Works before the batch: what it does (cryptography, counting) must happen once per request, and a
// batch may be repeated.
#pragma once

#include <map>

#include "base/clock.h"
#include "base/result.h"
#include "service/service.h"
#include "service/work.h"

namespace kumquat::service {

/// Wrong UserSigs for one user ID within kFailureWindowMs after which further ones are refused
/// unread.
inline constexpr std::int64_t kFailuresMax = 10;
inline constexpr std::int64_t kFailureWindowMs = 60'000;

class Credentials {
  public:
    /// `verifier` may be null where the modes do not include kUserSig.
    Credentials(const std::vector<proto::SignInMode>& modes, CredentialVerifier* verifier,
                const Clock& clock);

    /// Whether `request`, with its checked user ID in `work.target`, may go on to the accounts;
    /// notes a right UserSig in `work`. Errors: kSignInModeOff, kTooManyFailures, the UserSig
    /// codes.
    Status check(const proto::SignIn& request, Work& work);

  private:
    struct Failures {
        TimeMs begun;
        std::int64_t count = 0;
    };

    bool has_mode(proto::SignInMode mode) const;
    bool fresh(const Failures& failures, TimeMs now) const;
    Status check_limit(const UserId& user, TimeMs now) const;
    void count_failure(const UserId& user, TimeMs now);

    const std::vector<proto::SignInMode> modes_;
    CredentialVerifier* const verifier_;
    const Clock& clock_;
    // In memory only, and bounded. The limit is per user ID, as TIM's: it cannot know where a
    // connection comes from. Somebody who floods another's ID delays a new sign-in of theirs by a
    // minute; sessions go on.
    std::map<UserId, Failures> failures_;
};

}  // namespace kumquat::service
