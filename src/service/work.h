// A request on its way through a batch, and what came of it. Plain data: no rules live here.
#pragma once

#include <functional>
#include <optional>
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

/// What a home asks for beside the connections.
struct BeginUpload {
    store::TokenHash token{};
    std::function<void(Result<UserKey>)> done;
};
struct FinishUpload {
    store::BlobRow blob;
    std::function<void(Status)> done;
};
struct ForgetBlobs {
    /// Those that still have no reference.
    std::vector<BlobId> blobs;
    std::function<void(Result<std::vector<BlobId>>)> done;
};
using HomeWork = std::variant<BeginUpload, FinishUpload, ForgetBlobs>;

/// A request with everything that its handler may use besides the rows and the time: a batch can be
/// repeated.
struct Work {
    ConnectionId connection;
    RequestId id;
    proto::Request request;
    /// Then this is no request of a connection.
    std::optional<HomeWork> home;
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
    // Of a home's work, whose `reply` is only there if it has failed.
    UserKey uploader;
    std::vector<BlobId> forgotten;
};

}  // namespace kumquat::service
