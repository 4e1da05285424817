// A request on its way through a batch, and what came of it. Plain data: no rules live here.
#pragma once

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "base/ids.h"
#include "base/result.h"
#include "proto/messages.h"
#include "service/service.h"
#include "store/rows.h"

namespace kumquat::service {

/// Who is signed in on a connection, and by which session.
struct Session {
    UserKey user;
    UserId id;
    store::TokenHash token{};
    DeviceId device;
    TimeMs expires;
};

struct Outcome;

// What the service's home has done or asks for. See uploads.h.
struct KeepUpload {
    store::BlobRow blob;
};
struct ForgetOrphans {
    /// What seemed to be orphans.
    std::vector<BlobId> blobs;
};
using Errand = std::variant<KeepUpload, ForgetOrphans>;

/// A request with everything that its handler may use besides the rows and the time: a batch can be
/// repeated.
struct Work {
    ConnectionId connection;
    RequestId id;
    proto::Request request;
    /// The sender; empty for sign_in and resume.
    std::optional<Session> session;
    /// The user ID in the request, checked: the peer, or who signs in.
    UserId target;
    /// sign_in: the new session's bearer token.
    std::string token;
    /// sign_in, resume: its hash. end_session: that of the session to end.
    store::TokenHash token_hash{};
    /// sign_in: a UserSig came along and is right.
    bool credential_checked = false;
    /// Pictures that its handler has asked for (Outcome::missing): loaded with its other rows.
    std::set<BlobId> pictures;
    /// Takes the place of the request: there is neither a connection nor a session.
    std::optional<Errand> errand;
    /// Told what came of the errand.
    std::function<void(const Outcome&)> errand_done;
};

/// An account by both of its names.
using Person = std::pair<UserKey, UserId>;

/// Whose presence matters to whom, between two people, has changed. A block hides both.
struct TieChange {
    Person a;
    Person b;
    bool a_has_b = false;  ///< as a friend
    bool b_has_a = false;
};

/// What a request came to. Nothing of it leaves the service before the batch is durable.
struct Outcome {
    /// Of an errand only an error: without one it is done.
    std::optional<Result<proto::Reply>> reply;
    std::vector<std::pair<UserKey, proto::Event>> events;
    std::vector<std::pair<UserKey, proto::Signal>> signals;
    /// sign_in, resume: the connection is now this one's.
    std::optional<Session> begun;
    /// sign_out, end_session: this session is over; its connections are closed.
    std::optional<store::TokenHash> ended;
    /// sign_out: the connection itself stays, with nobody signed in.
    bool signed_out = false;
    std::optional<TieChange> tie;
    bool new_message = false;
    /// Rows without which the handler cannot go on, and whose IDs it has just learned. It has
    /// changed nothing: the request is worked off again, with them.
    std::set<BlobId> missing;
    /// ForgetOrphans: these are no more.
    std::vector<BlobId> forgotten;
};

}  // namespace kumquat::service
