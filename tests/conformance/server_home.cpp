// kumquatd's own code over real sockets.
#include <nlohmann/json.hpp>

#include "conformance/wire.h"
#include "picture/samples.h"
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
    std::optional<Uploaded> upload(const std::string& session, std::int64_t width,
                                   std::int64_t height) override;

  private:
    void TestBody() override {}
};

std::optional<Uploaded> ServerHome::upload(const std::string& session, std::int64_t width,
                                           std::int64_t height) {
    const std::string file =
        picture::png_of(static_cast<std::uint32_t>(width), static_cast<std::uint32_t>(height));
    const std::string answer = server::talk(
        port(), "POST /pictures HTTP/1.1\r\nHost: localhost:" + std::to_string(port()) +
                    "\r\nAuthorization: Bearer " + session + "\r\nContent-Length: " +
                    std::to_string(file.size()) + "\r\nConnection: close\r\n\r\n" + file);
    constexpr std::string_view kTaken = "HTTP/1.1 200 ";
    constexpr std::string_view kHeadEnd = "\r\n\r\n";
    const std::size_t head_end = answer.find(kHeadEnd);
    if (answer.rfind(kTaken, 0) != 0 || head_end == std::string::npos) return std::nullopt;
    const auto reply = nlohmann::json::parse(answer.substr(head_end + kHeadEnd.size()));
    return Uploaded{reply.at("id"), reply.at("size")};
}

}  // namespace

std::unique_ptr<Home> make_home() {
    return std::make_unique<ServerHome>();
}

}  // namespace kumquat::conformance
