// kumquatd's own code over real sockets.
#include "conformance/wire.h"
#include "server/running_server.h"

namespace kumquat::conformance {
namespace {

class SocketWire final : public Wire {
  public:
    explicit SocketWire(const server::WebSocketClient::Options& options) : client_(options) {}
    void send(std::string_view text) override { client_.send(text); }
    Incoming receive() override {
        if (auto text = client_.receive())
            return Incoming{Incoming::Kind::kFrame, *std::move(text), 0};
        if (const auto closed = client_.closed())
            return Incoming{Incoming::Kind::kClosed, {}, closed->code};
        return Incoming{};
    }
    void close() override { client_.close(); }

  private:
    server::WebSocketClient client_;
};

/// Uses what the server's tests use to start one.
class ServerHome final : public Home, private server::ServerTest {
  public:
    ServerHome() { start(); }
    ~ServerHome() override { stop(); }
    std::unique_ptr<Wire> connect() override { return std::make_unique<SocketWire>(to_server()); }
    bool transport_checks_utf8() const override { return true; }

  private:
    void TestBody() override {}
};

}  // namespace

std::unique_ptr<Home> make_home() {
    return std::make_unique<ServerHome>();
}

}  // namespace kumquat::conformance
