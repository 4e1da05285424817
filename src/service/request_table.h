// One row per request: what it needs before it may begin, how it is worked off, and by which
// functions.
#pragma once

#include "base/result.h"
#include "proto/messages.h"
#include "service/handlers.h"
#include "service/work.h"

namespace kumquat::service {

struct RequestRule {
    enum class Kind {
        kAnswer,   ///< at once, from what the service knows
        kRead,     ///< by the store's readers, beside the batches
        kChange,   ///< in a batch
        kSession,  ///< in a batch, and nothing else of its connection beside it: it changes who the
                   ///< connection is
    };
    enum class SignedIn { kNo, kMustNot, kMust };

    Kind kind = Kind::kAnswer;
    bool needs_hello = true;
    SignedIn signed_in = SignedIn::kMust;
    // Null where a row has none.
    Status (*check)(Work& work) = nullptr;
    void (*keys)(const Work& work, store::ReadKeys& keys) = nullptr;
    Result<proto::Reply> (*apply)(Run& run) = nullptr;
};

const RequestRule& rule_of(const proto::Request& request);

}  // namespace kumquat::service
