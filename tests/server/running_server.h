// A server of a test's own, in the test's process, on a free port, with folders that vanish with
// it.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include <gtest/gtest.h>

#include "server/client.h"
#include "server/server.h"

namespace kumquat::server {

/// A folder that is removed in the end.
class TemporaryFolder {
  public:
    TemporaryFolder();
    ~TemporaryFolder();
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;

    const std::filesystem::path& path() const { return path_; }
    void write(const std::string& name, const std::string& content) const;

  private:
    std::filesystem::path path_;
};

class ServerTest : public testing::Test {
  protected:
    /// `config_` may be changed before the first start().
    ServerTest();

    void start();
    void stop() { server_.reset(); }
    std::uint16_t port() const { return server_->port(); }
    /// The value of a line of /metrics.
    double metric(const std::string& name) const;
    WebSocketClient::Options to_server() const {
        WebSocketClient::Options options;
        options.port = port();
        return options;
    }

    TemporaryFolder data_;
    TemporaryFolder page_;
    Config config_;
    std::unique_ptr<Server> server_;
};

}  // namespace kumquat::server
