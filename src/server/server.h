// A whole kumquatd in one object: store, service, listener and the threads around them. main.cpp
// and the tests start it alike.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "base/result.h"
#include "server/config.h"

namespace kumquat::server {

class Server {
  public:
    /// Opens the data directory and listens. Errors carry a text for the operator:
    /// kInvalidArgument (an option), kDataNewer, kDataInUse, kDiskFull, kIo.
    static Result<std::unique_ptr<Server>> start(Config config);

    /// Stops, if stop() has not been called.
    ~Server();
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    std::uint16_t port() const;
    /// Where a browser on this machine finds it: "http://localhost:8080".
    std::string address() const;
    /// As GET /metrics shows them.
    std::string metrics_text() const;

    /// Takes no more requests, finishes those under way, tells every client 4503, and closes the
    /// data directory. Blocks for a few seconds at most.
    void stop();

  private:
    class Impl;
    explicit Server(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace kumquat::server
