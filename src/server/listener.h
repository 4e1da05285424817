// Listens on one address and starts a connection for every client that comes, up to a maximum. It
// survives running out of descriptors.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "base/result.h"
#include "server/asio_types.h"
#include "server/metrics.h"

namespace kumquat::server {

class Listener {
  public:
    struct Settings {
        std::string bind;
        std::uint16_t port = 0;
        std::size_t connections_max = 0;
    };
    /// Takes a connection; the guard is to live as long as it does.
    using Handler = std::function<void(TcpSocket, std::shared_ptr<void> guard)>;

    /// Binds and listens; accepts nothing yet. `metrics` outlives everything, the guards included.
    /// Errors: kInvalidArgument, kIo, with a text for the operator.
    static Result<std::unique_ptr<Listener>> open(asio::io_context& io, const Settings& settings,
                                                  Metrics& metrics);
    ~Listener();
    Listener(const Listener&) = delete;
    Listener& operator=(const Listener&) = delete;

    /// The port that is really listened on.
    std::uint16_t port() const;
    void start(Handler handler);
    /// Accepts no more. Thread-safe.
    void stop();

  private:
    class Impl;
    explicit Listener(std::shared_ptr<Impl> impl);
    std::shared_ptr<Impl> impl_;
};

}  // namespace kumquat::server
