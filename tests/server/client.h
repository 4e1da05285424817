// A client that waits for every step, over a real socket: for tests that speak the protocol.
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "proto/messages.h"

namespace kumquat::server {

inline constexpr std::chrono::milliseconds kPatience{20'000};

/// How a WebSocket ended, as its client sees it.
struct Closed {
    /// 1006: without a close frame.
    int code = 0;
    std::string reason;
};

/// A WebSocket of text frames.
class WebSocketClient {
  public:
    struct Options {
        std::uint16_t port = 0;
        /// "localhost:" + port if empty.
        std::string host;
        std::string origin;
        std::string path = "/ws";
        /// Receive buffer of the socket, bytes; 0: the system's choice.
        int receive_buffer = 0;
    };

    explicit WebSocketClient(const Options& options);
    ~WebSocketClient();
    WebSocketClient(WebSocketClient&&) noexcept;

    /// The status of the answer to the upgrade: 101 if it was granted, 0 if there was no answer.
    int status() const;
    /// False if the connection is gone.
    bool send(std::string_view text);
    bool send_binary(std::string_view bytes);
    bool ping();
    /// Bytes past the WebSocket layer.
    bool send_raw(std::string_view bytes);
    /// The next text; empty when the connection has ended (see closed()) or patience has.
    std::optional<std::string> receive(std::chrono::milliseconds patience = kPatience);
    std::optional<Closed> closed() const;
    /// Reads and drops what comes until the connection ends.
    Closed wait_closed();
    int pings_received() const;
    /// Ends with the closing handshake.
    void close();
    /// Ends by cutting the connection.
    void cut();

  private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

/// Speaks the protocol. Every function fails the test when something is not as it should be.
class Client {
  public:
    explicit Client(std::uint16_t port)
        : Client(WebSocketClient::Options{port, {}, {}, "/ws", 0}) {}
    explicit Client(const WebSocketClient::Options& options) : socket_(options) {}

    WebSocketClient& socket() { return socket_; }

    /// Sends without waiting; returns the request's number.
    RequestId start(proto::Request request);
    /// Waits for the answer to a request; what comes before is kept for next_event() and
    /// next_signal().
    Result<proto::Reply> finish(RequestId id);
    Result<proto::Reply> ask(proto::Request request) { return finish(start(std::move(request))); }
    /// The reply of the type asked for; fails the test if it is an error.
    template <typename T>
    T must(proto::Request request) {
        auto reply = ask(std::move(request));
        if (!reply) return complain<T>(reply.error());
        return std::get<T>(std::move(*reply));
    }

    proto::HelloReply hello();
    /// hello, then sign_in by name; returns the session.
    std::string enter(const std::string& user, std::int64_t device = 1);
    void resume(const std::string& session, std::int64_t device = 1);
    proto::SendMessageReply say(const std::string& to, const std::string& text,
                                std::int64_t counter, std::int64_t device = 1);

    std::optional<proto::Event> next_event(std::chrono::milliseconds patience = kPatience);
    std::optional<proto::Signal> next_signal(std::chrono::milliseconds patience = kPatience);
    /// An error frame without a request's number.
    std::optional<proto::ErrorFrame> next_error(std::chrono::milliseconds patience = kPatience);

  private:
    bool pump(std::chrono::milliseconds patience);
    void report(const Error& error);
    template <typename T>
    T complain(const Error& error) {
        report(error);
        return T();
    }

    WebSocketClient socket_;
    std::int64_t last_request_ = 0;
    std::deque<proto::ServerFrame> answers_;
    std::deque<proto::Event> events_;
    std::deque<proto::Signal> signals_;
};

/// Connects, sends `bytes`, and reads until the server closes or patience ends. Plain TCP.
std::string talk(std::uint16_t port, std::string_view bytes,
                 std::chrono::milliseconds patience = kPatience);

/// A plain TCP connection.
class RawClient {
  public:
    explicit RawClient(std::uint16_t port);
    ~RawClient();
    RawClient(const RawClient&) = delete;
    RawClient& operator=(const RawClient&) = delete;
    bool send(std::string_view bytes);
    /// What has come until `until` appears, the server closes, or patience ends.
    std::string read_until(std::string_view until, std::chrono::milliseconds patience = kPatience);
    /// True if the server closes in time; what comes before is dropped.
    bool wait_closed(std::chrono::milliseconds patience = kPatience);

  private:
    int socket_ = -1;
};

/// One HTTP request over a connection of its own.
struct HttpAnswerText {
    int status = 0;
    std::string head;
    std::string body;
    /// The value of a header, or empty.
    std::string header(std::string_view name) const;
};
/// Reads the text of a whole answer; status 0 if it is none.
HttpAnswerText read_answer(const std::string& text);
HttpAnswerText http_get(std::uint16_t port, const std::string& target,
                        const std::string& more_headers = {}, const std::string& method = "GET",
                        const std::string& host = {});

}  // namespace kumquat::server
