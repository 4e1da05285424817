// The chat service: accounts, friendships, conversations, the per-user feed. The same code runs in
// kumquatd and in the browser.
//
// It knows no sockets, no SQL, no JSON, no threads and no clock of its own. Its home (a server, a
// worker, a test) gives it decoded frames, a store, a clock and an outlet, and calls it from one
// thread; all its callbacks run on that thread.
//
// Requests that change something are worked off in batches (batch.h): one read of all rows,
// handlers that apply each request to those rows in memory, one write set, one commit. Replies and
// events leave when the commit has called back, so acknowledged means durable. While a commit is
// under way the next batch gathers. Requests that only read go to the store's readers.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/ids.h"
#include "proto/messages.h"
#include "store/store.h"

namespace kumquat::service {

/// One connection of one client, named by the home; never used again after disconnect().
using ConnectionId = Number<struct ConnectionIdTag>;

/// What the service needs of cryptography; the home brings a library for it.
class Crypto {
  public:
    virtual ~Crypto() = default;
    /// 128 random bits as 32 lower-case hexadecimal digits, from a source fit for secrets.
    virtual std::string random_token() = 0;
    /// SHA-256 of `text`.
    virtual store::TokenHash hash(std::string_view text) = 0;
};

/// Decides whether a UserSig lets somebody in as `user`.
class CredentialVerifier {
  public:
    virtual ~CredentialVerifier() = default;
    /// Errors: the UserSig codes of base/error_code.h.
    virtual Status verify(const UserId& user, std::string_view user_sig, TimeMs now) = 0;
};

/// Where the service's output goes. Called on the service's thread; must not call back into the
/// service.
class Outlet {
  public:
    virtual ~Outlet() = default;
    /// The same frame to some connections. Shared, so that a home encodes it once.
    virtual void send(const std::vector<ConnectionId>& to,
                      std::shared_ptr<const proto::ServerFrame> frame) = 0;
    /// The connection ends after what was sent before. disconnect() may follow, and is not needed.
    virtual void close(ConnectionId connection, proto::CloseCode code, std::string_view reason) = 0;
};

struct Options {
    /// Name and version for hello.
    std::string server = "kumquat";
    std::vector<proto::SignInMode> sign_in;
    std::int64_t session_days = 90;
    /// Requests of one batch at most.
    std::size_t batch_requests = 1024;
    /// Work on the requests of one batch, by the clock: the batch ends with the request that
    /// reaches it.
    std::int64_t batch_ms = 50;
    /// Requests waiting at which inbox_full() asks the home to stop reading from its sockets.
    std::size_t inbox_requests = 8192;
};

/// Counted since start; for a log line and metrics.
struct Counters {
    std::int64_t requests = 0;
    std::int64_t errors = 0;
    std::int64_t batches = 0;
    /// Requests that went through batches: divided by `batches` the mean size.
    std::int64_t batched_requests = 0;
    std::int64_t largest_batch = 0;
    std::int64_t failed_commits = 0;
    std::int64_t messages = 0;
};

class Service {
  public:
    /// `verifier` may be null where the modes do not include kUserSig. Everything passed must
    /// outlive the service.
    Service(Options options, store::Store& store, const Clock& clock, Crypto& crypto,
            CredentialVerifier* verifier, Outlet& outlet);
    ~Service();
    Service(const Service&) = delete;
    Service& operator=(const Service&) = delete;

    void connect(ConnectionId connection);
    /// Exactly one reply or error follows for each request, unless the connection ends first.
    void receive(ConnectionId connection, proto::ClientFrame frame);
    void disconnect(ConnectionId connection);

    /// When tick() has something to do: the home calls it then, or a little later. Empty: not
    /// before one of the other calls, or a callback of the store, has been made. A person who has
    /// lost the last connection goes offline by it.
    std::optional<TimeMs> next_tick() const;
    void tick();

    // Uploads come beside the connections, from the home, which keeps the bytes. Each `done` is
    // called once, at once or later, unless the service is destroyed first.

    /// Who may upload: the session's user. Errors: kSessionInvalid; kReadTimeout, kOverloaded,
    /// kStorageFailed.
    void begin_upload(std::string_view session, std::function<void(Result<UserKey>)> done);
    /// The bytes of a blob are in the home's blob store, durably: notes whose it is. `done` reports
    /// success when that is durable too; only then may its ID be told. Batched like every change.
    /// Of `blob` the times and the references are the service's to say. Errors: kStorageFailed,
    /// kDiskFull, kOverloaded.
    void finish_upload(const store::BlobRow& blob, std::function<void(Status)> done);
    /// Forgets some of the blobs that nothing has named for a day, and gives their IDs: the home
    /// removes the bytes. Asks for as many as one step may handle; an empty list: there is nothing
    /// left to do for now. Errors: kReadTimeout, kOverloaded, kStorageFailed, kDiskFull.
    void forget_orphans(std::function<void(Result<std::vector<BlobId>>)> done);

    /// So much work waits that the home should stop reading from its sockets until this is false
    /// again.
    bool inbox_full() const;
    /// No request is waiting or under way: a home may stop now without losing a reply.
    bool idle() const;
    const Counters& counters() const;

  private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace kumquat::service
