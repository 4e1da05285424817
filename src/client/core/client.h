// The client without a page: a state machine fed with inputs, giving effects and a model. One
// object per tab.
//
// It does no I/O and reads no clock; time is passed in, randomness comes from a seed, so the same
// inputs give the same effects and model, and a copy goes on like its original. It must not know
// JSON, sockets, storage, threads or pixels.
//
// Use: call an input, then carry out take_effects(), in order; look at model() whenever its
// revision has changed. Inputs must not be called while effects are being carried out; queue them.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/ids.h"
#include "base/result.h"
#include "client/core/command.h"
#include "client/core/effect.h"
#include "client/core/model.h"
#include "client/core/moment.h"
#include "client/core/stored.h"
#include "proto/messages.h"

namespace kumquat::client {

struct Settings {
    /// Random per page run, 1 to kIntegerMax: with a counter it names this run's messages.
    DeviceId device;
    /// For waits between attempts.
    std::uint64_t random_seed = 0;
    /// Name and version, for the service's log.
    std::string client_name = "kumquat";
    /// Browser and system, for "my sessions".
    std::string device_name;
};

class Client {
  public:
    explicit Client(Settings settings);
    ~Client();
    Client(const Client& other);
    Client& operator=(const Client& other);
    Client(Client&&) noexcept;
    Client& operator=(Client&&) noexcept;

    const Model& model() const;
    /// What the inputs since the last call want done, in order.
    std::vector<Effect> take_effects();

    // --- Inputs
    // --------------------------------------------------------------------------------------------------

    /// The first input, once: connects, and goes on with `session` if this tab had one.
    void start(const std::optional<StoredSession>& session, Moment now);

    void on_opened(ConnectionNumber connection, Moment now);
    /// The connection is gone or never came about. `code` as in the WebSocket close event (1006: no
    /// handshake, or broken).
    void on_closed(ConnectionNumber connection, std::int32_t code, Moment now);
    void on_frame(ConnectionNumber connection, const proto::ServerFrame& frame, Moment now);
    /// A feed event of a kind that this client does not know: the feed goes on behind it.
    void on_unknown_event(ConnectionNumber connection, FeedNumber number, Moment now);
    /// A frame that could not be decoded. It is counted; a lost event shows as a gap, a lost reply
    /// as a timeout.
    void on_bad_frame(ConnectionNumber connection, const Error& error, Moment now);

    void on_timer(Moment now);
    void on_command(const Command& command, Moment now);

    /// Answers LoadStored.
    void on_stored(const StoredData& data, Moment now);
    /// Another tab of the same user has changed the stored outbox.
    void on_outbox_changed(Moment now);
    /// This entry could not be stored.
    void on_store_failed(const ClientMessageId& client_id, Moment now);
    /// Bytes of all renditions together.
    void on_upload_progress(UploadNumber number, std::int64_t sent, std::int64_t total, Moment now);
    /// One ID for each rendition; the same file has the same.
    void on_uploaded(UploadNumber number, const std::array<BlobId, limits::kRenditions>& ids,
                     Moment now);
    /// `error.retry_after_ms` or a transient code: it is tried again.
    void on_upload_failed(UploadNumber number, const Error& error, Moment now);

    /// The right to send `user`'s outbox was got or lost.
    void on_outbox_lock(const UserId& user, bool held, Moment now);

  private:
    class Machine;
    std::unique_ptr<Machine> machine_;
};

}  // namespace kumquat::client
